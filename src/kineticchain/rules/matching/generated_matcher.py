"""Compilation of conditions to a Python function.

The source text consists of generated names only. Whatever the author of a rule wrote, numbers
included, is bound to the function as a value and never becomes part of the source text, so a rule
cannot inject code.
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
    """Generator of the source of a function, with the values that its names are bound to.

    Attributes:
        facts: The variable that holds each fact, by the name of the fact.
        constants: The bound values by their generated names.
    """

    def __init__(self) -> None:
        """Create a generator without facts and constants."""
        self.facts: dict[str, str] = {}
        self.constants: dict[str, object] = {}

    def fact(self, name: str) -> str:
        """Return the variable that holds a fact."""
        return self.facts.setdefault(name, f"f{len(self.facts)}")

    def constant(self, value: object) -> str:
        """Bind a value to a new name, and return the name."""
        name = f"c{len(self.constants)}"
        self.constants[name] = value
        return name

    def terms(self, terms: Sequence[Term], unknown: Truth | None = None) -> str:
        """Return an expression that is true if one of the terms is true.

        Args:
            terms: The terms. Without terms the expression is the empty string.
            unknown: The truth value that an unknown literal counts as; None if all facts are known.
        """
        conjunctions = [
            " and ".join(self.literal(column, literal, unknown) for column, literal in term.items())
            or "True"
            for term in terms
        ]
        return " or ".join(f"({conjunction})" for conjunction in conjunctions)

    def literal(self, column: Column, literal: Literal, unknown: Truth) -> str:
        """Return an expression that is true if a literal is true.

        Args:
            column: The fact, or the membership of a word in a set.
            literal: The values for which the literal is true, and its truth if the fact is unknown.
            unknown: The truth value that an unknown literal counts as; None if all facts are known.
        """
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
        """Return an expression that is true if a value lies in an extent.

        Args:
            fact: The expression of the value.
            extent: The set of values, which must have a lower bound (`from_start` is false).
        """
        # Pairs of bounds are the spans of the extent. If the last bound is missing, the last span
        # has no upper end. A span from just before to just after a value is that single value.
        bounds = (*extent.bounds, None) if len(extent.bounds) % 2 else extent.bounds
        spans = list(zip(bounds[::2], bounds[1::2], strict=True))
        points = [start[0] for start, end in spans if start and end and start[0] == end[0]]
        if len(points) == len(spans) == 1 and points[0] is True:
            return fact  # the literal is "is true"; the number 1 equals True and is compared below
        if points and len(points) == len(spans):
            if len(points) == 1:
                return f"{fact} == {self.constant(points[0])}"
            return f"{fact} in {self.constant(frozenset(points))}"
        return " or ".join(self.span(fact, start, end) for start, end in spans) or "False"

    def span(
        self, fact: str, start: tuple[Value, int] | None, end: tuple[Value, int] | None
    ) -> str:
        """Return an expression that is true if a value lies between two bounds.

        Args:
            fact: The expression of the value.
            start: The lower bound: a value, and 1 if the span excludes the value; None if open.
            end: The upper bound: a value, and 1 if the span includes the value; None if open.
        """
        low = high = ""
        if start is not None:
            low = f"{self.constant(start[0])} {'<' if start[1] else '<='} "
        if end is not None:
            high = f" {'<=' if end[1] else '<'} {self.constant(end[0])}"
        return f"{low}{fact}{high}"

    def function(self, parameters: Sequence[str], lines: Sequence[str]) -> object:
        """Compile a function with the constants bound as default arguments.

        Args:
            parameters: The names of the parameters.
            lines: The indented lines of the body.
        """
        head = f"def function({', '.join((*parameters, *self.constants))}):"
        names: dict[str, object] = {}
        exec(compile("\n".join((head, *lines)), "<conditions>", "exec"), names)  # noqa: S102 - see above
        function = cast("FunctionType", names["function"])
        function.__defaults__ = tuple(self.constants.values())
        return function


Matches: TypeAlias = tuple[list[int], list[int]]
"""The numbers of the true conditions and the numbers of the unknown conditions, both ascending."""

Numbered: TypeAlias = Sequence[tuple[int, Sequence[Term]]]
"""Conditions in ascending order of their numbers, each with its terms."""

_Facts: TypeAlias = Mapping[str, Value]


class GeneratedMatcher:
    """Numbered conditions, compiled to two functions.

    One function requires that all facts are known. The other one also handles unknown facts, and
    is slower.
    """

    def __init__(self, conditions: Numbered) -> None:
        """Store the conditions; the functions are compiled on first use."""
        self._conditions = [(number, terms) for number, terms in conditions if terms]

    def match(self, facts: _Facts) -> Matches:
        """Return the numbers of the true conditions, and the numbers of the unknown conditions."""
        # An unknown fact is missing from `facts`, and the first function raises KeyError.
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
        lines = ["    held = []", "    add = held.append", *tests, "    return held"]
        return cast("Callable[[_Facts], list[int]]", _reading_first(source, read, lines))

    @cached_property
    def _guarded(self) -> Callable[[_Facts], Matches]:
        # A condition is false if it is false even with unknown literals counted as true. It is true
        # if it is true even with unknown literals counted as false. Otherwise it is unknown.
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
    """Return the function of some lines, after a line that reads all facts into variables."""
    variables = ", ".join(source.facts.values())
    reading_line = f"    [{variables}] = {source.constant(read)}(facts)"
    return source.function(["facts"], [reading_line, *lines])
