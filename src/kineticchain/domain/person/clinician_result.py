"""Results of clinical examinations."""

import datetime
from collections.abc import Iterable
from typing import ClassVar

from attrs import evolve, field, frozen

from kineticchain.domain.anatomy import Region, Side
from kineticchain.domain.exercises import Kind, LoadClass
from kineticchain.domain.person.complaint import WeightBearing, read_weight_bearing
from kineticchain.domain.person.readers import check_side, ids, read_region, read_side, word
from kineticchain.domain.validators import (
    boolean,
    day,
    each,
    identifier,
    instance,
    optional,
    repr_short,
    whole,
)
from kineticchain.errors import Fault, InvalidInput

SLOT = whole(1, 24)
"""The validator of the slot of an event: its number within the day."""


def _read_load(value: LoadClass | str | None) -> LoadClass | None:
    return None if value is None else word(LoadClass, value, "a load class", ".load")


def _read_kinds(values: Iterable[Kind | str]) -> tuple[Kind, ...]:
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise InvalidInput(
            Fault(
                f"{repr_short(values)} is not a list of kinds",
                ".kinds",
                'give such as ["mobility"]',
            )
        )
    names = ids(str(value) for value in values)
    return tuple(word(Kind, name, "a kind of exercise", ".kinds") for name in names)


def _read_exercises(values: Iterable[str]) -> tuple[str, ...]:
    return ids(values, ".exercises")


def _read_found(values: Iterable[str]) -> tuple[str, ...]:
    return ids(values, ".found")


def _read_ruled_out(values: Iterable[str]) -> tuple[str, ...]:
    return ids(values, ".ruled_out")


def _read_region_or_none(value: Region | str | None) -> Region | None:
    return None if value is None else read_region(value)


@frozen(kw_only=True)
class Allowance:
    """The exercises for a region that a clinician allows although a rule excludes them.

    An exercise is allowed if it meets every limit that is given. At least one limit is required.

    Attributes:
        load: the highest allowed load class; None for no limit.
        kinds: the allowed kinds; empty for no limit.
        exercises: ids of the allowed exercises; empty for no limit.

    """

    load: LoadClass | None = field(default=None, converter=_read_load)
    kinds: tuple[Kind, ...] = field(default=(), converter=_read_kinds)
    exercises: tuple[str, ...] = field(
        default=(), converter=_read_exercises, validator=each(identifier())
    )

    def __attrs_post_init__(self) -> None:
        """Reject an allowance without limits."""
        if self.load is None and not self.kinds and not self.exercises:
            remedy = 'give a load such as "L1", kinds or exercises'
            raise InvalidInput(Fault("an allowance without bounds", remedy=remedy))


def _read_allowance(value: Allowance | LoadClass | str | None) -> Allowance | None:
    """Return an allowance; a load class alone allows all exercises up to that class."""
    return Allowance(load=value) if isinstance(value, str) else value


@frozen(kw_only=True)
class ClinicianResult:
    """The result of a clinical examination of a region or of the whole person.

    Attributes:
        rank: the position among events of the same day and slot.
        on: the date of the examination; the first day on which the result applies.
        region: the examined region; None for the whole person.
        side: the examined side.
        found: ids of the diagnoses that were found.
        ruled_out: ids of the diagnoses that were ruled out.
        examined: True if the reported problem was examined and nothing speaks against exercise;
            this settles referrals that are not urgent enough to require a named diagnosis.
        weight_bearing: the ordered weight bearing after an operation; None for no statement.
        cleared: whether all restrictions after an operation are lifted; None for no statement.
        allows: exercises that are allowed although a rule excludes them.
        until: the last day on which the result applies; None if it applies until the same subject
            is reported again.
        slot: the number of the event within the day (1 to 24).

    """

    tag: ClassVar[str] = "clinician_result"
    rank: ClassVar[int] = 2

    on: datetime.date = field(validator=day())
    region: Region | None = field(default=None, converter=_read_region_or_none)
    side: Side = field(default=None, converter=read_side)
    found: tuple[str, ...] = field(default=(), converter=_read_found, validator=each(identifier()))
    ruled_out: tuple[str, ...] = field(
        default=(), converter=_read_ruled_out, validator=each(identifier())
    )
    examined: bool = field(default=False, validator=boolean())
    weight_bearing: WeightBearing | None = field(default=None, converter=read_weight_bearing)
    cleared: bool | None = field(default=None, validator=optional(boolean()))
    allows: Allowance | None = field(
        default=None, converter=_read_allowance, validator=optional(instance(Allowance))
    )
    until: datetime.date | None = field(default=None, validator=optional(day()))
    slot: int = field(default=1, validator=SLOT)

    def __attrs_post_init__(self) -> None:
        """Reject a contradiction between fields, and a result without content."""
        if self.region is not None:
            check_side(self.region, self.side)
        elif self.side is not Side.BOTH:
            raise InvalidInput(Fault("a side without a region", ".side", "give the region"))
        if self.until is not None and self.until < self.on:
            raise InvalidInput(Fault("it ends before it begins", ".until", "give a later day"))
        contradicted = sorted({*self.found} & {*self.ruled_out})
        if contradicted:
            remedy = "leave it out of one"
            raise InvalidInput(
                Fault(f"`{contradicted[0]}` is found and ruled out", ".ruled_out", remedy)
            )
        if not self.says_something:
            remedy = "give found, ruled_out, examined, weight_bearing, cleared or allows"
            raise InvalidInput(Fault("a result that says nothing", remedy=remedy))

    @property
    def says_something(self) -> bool:
        """True if the result has any content besides its date and region."""
        return self.allows is not None or self.says_more_than_allowed

    @property
    def says_more_than_allowed(self) -> bool:
        """True if the result has any content besides its date, its region and its allowance."""
        orders = (self.weight_bearing, self.cleared)
        return bool(
            self.found
            or self.ruled_out
            or self.examined
            or any(order is not None for order in orders)
        )

    def mirrored(self) -> "ClinicianResult":
        """Return a copy with left and right exchanged."""
        return evolve(self, side=self.side.mirrored)
