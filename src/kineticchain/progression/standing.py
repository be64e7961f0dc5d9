"""Where a person stands on one ladder, on one side."""

from enum import StrEnum

from attrs import field, frozen

from kineticchain.anatomy import Side
from kineticchain.constraints import identifier, optional, whole
from kineticchain.exercises import Dose
from kineticchain.messages import Message


class Action(StrEnum):
    """What the last review did, from holding to stopping."""

    HOLD = "hold"
    INCREASE_DOSE = "increase_dose"
    ADVANCE_VARIANT = "advance_variant"
    REDUCE_DOSE = "reduce_dose"
    REGRESS_VARIANT = "regress_variant"
    DELOAD = "deload"
    RESTART_BASELINE = "restart_baseline"
    MAINTAIN = "maintain"
    STOP_AND_REFER = "stop_and_refer"


@frozen(kw_only=True)
class Standing:
    """The rung that a person may work on, its dose, the last action, and why.

    `exercise` and `dose` are None while the ladder's first rung is not open yet. `level`
    counts the rung's named doses from 0. `share` is the part of the dose, in per cent, that
    a flare or a break leaves for now; `dose` has it taken into account. `mastered` lists
    the rungs mastered in the log.
    """

    ladder: str = field(validator=identifier())
    side: Side
    exercise: str | None = field(default=None, validator=optional(identifier()))
    rung: int | None = field(default=None, validator=optional(whole(0, 100)))
    level: int = field(default=0, validator=whole(0, 100))
    dose: Dose | None = None
    share: int = field(default=100, validator=whole(1, 100, "per cent"))
    action: Action
    reason: Message
    mastered: tuple[str, ...] = ()
