"""Rows of the transition table: guard, action and evidence."""

from enum import StrEnum
from functools import cached_property

from attrs import field, frozen

from kineticchain.domain.exercises import Kind
from kineticchain.domain.facts import Condition
from kineticchain.domain.validators import each, identifier, optional
from kineticchain.errors import Fault, InvalidInput
from kineticchain.rules.model.effect import Refer


class Action(StrEnum):
    """Action of a transition."""

    HOLD = "hold"
    INCREASE_DOSE = "increase_dose"
    ADVANCE_VARIANT = "advance_variant"
    REDUCE_DOSE = "reduce_dose"
    REGRESS_VARIANT = "regress_variant"
    DELOAD = "deload"
    RESTART_BASELINE = "restart_baseline"
    MAINTAIN = "maintain"
    STOP_AND_REFER = "stop_and_refer"

    @property
    def caution(self) -> int:
        """Rank of caution, from 0; of matching transitions the most cautious one decides."""
        return _CAUTION.index(self)

    @property
    def steps_down(self) -> bool:
        """True if the action makes training easier."""
        return self in _STEPS_DOWN

    @property
    def steps_up(self) -> bool:
        """True if the action increases the dose or advances the rung."""
        return self in _STEPS_UP


_CAUTION = (
    Action.ADVANCE_VARIANT,
    Action.INCREASE_DOSE,
    Action.HOLD,
    Action.MAINTAIN,
    Action.DELOAD,
    Action.REDUCE_DOSE,
    Action.REGRESS_VARIANT,
    Action.RESTART_BASELINE,
    Action.STOP_AND_REFER,
)
"""Actions in order of caution, the least cautious first."""

_STEPS_UP = frozenset(_CAUTION[: _CAUTION.index(Action.HOLD)])
_STEPS_DOWN = frozenset(_CAUTION[_CAUTION.index(Action.MAINTAIN) + 1 :])


class Trigger(StrEnum):
    """Occasion on which a transition is considered.

    AFTER_SESSION: a session or its next morning is reported. AFTER_BREAK: training resumes after a
    break. AFTER_CLEARANCE: a clinician's result or the end of a stop is reported.
    """

    AFTER_SESSION = "after_session"
    AFTER_BREAK = "after_break"
    AFTER_CLEARANCE = "after_clearance"


@frozen(kw_only=True)
class Transition:
    """Row of the transition table: if `when` is known to hold at its trigger, `action` applies.

    Attributes:
        id: Id of the row, and of the message that explains it.
        action: Action that the row calls for.
        when: Guard.
        trigger: Occasion on which the guard is evaluated.
        ramp: Name of the policy's shares of the dose for the following weeks; None without a ramp.
        keeps_dose: True if a step to an easier rung keeps the level of the dose, as far as that
            rung has it, instead of starting at the first.
        refer: Referral of a stop; None for every other action.
        evidence: Rows of evidence for the transition.
        conflicts: Rows of evidence against it, shown if the transition decides.

    """

    id: str = field(validator=identifier())
    action: Action
    when: Condition
    trigger: Trigger = Trigger.AFTER_SESSION
    ramp: str | None = field(default=None, validator=optional(identifier()))
    keeps_dose: bool = False
    refer: Refer | None = None
    evidence: tuple[str, ...] = field(default=(), validator=each(identifier()))
    conflicts: tuple[str, ...] = field(default=(), validator=each(identifier()))

    def __attrs_post_init__(self) -> None:
        """Check that a stop has a referral, and no other action has one."""
        if (self.action is Action.STOP_AND_REFER) != (self.refer is not None):
            remedy = "give `refer` to every stop_and_refer, and to no other action"
            raise InvalidInput(Fault("a stop without a referral, or the reverse", ".refer", remedy))

    @cached_property
    def steps_down(self) -> bool:
        """True if the action makes training easier."""
        return self.action.steps_down

    @property
    def caution_used(self) -> int:
        """Caution of the action if it is a step down after a session; -1 otherwise."""
        down = self.trigger is Trigger.AFTER_SESSION and self.steps_down
        return self.action.caution if down else -1


@frozen(kw_only=True)
class DoseOrder:
    """Order in which the dimensions of a dose grow, for a kind of exercise.

    Attributes:
        kind: Kind of exercise.
        order: Dimensions, the first to grow first. With `days` among them, an exercise starts with
            the lowest number of days a week of its range and gets more once its top dose is
            reached; otherwise it has the highest number from the start.

    """

    kind: Kind
    order: tuple[str, ...] = field(validator=each(identifier()))

    @property
    def grows_days(self) -> bool:
        """True if days a week are a dimension that grows."""
        return DAYS in self.order


DAYS = "days"
"""Name of the dimension days a week in `DoseOrder.order`."""
