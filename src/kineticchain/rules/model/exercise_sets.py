"""Evaluation of a condition for all exercises at once, by sets of exercises.

1. The exercises are grouped by the values of each attribute that a condition reads.
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
    _by_attribute: dict[str, dict[Value, int]] = field(factory=dict, init=False, repr=False)

    @cached_property
    def every(self) -> int:
        """The set of all exercises."""
        return (1 << len(self.attributes)) - 1

    def with_each_value(self, attribute: str) -> Mapping[Value, int]:
        """Return the set of exercises with each value of an attribute.

        Args:
            attribute: The name of the attribute.
        """
        sets = self._by_attribute.get(attribute)
        if sets is None:
            sets = {}
            for number, attributes in enumerate(self.attributes):
                value = attributes.get(attribute)
                if value is not None:
                    sets[value] = sets.get(value, 0) | 1 << number
            self._by_attribute[attribute] = sets
        return sets

    def evaluate(self, condition: Condition, here: Mapping[str, Value]) -> TruthSets:
        """Return the exercises for which a condition is true, and those for which it is false.

        Args:
            condition: The condition.
            here: Further facts. They take precedence over attributes of the same name.
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
        """Evaluate a condition other than a constant, `not`, `and` and `or`."""
        read = [name.id for name in own_names(condition) if name.id not in here]
        if children(condition) or len(set(read)) > 1:
            truths = (
                (1 << number, evaluate(condition, {**attributes, **here}))
                for number, attributes in enumerate(self.attributes)
            )
            return _truth_sets(truths)
        values = self.with_each_value(read[0]) if read else {}
        without_value = self.every - sum(values.values())
        return _truth_sets(
            [
                (without_value, evaluate(condition, here)),
                *[
                    (members, evaluate(condition, {**here, read[0]: value}))
                    for value, members in values.items()
                ],
            ]
        )


def _truth_sets(truths: Iterable[tuple[int, Truth]]) -> TruthSets:
    """Join sets of exercises by their truth value. Exercises of unknown truth are in neither set.

    Args:
        truths: Sets of exercises, each with the truth value of the condition for them.
    """
    true = false = 0
    for members, truth in truths:
        if truth is True:
            true |= members
        elif truth is False:
            false |= members
    return TruthSets(true, false)
