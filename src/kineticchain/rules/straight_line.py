"""A small set of conditions as one generated function, for facts that are all known.

The source is made of numbered names alone: whatever a rule's author wrote, numbers included,
is handed to the function as a value and never becomes part of the text.
"""

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import TypeAlias, cast

from kineticchain.facts import Value
from kineticchain.facts.extent import Extent
from kineticchain.facts.normal_form import Column, Term

Held: TypeAlias = Callable[[Mapping[str, Value]], list[int]]
"""From facts to the numbers of the conditions that hold; `KeyError` where one is unknown."""


class _Source:
    """The lines of the function, and the values that its names stand for."""

    def __init__(self) -> None:
        self.facts: dict[str, str] = {}
        self.constants: dict[str, object] = {}

    def fact(self, name: str) -> str:
        return self.facts.setdefault(name, f"f{len(self.facts)}")

    def constant(self, value: object) -> str:
        name = f"c{len(self.constants)}"
        self.constants[name] = value
        return name

    def terms(self, terms: Sequence[Term]) -> str:
        written = [
            " and ".join(self.literal(column, literal.extent) for column, literal in term.items())
            or "True"
            for term in terms
        ]
        return " or ".join(f"({term})" for term in written)

    def literal(self, column: Column, extent: Extent) -> str:
        name, member = column
        fact = self.fact(name)
        if member is not None:
            fact = f"({self.constant(member)} in {fact})"
        if extent.from_start:
            return f"not ({self.within(fact, ~extent)})"
        return self.within(fact, extent)

    def within(self, fact: str, extent: Extent) -> str:
        """That a value lies in an extent that does not begin with the first value of all."""
        bounds = (*extent.bounds, None) if len(extent.bounds) % 2 else extent.bounds
        spans = list(zip(bounds[::2], bounds[1::2], strict=True))
        points = [start[0] for start, end in spans if start and end and start[0] == end[0]]
        if points == [True]:
            return fact
        if points and len(points) == len(spans):
            if len(points) == 1:
                return f"{fact} == {self.constant(points[0])}"
            return f"{fact} in {self.constant(frozenset(points))}"
        return " or ".join(self.span(fact, start, end) for start, end in spans) or "False"

    def span(
        self, fact: str, start: tuple[Value, int] | None, end: tuple[Value, int] | None
    ) -> str:
        low = high = ""
        if start is not None:
            low = f"{self.constant(start[0])} {'<' if start[1] else '<='} "
        if end is not None:
            high = f" {'<=' if end[1] else '<'} {self.constant(end[0])}"
        return f"{low}{fact}{high}"


def straight_line(conditions: Sequence[tuple[int, Sequence[Term]]]) -> Held | None:
    """The function for numbered conditions; None where they read no fact at all."""
    source = _Source()
    tests = [
        f"    if {source.terms(terms)}: add({number:d})" for number, terms in conditions if terms
    ]
    if not source.facts:
        return None
    lines = [
        f"def held(facts, read, {', '.join(source.constants) or '_'}):",
        "    found = []",
        "    add = found.append",
        f"    {', '.join(source.facts.values())}, = read(facts)",
        *tests,
        "    return found",
    ]
    names: dict[str, object] = {}
    exec(compile("\n".join(lines), "<conditions>", "exec"), names)  # noqa: S102 - see above
    function = cast("Callable[..., list[int]]", names["held"])
    read = itemgetter(*source.facts)
    one = len(source.facts) == 1
    function.__defaults__ = (
        (lambda facts: (read(facts),)) if one else read,
        *(source.constants.values() or (None,)),
    )
    return function
