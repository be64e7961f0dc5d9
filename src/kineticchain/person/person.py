"""A person."""

import datetime
from collections.abc import Iterable
from enum import StrEnum

from attrs import evolve, field, frozen

from kineticchain.constraints import day, each, identifier, optional, whole
from kineticchain.facts import Facts
from kineticchain.person.complaint import Complaint, Injury, Surgery
from kineticchain.person.screening import UNASKED, Screening, read_screening
from kineticchain.person.words import ids, read_facts, set_of, word


class Sex(StrEnum):
    """Sex, where norms or risks differ by it."""

    F = "f"
    M = "m"
    X = "x"


def _read_sex(value: Sex | str | None) -> Sex | None:
    return None if value is None else word(Sex, value, "a sex", ".sex")


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
    asked for, against the knowledge then in use. `as_of` dates what ages, such as weeks.
    """

    age: int | None = field(default=None, validator=optional(whole(0, 120, "years")))
    sex: Sex | None = field(default=None, converter=_read_sex)
    complaints: tuple[Complaint, ...] = field(default=(), converter=_read_complaints)
    injuries: tuple[Injury, ...] = field(default=(), converter=_read_injuries)
    surgeries: tuple[Surgery, ...] = field(default=(), converter=_read_surgeries)
    equipment: tuple[str, ...] = field(default=(), converter=ids, validator=each(identifier()))
    facts: Facts = field(factory=Facts, converter=read_facts)
    screening: Screening = field(default=UNASKED, converter=read_screening)
    as_of: datetime.date | None = field(default=None, validator=optional(day()))

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
