"""Ladders with all that progression needs to climb them, worked out once for a knowledge."""

from collections.abc import Hashable, Mapping, Sequence
from functools import cached_property
from typing import TypeAlias

from attrs import evolve, field, frozen

from kineticchain.cache import Cache
from kineticchain.domain.anatomy import Side
from kineticchain.domain.exercises import Dose, Exercise, Kind, Ladder, LoadClass
from kineticchain.domain.facts.condition import names_in
from kineticchain.domain.facts.fact_values import sided
from kineticchain.progression.model.dose_steps import DoseStep, dose_steps
from kineticchain.progression.model.guard_vocabulary import REVIEW_FACTS
from kineticchain.progression.model.policy import Policy
from kineticchain.progression.model.standing import Standing
from kineticchain.progression.model.track import Track, TrackKey
from kineticchain.progression.model.transition import DoseOrder, Transition

_ALL = 100

_Tracks: TypeAlias = tuple[Track | None, ...]


@frozen(kw_only=True, eq=False)
class LadderIndex:
    """Ladders, exercises, the policy and its transition table.

    `ladders` are in alphabetical order; `orders` says in which order doses grow.
    """

    ladders: tuple[Ladder, ...]
    exercises: Mapping[str, Exercise]
    policy: Policy
    transitions: tuple[Transition, ...]
    orders: tuple[DoseOrder, ...]
    fingerprint: str = field(default="")
    kept_starts: Cache[Hashable, _Tracks] = field(factory=Cache, init=False, repr=False)
    """Where ladders begin, by the facts that place a person on them."""

    kept_tracks: Cache[_Tracks, _Tracks] = field(factory=Cache, init=False, repr=False)
    """Each of the starts that there are; ladders have few rungs, so that they are few, too."""

    kept_standings: Cache[Hashable, tuple[_Tracks, tuple[Standing, ...]]] = field(
        factory=Cache, init=False, repr=False
    )
    """Standings of kept starts, by the tracks themselves, and whether they stop."""

    _shares: dict[tuple[str, int, int, bool], DoseStep] = field(
        factory=dict, init=False, repr=False
    )

    @cached_property
    def by_id(self) -> Mapping[str, Ladder]:
        """The ladders under their ids."""
        return {ladder.id: ladder for ladder in self.ladders}

    @cached_property
    def rung_of(self) -> Mapping[str, tuple[Ladder, int]]:
        """For each exercise its ladder, and its rung counted from 0."""
        return {
            rung.exercise: (ladder, at)
            for ladder in self.ladders
            for at, rung in enumerate(ladder.rungs)
        }

    @cached_property
    def masteries(self) -> Mapping[str, tuple[int, Dose]]:
        """For each exercise that can be mastered, in how many sets of which dose."""
        return {
            rung.exercise: (rung.mastery.sets, rung.mastery.dose)
            for ladder in self.ladders
            for rung in ladder.rungs
            if rung.mastery is not None
        }

    @cached_property
    def mastery_levels(self) -> Mapping[str, int]:
        """For each exercise that can be mastered, the first step of its dose that would do."""
        return {
            rung.exercise: rung.mastery_level
            for ladder in self.ladders
            for rung in ladder.rungs
            if rung.mastery is not None
        }

    @cached_property
    def steps(self) -> Mapping[str, tuple[DoseStep, ...]]:
        """The steps of the dose of each exercise."""
        orders = {order.kind: order for order in self.orders}
        return {
            rung.exercise: dose_steps(
                rung,
                self.exercises[rung.exercise].dose,
                orders[self.exercises[rung.exercise].kind],
                self.policy.weekly_step,
            )
            for ladder in self.ladders
            for rung in ladder.rungs
        }

    def keys_of(self, exercise: str, side: Side) -> Sequence[TrackKey]:
        """The ladder and sides that an exercise done on a side climbs; none if on no ladder."""
        return self._keys.get((exercise, side), ())

    @cached_property
    def _keys(self) -> Mapping[TrackKey, Sequence[TrackKey]]:
        return {
            (exercise, side): tuple((ladder.id, one) for one in ladder.sides(side))
            for exercise, (ladder, _) in self.rung_of.items()
            for side in Side
        }

    @cached_property
    def exercises_on(self) -> Mapping[str, tuple[str, ...]]:
        """For each ladder the exercises of its rungs, the easiest first."""
        return {one.id: tuple(rung.exercise for rung in one.rungs) for one in self.ladders}

    def step_of(self, exercise: str, level: int, share: int, *, maintenance: bool) -> DoseStep:
        """The dose of a step and its days a week, kept up or reduced to a share in per cent.

        A share of the dose stays inside the exercise's range; what it cannot take away there
        is taken from the days.
        """
        step = self.steps[exercise][level]
        if share >= _ALL and not maintenance:
            return step
        key = (exercise, level, share, maintenance)
        known = self._shares.get(key)
        if known is None:
            known = self._shares[key] = self._share(step, exercise, share, maintenance=maintenance)
        return known

    def _share(self, step: DoseStep, exercise: str, share: int, *, maintenance: bool) -> DoseStep:
        dose, days = step.dose, step.days
        dose_range = self.exercises[exercise].dose
        if maintenance:
            least = max(dose_range.sets.low, self.policy.maintenance_sets)
            dose = evolve(dose, sets=min(dose.sets, least))
            days = min(days, self.policy.maintenance_days_a_week)
        less = dose_range.share_of(dose, share)
        if less.volume * _ALL > dose.volume * share:
            days = max(1, days * dose.volume * share // (_ALL * less.volume))
        return DoseStep(less, days, step.protocol_days)

    @cached_property
    def loaded(self) -> frozenset[str]:
        """Strength work of L3 and up, and all of L4 and up: its doses wait longer."""
        return frozenset(
            one.id
            for one in self.exercises.values()
            if one.load >= (LoadClass.L3 if one.kind is Kind.STRENGTH else LoadClass.L4)
        )

    def least_days(self, exercise: str) -> int:
        """Days that the policy asks for on an exercise before the next rung."""
        policy = self.policy
        loaded = exercise in self.loaded
        return policy.days_before_step_loaded if loaded else policy.days_before_step

    @cached_property
    def gentle(self) -> frozenset[str]:
        """Stretches and mobility work, which should not hurt."""
        kinds = {Kind.STRETCH, Kind.MOBILITY}
        return frozenset(one.id for one in self.exercises.values() if one.kind in kinds)

    @cached_property
    def placing(self) -> Mapping[str, tuple[str, ...]]:
        """For each ladder the names of all facts that place somebody on it."""
        found = {}
        for ladder in self.ladders:
            asked = [
                one for rung in ladder.rungs for one in (rung.start, rung.needs) if one is not None
            ]
            names = {name for condition in asked for name in names_in(condition)}
            spread = {sided(name, side) for name in names for side in Side.BOTH.each}
            found[ladder.id] = tuple(sorted({*names, *spread, "mastered", "weeks_trained", "goal"}))
        return found

    @cached_property
    def personal(self) -> tuple[str, ...]:
        """The facts of the person that guards read."""
        own = {fact.id for fact in REVIEW_FACTS} | set(self.policy.numbers())
        read = {name for row in self.transitions for name in names_in(row.when)}
        return tuple(sorted(read - own))

    @cached_property
    def reads(self) -> frozenset[str]:
        """The facts of the person that placement, needs and guards read."""
        rungs = [rung for ladder in self.ladders for rung in ladder.rungs]
        asked = [one for rung in rungs for one in (rung.needs, rung.start) if one is not None]
        names = {name for condition in asked for name in names_in(condition)}
        return frozenset({*names, *self.personal, "mastered", "weeks_trained", "goal"})

    @cached_property
    def by_transition(self) -> Mapping[str, Transition]:
        """The transitions under their ids."""
        return {row.id: row for row in self.transitions}
