"""Candidates in the order of what they add, worked out only as far as somebody looks.

What a candidate adds only shrinks as others are taken. So the order at one node of the search is
an order of upper bounds for all nodes below it, and of thousands of candidates a few are weighed.
"""

from collections.abc import Callable, Iterable, Iterator
from heapq import heappop, heappush
from typing import TypeAlias

Scored: TypeAlias = tuple[int, int]
"""A gain, and the candidate."""


class Ranking:
    """Candidates with their gains, the largest first; of equal ones that of the lower number.

    `bounds` are upper bounds of their gains in that same order, and `gain` tells a gain. Of
    those that add nothing only the `kept` stay.
    """

    __slots__ = ("_bounds", "_found", "_gain", "_head", "_kept", "_waiting")

    def __init__(
        self, bounds: Iterable[Scored], gain: Callable[[int], int], kept: frozenset[int]
    ) -> None:
        """Look at nothing yet."""
        self._bounds = iter(bounds)
        self._gain, self._kept = gain, kept
        self._head = next(self._bounds, None)
        self._waiting: list[Scored] = []
        self._found: list[Scored] = []

    def at(self, place: int) -> Scored | None:
        """The gain and the candidate at a place from 0; None beyond the last one."""
        found = self._found
        if len(found) <= place:
            self._look(place + 1)
        return found[place] if len(found) > place else None

    def first(self, count: int) -> list[Scored]:
        """So many of them."""
        self._look(count)
        return self._found[:count]

    def all(self) -> list[Scored]:
        """All of them."""
        self._look(None)
        return self._found

    def after(self, place: int, least: int) -> Iterator[Scored]:
        """Those from a place on that add more than so much."""
        found = self._found
        while True:
            if len(found) <= place:
                self._look(place + 1)
                if len(found) <= place:
                    return
            one = found[place]
            if one[0] <= least:
                return
            yield one
            place += 1

    def largest(self, count: int, place: int) -> list[int]:
        """The gains of so many from a place on, of those that add something."""
        self._look(place + count)
        return [gain for gain, _ in self._found[place : place + count] if gain > 0]

    def _look(self, count: int | None) -> None:
        """Find so many, or all: the next is the one whose gain no bound of the others reaches."""
        found, waiting, kept = self._found, self._waiting, self._kept
        while count is None or len(found) < count:
            head = self._head
            if waiting and (head is None or waiting[0] <= (-head[0], head[1])):
                less, number = heappop(waiting)
                found.append((-less, number))
            elif head is None:
                return
            else:
                number = head[1]
                gain = self._gain(number)
                if gain > 0 or number in kept:
                    heappush(waiting, (-gain, number))
                self._head = next(self._bounds, None)


NOTHING = Ranking((), int, frozenset())
"""A ranking of no candidates."""


class Rest:
    """What is left to be taken: the firm ones from a place on, and the loose; so many at most.

    `most` is the sum of as many of the largest gains, `most_but_one` that of one fewer.
    """

    __slots__ = ("begin", "firm", "loose", "most", "most_but_one", "slots")

    def __init__(self, firm: Ranking, begin: int, loose: Ranking, slots: int) -> None:
        """Add up the gains of those that add something."""
        self.firm: Ranking = firm
        self.begin: int = begin
        self.loose: Ranking = loose
        self.slots: int = slots
        gains = firm.largest(slots, begin)
        if loose is not NOTHING:
            gains = sorted((*gains, *loose.largest(slots, 0)), reverse=True)[:slots]
        self.most: int = sum(gains)
        last = gains[-1] if gains and len(gains) == slots else 0
        self.most_but_one: int = self.most - last

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left."""
        return self.firm.at(self.begin) is None and self.loose.at(0) is None

    def above(self, least: int) -> tuple[Iterator[Scored], Iterator[Scored]]:
        """The firm and the loose that add more than so much."""
        return self.firm.after(self.begin, least), self.loose.after(0, least)


NO_REST = Rest(NOTHING, 0, NOTHING, 0)
"""Nothing is left."""
