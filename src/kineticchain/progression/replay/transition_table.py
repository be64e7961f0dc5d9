"""The compiled transition table, which selects the most cautious row whose guard holds.

Guards are compiled in the same way as the conditions of rules, with the policy's constants bound
into them. `plain_match` is the reference definition that tests compare with.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Generic

from kineticchain.domain.facts import Compare, Condition, Name, Value, evaluate
from kineticchain.domain.facts.condition import rebuilt
from kineticchain.progression.model.transition import Transition, Trigger
from kineticchain.rules.matching.decision_list import Arguments, FactReader, first_match


class TransitionTable(Generic[Arguments]):
    """The transitions of one trigger, most cautious first, with constants bound."""

    def __init__(
        self,
        transitions: Iterable[Transition],
        trigger: Trigger,
        constants: Mapping[str, int],
        reading: FactReader[Arguments],
    ) -> None:
        """Select and sort the rows; guards are compiled on first use.

        Args:
            transitions: Rows of any trigger.
            trigger: The trigger of the rows to keep.
            constants: Numbers that guards may name, such as those of the policy.
            reading: The reader of facts from the arguments of `match`.
        """
        rows = in_order(transitions, trigger)
        self._guarded = [(_bound(row.when, constants), row) for row in rows]
        self._reading = reading.with_constants(constants)

    @cached_property
    def match(self) -> Callable[Arguments, Transition | None]:
        """A function that returns the most cautious row whose guard holds, or None."""
        return first_match(self._guarded, self._reading)

    def steps_down(
        self, *arguments: Arguments.args, **keywords: Arguments.kwargs
    ) -> tuple[Transition, ...]:
        """Return all steps down whose guards hold, most cautious first."""
        return tuple(row for guard, row in self._down if guard(*arguments, **keywords) is not None)

    @cached_property
    def _down(self) -> list[tuple[Callable[Arguments, Transition | None], Transition]]:
        return [
            (first_match([(guard, row)], self._reading), row)
            for guard, row in self._guarded
            if row.steps_down
        ]


def in_order(transitions: Iterable[Transition], trigger: Trigger) -> tuple[Transition, ...]:
    """Return the transitions of one trigger, most cautious first.

    Transitions of equal caution keep their order.
    """
    rows = [row for row in transitions if row.trigger is trigger]
    return tuple(sorted(rows, key=lambda row: -row.action.caution))


def plain_match(
    rows: Iterable[Transition], constants: Mapping[str, int], facts: Mapping[str, Value]
) -> Transition | None:
    """Return the first row whose guard evaluates to true: the definition of `match`.

    Args:
        rows: The rows of one trigger, most cautious first.
        constants: Numbers that guards may name; they override facts of the same name.
        facts: The known facts.
    """
    return next((row for row in rows if evaluate(row.when, {**facts, **constants}) is True), None)


def _bound(guard: Condition, constants: Mapping[str, int]) -> Condition:
    """Return the guard, with constants on the right of comparisons replaced by their values."""

    def leaf(part: Condition) -> Condition:
        match part:
            case Compare(name, operator, Name(constant)) if constant in constants:
                return Compare(name, operator, constants[constant])
            case _:
                return part

    return rebuilt(guard, leaf)
