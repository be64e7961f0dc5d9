"""The transition table, ready to be asked: of all rows that match, the most cautious.

Guards are compiled as the conditions of rules are, with the policy's constants bound into
them; `first_match` is the plain definition that this is held against.
"""

from collections.abc import Iterable, Mapping

from kineticchain.facts import Compare, Condition, Name, Value, evaluate
from kineticchain.facts.condition import names_in, rebuilt
from kineticchain.facts.normal_form import NoNormalForm, Term, terms_of
from kineticchain.progression.transition import Moment, Transition
from kineticchain.rules.straight_line import first_of

MOST_TERMS = 256


class TransitionTable:
    """The transitions of one moment, the most cautious first, with constants bound."""

    def __init__(
        self, transitions: Iterable[Transition], moment: Moment, constants: Mapping[str, int]
    ) -> None:
        """Bind the constants and generate the code of the guards."""
        self.rows = in_order(transitions, moment)
        self._constants = dict(constants)
        coded: list[tuple[int, tuple[Term, ...]]] = []
        self._alone: list[tuple[int, Condition]] = []
        for at, row in enumerate(self.rows):
            guard = _bound(row.when, constants)
            try:
                coded.append((at, terms_of(guard, most=MOST_TERMS)))
            except NoNormalForm:  # it compares two facts, or is very long
                self._alone.append((at, guard))
        self._first = first_of(coded)

    def match(self, facts: Mapping[str, Value | None]) -> Transition | None:
        """The most cautious transition whose guard is known to hold; None if none is."""
        found = self._first(facts)
        for at, guard in self._alone:
            if found is not None and found < at:
                break
            known = {name: facts[name] for name in names_in(guard)}
            if evaluate(guard, {name: v for name, v in known.items() if v is not None}) is True:
                found = at
                break
        return None if found is None else self.rows[found]

    def matches(self, facts: Mapping[str, Value | None]) -> tuple[Transition, ...]:
        """All transitions whose guards are known to hold, the most cautious first."""
        known = {
            name: value
            for row in self.rows
            for name in names_in(row.when)
            if name not in self._constants and (value := facts[name]) is not None
        }
        known.update(self._constants)
        return tuple(row for row in self.rows if evaluate(row.when, known) is True)


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
