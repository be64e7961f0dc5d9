"""What rules, requirements and missing equipment keep out, before anyone's standing counts."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from typing import TypeAlias

from attrs import frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.exercises import Exercise, LoadClass
from kineticchain.domain.messages.catalog import Argument
from kineticchain.knowledge import Knowledge
from kineticchain.rules import Cap, Decision, Demand, ReferralLevel, Requirement

ExerciseKey: TypeAlias = tuple[str, Side]
"""An exercise on a side."""

_Args: TypeAlias = tuple[tuple[str, Argument], ...]
InfeasibilityReason: TypeAlias = tuple[str, _Args, str | None]
"""A message id, its arguments, and a rule if one says so."""


@frozen(kw_only=True)
class Infeasibility:
    """Why an exercise on a side may not be chosen: a message id, its arguments, a rule."""

    exercise: str
    side: Side
    code: str
    args: _Args = ()
    rule: str | None = None


@frozen
class InfeasibilityReport:
    """What a decision and the equipment at hand say of each exercise on each side.

    `lacking` is what `missing_equipment` finds. Of the decision nothing is read but its effects.
    """

    knowledge: Knowledge
    decision: Decision
    available_equipment: frozenset[str]
    lacking: Mapping[ExerciseKey, tuple[InfeasibilityReason, ...]]

    @cached_property
    def places(self) -> frozenset[ExerciseKey]:
        """Every exercise and side that something speaks against."""
        return frozenset(self.by_place)

    def known_places(self, held: Container[str]) -> frozenset[ExerciseKey]:
        """Those that more speaks against than rules that stay unknown; `held` are the others."""
        return frozenset(
            place
            for place, barred in self.by_place.items()
            if any(one.rule is None or one.rule in held for one in barred)
        )

    @cached_property
    def stopping(self) -> frozenset[ExerciseKey]:
        """What rules keep out that also send to a professional soon."""
        referring = {one.rule for one in self.decision.referrals if one.level >= ReferralLevel.SOON}
        return frozenset(
            (one.exercise, one.side) for one in self.decision.exclusions if one.rule in referring
        )

    @cached_property
    def caps(self) -> Mapping[ExerciseKey, list[Cap]]:
        """The caps on each exercise and side."""
        found: defaultdict[ExerciseKey, list[Cap]] = defaultdict(list)
        for cap in self.decision.caps:
            if cap.exercise is not None and cap.side is not None:
                found[cap.exercise, cap.side].append(cap)
        return found

    @cached_property
    def by_place(self) -> Mapping[ExerciseKey, tuple[Infeasibility, ...]]:
        """All that speaks against each exercise and side; rules first.

        What is said again, of anybody, is the same object.
        """
        excluding, demands, caps = self._excluding, self._demands, self.caps
        found = {}
        for place in {**self.lacking, **excluding, **demands, **caps}:
            exercise = self.knowledge.exercises[place[0]]
            more = self.lacking.get(place, ())
            if place in demands:
                more += tuple(self._unmet(exercise, demands[place]))
            if place in caps:
                more += tuple(_too_heavy(exercise, caps[place]))
            rules = excluding.get(place)
            if rules or more:
                found[place] = _barred(*place, tuple(rules or ()), more)
        return found

    def _unmet(
        self, exercise: Exercise, demands: Iterable[Demand]
    ) -> Iterator[InfeasibilityReason]:
        """Requirements that cannot be met exclude."""
        for demand in demands:
            if demand.requirement is Requirement.SHOES_ON and exercise.barefoot:
                yield "barefoot_with_shoes", (), demand.rule
            needs_support = demand.requirement is Requirement.FIXED_SUPPORT
            if needs_support and "fixed_support" not in self.available_equipment:
                title = self.knowledge.equipment_title("fixed_support")
                yield "equipment_missing", (("equipment", title),), demand.rule

    @cached_property
    def _excluding(self) -> Mapping[ExerciseKey, list[str]]:
        found: defaultdict[ExerciseKey, list[str]] = defaultdict(list)
        for one in self.decision.exclusions:  # often more than a thousand
            found[one.exercise, one.side].append(one.rule)
        return found

    @cached_property
    def _demands(self) -> Mapping[ExerciseKey, list[Demand]]:
        found: defaultdict[ExerciseKey, list[Demand]] = defaultdict(list)
        for one in self.decision.demands:
            found[one.exercise, one.side].append(one)
        return found


def _too_heavy(exercise: Exercise, caps: Iterable[Cap]) -> Iterator[InfeasibilityReason]:
    for cap in caps:
        if isinstance(cap.value, LoadClass) and exercise.load > cap.value:
            args = (("limit", cap.value), ("load", exercise.load))
            yield "load_above_limit", args, cap.rule


@frozen
class EquipmentRequirement:
    """The places of an exercise that needs equipment, and what to say where a group is missing."""

    places: tuple[ExerciseKey, ...]
    groups: tuple[tuple[frozenset[str], InfeasibilityReason], ...]


def equipment_requirements(knowledge: Knowledge) -> tuple[EquipmentRequirement, ...]:
    """What exercises need: of each group one piece."""
    joined_by_or = f" {knowledge.catalog.text('or')} "

    def missing(group: Iterable[str]) -> InfeasibilityReason:
        titles = joined_by_or.join(map(knowledge.equipment_title, group))
        return "equipment_missing", (("equipment", titles),), None

    return tuple(
        EquipmentRequirement(
            tuple((exercise.id, side) for side in exercise.sides()),
            tuple((frozenset(group), missing(group)) for group in exercise.needs),
        )
        for exercise in knowledge.exercises.values()
        if exercise.needs
    )


def missing_equipment(
    needed: Iterable[EquipmentRequirement], available_equipment: frozenset[str]
) -> Mapping[ExerciseKey, tuple[InfeasibilityReason, ...]]:
    """What is missing for each exercise that cannot be done with the equipment at hand."""
    found: dict[ExerciseKey, tuple[InfeasibilityReason, ...]] = {}
    for one in needed:
        missing = tuple([why for group, why in one.groups if available_equipment.isdisjoint(group)])
        if missing:
            found.update(dict.fromkeys(one.places, missing))
    return found


@lru_cache(maxsize=8192)
def _barred(
    exercise: str, side: Side, rules: tuple[str, ...], more: tuple[InfeasibilityReason, ...]
) -> tuple[Infeasibility, ...]:
    excluded: tuple[InfeasibilityReason, ...] = tuple(
        ("excluded_by_rule", (), rule) for rule in rules
    )
    return tuple(
        Infeasibility(exercise=exercise, side=side, code=code, args=args, rule=rule)
        for code, args, rule in (*excluded, *more)
    )
