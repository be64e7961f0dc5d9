"""One exercise."""

from enum import StrEnum

from attrs import field, frozen

from kineticchain.domain.anatomy import Region, Side
from kineticchain.domain.exercises.dose import DoseRange
from kineticchain.domain.validators import boolean, each, identifier, text, whole
from kineticchain.errors import Fault, InvalidInput


class Kind(StrEnum):
    """What sort of training an exercise is."""

    BALANCE = "balance"
    STRENGTH = "strength"
    MOTOR_CONTROL = "motor_control"
    MOBILITY = "mobility"
    STRETCH = "stretch"
    SOFT_TISSUE = "soft_tissue"
    GAIT = "gait"
    CORE = "core"


class LoadClass(StrEnum):
    """How much the Achilles tendon and the forefoot bear, from none to hops.

    L0 seated or lying; L1 seated with a light load; L2 two legs; L3 one leg, or two on
    tiptoe; L4 one leg on a step, with added load or a towel under the toes; L5 hops.
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
    SEATED = "seated"
    STANDING = "standing"


class Support(StrEnum):
    """Whether a hand rests on something."""

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
    """What one stands on."""

    FIRM = "firm"
    FOAM = "foam"


class Vision(StrEnum):
    """Whether the eyes are open."""

    OPEN = "open"
    CLOSED = "closed"


@frozen(kw_only=True)
class StatedDose:
    """What a source says of the dose, as it says it; plans keep to the exercise's own range.

    `words` holds what is no number: "a few times a day", or that there is no dose at all.
    """

    source: str = field(validator=identifier())
    dose: DoseRange | None = None
    words: str = field(default="", validator=text())


@frozen(kw_only=True)
class Exercise:
    """An exercise with all that a plan needs to prescribe and explain it.

    `needs` lists groups of equipment; of each group one piece is enough. `targets` and
    `secondary` give regions whole-number weights from 1 to 5. `alternating` says that sides
    take turns set by set, so that one side rests while the other works. `rep_s` is the time
    of one repetition or step where neither tempo nor hold gives it. `stated` keeps the doses
    of the founding articles as they are printed. `traits` are further words that rules may
    ask for, such as ``toe_extension``. `alongside` are the kinds of exercises at the same time
    as which it may be done, in the same position; `moments` are ids of messages that name
    moments of the day which suit it.
    """

    id: str = field(validator=identifier())
    title: str = field(validator=text())
    kind: Kind
    load: LoadClass
    position: Position
    support: Support = Support.NONE
    base: Base = Base.BODY
    surface: Surface = Surface.FIRM
    vision: Vision = Vision.OPEN
    forefoot: bool = field(default=False, validator=boolean())
    barefoot: bool = field(default=False, validator=boolean())
    unilateral: bool = field(default=False, validator=boolean())
    alternating: bool = field(default=False, validator=boolean())
    needs: tuple[tuple[str, ...], ...] = ()
    targets: tuple[tuple[Region, int], ...]
    secondary: tuple[tuple[Region, int], ...] = ()
    dose: DoseRange
    rep_s: int = field(default=3, validator=whole(1, 60, "seconds"))
    stated: tuple[StatedDose, ...] = ()
    alongside: tuple[Kind, ...] = ()
    moments: tuple[str, ...] = field(default=(), validator=each(identifier()))
    traits: tuple[str, ...] = field(default=(), validator=each(identifier()))
    steps: tuple[str, ...] = field(validator=each(text()))
    cues: tuple[str, ...] = field(default=(), validator=each(text()))
    cautions: tuple[str, ...] = field(default=(), validator=each(text()))
    evidence: tuple[str, ...] = field(default=(), validator=each(identifier()))
    sources: tuple[str, ...] = field(default=(), validator=each(identifier()))

    def __attrs_post_init__(self) -> None:
        """Ask for regions, steps and something that the exercise rests on."""
        faults = []
        if not self.targets:
            faults.append(Fault("no target region", where=".targets"))
        if not self.steps:
            faults.append(Fault("no steps", where=".steps"))
        if not self.evidence and not self.sources:
            faults.append(Fault("neither evidence nor a source", where=".evidence"))
        if self.alternating and not self.unilateral:
            faults.append(Fault("sides alternate, yet it has none", where=".alternating"))
        if faults:
            raise InvalidInput(*faults)

    @property
    def regions(self) -> tuple[Region, ...]:
        """Every region it works on, targets first."""
        return tuple(region for region, _ in (*self.targets, *self.secondary))

    @property
    def weights(self) -> tuple[tuple[Region, int], ...]:
        """Every region with its weight, targets first."""
        return (*self.targets, *self.secondary)

    @property
    def loads_both_legs(self) -> bool:
        """Whether both legs bear weight, whichever side is trained."""
        return self.position is Position.STANDING and self.base is not Base.ONE_LEG

    def sides(self, side: Side = Side.BOTH) -> tuple[Side, ...]:
        """The sides within `side` on which it is done apart; `both` where it has none."""
        return side.each if self.unilateral else (Side.BOTH,)

    def can_be_done_with(self, available_equipment: frozenset[str]) -> bool:
        """Whether the equipment at hand is enough."""
        return all(not available_equipment.isdisjoint(group) for group in self.needs)
