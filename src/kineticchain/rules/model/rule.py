"""Rules that are data."""

from functools import cached_property

from attrs import field, frozen
from attrs.converters import optional

from kineticchain.domain.facts import BindingKind, Condition, ReferralLevel, read_condition
from kineticchain.domain.validators import boolean, identifier, passage
from kineticchain.domain.validators import each as each_of
from kineticchain.errors import Fault, InvalidInput
from kineticchain.rules.model.effect import RESTRICTING, Conclude, Effect, Refer, is_about_exercises


@frozen(kw_only=True)
class Rule:
    """A condition on the person, and the effects that follow from it.

    `because` is the reason in plain words. `about` is the condition on the exercises that the
    effects are about; None stands for all exercises. `each` evaluates the rule for each complaint,
    injury or surgery, whose facts both conditions read under ``here.`` names; `same_side` then
    restricts the effects to the side of the binding. `shows` names further rows of evidence that
    are shown with the rule.

    `settled_by` lists diagnoses. Clinicians' results about one of them can settle the rule, which
    then does not apply; see `ResultsInForceClearance.settles`. With `until_cleared` a clinician may
    allow exercises that the rule excludes or limits in load. A rule that refers at URGENT or above
    cannot have `until_cleared`.
    """

    id: str = field(validator=identifier())
    when: Condition = field(converter=read_condition)
    effects: tuple[Effect, ...]
    because: str = field(validator=passage())
    about: Condition | None = field(default=None, converter=optional(read_condition))
    each: BindingKind | None = None
    same_side: bool = field(default=False, validator=boolean())
    evidence: tuple[str, ...] = field(default=(), validator=each_of(identifier()))
    shows: tuple[str, ...] = field(default=(), validator=each_of(identifier()))
    sources: tuple[str, ...] = field(default=(), validator=each_of(identifier()))
    settled_by: tuple[str, ...] = field(default=(), validator=each_of(identifier()))
    until_cleared: bool = field(default=False, validator=boolean())

    def __attrs_post_init__(self) -> None:
        """Reject a rule with missing or contradictory fields."""
        faults = []
        if not self.effects:
            faults.append(Fault("no effect", remedy="a rule without one says nothing"))
        if not self.evidence and not self.sources:
            faults.append(Fault("neither evidence nor a source", where=".sources"))
        if self.same_side and self.each is None:
            faults.append(Fault("a side without `each`", where=".same_side"))
        if self.about is not None and not any(
            is_about_exercises(effect) for effect in self.effects
        ):
            faults.append(Fault("no effect is about exercises", where=".about"))
        faults += self._opening_faults()
        if faults:
            raise InvalidInput(*faults)

    def _opening_faults(self) -> list[Fault]:
        """Return the faults of `settled_by` and `until_cleared`."""
        faults = []
        if self.until_cleared and not self.restricts:
            faults.append(Fault("opens, and excludes or limits nothing", ".until_cleared"))
        if self.until_cleared and self.level >= ReferralLevel.URGENT:
            remedy = "move the exclusion into a rule of its own"
            faults.append(Fault("a red flag that can be opened", ".until_cleared", remedy))
        if self.settled_by and self.concludes:
            remedy = "let another rule conclude it"
            faults.append(Fault("settled, and concludes a fact", ".settled_by", remedy))
        return faults

    @cached_property
    def level(self) -> ReferralLevel:
        """The level of the most urgent referral of the rule; NONE without a referral."""
        levels = [effect.level for effect in self.effects if isinstance(effect, Refer)]
        return max(levels, default=ReferralLevel.NONE)

    @property
    def restricts(self) -> bool:
        """True if the rule excludes, limits or requires."""
        return any(isinstance(effect, RESTRICTING) for effect in self.effects)

    @cached_property
    def concludes(self) -> tuple[str, ...]:
        """The facts that the rule concludes."""
        return tuple(effect.fact for effect in self.effects if isinstance(effect, Conclude))
