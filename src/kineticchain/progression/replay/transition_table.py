"""The transition table, ready to be asked: of all rows that match, the most cautious.

Guards are compiled as the conditions of rules are, with the policy's constants bound into
them; `plain_match` is the definition that this is held against.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Generic

from kineticchain.domain.facts import Compare, Condition, Name, Value, evaluate
from kineticchain.domain.facts.condition import rebuilt
from kineticchain.progression.model.transition import Transition, Trigger
from kineticchain.rules.matching.decision_list import FactReader, Look, first_match


class TransitionTable(Generic[Look]):
    """The transitions of one trigger, the most cautious first, with constants bound."""

    def __init__(
        self,
        transitions: Iterable[Transition],
        trigger: Trigger,
        constants: Mapping[str, int],
        reading: FactReader[Look],
    ) -> None:
        """Bind the constants; guards are compiled when they are first asked."""
        rows = in_order(transitions, trigger)
        self._guarded = [(_bound(row.when, constants), row) for row in rows]
        self._reading = reading.with_constants(constants)

    @cached_property
    def match(self) -> Callable[Look, Transition | None]:
        """The most cautious transition whose guard is known to hold; None if none is."""
        return first_match(self._guarded, self._reading)

    def steps_down(self, *look: Look.args, **named: Look.kwargs) -> tuple[Transition, ...]:
        """All steps down whose guards are known to hold, the most cautious first."""
        return tuple(row for guard, row in self._down if guard(*look, **named) is not None)

    @cached_property
    def _down(self) -> list[tuple[Callable[Look, Transition | None], Transition]]:
        return [
            (first_match([(guard, row)], self._reading), row)
            for guard, row in self._guarded
            if row.steps_down
        ]


def in_order(transitions: Iterable[Transition], trigger: Trigger) -> tuple[Transition, ...]:
    """The transitions of one trigger, the most cautious first; else as they stand."""
    rows = [row for row in transitions if row.trigger is trigger]
    return tuple(sorted(rows, key=lambda row: -row.action.caution))


def plain_match(
    rows: Iterable[Transition], constants: Mapping[str, int], facts: Mapping[str, Value]
) -> Transition | None:
    """The meaning of `TransitionTable.match`, row by row."""
    return next((row for row in rows if evaluate(row.when, {**facts, **constants}) is True), None)


def _bound(guard: Condition, constants: Mapping[str, int]) -> Condition:
    """The guard with the names of constants replaced by their values."""

    def leaf(part: Condition) -> Condition:
        match part:
            case Compare(name, operator, Name(other)) if other in constants:
                return Compare(name, operator, constants[other])
            case _:
                return part

    return rebuilt(guard, leaf)
