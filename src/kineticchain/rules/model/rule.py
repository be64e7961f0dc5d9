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

    `about` is a condition on exercises and says which ones the effects are about; None is
    all. `each` runs the rule over every complaint, injury or surgery, with ``here`` bound
    in both conditions; `same_side` then keeps the effects to its side. `because` is the
    reason in plain words. `shows` names further rows of evidence to show with it.

    `settled_by` lists diagnoses: once a clinician has found or ruled out one of them, about the
    region and later than all that the rule rests on, the rule does not hold. `until_cleared` says
    that a clinician may allow exercises that it excludes; a referral from URGENT on never may.
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
        """Reject a rule without effects, or without evidence and sources."""
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
        """The level of the most urgent referral among its effects."""
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
