"""Decisions: the combined consequences of all fired rules.

Effects of a kind are combined by union, maximum or minimum. The result does not depend on the order
of rules or on duplicates. No operation removes an effect.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, TypeAlias

from attrs import field, frozen

from kineticchain.domain.anatomy import Region, Side, Site
from kineticchain.domain.facts import ReferralLevel, Truth, Value
from kineticchain.domain.facts.fact_values import value_text
from kineticchain.record import Binding
from kineticchain.rules.model.consequence import AnyConsequence, Consequence, RuleOutcome
from kineticchain.rules.model.effect import (
    Advise,
    Exclude,
    Limit,
    LimitKind,
    Opened,
    Prefer,
    Refer,
    Require,
    Show,
    Target,
)
from kineticchain.rules.model.exercise_index import ExerciseSide
from kineticchain.rules.model.rule import Rule


@frozen
class Firing:
    """A rule whose condition was true or unknown, with the values that it read.

    Attributes:
        rule: The id of the rule.
        truth: True, or None where the condition stayed unknown.
        region: The region of the complaint, injury or surgery; None for a rule without `each`.
        side: The side of that complaint, injury or surgery.
        seen: The names that the condition reads, each with its value; None is unknown.
    """

    rule: str
    truth: Truth
    region: Region | None = None
    side: Side | None = None
    seen: tuple[tuple[str, Value | None], ...] = field(default=(), repr=False)

    def __str__(self) -> str:
        """Return the rule with its values: ``one_leg_snacks: goal = foot_pain, minutes = 2``."""
        return f"{self.rule}: " + ", ".join(
            f"{name} = {value_text(value)}" for name, value in self.seen
        )


@frozen
class Fired:
    """A rule with its binding, its truth value and the facts that it was evaluated on."""

    rule: Rule
    binding: Binding | None
    truth: Truth
    facts: Mapping[str, Value] = field(repr=False, eq=False)

    @property
    def bound(self) -> Mapping[str, Value]:
        """The facts of the binding, named ``here.…``; empty for a rule without `each`."""
        return {} if self.binding is None else self.binding.values

    def firing(self, names: tuple[str, ...]) -> Firing:
        """Return the firing with the values of the names that the rule reads."""
        seen = tuple([(name, self.facts.get(name)) for name in names])
        if self.binding is None:
            return Firing(self.rule.id, self.truth, None, None, seen)
        return Firing(self.rule.id, self.truth, self.binding.region, self.binding.side, seen)


def order_of(fired: Fired) -> tuple[str, str, str]:
    """Return the key that orders fired rules: the id of the rule, then its binding."""
    binding = fired.binding
    if binding is None:
        return (fired.rule.id, "", "")
    return (fired.rule.id, f"{binding.region} {binding.side}", repr(binding.values))


@frozen(order=True)
class Failure:
    """A failed Python rule, with the error."""

    rule: str
    what: str


Settled: TypeAlias = tuple[str, Region | None, Side | None]
"""The id of a rule, with the region and side of its binding; both None without a binding."""


@frozen(kw_only=True, eq=False)
class Decision:  # noqa: PLW1641 - decisions are compared, not looked up
    """The combined effects of all rules, each with its rule.

    Attributes:
        outcomes: Ids of rules with their consequences, in any order. A rule can occur several
            times.
        questions: The facts to ask for. A fact that decides more rules comes first.
        decision_counts: For each question the number of rules that it decides.
        failures: The Python rules that failed.
        unsure: The ids of the rules that refer because answers were *unsure*, each with the facts
            that were answered so, in any order.
        fired: Rules whose condition was true or unknown, in any order.
        settled: Rules that a clinician's result settles, with their bindings.
        reads: For each rule the names that its condition reads.
    """

    outcomes: tuple[tuple[str, RuleOutcome], ...] = field(default=(), repr=False)
    questions: tuple[str, ...] = ()
    decision_counts: tuple[int, ...] = ()
    failures: tuple[Failure, ...] = ()
    unsure: tuple[tuple[str, tuple[str, ...]], ...] = ()
    fired: tuple[Fired, ...] = field(default=(), repr=False)
    settled: tuple[Settled, ...] = field(default=(), repr=False)
    reads: Mapping[str, tuple[str, ...]] = field(factory=dict, repr=False)

    def __eq__(self, other: object) -> bool:
        """Return whether another decision has the same content.

        The attributes `fired`, `settled` and `reads` are not compared.
        """
        if not isinstance(other, Decision):
            return NotImplemented
        return self._content == other._content

    @property
    def _content(self) -> tuple[object, ...]:
        return (
            self.consequences,
            self.questions,
            self.decision_counts,
            self.failures,
            frozenset(self.unsure),
        )

    @cached_property
    def consequences(self) -> Mapping[type, tuple[AnyConsequence, ...]]:
        """All consequences by the class of their effect, in the order of rule ids."""
        kinds = {kind for _, outcome in self.outcomes for kind in outcome.by_effect}
        return {kind: self.of(kind) for kind in sorted(kinds, key=lambda kind: kind.__name__)}

    @cached_property
    def excluded(self) -> frozenset[ExerciseSide]:
        """The exercises and sides that at least one rule excludes."""
        return frozenset().union(*[outcome.excluded for _, outcome in self.outcomes])

    @cached_property
    def _by_rule(self) -> list[RuleOutcome]:
        """One outcome for each rule, in the order of rule ids."""
        by_rule: dict[str, list[RuleOutcome]] = {}
        for rule, outcome in self.outcomes:
            by_rule.setdefault(rule, []).append(outcome)
        return [
            RuleOutcome.union(of_rule) if len(of_rule) > 1 else of_rule[0]
            for _, of_rule in sorted(by_rule.items())
        ]

    @cached_property
    def trace(self) -> tuple[Firing, ...]:
        """The firings of all rules with the values that they read, in the order of rule ids."""
        return tuple(
            dict.fromkeys(
                [
                    fired.firing(self.reads[fired.rule.id])
                    for fired in sorted(self.fired, key=order_of)
                ]
            )
        )

    @property
    def referrals(self) -> tuple[Consequence[Refer, None], ...]:
        """The referrals."""
        return self.of(Refer)

    @property
    def exclusions(self) -> tuple[Consequence[Exclude, ExerciseSide], ...]:
        """The excluded exercises, on their sides."""
        return self.of(Exclude)

    @property
    def limits(self) -> tuple[Consequence[Limit, ExerciseSide | None], ...]:
        """The limits: of an exercise on a side, or of the whole plan."""
        return self.of(Limit)

    @property
    def requirements(self) -> tuple[Consequence[Require, ExerciseSide], ...]:
        """The requirements, for exercises on their sides."""
        return self.of(Require)

    @property
    def preferences(self) -> tuple[Consequence[Prefer, ExerciseSide], ...]:
        """The preferred exercises, on their sides."""
        return self.of(Prefer)

    @property
    def targets(self) -> tuple[Consequence[Target, Site], ...]:
        """The regions that rules add as targets, with their sides."""
        return self.of(Target)

    @property
    def advice(self) -> tuple[Consequence[Advise, None], ...]:
        """The advice."""
        return self.of(Advise)

    @property
    def conflicts(self) -> tuple[Consequence[Show, None], ...]:
        """The `Show` effects: conflicts between sources that a plan shows because of rules."""
        return self.of(Show)

    @property
    def opened(self) -> tuple[Consequence[Opened, ExerciseSide], ...]:
        """Exercises that a rule excludes or limits and that a clinician allows."""
        return self.of(Opened)

    def of(self, kind: type) -> tuple[Consequence[Any, Any], ...]:
        """Return the consequences whose effect has this class."""
        members = self._of_kind.get(kind)
        if members is None:
            members = self._of_kind[kind] = tuple(
                [
                    consequence
                    for outcome in self._by_rule
                    for consequence in outcome.by_effect.get(kind, ())
                ]
            )
        return members

    @cached_property
    def _of_kind(self) -> dict[type, tuple[AnyConsequence, ...]]:
        """Cache of `of`: consequences by the class of their effect."""
        return {}

    @cached_property
    def level(self) -> ReferralLevel:
        """The level of the most urgent referral."""
        levels = (referral.effect.level for referral in self.referrals)
        return max(levels, default=ReferralLevel.NONE)

    def tightest(self, kind: LimitKind) -> int | None:
        """Return the smallest limit of a kind on the whole plan; None if there is no such limit."""
        values = [
            limit.effect.value
            for limit in self.limits
            if limit.effect.kind is kind and type(limit.effect.value) is int
        ]
        return min(values, default=None)
