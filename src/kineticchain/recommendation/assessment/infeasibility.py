"""Reasons why exercises are infeasible apart from the standing: rules and equipment."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TypeAlias

from attrs import frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.exercises import LoadClass
from kineticchain.domain.messages.catalog import Argument
from kineticchain.knowledge import Knowledge
from kineticchain.rules import Decision, Limit, ReferralLevel, Requirement
from kineticchain.rules.model.exercise_index import ExerciseSide

Arguments: TypeAlias = tuple[tuple[str, Argument], ...]
"""The arguments of a message, by name."""


@frozen(kw_only=True)
class Infeasibility:
    """A reason why an exercise may not be selected on a side.

    Attributes:
        exercise: The id of the exercise.
        side: The side.
        code: The id of the message that says why.
        args: The arguments of the message.
        rule: The id of the rule that gives the reason; None without one.
    """

    exercise: str
    side: Side
    code: str
    args: Arguments = ()
    rule: str | None = None


@frozen
class InfeasibilityReport:
    """The reasons for each exercise and side, from a decision and the available equipment."""

    knowledge: Knowledge
    decision: Decision
    available_equipment: frozenset[str]

    @cached_property
    def infeasible(self) -> frozenset[ExerciseSide]:
        """Every exercise and side that is infeasible."""
        return frozenset().union(
            self.decision.excluded,
            self.without_equipment,
            [target for target, _, _ in self._unmet],
            [target for target, _, _ in self._too_heavy],
        )

    def infeasible_by(self, true_rules: Container[str]) -> frozenset[ExerciseSide]:
        """Return what some rules and missing equipment make infeasible.

        Args:
            true_rules: The ids of the rules whose condition is true; no other rules count.
        """
        excluded = (
            exclusion.target
            for exclusion in self.decision.exclusions
            if exclusion.rule in true_rules
        )
        by_rules = (
            target for target, _, rule in (*self._unmet, *self._too_heavy) if rule in true_rules
        )
        return frozenset([*excluded, *by_rules, *self.without_equipment])

    @cached_property
    def without_equipment(self) -> frozenset[ExerciseSide]:
        """Every exercise and side that lacks its equipment."""
        return frozenset(
            key
            for exercise, keys in self.knowledge.equipped_exercises
            if not exercise.can_be_done_with(self.available_equipment)
            for key in keys
        )

    @cached_property
    def stopping(self) -> frozenset[ExerciseSide]:
        """The exercises that are excluded by rules which also refer, SOON or earlier."""
        referring = {
            referral.rule
            for referral in self.decision.referrals
            if referral.effect.level >= ReferralLevel.SOON
        }
        if not referring:
            return frozenset()
        return frozenset(
            exclusion.target
            for exclusion in self.decision.exclusions
            if exclusion.rule in referring
        )

    @cached_property
    def limits(self) -> Mapping[ExerciseSide, list[Limit]]:
        """The limits on each exercise and side."""
        limits: defaultdict[ExerciseSide, list[Limit]] = defaultdict(list)
        for limit in self.decision.limits:
            if limit.target is not None:
                limits[limit.target].append(limit.effect)
        return limits

    def reasons(self, key: ExerciseSide) -> tuple[Infeasibility, ...]:
        """Return why an exercise on a side is infeasible: rules, equipment, limits."""
        return tuple(
            Infeasibility(exercise=key.exercise, side=key.side, code=code, args=args, rule=rule)
            for code, args, rule in self._reasons(key)
        )

    def _reasons(self, key: ExerciseSide) -> Iterator[tuple[str, Arguments, str | None]]:
        for rule in self._excluding.get(key, ()):
            yield "excluded_by_rule", (), rule
        exercise = self.knowledge.exercises[key.exercise]
        for group in exercise.needs:
            if self.available_equipment.isdisjoint(group):
                yield "equipment_missing", (("equipment", self._any_of(group)),), None
        for target, requirement, rule in self._unmet:
            if target == key:
                if requirement is Requirement.SHOES_ON:
                    yield "barefoot_with_shoes", (), rule
                else:
                    title = self.knowledge.equipment_title("fixed_support")
                    yield "equipment_missing", (("equipment", title),), rule
        for target, limit, rule in self._too_heavy:
            if target == key:
                yield "load_above_limit", (("limit", limit), ("load", exercise.load)), rule

    def _any_of(self, group: Iterable[str]) -> str:
        joined_by_or = f" {self.knowledge.catalog.text('or')} "
        return joined_by_or.join(map(self.knowledge.equipment_title, group))

    @cached_property
    def _unmet(self) -> list[tuple[ExerciseSide, Requirement, str]]:
        """The unmet requirements: shoes for a barefoot exercise, or a support that is missing."""
        barefoot = self.knowledge.barefoot_exercises
        supported = "fixed_support" in self.available_equipment
        return [
            (requirement.target, kind, requirement.rule)
            for requirement in self.decision.requirements
            if (
                (kind := requirement.effect.requirement) is Requirement.SHOES_ON
                and requirement.target.exercise in barefoot
            )
            or (not supported and kind is Requirement.FIXED_SUPPORT)
        ]

    @cached_property
    def _too_heavy(self) -> list[tuple[ExerciseSide, LoadClass, str]]:
        """Each exercise and side above a load limit, with the limit and the rule that sets it."""
        return [
            (limit.target, limit.effect.value, limit.rule)
            for limit in self.decision.limits
            if limit.target is not None
            and isinstance(limit.effect.value, LoadClass)
            and self._load(limit.target) > limit.effect.value
        ]

    def _load(self, key: ExerciseSide) -> LoadClass:
        return self.knowledge.exercises[key.exercise].load

    @cached_property
    def _excluding(self) -> Mapping[ExerciseSide, list[str]]:
        """The excluding rules of each excluded exercise and side."""
        excluding: defaultdict[ExerciseSide, list[str]] = defaultdict(list)
        for exclusion in self.decision.exclusions:
            excluding[exclusion.target].append(exclusion.rule)
        return excluding
