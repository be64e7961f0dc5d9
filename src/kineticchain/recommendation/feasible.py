"""The feasible set: what may be chosen at all, before time and choice."""

from collections.abc import Iterable, Mapping
from functools import cached_property, reduce
from typing import TypeAlias, TypeVar

from attrs import evolve, frozen

from kineticchain.anatomy import Side
from kineticchain.exercises import Dose, Exercise, Ladder, LoadClass
from kineticchain.knowledge import Knowledge
from kineticchain.progression import Standing
from kineticchain.rules import Cap, Decision, Demand, LimitKind, Requirement

T = TypeVar("T")
_Place: TypeAlias = tuple[str, Side]
_ALL = 100


@frozen
class Feasible:
    """An exercise on a side, with its dose for now and the most that is allowed."""

    exercise: Exercise
    side: Side
    rung: int
    dose: Dose
    cap: Dose


@frozen(kw_only=True)
class Barred:
    """Why an exercise on a side may not be chosen: a message id, its arguments, a rule."""

    exercise: str
    side: Side
    code: str
    args: tuple[tuple[str, str], ...] = ()
    rule: str | None = None


@frozen(kw_only=True)
class FeasibleSet:
    """What may be chosen, and why the rest may not."""

    items: tuple[Feasible, ...]
    barred: tuple[Barred, ...]

    @cached_property
    def by_place(self) -> Mapping[tuple[str, Side], Feasible]:
        """Feasible items by exercise and side."""
        return {(one.exercise.id, one.side): one for one in self.items}


def feasible_set(
    knowledge: Knowledge,
    decision: Decision,
    standings: tuple[Standing, ...],
    at_hand: frozenset[str],
) -> FeasibleSet:
    """Everything not excluded, with its equipment there, at or below the standing."""
    look = _Look(knowledge, decision, {(one.ladder, one.side): one for one in standings}, at_hand)
    found: list[Feasible] = []
    barred: list[Barred] = []
    for ladder in knowledge.ladders:
        for rung, step in enumerate(ladder.rungs):
            exercise = knowledge.exercises[step.exercise]
            for side in exercise.sides():
                reasons = look.bars(ladder, rung, exercise, side)
                if reasons:
                    barred += reasons
                else:
                    found.append(look.feasible(ladder, rung, exercise, side))
    return FeasibleSet(items=tuple(found), barred=tuple(barred))


@frozen
class _Look:
    """What decides about one exercise on one side."""

    knowledge: Knowledge
    decision: Decision
    standings: Mapping[tuple[str, Side], Standing]
    at_hand: frozenset[str]

    def bars(self, ladder: Ladder, rung: int, exercise: Exercise, side: Side) -> list[Barred]:
        """All that speaks against it; rules first."""
        return [
            *self._rule_bars(exercise, side),
            *self._equipment_bars(exercise, side),
            *self._demand_bars(exercise, side),
            *self._load_bars(exercise, side),
            *self._standing_bars(ladder, rung, exercise, side),
        ]

    def feasible(self, ladder: Ladder, rung: int, exercise: Exercise, side: Side) -> Feasible:
        """The exercise with its dose for now and its cap."""
        standings = self._standings(ladder, side)
        doses = [
            one.dose if one.rung == rung and one.dose else ladder.rungs[rung].axis[0]
            for one in standings
        ]
        tops = [
            one.dose if one.rung == rung and one.dose else ladder.rungs[rung].axis[-1]
            for one in standings
        ]
        dose = self._capped(reduce(Dose.lesser, doses), exercise, side)
        cap = self._capped(reduce(Dose.lesser, tops), exercise, side)
        return Feasible(exercise, side, rung, dose, cap)

    def _standings(self, ladder: Ladder, side: Side) -> list[Standing]:
        return [self.standings[ladder.id, one] for one in ladder.sides(side)]

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
                args=(("equipment", " or ".join(self._titles[piece] for piece in group)),),
            )
            for group in exercise.needs
            if self.at_hand.isdisjoint(group)
        ]

    def _demand_bars(self, exercise: Exercise, side: Side) -> list[Barred]:
        """Requirements that cannot be met exclude."""
        bars: list[tuple[str, tuple[tuple[str, str], ...], str]] = []
        for demand in self._demands.get((exercise.id, side), ()):
            if demand.requirement is Requirement.SHOES_ON and exercise.barefoot:
                bars.append(("barefoot_with_shoes", (), demand.rule))
            needs_support = demand.requirement is Requirement.FIXED_SUPPORT
            if needs_support and "fixed_support" not in self.at_hand:
                args = (("equipment", self._titles["fixed_support"]),)
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
            for cap in self._caps.get((exercise.id, side), ())
            if isinstance(cap.value, LoadClass) and exercise.load > cap.value
        ]

    def _standing_bars(
        self, ladder: Ladder, rung: int, exercise: Exercise, side: Side
    ) -> list[Barred]:
        for standing in self._standings(ladder, side):
            if standing.rung is None:
                return [Barred(exercise=exercise.id, side=side, code="ladder_not_open")]
            if standing.rung < rung:
                args = (("exercise", standing.exercise or ""),)
                return [Barred(exercise=exercise.id, side=side, code="above_standing", args=args)]
        return []

    def _capped(self, dose: Dose, exercise: Exercise, side: Side) -> Dose:
        for cap in self._caps.get((exercise.id, side), ()):
            if cap.kind is LimitKind.HOLD_S and dose.hold_s is not None:
                dose = evolve(dose, hold_s=min(dose.hold_s, int(cap.value)))
            elif cap.kind is LimitKind.ROLL_S and dose.duration_s is not None:
                dose = evolve(dose, duration_s=min(dose.duration_s, int(cap.value)))
            elif cap.kind is LimitKind.DOSE_SHARE:
                dose = dose.scaled(min(_ALL, int(cap.value)))
        return dose

    @cached_property
    def _excluding(self) -> Mapping[_Place, list[str]]:
        return _by_place(((one.exercise, one.side), one.rule) for one in self.decision.exclusions)

    @cached_property
    def _demands(self) -> Mapping[_Place, list[Demand]]:
        return _by_place(((one.exercise, one.side), one) for one in self.decision.demands)

    @cached_property
    def _caps(self) -> Mapping[_Place, list[Cap]]:
        return _by_place(
            ((cap.exercise, cap.side), cap)
            for cap in self.decision.caps
            if cap.exercise is not None and cap.side is not None
        )

    @cached_property
    def _titles(self) -> Mapping[str, str]:
        return {piece.id: piece.title for piece in self.knowledge.equipment}


def _by_place(pairs: Iterable[tuple[_Place, T]]) -> Mapping[_Place, list[T]]:
    """What belongs to each exercise and side, in the order in which it comes."""
    found: dict[_Place, list[T]] = {}
    for place, one in pairs:
        found.setdefault(place, []).append(one)
    return found
