"""What a clinician found, ruled out or allowed."""

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


def _read_region_or_none(value: Region | str | None) -> Region | None:
    return None if value is None else read_region(value)


@frozen(kw_only=True)
class Allowance:
    """Which exercises for a region a clinician allows, though a rule excludes them.

    An exercise is allowed that fits all that is given: its load is at most `load`, its kind is
    among `kinds`, its id among `exercises`. One of the three has to be given.
    """

    load: LoadClass | None = field(default=None, converter=_read_load)
    kinds: tuple[Kind, ...] = field(default=(), converter=_read_kinds)
    exercises: tuple[str, ...] = field(default=(), converter=ids, validator=each(identifier()))

    def __attrs_post_init__(self) -> None:
        """Refuse an allowance of everything."""
        if self.load is None and not self.kinds and not self.exercises:
            remedy = 'give a load such as "L1", kinds or exercises'
            raise InvalidInput(Fault("an allowance without bounds", remedy=remedy))


def _read_allowance(value: Allowance | LoadClass | str | None) -> Allowance | None:
    """An allowance; a load class alone stands for all exercises up to it."""
    return Allowance(load=value) if isinstance(value, str) else value


@frozen(kw_only=True)
class ClinicianResult:
    """A clinician examined a region, or the whole person where `region` is None.

    `found` and `ruled_out` are ids of diagnoses. `examined` says that what was reported there was
    examined and nothing was found that speaks against exercise: it settles what is not urgent
    enough for a diagnosis by name. `weight_bearing` and `cleared` are orders after an operation
    there. `allows` opens part of what rules exclude until a clinician says otherwise. All of it
    counts from `on` to `until`, that day included; without `until` it counts until the same
    subject is reported anew.
    """

    rank: ClassVar[int] = 2

    on: datetime.date = field(validator=day())
    region: Region | None = field(default=None, converter=_read_region_or_none)
    side: Side = field(default=None, converter=read_side)
    found: tuple[str, ...] = field(default=(), converter=ids, validator=each(identifier()))
    ruled_out: tuple[str, ...] = field(default=(), converter=ids, validator=each(identifier()))
    examined: bool = field(default=False, validator=boolean())
    weight_bearing: WeightBearing | None = field(default=None, converter=read_weight_bearing)
    cleared: bool | None = field(default=None, validator=optional(boolean()))
    allows: Allowance | None = field(
        default=None, converter=_read_allowance, validator=optional(instance(Allowance))
    )
    until: datetime.date | None = field(default=None, validator=optional(day()))
    slot: int = field(default=1, validator=SLOT)

    def __attrs_post_init__(self) -> None:
        """Check what only makes sense together."""
        if self.region is not None:
            check_side(self.region, self.side)
        elif self.side is not Side.BOTH:
            raise InvalidInput(Fault("a side without a region", ".side", "give the region"))
        if self.until is not None and self.until < self.on:
            raise InvalidInput(Fault("it ends before it begins", ".until", "give a later day"))
        both = sorted({*self.found} & {*self.ruled_out})
        if both:
            remedy = "leave it out of one"
            raise InvalidInput(Fault(f"`{both[0]}` is found and ruled out", ".ruled_out", remedy))
        if not self.says_something:
            remedy = "give found, ruled_out, examined, weight_bearing, cleared or allows"
            raise InvalidInput(Fault("a result that says nothing", remedy=remedy))

    @property
    def says_something(self) -> bool:
        """Whether it finds, rules out, examined, orders or allows anything."""
        orders = (self.weight_bearing, self.cleared, self.allows)
        return bool(
            self.found or self.ruled_out or self.examined or any(one is not None for one in orders)
        )

    def mirrored(self) -> "ClinicianResult":
        """The same result with left and right exchanged."""
        return evolve(self, side=self.side.mirrored)
