"""The exercises with the attributes that rules read."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

from attrs import field, frozen

from kineticchain.domain.anatomy import KineticChain, Region, Side
from kineticchain.domain.exercises import Exercise
from kineticchain.domain.exercises.attributes import exercise_attributes, reach_of
from kineticchain.domain.facts import Condition, Value
from kineticchain.rules.model.exercise_sets import ExerciseSets


class ExerciseSide(NamedTuple):
    """An exercise on one side; the side is `both` if the exercise has no sides.

    A named tuple, since a plan compares and hashes more than a thousand of them.
    """

    exercise: str
    side: Side


@frozen(eq=False)
class ExerciseIndex:
    """Exercises with their attributes, in alphabetical order."""

    exercises: tuple[Exercise, ...]
    chain: KineticChain = field(repr=False)

    @cached_property
    def attributes(self) -> Mapping[str, Mapping[str, Value]]:
        """The attributes of each exercise, under its id."""
        return {
            exercise.id: exercise_attributes(exercise, self.chain) for exercise in self.exercises
        }

    @cached_property
    def by_id(self) -> Mapping[str, Exercise]:
        """Each exercise under its id."""
        return {exercise.id: exercise for exercise in self.exercises}

    def candidates(
        self, exercises: Iterable[Exercise], side: Side = Side.BOTH
    ) -> list[ExerciseSide]:
        """Return exercises on each of their sides within `side`.

        An exercise that loads both legs is returned on all its sides, whatever `side` is.
        """
        return [
            ExerciseSide(exercise.id, single)
            for exercise in exercises
            for single in exercise.sides(Side.BOTH if exercise.loads_both_legs else side)
        ]

    @cached_property
    def loaded_regions_and_neighbours(self) -> Mapping[str, frozenset[Region]]:
        """The regions of each exercise, with their neighbours on the chain."""
        return {exercise.id: reach_of(exercise, self.chain) for exercise in self.exercises}

    def about(
        self, condition: Condition | None, here: Mapping[str, Value], *, or_unknown: bool
    ) -> list[Exercise]:
        """Return the exercises for which a condition is true, with `here` bound.

        With `or_unknown`, exercises for which the condition is unknown are included.
        """
        if condition is None:
            return list(self.exercises)
        true, false = self._sets.evaluate(condition, here)
        members = self._sets.every & ~false if or_unknown else true
        return [exercise for number, exercise in enumerate(self.exercises) if members >> number & 1]

    @cached_property
    def _sets(self) -> ExerciseSets:
        return ExerciseSets(tuple([self.attributes[exercise.id] for exercise in self.exercises]))
