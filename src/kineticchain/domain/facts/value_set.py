"""Values of an ordered type for which something holds, as alternating bounds."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from attrs import field, frozen

from kineticchain.domain.facts.fact_values import Value

Bound: TypeAlias = tuple[Value, int]
"""A place on the line of values: just before a value (0) or just after it (1)."""

_AT = 0.5
"""Where a value itself lies, between the bounds before and after it."""


def bounds_before(value: Value, bounds: Sequence[Bound]) -> int:
    """How many of some ascending bounds lie before a value."""
    return bisect_left(bounds, (value, _AT))


@frozen
class Extent:
    """A set of numbers, words or truth values, stored as the places where it begins and ends.

    `from_start` says whether it holds before the first bound; at each bound it changes.
    """

    from_start: bool
    bounds: tuple[Bound, ...] = field(default=())

    def __contains__(self, value: Value) -> bool:
        """Whether the value belongs to it."""
        return self.from_start ^ (bounds_before(value, self.bounds) % 2 == 1)

    def __invert__(self) -> "Extent":
        """All other values."""
        return Extent(not self.from_start, self.bounds)

    def __and__(self, other: "Extent") -> "Extent":
        """The values that belong to both."""
        if other == EVERYTHING:
            return self
        if self == EVERYTHING:
            return other
        return Extent(self.from_start and other.from_start, tuple(_changes(self, other)))

    @property
    def is_empty(self) -> bool:
        """Whether no value belongs to it."""
        return not self.from_start and not self.bounds


def _changes(one: Extent, other: Extent) -> Iterator[Bound]:
    """The bounds at which being in both begins or ends."""
    inside = one.from_start and other.from_start
    in_one, in_other = one.from_start, other.from_start
    for bound in sorted({*one.bounds, *other.bounds}):
        in_one ^= bound in one.bounds
        in_other ^= bound in other.bounds
        if (in_one and in_other) != inside:
            inside = not inside
            yield bound


EVERYTHING = Extent(from_start=True)
NOTHING = Extent(from_start=False)


def only(value: Value) -> Extent:
    """One value alone."""
    return Extent(from_start=False, bounds=((value, 0), (value, 1)))


def one_of(values: tuple[Value, ...]) -> Extent:
    """Some values."""
    bounds = [bound for value in sorted(set(values)) for bound in ((value, 0), (value, 1))]
    return Extent(from_start=False, bounds=tuple(bounds))


def up_to(value: Value, *, included: bool) -> Extent:
    """All values up to one."""
    return Extent(from_start=True, bounds=((value, 1 if included else 0),))
