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
        while len(found) <= place:
            if not self._grown():
                return None
        return found[place]

    def after(self, place: int, least: int) -> Iterator[Scored]:
        """Those from a place on that add more than so much."""
        one = self.at(place)
        while one is not None and one[0] > least:
            yield one
            place += 1
            one = self.at(place)

    def largest(self, count: int, place: int) -> list[int]:
        """The gains of so many from a place on, of those that add something."""
        found = []
        for at in range(place, place + count):
            one = self.at(at)
            if one is None or one[0] <= 0:
                break
            found.append(one[0])
        return found

    def first(self, count: int) -> list[Scored]:
        """So many of them."""
        self.at(count - 1)
        return self._found[:count]

    def all(self) -> list[Scored]:
        """All of them."""
        while self._grown():
            pass
        return self._found

    def _grown(self) -> bool:
        """Whether one more was found: the next whose gain no bound of the others reaches."""
        waiting = self._waiting
        while True:
            head = self._head
            if waiting and (head is None or waiting[0] <= (-head[0], head[1])):
                gain, number = heappop(waiting)
                self._found.append((-gain, number))
                return True
            if head is None:
                return False
            number = head[1]
            gain = self._gain(number)
            if gain > 0 or number in self._kept:
                heappush(waiting, (-gain, number))
            self._head = next(self._bounds, None)
