"""What rules, requirements and missing equipment keep out, before anyone's standing counts."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TypeAlias, TypeVar

from attrs import frozen

from kineticchain.anatomy import Side
from kineticchain.exercises import Exercise, LoadClass
from kineticchain.knowledge import Knowledge
from kineticchain.messages.phrases import Argument
from kineticchain.rules import Cap, Decision, Demand, Requirement

T = TypeVar("T")
Place: TypeAlias = tuple[str, Side]
"""An exercise on a side."""


@frozen(kw_only=True)
class Barred:
    """Why an exercise on a side may not be chosen: a message id, its arguments, a rule."""

    exercise: str
    side: Side
    code: str
    args: tuple[tuple[str, Argument], ...] = ()
    rule: str | None = None


@frozen
class Bars:
    """What a decision and the equipment at hand say of each exercise on each side."""

    knowledge: Knowledge
    decision: Decision
    at_hand: frozenset[str]

    def of(self, exercise: Exercise, side: Side) -> tuple[Barred, ...]:
        """All that speaks against it; rules first."""
        return self._all.get((exercise.id, side), ())

    @cached_property
    def places(self) -> frozenset[Place]:
        """Every exercise and side that something speaks against."""
        return frozenset(self._all)

    @cached_property
    def caps(self) -> Mapping[Place, list[Cap]]:
        """The caps on each exercise and side."""
        return _by_place(
            ((cap.exercise, cap.side), cap)
            for cap in self.decision.caps
            if cap.exercise is not None and cap.side is not None
        )

    @cached_property
    def _all(self) -> Mapping[Place, tuple[Barred, ...]]:
        found = {}
        for exercise in self.knowledge.exercises.values():
            lacks = not exercise.can_be_done_with(self.at_hand)
            for side in exercise.sides():
                place = (exercise.id, side)
                if not (lacks or place in self._excluding or place in self._weighed):
                    continue
                bars = (
                    *self._rule_bars(exercise, side),
                    *self._equipment_bars(exercise, side),
                    *self._demand_bars(exercise, side),
                    *self._load_bars(exercise, side),
                )
                if bars:
                    found[exercise.id, side] = bars
        return found

    def _rule_bars(self, exercise: Exercise, side: Side) -> list[Barred]:
        rules = self._excluding.get((exercise.id, side), ())
        return [
            Barred(exercise=exercise.id, side=side, code="excluded_by_rule", rule=rule)
            for rule in rules
        ]

    def _equipment_bars(self, exercise: Exercise, side: Side) -> list[Barred]:
        return [
            Barred(
                exercise=exercise.id,
                side=side,
                code="equipment_missing",
                args=(
                    (
                        "equipment",
                        " or ".join(self.knowledge.equipment_title(piece) for piece in group),
                    ),
                ),
            )
            for group in exercise.needs
            if self.at_hand.isdisjoint(group)
        ]

    def _demand_bars(self, exercise: Exercise, side: Side) -> list[Barred]:
        """Requirements that cannot be met exclude."""
        bars: list[tuple[str, tuple[tuple[str, Argument], ...], str]] = []
        for demand in self._demands.get((exercise.id, side), ()):
            if demand.requirement is Requirement.SHOES_ON and exercise.barefoot:
                bars.append(("barefoot_with_shoes", (), demand.rule))
            needs_support = demand.requirement is Requirement.FIXED_SUPPORT
            if needs_support and "fixed_support" not in self.at_hand:
                args = (("equipment", self.knowledge.equipment_title("fixed_support")),)
                bars.append(("equipment_missing", args, demand.rule))
        return [
            Barred(exercise=exercise.id, side=side, code=code, args=args, rule=rule)
            for code, args, rule in bars
        ]

    def _load_bars(self, exercise: Exercise, side: Side) -> list[Barred]:
        return [
            Barred(
                exercise=exercise.id,
                side=side,
                code="load_above_limit",
                args=(("limit", cap.value), ("load", exercise.load)),
                rule=cap.rule,
            )
            for cap in self.caps.get((exercise.id, side), ())
            if isinstance(cap.value, LoadClass) and exercise.load > cap.value
        ]

    @cached_property
    def _weighed(self) -> frozenset[Place]:
        """Places with caps or demands, which may speak against them."""
        return frozenset({*self.caps, *self._demands})

    @cached_property
    def _excluding(self) -> Mapping[Place, list[str]]:
        return _by_place(((one.exercise, one.side), one.rule) for one in self.decision.exclusions)

    @cached_property
    def _demands(self) -> Mapping[Place, list[Demand]]:
        return _by_place(((one.exercise, one.side), one) for one in self.decision.demands)


def _by_place(pairs: Iterable[tuple[Place, T]]) -> Mapping[Place, list[T]]:
    """What belongs to each exercise and side, in the order in which it comes."""
    found: dict[Place, list[T]] = {}
    for place, one in pairs:
        found.setdefault(place, []).append(one)
    return found
