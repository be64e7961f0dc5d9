"""The values of facts, cut into cells that no rule tells apart.

A number is cut at the bounds that conditions name; a word is a cell of its own, and so are
true and false. Where a fact may be unknown, that is one more cell. A cell without a value in
the fact's range is left out.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from math import floor

from attrs import define, field, frozen

from kineticchain.domain.facts import FactKind, FactType, Value
from kineticchain.domain.facts.normal_form import Literal, Term
from kineticchain.domain.facts.value_set import Bound, Extent, bounds_before
from kineticchain.domain.validators import is_number
from kineticchain.rules.analysis.box_cover import Box, Column

UNKNOWN = None


@frozen
class EquivalenceClasses:
    """The cells of one column, each with a value that stands for it."""

    samples: tuple[Value | None, ...]
    bounds: tuple[Bound, ...] = ()
    """The cuts of a number; a cell lies before each, and one behind the last."""

    @cached_property
    def all(self) -> int:
        """The bits of all cells that have a value, and of the unknown one."""
        return sum(1 << at for at, sample in enumerate(self.samples) if sample is not _EMPTY)

    def within(self, extent: Extent) -> int:
        """The bits of the cells whose values lie in an extent; never that of the unknown."""
        return sum(
            1 << at
            for at, sample in enumerate(self.samples)
            if sample is not UNKNOWN and sample is not _EMPTY and sample in extent
        )

    def holding(self, value: Value) -> int:
        """The bit of the cell that a value lies in; 0 where there is none."""
        if self.bounds:
            return 1 << bounds_before(value, self.bounds) & self.all
        if value in self.samples:
            return 1 << self.samples.index(value)
        return 1 & self.all if is_number(value) and type(value) is not bool else 0

    @property
    def known(self) -> int:
        """The bits of all cells but the unknown one."""
        return self.all & ~self.unknown

    @cached_property
    def unknown(self) -> int:
        """The bit of the unknown cell; 0 where the fact is always known."""
        return sum(1 << at for at, sample in enumerate(self.samples) if sample is UNKNOWN)


_EMPTY: Value = "(no value)"


def equivalence_classes(
    fact: FactType, bounds: Sequence[Bound], *, may_be_unknown: bool
) -> EquivalenceClasses:
    """The cells of a fact that is cut at these bounds."""
    end: tuple[Value | None, ...] = (UNKNOWN,) if may_be_unknown else ()
    match fact.kind:
        case FactKind.NUMBER:
            return EquivalenceClasses((*_number_samples(fact, bounds), *end), tuple(bounds))
        case FactKind.ONE_OF:
            return EquivalenceClasses((*fact.options, *end))
        case _:
            return EquivalenceClasses((False, True, *end))


def _number_samples(fact: FactType, bounds: Sequence[Bound]) -> list[Value]:
    ends = [None, *bounds, None]
    return [_between(fact, low, high) for low, high in pairwise(ends)]


def _between(fact: FactType, low: Bound | None, high: Bound | None) -> Value:
    """A value of a fact's range between two bounds, a whole one if there is any."""
    start, after = (fact.low, 0) if low is None else (_number(low[0]), low[1])
    end, upto = (fact.high, 1) if high is None else (_number(high[0]), high[1])
    if start < fact.low:
        start, after = fact.low, 0
    if end > fact.high:
        end, upto = fact.high, 1
    whole = floor(start) if start == floor(start) and not after else floor(start) + 1
    if whole < end or (whole == end and upto):
        return whole
    if fact.integral or start > end or (start == end and (after or not upto)):
        return _EMPTY
    return start if start == end else (start + end) / 2


def _number(value: Value) -> float:
    assert isinstance(value, (int, float))  # noqa: S101 - conditions are type-checked
    return value


@define
class Grid:
    """The cells of all columns that some conditions speak of."""

    types: Mapping[str, FactType] = field(repr=False)
    always_known: frozenset[str]
    cells: dict[Column, EquivalenceClasses] = field(factory=dict)

    def cut(self, terms: Iterable[Term]) -> None:
        """Add the columns and the cuts of some terms."""
        bounds: dict[Column, set[Bound]] = {column: set() for column in self.cells}
        for column, cells in self.cells.items():
            bounds[column] |= set(cells.bounds)
        for term in terms:
            for column, literal in term.items():
                bounds.setdefault(column, set()).update(literal.extent.bounds)
        for column, found in bounds.items():
            name, _ = column
            fact = self.types[name]
            unknown = name not in self.always_known
            cuts = sorted(found) if fact.kind is FactKind.NUMBER else ()
            self.cells[column] = equivalence_classes(fact, cuts, may_be_unknown=unknown)

    @property
    def full(self) -> Box:
        """All cells of every column."""
        return {column: cells.all for column, cells in self.cells.items()}

    def box(self, term: Term, *, or_unknown: bool) -> Box | None:
        """The people of whom a term holds; with `or_unknown` also those of whom it may hold.

        None where there are none.
        """
        box: dict[Column, int] = {}
        for column, literal in term.items():
            cells = self._cells_for(column, literal, or_unknown=or_unknown)
            if not cells:
                return None
            box[column] = cells
        return box

    def _cells_for(self, column: Column, literal: Literal, *, or_unknown: bool) -> int:
        cells = self.cells[column]
        found = self._within(column, literal.extent)
        if literal.if_unknown is True or (or_unknown and literal.if_unknown is None):
            found |= cells.unknown
        return found

    _known: dict[tuple[Column, Extent], tuple[EquivalenceClasses, int]] = field(
        factory=dict, repr=False
    )

    def _within(self, column: Column, extent: Extent) -> int:
        cells = self.cells[column]
        known = self._known.get((column, extent))
        if known is not None and known[0] is cells:
            return known[1]
        found = cells.within(extent) if not cells.bounds else _span(cells, extent)
        self._known[column, extent] = (cells, found)
        return found


def _span(cells: EquivalenceClasses, extent: Extent) -> int:
    """The bits of a number's cells in an extent whose bounds are among the cuts."""
    marks = 0
    for bound in extent.bounds:
        at = bisect_left(cells.bounds, bound) + 1
        marks ^= (1 << len(cells.bounds) + 1) - (1 << at)
    if extent.from_start:
        marks ^= (1 << len(cells.bounds) + 1) - 1
    return marks & cells.known
