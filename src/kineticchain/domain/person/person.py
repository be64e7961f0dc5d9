"""A person."""

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
    """Sex, where norms or risks differ by it."""

    F = "f"
    M = "m"
    X = "x"


def _read_sex(value: Sex | str | None) -> Sex | None:
    return None if value is None else word(Sex, value, "a sex", ".sex")


def _read_born(value: datetime.date | str | None) -> str | None:
    """A birth date as text: a day, or a year and a month."""
    if type(value) is datetime.date:
        return value.isoformat()
    if value is None or (isinstance(value, str) and _BORN.fullmatch(value) and _born_on(value)):
        return value
    remedy = 'write a year and a month, such as "1961-03", or a date'
    raise InvalidInput(Fault(f"{repr_short(value)} is no birth date", ".born", remedy))


_BORN = re.compile(r"(19|20)[0-9]{2}-[0-9]{2}(-[0-9]{2})?", re.ASCII)


def _born_on(value: str) -> datetime.date | None:
    """The day of a birth date; without a day the first of its month. None if there is none."""
    try:
        return datetime.date.fromisoformat(value if len(value) > len("1961-03") else f"{value}-01")
    except ValueError:
        return None


def years_between(start: datetime.date, end: datetime.date) -> int:
    """Whole years from one day to another, at least 0."""
    before_birthday = (end.month, end.day) < (start.month, start.day)
    return max(0, end.year - start.year - before_birthday)


def _read_complaints(values: Iterable[Complaint]) -> tuple[Complaint, ...]:
    return set_of(Complaint, values, ".complaints")


def _read_injuries(values: Iterable[Injury]) -> tuple[Injury, ...]:
    return set_of(Injury, values, ".injuries")


def _read_surgeries(values: Iterable[Surgery]) -> tuple[Surgery, ...]:
    return set_of(Surgery, values, ".surgeries")


@frozen(kw_only=True, repr=False)
class Person:
    """Whom a plan is for, as of one day.

    An app stores this and the events of the history, nothing else. Lists are sets: order
    and repetition do not matter. Names of equipment and facts are checked when a plan is
    asked for, against the knowledge then in use.

    All of it is as of the day `as_of`: `age`, weeks and answers count from there. Without `as_of`
    it is as of the first event of the history, or of the day of the plan. `born` is a birth date,
    of which year and month are enough (``"1961-03"``); it is more exact than `age`.
    """

    age: int | None = field(default=None, validator=optional(whole(0, 120, "years")))
    born: str | None = field(default=None, converter=_read_born)
    sex: Sex | None = field(default=None, converter=_read_sex)
    complaints: tuple[Complaint, ...] = field(default=(), converter=_read_complaints)
    injuries: tuple[Injury, ...] = field(default=(), converter=_read_injuries)
    surgeries: tuple[Surgery, ...] = field(default=(), converter=_read_surgeries)
    equipment: tuple[str, ...] = field(default=(), converter=ids, validator=each(identifier()))
    facts: Facts = field(factory=Facts, converter=read_facts)
    screening: Screening = field(default=UNASKED, converter=read_screening)
    as_of: datetime.date | None = field(default=None, validator=optional(day()))

    def __attrs_post_init__(self) -> None:
        """Refuse an age and a birth date that contradict each other, as far as that is known."""
        if self.age is None or self.born is None or self.as_of is None:
            return
        by_birth = self.age_on(self.as_of, stated_on=self.as_of)
        if by_birth is not None and abs(by_birth - self.age) > 1:
            problem = "the age and the birth date contradict each other"
            raise InvalidInput(Fault(problem, ".age", "leave one of them out"))

    def age_on(self, day: datetime.date, *, stated_on: datetime.date) -> int | None:
        """The age in whole years on a day, from the birth date or else from the age stated.

        Of a birth date without its day the first day of the month counts. The age that was stated
        on `stated_on` grows by a year with each anniversary of that day. None where neither is
        known.
        """
        born = None if self.born is None else _born_on(self.born)
        if born is not None:
            return years_between(born, day)
        return None if self.age is None else self.age + years_between(stated_on, day)

    def __repr__(self) -> str:
        """Nothing of the person: a log line or a traceback must not tell."""
        return "Person(...)"

    def mirrored(self) -> "Person":
        """The same person with left and right exchanged."""
        return evolve(
            self,
            complaints=[evolve(one, side=one.side.mirrored) for one in self.complaints],
            injuries=[evolve(one, side=one.side.mirrored) for one in self.injuries],
            surgeries=[evolve(one, side=one.side.mirrored) for one in self.surgeries],
            facts=self.facts.mirrored(),
        )
