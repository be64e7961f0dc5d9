"""Exercises and their attributes."""

from enum import StrEnum
from typing import TypeAlias

from attrs import field, frozen

from kineticchain.domain.anatomy import Region, RegionPoints, Side
from kineticchain.domain.anatomy.region import region_points
from kineticchain.domain.exercises.dose import DoseRange
from kineticchain.domain.validators import (
    boolean,
    each,
    identifier,
    optional,
    passage,
    title,
    whole,
)
from kineticchain.errors import Fault, InvalidInput

MAX_WEIGHT = 5
"""The largest weight of a region, for a region that the exercise is made for."""


class Kind(StrEnum):
    """The kind of training."""

    BALANCE = "balance"
    STRENGTH = "strength"
    MOTOR_CONTROL = "motor_control"
    MOBILITY = "mobility"
    STRETCH = "stretch"
    SOFT_TISSUE = "soft_tissue"
    GAIT = "gait"
    CORE = "core"


class LoadClass(StrEnum):
    """The load on a tissue, in ascending order.

    Examples for the foot and the calf: L0: seated or lying. L1: seated with a light load. L2: on
    two legs. L3: on one leg, or on two legs on tiptoe. L4: on one leg on a step, with added load or
    with a towel under the toes. L5: hops.

    Examples for the knee and the hip: L2: body weight on two legs, bent up to 60 degrees. L3: on
    one leg, bent up to 60 degrees, or on two legs, bent deeper. L4: on one leg, bent deeper, or
    with the whole body as a lever.
    """

    L0 = "L0"
    L1 = "L1"
    L2 = "L2"
    L3 = "L3"
    L4 = "L4"
    L5 = "L5"


class Position(StrEnum):
    """The position of the body."""

    SUPINE = "supine"
    PRONE = "prone"
    SIDE_LYING = "side_lying"
    KNEELING = "kneeling"
    QUADRUPED = "quadruped"
    SEATED = "seated"
    STANDING = "standing"


class Support(StrEnum):
    """Support by a hand: some or none."""

    HAND = "hand"
    NONE = "none"


class Base(StrEnum):
    """The base of support, from the widest to the narrowest."""

    BODY = "body"
    FEET_APART = "feet_apart"
    SIDE_BY_SIDE = "side_by_side"
    SEMI_TANDEM = "semi_tandem"
    TANDEM = "tandem"
    ONE_LEG = "one_leg"


class Surface(StrEnum):
    """The surface under the feet."""

    FIRM = "firm"
    FOAM = "foam"


class Vision(StrEnum):
    """The state of the eyes: open or closed."""

    OPEN = "open"
    CLOSED = "closed"


RegionLoads: TypeAlias = tuple[tuple[Region, LoadClass], ...]
"""Regions, each with the load on its tissue."""


@frozen(kw_only=True)
class StatedDose:
    """The dose as a source states it; plans use the dose range of the exercise instead.

    Attributes:
        source: the id of the source.
        dose: the stated range; None if the source gives no numbers.
        words: the part of the statement that is not a number, such as "a few times a day".

    """

    source: str = field(validator=identifier())
    dose: DoseRange | None = None
    words: str = field(default="", validator=passage(0))


@frozen(kw_only=True)
class Exercise:
    """An exercise with the data that a plan needs to prescribe and explain it.

    Attributes:
        id: the id of the exercise.
        title: the English title.
        kind: the kind of training.
        load: the largest load on any tissue.
        loads: the load of each loaded region, at most `load`; empty if sources do not distinguish
            the regions, in which case every trained region has the load `load`.
        position: the position of the body.
        support: the support by a hand.
        base: the base of support.
        surface: the surface under the feet.
        vision: open or closed eyes.
        forefoot: True if the exercise loads the forefoot.
        knee_bend: the deepest bend of a loaded knee in degrees (0 to 160).
        hip_bend: the deepest bend of a hip in degrees (0 to 140).
        barefoot: True if the exercise is done barefoot.
        unilateral: True if each side is trained separately.
        alternating: True if the sides take turns after each set, so that one side rests while the
            other works.
        needs: groups of equipment; one piece of each group is required.
        targets: the regions that are trained, with weights from 1 to 5.
        secondary: further regions that are trained, with weights from 1 to 5.
        dose: the range of supported doses.
        rep_s: seconds of one step, or of one repetition without a tempo or a hold (1 to 60).
        stated: the doses as printed in the founding articles.
        daily: the id of the row of evidence that supports heavy work on successive days; None if
            two days of heavy work need a day of rest between them, which is the usual case.
        together: ids of exercises that load the same tissue heavily and yet belong in the same
            session, such as the two forms of a published protocol. These exercises list each other.
        alongside: the kinds of exercises that can be done at the same time, in the same position.
        habit_cues: ids of messages that name suitable moments of the day.
        traits: further words that conditions can test, such as ``toe_extension``.
        steps: the instructions in order.
        cues: hints for good form.
        cautions: warnings.
        evidence: ids of rows of evidence.
        sources: ids of sources.

    """

    id: str = field(validator=identifier())
    title: str = field(validator=title())
    kind: Kind
    load: LoadClass
    loads: RegionLoads = ()
    position: Position
    support: Support = Support.NONE
    base: Base = Base.BODY
    surface: Surface = Surface.FIRM
    vision: Vision = Vision.OPEN
    forefoot: bool = field(default=False, validator=boolean())
    knee_bend: int = field(default=0, validator=whole(0, 160, "degrees"))
    hip_bend: int = field(default=0, validator=whole(0, 140, "degrees"))
    barefoot: bool = field(default=False, validator=boolean())
    unilateral: bool = field(default=False, validator=boolean())
    alternating: bool = field(default=False, validator=boolean())
    needs: tuple[tuple[str, ...], ...] = ()
    targets: RegionPoints = field(validator=region_points(MAX_WEIGHT))
    secondary: RegionPoints = field(default=(), validator=region_points(MAX_WEIGHT))
    dose: DoseRange
    rep_s: int = field(default=3, validator=whole(1, 60, "seconds"))
    stated: tuple[StatedDose, ...] = ()
    daily: str | None = field(default=None, validator=optional(identifier()))
    together: tuple[str, ...] = field(default=(), validator=each(identifier()))
    alongside: tuple[Kind, ...] = ()
    habit_cues: tuple[str, ...] = field(default=(), validator=each(identifier()))
    traits: tuple[str, ...] = field(default=(), validator=each(identifier()))
    steps: tuple[str, ...] = field(validator=each(passage()))
    cues: tuple[str, ...] = field(default=(), validator=each(passage()))
    cautions: tuple[str, ...] = field(default=(), validator=each(passage()))
    evidence: tuple[str, ...] = field(default=(), validator=each(identifier()))
    sources: tuple[str, ...] = field(default=(), validator=each(identifier()))

    def __attrs_post_init__(self) -> None:
        """Reject an exercise without targets, steps or evidence, or with contradicting fields."""
        faults = []
        if not self.targets:
            faults.append(Fault("no target region", where=".targets"))
        if not self.steps:
            faults.append(Fault("no steps", where=".steps"))
        if not self.evidence and not self.sources:
            faults.append(Fault("neither evidence nor a source", where=".evidence"))
        loads = dict(self.loads)
        if loads and max(loads.values()) is not self.load:
            remedy = f"the largest of `loads` is {max(loads.values())}"
            faults.append(Fault(f"`load` is {self.load}", ".load", remedy))
        faults += [
            Fault(f"no load of the target `{region}`", ".loads", "state one; L0 for none")
            for region, _ in self.targets
            if loads and region not in loads
        ]
        if not all(self.needs):
            faults.append(
                Fault("a group without equipment", ".needs", "name a piece, or leave it out")
            )
        twice = sorted(
            {region for region, _ in self.targets} & {name for name, _ in self.secondary}
        )
        faults += [Fault(f"`{region}` is a target as well", ".secondary") for region in twice]
        if self.alternating and not self.unilateral:
            faults.append(Fault("sides alternate, yet it has none", where=".alternating"))
        if faults:
            raise InvalidInput(*faults)

    @property
    def regions(self) -> tuple[Region, ...]:
        """All trained regions, targets first."""
        return tuple(region for region, _ in (*self.targets, *self.secondary))

    @property
    def weights(self) -> RegionPoints:
        """All trained regions with their weights, targets first."""
        return (*self.targets, *self.secondary)

    def load_on(self, region: Region) -> LoadClass:
        """Return the load on a region.

        If `loads` is not empty, a region without an entry has the load L0. If `loads` is empty, a
        trained region has the load `load`, and any other region has the load L0.
        """
        stated = dict(self.loads)
        if stated:
            return stated.get(region, LoadClass.L0)
        return self.load if region in self.regions else LoadClass.L0

    @property
    def loads_both_legs(self) -> bool:
        """True if both legs bear weight, whichever side is trained."""
        return self.position is Position.STANDING and self.base is not Base.ONE_LEG

    def sides(self, side: Side = Side.BOTH) -> tuple[Side, ...]:
        """Return the sides within `side` that are trained separately.

        Returns:
            The single sides of `side`; `both` alone if the exercise is not unilateral.

        """
        return side.each if self.unilateral else (Side.BOTH,)

    def can_be_done_with(self, available_equipment: frozenset[str]) -> bool:
        """Return whether the available equipment covers every group of `needs`."""
        return all(not available_equipment.isdisjoint(group) for group in self.needs)
