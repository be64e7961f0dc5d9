"""Rows of the transition table: a situation, the action that it calls for, and why."""

from enum import StrEnum
from functools import cached_property

from attrs import field, frozen

from kineticchain.domain.exercises import Kind
from kineticchain.domain.facts import Condition
from kineticchain.domain.validators import each, identifier, optional
from kineticchain.errors import Fault, InvalidInput
from kineticchain.rules.model.effect import Refer


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

    @property
    def caution(self) -> int:
        """How cautious it is: of transitions that match, the one with the most wins."""
        return _CAUTION.index(self)

    @property
    def steps_down(self) -> bool:
        """Whether it takes something away because of what was seen."""
        return self in _STEPS_DOWN

    @property
    def steps_up(self) -> bool:
        """Whether it adds something."""
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
_STEPS_UP = frozenset(_CAUTION[: _CAUTION.index(Action.HOLD)])
_STEPS_DOWN = frozenset(_CAUTION[_CAUTION.index(Action.MAINTAIN) + 1 :])


class Trigger(StrEnum):
    """When a transition is looked at.

    After news of a session, on the return from a break, or when a clinician's result is told.
    """

    AFTER_SESSION = "after_session"
    AFTER_BREAK = "after_break"
    AFTER_CLEARANCE = "after_clearance"


@frozen(kw_only=True)
class Transition:
    """If `when` is known to hold at its trigger, `action` is what it calls for.

    `id` is also the id of the message that says why. `ramp` names the policy's shares for
    the weeks that follow. `keeps_dose` says that a step to an easier rung keeps the level of
    the dose as far as that rung goes, instead of starting at its first dose. `refer` is the
    referral that a stop leads to. `conflicts` are shown where the transition decides.
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
        """A stop sends to somebody; nothing else does."""
        if (self.action is Action.STOP_AND_REFER) != (self.refer is not None):
            remedy = "give `refer` to every stop_and_refer, and to no other action"
            raise InvalidInput(Fault("a stop without a referral, or the reverse", ".refer", remedy))

    @cached_property
    def steps_down(self) -> bool:
        """Whether it takes something away because of what was seen."""
        return self.action.steps_down

    @property
    def caution_used(self) -> int:
        """How cautious a step down it is on account of the last training day; -1 if none."""
        down = self.trigger is Trigger.AFTER_SESSION and self.steps_down
        return self.action.caution if down else -1


@frozen(kw_only=True)
class DoseOrder:
    """In which order the dimensions of a dose grow for a kind of exercise.

    The first ones grow first. Where `days` is among them, an exercise starts with the fewest
    days a week that its range names, and gets more once its top dose is reached; else it
    may have all its days from the start.
    """

    kind: Kind
    order: tuple[str, ...] = field(validator=each(identifier()))

    @property
    def grows_days(self) -> bool:
        """Whether days a week are a dimension that grows."""
        return DAYS in self.order


DAYS = "days"
