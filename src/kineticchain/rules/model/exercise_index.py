"""All exercises as rules see them."""

from collections.abc import Iterable, Mapping
from functools import cached_property

from attrs import field, frozen

from kineticchain.domain.anatomy import KineticChain, Region, Side
from kineticchain.domain.exercises import Exercise
from kineticchain.domain.exercises.attributes import exercise_attributes, reach_of
from kineticchain.domain.facts import Condition, Value, evaluate


@frozen(order=True)
class ExerciseSide:
    """An exercise on one side; on `both` where it has no sides of its own."""

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
        return {one.id: exercise_attributes(one, self.chain) for one in self.exercises}

    @cached_property
    def by_id(self) -> Mapping[str, Exercise]:
        """Each exercise under its id."""
        return {one.id: one for one in self.exercises}

    def candidates(
        self, exercises: Iterable[Exercise], side: Side = Side.BOTH
    ) -> list[ExerciseSide]:
        """The candidates of some exercises, on the sides that `side` covers.

        What stands on both legs touches both sides, whichever of them it trains.
        """
        return [
            ExerciseSide(one.id, each)
            for one in exercises
            for each in one.sides(Side.BOTH if one.loads_both_legs else side)
        ]

    @cached_property
    def loaded_regions_and_neighbours(self) -> Mapping[str, frozenset[Region]]:
        """For each exercise its regions and their neighbours on the chain."""
        return {one.id: reach_of(one, self.chain) for one in self.exercises}

    def about(
        self, condition: Condition | None, here: Mapping[str, Value], *, or_unknown: bool
    ) -> list[Exercise]:
        """The exercises that a condition holds of, with `here` bound.

        With `or_unknown`, also those of which it cannot be decided.
        """
        if condition is None:
            return list(self.exercises)
        truths = {
            one.id: evaluate(condition, {**self.attributes[one.id], **here})
            for one in self.exercises
        }
        return [
            one
            for one in self.exercises
            if truths[one.id] is True or (or_unknown and truths[one.id] is None)
        ]
