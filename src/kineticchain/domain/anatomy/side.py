"""Sides of the body."""

from enum import StrEnum


class Side(StrEnum):
    """The side of a region: left, right or both.

    A complaint of a paired region without a side counts for both sides. Midline regions have the
    side `both`.
    """

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"

    __hash__ = str.__hash__  # faster than `Enum.__hash__`, which is written in Python

    @property
    def each(self) -> tuple["Side", ...]:
        """The single sides: left and right for `both`, otherwise the side itself."""
        return _EACH[self]

    @property
    def mirrored(self) -> "Side":
        """The opposite side; `both` stays `both`."""
        return _MIRROR[self]

    def meets(self, other: "Side") -> bool:
        """Return whether the two sides overlap."""
        return self is other or Side.BOTH in (self, other)


_EACH = {
    Side.LEFT: (Side.LEFT,),
    Side.RIGHT: (Side.RIGHT,),
    Side.BOTH: (Side.LEFT, Side.RIGHT),
}
_MIRROR = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT, Side.BOTH: Side.BOTH}
