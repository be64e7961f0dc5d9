"""Lazy ranking of candidates by their gain.

The gain of a candidate only shrinks as others are taken. So the gains at one node of the search are
upper bounds for all nodes below it. A ranking computes exact gains in the order of these bounds,
and only as far as it is read; of thousands of candidates it evaluates a few.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeAlias

Scored: TypeAlias = tuple[int, int]
"""A negated gain and the number of a candidate: in ascending order the largest gain comes first."""

Weigh: TypeAlias = Callable[[list[Scored]], list[Scored]]
"""A function from candidates with bounds of their gains to a new list with their exact gains."""

BATCH = 24
"""The number of candidates whose gains are computed at once."""


class LazyBounds:
    """The candidates with a positive gain, largest first; of equal gains the lower number first.

    Attributes:
        known: The beginning of the ranking, as far as it has been computed.
    """

    __slots__ = ("_bounds", "_waiting", "_weigh", "known")

    known: list[Scored]

    def __init__(self, bounds: Iterable[Scored], weigh: Weigh) -> None:
        """Compute the beginning of the ranking.

        Args:
            bounds: The candidates with upper bounds of their gains, largest bound first.
            weigh: Computes the exact gains.
        """
        self.known = []
        # Candidates with a computed gain whose rank is not certain yet.
        self._waiting: list[Scored] = []
        self._weigh = weigh
        self._bounds: Iterator[Scored] | None = None
        if isinstance(bounds, list) and len(bounds) < BATCH:
            self.known = _ranked(weigh(bounds))
        else:
            self._bounds = iter(bounds)
            self._advance(self._bounds)

    def reach(self, count: int | None = None) -> list[Scored]:
        """Return the beginning of the ranking.

        Args:
            count: The least number of candidates to return, if there are as many; None for all.
        """
        while self._bounds is not None and (count is None or len(self.known) < count):
            self._advance(self._bounds)
        return self.known

    def above(self, least: int, place: int) -> Iterable[Scored]:
        """Return the candidates with a gain above a threshold.

        Args:
            least: The threshold, which is excluded.
            place: The position in the ranking to start from.
        """
        if self._bounds is None:
            return self.known[place : bisect_left(self.known, (-least,), lo=place)]
        return self._above(least, place)

    def _above(self, least: int, place: int) -> Iterator[Scored]:
        while len(self.reach(place + 1)) > place:
            scored = self.known[place]
            if -scored[0] <= least:
                return
            yield scored
            place += 1

    def _advance(self, bounds: Iterator[Scored]) -> None:
        """Compute the gains of the next candidates, and extend the known part of the ranking."""
        # No later candidate can gain more than the last bound of the batch. Candidates with at
        # least that gain have their final rank; the others wait.
        batch = list(islice(bounds, BATCH))
        waiting = _ranked([*self._waiting, *self._weigh(batch)])
        if len(batch) < BATCH:
            self._bounds = None
            self.known += waiting
        else:
            final = bisect_right(waiting, batch[-1])
            self.known += waiting[:final]
            self._waiting = waiting[final:]


def _ranked(weighed: list[Scored]) -> list[Scored]:
    """Sort candidates in place by their gain, remove those without a gain, and return the list."""
    weighed.sort()
    del weighed[bisect_left(weighed, (0,)) :]
    return weighed


class RemainingBound:
    """An upper bound of what the candidates from a position of a ranking on can add.

    Attributes:
        ranked: The ranking.
        place: The position of the first candidate that is left.
        slots: The most candidates that can be added.
        is_empty: True if no candidate with a gain is left.
        most: The sum of the `slots` largest gains that are left.
        most_but_one: The sum of the `slots - 1` largest gains that are left.
    """

    __slots__ = ("is_empty", "most", "most_but_one", "place", "ranked", "slots")

    def __init__(self, ranked: LazyBounds, place: int, slots: int) -> None:
        """Sum up the largest gains."""
        self.ranked: LazyBounds = ranked
        self.place: int = place
        self.slots: int = slots
        end = place + slots
        largest = ranked.reach(end)[place:end]
        self.is_empty: bool = not largest
        self.most: int = -sum([scored[0] for scored in largest])
        self.most_but_one: int = self.most + (largest[-1][0] if len(largest) == slots > 0 else 0)

    def above(self, least: int) -> Iterable[Scored]:
        """Return the candidates that are left with a gain above `least`."""
        return self.ranked.above(least, self.place)


NO_REST = RemainingBound(LazyBounds((), list), 0, 0)
"""The bound where no slot is left."""
