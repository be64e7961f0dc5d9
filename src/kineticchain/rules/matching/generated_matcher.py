"""Conditions as the text of a Python function.

The text is made of numbered names alone: whatever a rule's author wrote, numbers included,
is handed to the function as a value and never becomes part of the text.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from operator import itemgetter
from types import FunctionType
from typing import TypeAlias, cast

from kineticchain.domain.facts import Truth, Value
from kineticchain.domain.facts.normal_form import Column, Literal, Term
from kineticchain.domain.facts.value_set import Extent


class ConditionCodegen:
    """The lines of the function, and the values that its names stand for."""

    def __init__(self) -> None:
        """Begin without facts and without values."""
        self.facts: dict[str, str] = {}
        self.constants: dict[str, object] = {}

    def fact(self, name: str) -> str:
        """The name of the variable that holds a fact."""
        return self.facts.setdefault(name, f"f{len(self.facts)}")

    def constant(self, value: object) -> str:
        """The name that a value is bound to."""
        name = f"c{len(self.constants)}"
        self.constants[name] = value
        return name

    def terms(self, terms: Sequence[Term], unknown: Truth | None = None) -> str:
        """That one of the terms holds; with `unknown`, an unknown literal counts as that."""
        written = [
            " and ".join(self.literal(*one, unknown) for one in term.items()) or "True"
            for term in terms
        ]
        return " or ".join(f"({term})" for term in written)

    def literal(self, column: Column, literal: Literal, unknown: Truth) -> str:
        """That a literal holds; `unknown` is what counts where it can't be known."""
        name, member = column
        fact = self.fact(name)
        value = fact if member is None else f"({self.constant(member)} in {fact})"
        extent = literal.extent
        test = self.within(value, extent)
        if extent.from_start:
            test = f"not ({self.within(value, ~extent)})"
        if unknown is None:
            return test
        holds = unknown if literal.if_unknown is None else literal.if_unknown
        return f"({fact} is None or {test})" if holds else f"({fact} is not None and {test})"

    def within(self, fact: str, extent: Extent) -> str:
        """That a value lies in an extent that does not begin with the first value of all."""
        bounds = (*extent.bounds, None) if len(extent.bounds) % 2 else extent.bounds
        spans = list(zip(bounds[::2], bounds[1::2], strict=True))
        points = [start[0] for start, end in spans if start and end and start[0] == end[0]]
        if len(points) == len(spans) == 1 and points[0] is True:
            return fact  # for true alone; a number is compared, though 1 equals true
        if points and len(points) == len(spans):
            if len(points) == 1:
                return f"{fact} == {self.constant(points[0])}"
            return f"{fact} in {self.constant(frozenset(points))}"
        return " or ".join(self.span(fact, start, end) for start, end in spans) or "False"

    def span(
        self, fact: str, start: tuple[Value, int] | None, end: tuple[Value, int] | None
    ) -> str:
        """That a value lies between two bounds, of which each may be missing."""
        low = high = ""
        if start is not None:
            low = f"{self.constant(start[0])} {'<' if start[1] else '<='} "
        if end is not None:
            high = f" {'<=' if end[1] else '<'} {self.constant(end[0])}"
        return f"{low}{fact}{high}"

    def function(self, parameters: Sequence[str], lines: Sequence[str]) -> object:
        """The function whose body is given, with its constants bound to it as defaults."""
        head = f"def function({', '.join((*parameters, *self.constants))}):"
        names: dict[str, object] = {}
        exec(compile("\n".join((head, *lines)), "<conditions>", "exec"), names)  # noqa: S102 - see above
        function = cast("FunctionType", names["function"])
        function.__defaults__ = tuple(self.constants.values())
        return function


Matches: TypeAlias = tuple[list[int], list[int]]
"""The numbers of the conditions that hold, and of those that stay unknown, ascending."""

Numbered: TypeAlias = Sequence[tuple[int, Sequence[Term]]]
"""Conditions as their terms, each with its number, ascending."""

_Facts: TypeAlias = Mapping[str, Value]


class GeneratedMatcher:
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
        source = ConditionCodegen()
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
        source = ConditionCodegen()
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


def _reading_first(source: ConditionCodegen, read: object, lines: Sequence[str]) -> object:
    """The function of some lines, which first reads all facts at once."""
    named = ", ".join(source.facts.values())
    first = f"    [{named}] = {source.constant(read)}(facts)"
    return source.function(["facts"], [first, *lines])
