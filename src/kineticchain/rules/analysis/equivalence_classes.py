"""Equivalence classes of the values of facts: cells that no condition distinguishes.

The range of a number is divided at the bounds that conditions name; each word and each truth value
is a cell of its own. A fact that may be unknown has one more cell for being unknown. A cell without
a value in the range of the fact has a placeholder as its sample and belongs to no set of cells.
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
    """The cells of one column. Sets of cells are integers: bit `i` stands for cell `i`.

    Attributes:
        samples: For each cell a value that represents it; None for the unknown cell.
        bounds: The ascending bounds between the cells of a number. Cell `i` ends at
            bound `i`; the last cell begins at the last bound.
    """

    samples: tuple[Value | None, ...]
    bounds: tuple[Bound, ...] = ()

    @cached_property
    def all(self) -> int:
        """The bits of all cells that have a value, and of the unknown cell."""
        return sum(1 << cell for cell, sample in enumerate(self.samples) if sample is not _EMPTY)

    def within(self, extent: Extent) -> int:
        """Return the bits of the cells whose sample lies in an extent, without the unknown cell."""
        return sum(
            1 << cell
            for cell, sample in enumerate(self.samples)
            if sample is not UNKNOWN and sample is not _EMPTY and sample in extent
        )

    def holding(self, value: Value) -> int:
        """Return the bit of the cell that contains a value, or 0 if no cell does."""
        if self.bounds:
            return 1 << bounds_before(value, self.bounds) & self.all
        if value in self.samples:
            return 1 << self.samples.index(value)
        # A number without bounds has a single cell, whose sample may be any value of its range.
        return 1 & self.all if is_number(value) and type(value) is not bool else 0

    @property
    def known(self) -> int:
        """The bits of all cells that have a value."""
        return self.all & ~self.unknown

    @cached_property
    def unknown(self) -> int:
        """The bit of the unknown cell; 0 if the fact is always known."""
        return sum(1 << cell for cell, sample in enumerate(self.samples) if sample is UNKNOWN)


_EMPTY: Value = "(no value)"
"""The sample of a cell that contains no value of the fact's range."""


def equivalence_classes(
    fact: FactType, bounds: Sequence[Bound], *, may_be_unknown: bool
) -> EquivalenceClasses:
    """Return the cells of a fact; for a set, the cells of the membership of one word.

    Args:
        fact: The type of the fact.
        bounds: The ascending bounds that divide the range of a number.
        may_be_unknown: True if the fact has a cell for being unknown.
    """
    unknown: tuple[Value | None, ...] = (UNKNOWN,) if may_be_unknown else ()
    match fact.kind:
        case FactKind.NUMBER:
            return EquivalenceClasses((*_number_samples(fact, bounds), *unknown), tuple(bounds))
        case FactKind.ONE_OF:
            return EquivalenceClasses((*fact.options, *unknown))
        case _:
            return EquivalenceClasses((False, True, *unknown))


def _number_samples(fact: FactType, bounds: Sequence[Bound]) -> list[Value]:
    ends = [None, *bounds, None]
    return [_between(fact, low, high) for low, high in pairwise(ends)]


def _between(fact: FactType, low: Bound | None, high: Bound | None) -> Value:
    """Return a value of the fact's range between two bounds, preferably an integer.

    Return `_EMPTY` if there is no such value.
    """
    # An interval from `start` to `end`: `after` is 1 if it begins just after `start`, and `upto`
    # is 1 if it includes `end`. Both ends are clipped to the range of the fact.
    start, after = (fact.low, 0) if low is None else (_number(low[0]), low[1])
    end, upto = (fact.high, 1) if high is None else (_number(high[0]), high[1])
    if start < fact.low:
        start, after = fact.low, 0
    if end > fact.high:
        end, upto = fact.high, 1
    integer = floor(start) if start == floor(start) and not after else floor(start) + 1
    if integer < end or (integer == end and upto):
        return integer
    if fact.integral or start > end or (start == end and (after or not upto)):
        return _EMPTY
    return start if start == end else (start + end) / 2


def _number(value: Value) -> float:
    assert isinstance(value, (int, float))  # noqa: S101 - conditions are type-checked
    return value


@define
class Grid:
    """The cells of all columns that some conditions read.

    Attributes:
        types: The type of each fact, by the name of its column.
        always_known: The names of facts that have no unknown cell.
        cells: The cells of each column so far.
    """

    types: Mapping[str, FactType] = field(repr=False)
    always_known: frozenset[str]
    cells: dict[Column, EquivalenceClasses] = field(factory=dict)

    def cut(self, terms: Iterable[Term]) -> None:
        """Add the columns of some terms, and divide numbers at the bounds of their literals."""
        bounds: dict[Column, set[Bound]] = {column: set() for column in self.cells}
        for column, cells in self.cells.items():
            bounds[column] |= set(cells.bounds)
        for term in terms:
            for column, literal in term.items():
                bounds.setdefault(column, set()).update(literal.extent.bounds)
        for column, column_bounds in bounds.items():
            name, _ = column
            fact = self.types[name]
            unknown = name not in self.always_known
            cuts = sorted(column_bounds) if fact.kind is FactKind.NUMBER else ()
            self.cells[column] = equivalence_classes(fact, cuts, may_be_unknown=unknown)

    @property
    def full(self) -> Box:
        """All cells of every column."""
        return {column: cells.all for column, cells in self.cells.items()}

    def box(self, term: Term, *, or_unknown: bool) -> Box | None:
        """Return the people for whom a term is true, or None if there are none.

        Args:
            term: The literals that must all hold.
            or_unknown: True to include the people for whom the term is unknown.
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
        selected = self._within(column, literal.extent)
        if literal.if_unknown is True or (or_unknown and literal.if_unknown is None):
            selected |= cells.unknown
        return selected

    _cached: dict[tuple[Column, Extent], tuple[EquivalenceClasses, int]] = field(
        factory=dict, repr=False
    )

    def _within(self, column: Column, extent: Extent) -> int:
        cells = self.cells[column]
        cached = self._cached.get((column, extent))
        # An entry is valid only for the cells that it was computed from; `cut` replaces them.
        if cached is not None and cached[0] is cells:
            return cached[1]
        selected = cells.within(extent) if not cells.bounds else _span(cells, extent)
        self._cached[column, extent] = (cells, selected)
        return selected


def _span(cells: EquivalenceClasses, extent: Extent) -> int:
    """Return the bits of a number's cells in an extent whose bounds are among the cuts."""
    # Membership changes at each bound of the extent. All cells behind a bound are therefore
    # inverted, once for each bound. A cell is then set if an odd number of bounds precedes it.
    # `from_start` means that the first cell belongs to the extent, which inverts all cells.
    selected = 0
    every = (1 << len(cells.bounds) + 1) - 1
    for bound in extent.bounds:
        first_behind = bisect_left(cells.bounds, bound) + 1
        selected ^= every + 1 - (1 << first_behind)
    if extent.from_start:
        selected ^= every
    return selected & cells.known
