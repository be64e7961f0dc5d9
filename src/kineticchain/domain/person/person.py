"""The person for whom a plan is made."""

import datetime
import re
from collections.abc import Iterable
from enum import StrEnum

from attrs import evolve, field, frozen

from kineticchain.domain.facts import Facts
from kineticchain.domain.person.complaint import Complaint, Injury, Surgery
from kineticchain.domain.person.readers import ids, read_facts, set_of, word
from kineticchain.domain.person.screening import UNASKED, Screening, read_screening
from kineticchain.domain.validators import day, each, identifier, optional, repr_short, whole
from kineticchain.errors import Fault, InvalidInput


class Sex(StrEnum):
    """The sex of a person; some norms and risks depend on it."""

    F = "f"
    M = "m"
    X = "x"


def _read_sex(value: Sex | str | None) -> Sex | None:
    return None if value is None else word(Sex, value, "a sex", ".sex")


def _read_born(value: datetime.date | str | None) -> str | None:
    """Return a birth date as text: a full date, or a year and a month."""
    if type(value) is datetime.date:
        return value.isoformat()
    if value is None or (isinstance(value, str) and _BORN.fullmatch(value) and _born_on(value)):
        return value
    remedy = 'write a year and a month, such as "1961-03", or a date'
    raise InvalidInput(Fault(f"{repr_short(value)} is no birth date", ".born", remedy))


_BORN = re.compile(r"(19|20)[0-9]{2}-[0-9]{2}(-[0-9]{2})?", re.ASCII)


def _born_on(value: str) -> datetime.date | None:
    """Return a birth date, the first of the month if it has no day; None for an invalid date."""
    try:
        return datetime.date.fromisoformat(value if len(value) > len("1961-03") else f"{value}-01")
    except ValueError:
        return None


def years_between(start: datetime.date, end: datetime.date) -> int:
    """Return the whole years from one day to a later one; 0 if `end` is before `start`."""
    before_birthday = (end.month, end.day) < (start.month, start.day)
    return max(0, end.year - start.year - before_birthday)


def _read_complaints(values: Iterable[Complaint]) -> tuple[Complaint, ...]:
    return set_of(Complaint, values, ".complaints")


def _read_injuries(values: Iterable[Injury]) -> tuple[Injury, ...]:
    return set_of(Injury, values, ".injuries")


def _read_surgeries(values: Iterable[Surgery]) -> tuple[Surgery, ...]:
    return set_of(Surgery, values, ".surgeries")


def _read_equipment(values: Iterable[str]) -> tuple[str, ...]:
    return ids(values, ".equipment")


@frozen(kw_only=True, repr=False)
class Person:
    """The state of a person on one day.

    An app stores a person and the events of the history, and nothing else. Lists are sets: order
    and repetition have no effect. Ids of equipment and facts are checked against the knowledge in
    use when a plan is requested.

    Attributes:
        age: the age in years (0 to 120) on `as_of`; None for unknown.
        born: the birth date, or its year and month (``"1961-03"``); takes precedence over `age`.
        sex: the sex; None for unknown.
        complaints: the painful regions.
        injuries: past injuries.
        surgeries: past operations.
        equipment: ids of the equipment at home.
        facts: further facts.
        screening: the safety questions that were asked.
        as_of: the day of all statements, from which ages, durations and answers are counted; None
            for the day of the first event of the history, or of the plan if there are no events.

    """

    age: int | None = field(default=None, validator=optional(whole(0, 120, "years")))
    born: str | None = field(default=None, converter=_read_born)
    sex: Sex | None = field(default=None, converter=_read_sex)
    complaints: tuple[Complaint, ...] = field(default=(), converter=_read_complaints)
    injuries: tuple[Injury, ...] = field(default=(), converter=_read_injuries)
    surgeries: tuple[Surgery, ...] = field(default=(), converter=_read_surgeries)
    equipment: tuple[str, ...] = field(
        default=(),
        converter=_read_equipment,
        validator=each(identifier()),
    )
    facts: Facts = field(factory=Facts, converter=read_facts)
    screening: Screening = field(default=UNASKED, converter=read_screening)
    as_of: datetime.date | None = field(default=None, validator=optional(day()))

    def __attrs_post_init__(self) -> None:
        """Reject an age that differs by more than a year from the age by birth date on `as_of`."""
        if self.age is None or self.born is None or self.as_of is None:
            return
        by_birth = self.age_on(self.as_of, stated_on=self.as_of)
        if by_birth is not None and abs(by_birth - self.age) > 1:
            problem = "the age and the birth date contradict each other"
            raise InvalidInput(Fault(problem, ".age", "leave one of them out"))

    def age_on(self, day: datetime.date, *, stated_on: datetime.date) -> int | None:
        """Return the age in whole years on a day, from the birth date or else from the stated age.

        A birth date without a day counts as the first day of its month. A stated age grows by one
        year with each anniversary of the day on which it was stated.

        Args:
            day: the day for which the age is computed.
            stated_on: the day on which `age` was stated.

        Returns:
            The age in years; None if neither birth date nor age is known.

        """
        born = None if self.born is None else _born_on(self.born)
        if born is not None:
            return years_between(born, day)
        return None if self.age is None else self.age + years_between(stated_on, day)

    def __repr__(self) -> str:
        """Return a text without personal data, so that logs and tracebacks contain none."""
        return "Person(...)"

    def mirrored(self) -> "Person":
        """Return a copy with left and right exchanged."""
        return evolve(
            self,
            complaints=[
                evolve(complaint, side=complaint.side.mirrored) for complaint in self.complaints
            ],
            injuries=[evolve(injury, side=injury.side.mirrored) for injury in self.injuries],
            surgeries=[evolve(surgery, side=surgery.side.mirrored) for surgery in self.surgeries],
            facts=self.facts.mirrored(),
        )
