"""Left and right."""

from enum import StrEnum


class Side(StrEnum):
    """The side that something is on.

    A complaint of a paired region without a side counts as on both; midline regions have
    no side of their own and are held as `both` too.
    """

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"

    __hash__ = str.__hash__  # an enum's own goes through its name, in Python

    @property
    def each(self) -> tuple["Side", ...]:
        """The single sides that this side covers."""
        return _EACH[self]

    @property
    def mirrored(self) -> "Side":
        """The other side; both stays both."""
        return _MIRROR[self]

    def meets(self, other: "Side") -> bool:
        """Whether the two have a side in common."""
        return self is other or Side.BOTH in (self, other)


_EACH = {
    Side.LEFT: (Side.LEFT,),
    Side.RIGHT: (Side.RIGHT,),
    Side.BOTH: (Side.LEFT, Side.RIGHT),
}
_MIRROR = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT, Side.BOTH: Side.BOTH}
