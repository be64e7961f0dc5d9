"""Sets of values of an ordered type, stored as sorted bounds at which membership changes."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from attrs import field, frozen

from kineticchain.domain.facts.fact_values import Value

Bound: TypeAlias = tuple[Value, int]
"""A position in the order of values: just before a value (0) or just after it (1)."""

_AT = 0.5
"""The position of a value itself, between the bounds before (0) and after it (1)."""


def bounds_before(value: Value, bounds: Sequence[Bound]) -> int:
    """Return the number of bounds before a value; `bounds` must be sorted."""
    return bisect_left(bounds, (value, _AT))


@frozen
class Extent:
    """A set of numbers, words or truth values, stored as the bounds at which membership changes.

    Example: ``x >= 3 and x < 5`` is ``from_start=False`` with the bounds ``(3, 0)`` and ``(5, 0)``.

    Attributes:
        from_start: True if values before the first bound belong to the set.
        bounds: sorted bounds; membership changes at each of them.

    """

    from_start: bool
    bounds: tuple[Bound, ...] = field(default=())

    def __contains__(self, value: Value) -> bool:
        """Return whether the value belongs to the set."""
        # membership at the start, changed once per bound passed
        return self.from_start ^ (bounds_before(value, self.bounds) % 2 == 1)

    def __invert__(self) -> "Extent":
        """Return the complement."""
        return Extent(not self.from_start, self.bounds)

    def __and__(self, other: "Extent") -> "Extent":
        """Return the intersection."""
        if other == EVERYTHING:
            return self
        if self == EVERYTHING:
            return other
        return Extent(self.from_start and other.from_start, tuple(_changes(self, other)))

    @property
    def is_empty(self) -> bool:
        """True if no value belongs to the set."""
        return not self.from_start and not self.bounds


def _changes(left: Extent, right: Extent) -> Iterator[Bound]:
    """Yield the bounds at which membership in the intersection changes.

    All bounds are visited in order. Each bound toggles membership in the sets that contain the
    bound, and is yielded if membership in the intersection changes.
    """
    inside = left.from_start and right.from_start
    in_left, in_right = left.from_start, right.from_start
    for bound in sorted({*left.bounds, *right.bounds}):
        in_left ^= bound in left.bounds
        in_right ^= bound in right.bounds
        if (in_left and in_right) != inside:
            inside = not inside
            yield bound


EVERYTHING = Extent(from_start=True)
NOTHING = Extent(from_start=False)


def only(value: Value) -> Extent:
    """Return the set that contains only `value`."""
    return Extent(from_start=False, bounds=((value, 0), (value, 1)))


def one_of(values: tuple[Value, ...]) -> Extent:
    """Return the set of the given values."""
    bounds = [bound for value in sorted(set(values)) for bound in ((value, 0), (value, 1))]
    return Extent(from_start=False, bounds=tuple(bounds))


def up_to(value: Value, *, included: bool) -> Extent:
    """Return the set of all values less than `value`, and `value` itself if `included`."""
    return Extent(from_start=True, bounds=((value, 1 if included else 0),))
