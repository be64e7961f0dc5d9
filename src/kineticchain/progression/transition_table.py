"""The transition table, ready to be asked: of all rows that match, the most cautious.

Guards are compiled as the conditions of rules are, with the policy's constants bound into
them; `first_match` is the plain definition that this is held against.
"""

from collections.abc import Iterable, Mapping

from kineticchain.facts import Compare, Condition, Name, Value, evaluate
from kineticchain.facts.condition import names_in, rebuilt
from kineticchain.facts.normal_form import NoNormalForm, Term, terms_of
from kineticchain.progression.review_facts import WORKED_OUT
from kineticchain.progression.transition import Moment, Transition
from kineticchain.rules.straight_line import first_of

MOST_TERMS = 256


class TransitionTable:
    """The transitions of one moment, the most cautious first, with constants bound."""

    def __init__(
        self, transitions: Iterable[Transition], moment: Moment, constants: Mapping[str, int]
    ) -> None:
        """Bind the constants and generate the code of the guards."""
        self.rows: tuple[Transition, ...] = in_order(transitions, moment)
        guards = [_Guard(_bound(row.when, constants)) for row in self.rows]
        coded = [(at, one.terms) for at, one in enumerate(guards) if one.terms is not None]
        self._first = first_of(coded, WORKED_OUT)
        self._alone = [(at, one) for at, one in enumerate(guards) if one.terms is None]
        self._down = [
            (row, one) for row, one in zip(self.rows, guards, strict=True) if row.action.steps_down
        ]

    def match(self, facts: Mapping[str, Value | None]) -> Transition | None:
        """The most cautious transition whose guard is known to hold; None if none is."""
        found = self._first(facts)
        for at, guard in self._alone:
            if found is not None and found < at:
                break
            if guard.holds(facts):
                found = at
                break
        return None if found is None else self.rows[found]

    def steps_down(self, facts: Mapping[str, Value | None]) -> tuple[Transition, ...]:
        """All steps down whose guards are known to hold, the most cautious first."""
        return tuple(row for row, guard in self._down if guard.holds(facts))


class _Guard:
    """A guard by itself; without terms where it compares two facts, or is very long."""

    def __init__(self, condition: Condition) -> None:
        self.terms: tuple[Term, ...] | None
        try:
            self.terms = terms_of(condition, most=MOST_TERMS)
        except NoNormalForm:
            self.terms = None
        self._condition = condition
        self._first = first_of([(0, self.terms or ())], WORKED_OUT)

    def holds(self, facts: Mapping[str, Value | None]) -> bool:
        """Whether it is known to hold."""
        if self.terms is not None:
            return self._first(facts) is not None
        known = {name: facts[name] for name in names_in(self._condition)}
        told = {name: value for name, value in known.items() if value is not None}
        return evaluate(self._condition, told) is True


def in_order(transitions: Iterable[Transition], moment: Moment) -> tuple[Transition, ...]:
    """The transitions of one moment, the most cautious first; else as they stand."""
    rows = [row for row in transitions if row.moment is moment]
    return tuple(sorted(rows, key=lambda row: -row.action.caution))


def first_match(
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
