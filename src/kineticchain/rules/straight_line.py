"""A small set of conditions as one generated function."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from operator import itemgetter
from typing import TypeAlias, cast

from kineticchain.facts import Value
from kineticchain.facts.normal_form import Term
from kineticchain.rules.generated import Source

Matches: TypeAlias = tuple[list[int], list[int]]
"""The numbers of the conditions that hold, and of those that stay unknown, ascending."""

Numbered: TypeAlias = Sequence[tuple[int, Sequence[Term]]]
"""Conditions as their terms, each with its number, ascending."""

_Facts: TypeAlias = Mapping[str, Value]


class StraightLine:
    """Numbered conditions as two functions: for facts that are all known, and for any."""

    def __init__(self, conditions: Numbered) -> None:
        """Write the functions when they are first needed."""
        self._conditions = [(number, terms) for number, terms in conditions if terms]

    def match(self, facts: _Facts) -> Matches:
        """The conditions that hold of the facts, and those that stay unknown."""
        try:
            return self._known(facts), []
        except KeyError:
            return self._guarded(facts)

    @cached_property
    def _known(self) -> Callable[[_Facts], list[int]]:
        source = Source()
        tests = [
            f"    if {source.terms(terms)}: add({number:d})" for number, terms in self._conditions
        ]
        names = tuple(source.facts)
        read: object = lambda facts: [facts[name] for name in names]  # noqa: E731 - one line
        if len(names) > 1:
            read = itemgetter(*names)
        lines = ["    found = []", "    add = found.append", *tests, "    return found"]
        return cast("Callable[[_Facts], list[int]]", _reading_first(source, read, lines))

    @cached_property
    def _guarded(self) -> Callable[[_Facts], Matches]:
        source = Source()
        lines = ["    held = []", "    unknown = []"]
        for number, terms in self._conditions:
            lines += [
                f"    if {source.terms(terms, unknown=True)}:",
                f"        if {source.terms(terms, unknown=False)}: held.append({number:d})",
                f"        else: unknown.append({number:d})",
            ]
        lines.append("    return held, unknown")
        names = tuple(source.facts)
        read = lambda facts: map(facts.get, names)  # noqa: E731 - one line each
        return cast("Callable[[_Facts], Matches]", _reading_first(source, read, lines))


def _reading_first(source: Source, read: object, lines: Sequence[str]) -> object:
    """The function of some lines, which first reads all facts at once."""
    named = ", ".join(source.facts.values())
    first = f"    [{named}] = {source.constant(read)}(facts)"
    return source.function(["facts"], [first, *lines])
