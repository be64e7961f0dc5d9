"""The picks of a selection, and the result of a search for the best ones."""

from fractions import Fraction

from attrs import frozen


@frozen
class Pick:
    """A candidate that was taken.

    Attributes:
        candidate: Its number.
        version: The index of its version.
        session: The index of its first session, from 0.
        beside: The number of its primary, which is done at the same time; None if it has none.
        further: The indices of the other sessions, where its dose is spread over several.
        group: The group of days on which it is done; None for the days of all groups.
    """

    candidate: int
    version: int
    session: int
    beside: int | None = None
    further: tuple[int, ...] = ()
    group: int | None = None

    @property
    def sessions(self) -> tuple[int, ...]:
        """The indices of all its sessions."""
        return (self.session, *self.further)


@frozen(kw_only=True)
class Solution:
    """The result of a search.

    Attributes:
        picks: The best picks found.
        points: Their value in points.
        bound: An upper bound of the value of all picks, in points.
    """

    picks: tuple[Pick, ...]
    points: Fraction
    bound: Fraction

    @property
    def is_exact(self) -> bool:
        """True if the picks are proven to be the best."""
        return self.points == self.bound
