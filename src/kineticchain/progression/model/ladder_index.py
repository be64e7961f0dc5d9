"""Index of the ladders of a knowledge base, with tables that progression looks up."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TypeAlias

from attrs import define, evolve, field, frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.exercises import Dose, Exercise, Kind, Ladder, LoadClass
from kineticchain.domain.facts import Value
from kineticchain.domain.facts.condition import names_in
from kineticchain.domain.facts.fact_values import sided
from kineticchain.domain.memo import Memo
from kineticchain.progression.model.dose_steps import DoseStep, dose_steps
from kineticchain.progression.model.guard_vocabulary import REVIEW_FACTS
from kineticchain.progression.model.policy import Policy
from kineticchain.progression.model.standing import Standing
from kineticchain.progression.model.track import Track, TrackKey
from kineticchain.progression.model.transition import DoseOrder, Transition

_ALL = 100


@define(eq=False)
class Start:
    """Tracks and standings of a ladder before the first event.

    Attributes:
        tracks: The track of each side; None where the ladder is closed.
    """

    tracks: tuple[Track | None, ...]
    _standings: tuple[Standing, ...] | None = field(default=None, init=False)

    def standings(self, compute: Callable[[], tuple[Standing, ...]]) -> tuple[Standing, ...]:
        """Return the standings of the tracks, computed on first use."""
        if self._standings is None:
            self._standings = compute()
        return self._standings


StartKey: TypeAlias = tuple[str, tuple[Value | None, ...]]
"""A ladder, and the values of the facts that place a person on it."""


@frozen(kw_only=True, eq=False)
class LadderIndex:
    """Ladders, exercises, policy and transition table, with tables derived from them.

    Attributes:
        ladders: Ladders in alphabetical order.
        exercises: Exercises by id.
        policy: Constants of progression.
        transitions: Rows of the transition table.
        orders: Order in which the dimensions of a dose grow, for each kind of exercise.
        fingerprint: Fingerprint of the knowledge base.
        starts: Tracks and standings at the start of each ladder, by the values of the facts that
            place a person on it.

    """

    ladders: tuple[Ladder, ...]
    exercises: Mapping[str, Exercise]
    policy: Policy
    transitions: tuple[Transition, ...]
    orders: tuple[DoseOrder, ...]
    fingerprint: str = field(default="")
    starts: Memo[StartKey, Start] = field(factory=Memo, init=False, repr=False)

    @cached_property
    def by_id(self) -> Mapping[str, Ladder]:
        """Ladders by id."""
        return {ladder.id: ladder for ladder in self.ladders}

    @cached_property
    def rung_of(self) -> Mapping[str, tuple[Ladder, int]]:
        """Ladder and index of the rung, counted from 0, by exercise."""
        return {
            rung.exercise: (ladder, index)
            for ladder in self.ladders
            for index, rung in enumerate(ladder.rungs)
        }

    @cached_property
    def masteries(self) -> Mapping[str, Dose]:
        """The dose that shows mastery, by exercise; only exercises that can be mastered.

        A rung below the top of its ladder that states no mastery dose has its top dose, because
        nobody could reach the next rung without mastery. A top rung that states none cannot be
        mastered.
        """
        return {
            rung.exercise: rung.mastery or rung.axis[-1]
            for ladder in self.ladders
            for rung in ladder.rungs
            if rung.mastery is not None or rung is not ladder.rungs[-1]
        }

    @cached_property
    def mastery_levels(self) -> Mapping[str, int]:
        """The mastery level of each exercise that can be mastered, by exercise.

        The mastery level is the first level whose dose reaches the mastery dose.
        """
        return {
            rung.exercise: rung.mastery_level
            for ladder in self.ladders
            for rung in ladder.rungs
            if rung.exercise in self.masteries
        }

    @cached_property
    def steps(self) -> Mapping[str, tuple[DoseStep, ...]]:
        """Steps of the dose by exercise."""
        orders = {order.kind: order for order in self.orders}
        return {
            rung.exercise: dose_steps(
                rung,
                self.exercises[rung.exercise].dose,
                orders[self.exercises[rung.exercise].kind],
                self.policy_of(ladder.id).weekly_step,
            )
            for ladder in self.ladders
            for rung in ladder.rungs
        }

    @cached_property
    def policies(self) -> Mapping[str, Policy]:
        """The policies of ladders with constants of their own, by ladder."""
        return {
            ladder.id: self.policy.of_ladder(ladder) for ladder in self.ladders if ladder.policy
        }

    def policy_of(self, ladder: str) -> Policy:
        """Return the policy of a ladder: the general policy, with the ladder's own constants."""
        return self.policies.get(ladder, self.policy)

    def policy_for(self, exercise: str) -> Policy:
        """Return the policy of the ladder that an exercise stands on."""
        return self.policy_of(self.rung_of[exercise][0].id)

    def keys_of(self, exercise: str, side: Side) -> Sequence[TrackKey]:
        """Return the keys of the tracks that an exercise done on a side belongs to.

        Args:
            exercise: Id of the exercise.
            side: Side on which the exercise is done.

        Returns:
            Ladder and side of each track; empty for an exercise on no ladder.

        """
        return self._keys.get((exercise, side), ())

    @cached_property
    def _keys(self) -> Mapping[TrackKey, Sequence[TrackKey]]:
        return {
            (exercise, side): tuple((ladder.id, track_side) for track_side in ladder.sides(side))
            for exercise, (ladder, _) in self.rung_of.items()
            for side in Side
        }

    @cached_property
    def exercises_on(self) -> Mapping[str, tuple[str, ...]]:
        """Exercises of the rungs, the easiest first, by ladder."""
        return {ladder.id: tuple(rung.exercise for rung in ladder.rungs) for ladder in self.ladders}

    def step_of(
        self, exercise: str, level: int, dose_percent: int, *, maintenance: bool
    ) -> DoseStep:
        """Return a step of the dose, limited to maintenance or reduced to a share.

        Args:
            exercise: Id of the exercise.
            level: Index of the step, counted from 0.
            dose_percent: Share of the dose in per cent, 1 to 100.
            maintenance: True to limit sets and days to those of maintenance.

        """
        step = self.steps[exercise][level]
        if dose_percent >= _ALL and not maintenance:
            return step
        return self._reduced(step, exercise, dose_percent, maintenance=maintenance)

    def _reduced(
        self, step: DoseStep, exercise: str, dose_percent: int, *, maintenance: bool
    ) -> DoseStep:
        """Return a step limited to maintenance and reduced to a share in per cent."""
        dose, days = step.dose, step.days
        dose_range = self.exercises[exercise].dose
        if maintenance:
            policy = self.policy_for(exercise)
            sets = max(dose_range.sets.low, policy.maintenance_sets)
            dose = evolve(dose, sets=min(dose.sets, sets))
            days = min(days, policy.maintenance_days_a_week)
        reduced = dose_range.share_of(dose, dose_percent)
        # If the range of the exercise does not allow a dose that small, the days are reduced.
        days_percent = min(_ALL, dose.volume * dose_percent // reduced.volume)
        if reduced.volume * _ALL > dose.volume * dose_percent:
            days = max(1, days * dose.volume * dose_percent // (_ALL * reduced.volume))
        return DoseStep(reduced, days, step.protocol_days, days_percent)

    @cached_property
    def loaded(self) -> frozenset[str]:
        """Ids of strength work of L3 and up, and of all work of L4 and up.

        These exercises stay longer at a dose.
        """
        return frozenset(
            exercise.id
            for exercise in self.exercises.values()
            if exercise.load >= (LoadClass.L3 if exercise.kind is Kind.STRENGTH else LoadClass.L4)
        )

    def least_days(self, exercise: str) -> int:
        """Return the days that the policy requires on an exercise before the next rung."""
        policy = self.policy_for(exercise)
        loaded = exercise in self.loaded
        return policy.days_before_step_loaded if loaded else policy.days_before_step

    @cached_property
    def gentle(self) -> frozenset[str]:
        """Ids of stretches and mobility work, which should not hurt."""
        kinds = {Kind.STRETCH, Kind.MOBILITY}
        return frozenset(
            exercise.id for exercise in self.exercises.values() if exercise.kind in kinds
        )

    @cached_property
    def placing(self) -> Mapping[str, tuple[str, ...]]:
        """Names of all facts that place a person on a ladder, by ladder."""
        placing = {}
        for ladder in self.ladders:
            conditions = [condition for rung in ladder.rungs for _, condition in rung.criteria]
            names = {name for condition in conditions for name in names_in(condition)}
            by_side = {sided(name, side) for name in names for side in Side.BOTH.each}
            always_read = {"mastered", "weeks_trained", "goal"}
            always_read |= {sided("recovering", side) for side in Side.BOTH.each}
            placing[ladder.id] = tuple(sorted({*names, *by_side, *always_read}))
        return placing

    @cached_property
    def personal(self) -> tuple[str, ...]:
        """Names of the person's facts that guards read."""
        not_personal = {fact.id for fact in REVIEW_FACTS} | set(self.policy.numbers())
        read = {name for row in self.transitions for name in names_in(row.when)}
        return tuple(sorted(read - not_personal))

    @cached_property
    def reads(self) -> frozenset[str]:
        """Names of the person's facts that placement, needs and guards read."""
        rungs = [rung for ladder in self.ladders for rung in ladder.rungs]
        conditions = [condition for rung in rungs for _, condition in rung.criteria]
        names = {name for condition in conditions for name in names_in(condition)}
        always_read = {"mastered", "weeks_trained", "goal", "recovering"}
        return frozenset({*names, *self.personal, *always_read})

    @cached_property
    def by_transition(self) -> Mapping[str, Transition]:
        """Transitions by id."""
        return {row.id: row for row in self.transitions}
