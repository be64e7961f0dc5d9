"""Evaluation of a condition for all exercises at once, by sets of exercises.

1. For each attribute the exercises are grouped by their value (`groups`).
2. A leaf that reads one attribute is evaluated once for each value instead of each exercise.
3. `not`, `and` and `or` combine the sets of exercises for which their parts are true and false.

A set of exercises is an integer with one bit for each exercise. Every other condition is evaluated
exercise by exercise.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

from attrs import field, frozen

from kineticchain.domain.facts import Condition, Truth, Value, evaluate
from kineticchain.domain.facts.condition import All, AnyOf, Constant, Not, children, own_names


class TruthSets(NamedTuple):
    """The exercises for which a condition is true, and those for which it is false, as bits."""

    true: int
    false: int


@frozen(eq=False)
class ExerciseSets:
    """The attributes of exercises, in the order of their bits."""

    attributes: tuple[Mapping[str, Value], ...] = field(repr=False)

    @cached_property
    def every(self) -> int:
        """The set of all exercises."""
        return (1 << len(self.attributes)) - 1

    @cached_property
    def groups(self) -> Mapping[str, Mapping[Value, int]]:
        """For each attribute the set of exercises with each value."""
        groups: dict[str, dict[Value, int]] = {}
        for number, attributes in enumerate(self.attributes):
            for name, value in attributes.items():
                values = groups.setdefault(name, {})
                values[value] = values.get(value, 0) | 1 << number
        return groups

    def evaluate(self, condition: Condition, here: Mapping[str, Value]) -> TruthSets:
        """Return the exercises for which a condition is true, and those for which it is false.

        Args:
            condition: The condition.
            here: Facts beside the attributes, which take precedence over them.
        """
        match condition:
            case Constant(value):
                return TruthSets(self.every, 0) if value else TruthSets(0, self.every)
            case Not(part):
                true, false = self.evaluate(part, here)
                return TruthSets(false, true)
            case All(parts):
                true, false = self.every, 0
                for truths in [self.evaluate(part, here) for part in parts]:
                    true, false = true & truths.true, false | truths.false
                return TruthSets(true, false)
            case AnyOf(parts):
                true, false = 0, self.every
                for truths in [self.evaluate(part, here) for part in parts]:
                    true, false = true | truths.true, false & truths.false
                return TruthSets(true, false)
        return self._leaf(condition, here)

    def _leaf(self, condition: Condition, here: Mapping[str, Value]) -> TruthSets:
        read = [name.id for name in own_names(condition) if name.id not in here]
        if children(condition) or len(set(read)) > 1:
            truths = (
                (1 << number, evaluate(condition, {**attributes, **here}))
                for number, attributes in enumerate(self.attributes)
            )
            return _truth_sets(truths)
        values = self.groups.get(read[0], {}) if read else {}
        without = self.every - sum(values.values())
        return _truth_sets(
            [
                (without, evaluate(condition, here)),
                *[
                    (members, evaluate(condition, {**here, read[0]: value}))
                    for value, members in values.items()
                ],
            ]
        )


def _truth_sets(truths: Iterable[tuple[int, Truth]]) -> TruthSets:
    """Return the sets of the exercises by their truth; those of unknown truth are in neither."""
    true = false = 0
    for members, truth in truths:
        if truth is True:
            true |= members
        elif truth is False:
            false |= members
    return TruthSets(true, false)
