"""Candidates in the order of what they add, worked out only as far as somebody looks.

What a candidate adds only shrinks as others are taken. So the order at one node of the search is
an order of upper bounds for all nodes below it, and of thousands of candidates a few are weighed.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeAlias

Scored: TypeAlias = tuple[int, int]
"""Minus a gain, and the candidate: in their natural order the best comes first."""

Weigh: TypeAlias = Callable[[list[Scored]], list[Scored]]
"""For candidates with bounds of their gains the gains themselves, in a list of their own."""

HANDFUL = 24
"""So many candidates are weighed at once."""


class LazyBounds:
    """Candidates with their gains, the largest first; of equal ones that of the lower number.

    `bounds` are upper bounds of their gains in that same order.
    """

    __slots__ = ("_bounds", "_waiting", "_weigh", "known")

    known: list[Scored]
    """The first ones, as many as have been asked for or more."""

    def __init__(self, bounds: Iterable[Scored], weigh: Weigh) -> None:
        """Look at the first handful."""
        self.known = []
        self._waiting: list[Scored] = []
        self._weigh = weigh
        self._bounds: Iterator[Scored] | None = None
        if isinstance(bounds, list) and len(bounds) < HANDFUL:
            self.known = _of_use(weigh(bounds))
        else:
            self._bounds = iter(bounds)
            self._look_on(self._bounds)

    def reach(self, count: int | None = None) -> list[Scored]:
        """The first ones: so many or more, as far as there are; or all."""
        while self._bounds is not None and (count is None or len(self.known) < count):
            self._look_on(self._bounds)
        return self.known

    def above(self, least: int, place: int) -> Iterable[Scored]:
        """Those from a place on that add more than so much."""
        if self._bounds is None:
            return self.known[place : bisect_left(self.known, (-least,), lo=place)]
        return self._above(least, place)

    def _above(self, least: int, place: int) -> Iterator[Scored]:
        while len(self.reach(place + 1)) > place:
            one = self.known[place]
            if -one[0] <= least:
                return
            yield one
            place += 1

    def _look_on(self, bounds: Iterator[Scored]) -> None:
        """Weigh a handful; of all weighed those are known that no later bound comes before."""
        handful = list(islice(bounds, HANDFUL))
        waiting = _of_use([*self._waiting, *self._weigh(handful)])
        if len(handful) < HANDFUL:
            self._bounds = None
            self.known += waiting
        else:
            sure = bisect_right(waiting, handful[-1])
            self.known += waiting[:sure]
            self._waiting = waiting[sure:]


def _of_use(weighed: list[Scored]) -> list[Scored]:
    """Those that add something, in their order."""
    weighed.sort()
    del weighed[bisect_left(weighed, (0,)) :]
    return weighed


class RemainingBound:
    """What is left to be taken: those of a ranking from a place on; so many at most.

    `most` is the sum of as many of the largest gains, `most_but_one` that of one fewer.
    """

    __slots__ = ("is_empty", "most", "most_but_one", "place", "ranked", "slots")

    def __init__(self, ranked: LazyBounds, place: int, slots: int) -> None:
        """Add up the largest gains."""
        self.ranked: LazyBounds = ranked
        self.place: int = place
        self.slots: int = slots
        end = place + slots
        left = ranked.reach(end)[place:end]
        self.is_empty: bool = not left
        self.most: int = -sum([one[0] for one in left])
        self.most_but_one: int = self.most + (left[-1][0] if len(left) == slots > 0 else 0)

    def above(self, least: int) -> Iterable[Scored]:
        """Those that add more than so much."""
        return self.ranked.above(least, self.place)


NO_REST = RemainingBound(LazyBounds((), list), 0, 0)
"""Nothing is left."""
