"""A bounded memo: computed results by the value of their key.

A recommender has at most four memos, each between two stages; a test checks their number.
"""

from typing import TypeVar

MAX_ENTRIES = 4096
"""The largest number of entries of one memo. A full memo is cleared before the next entry."""

K = TypeVar("K")
V = TypeVar("V")


class Memo(dict[K, V]):
    """A dictionary of results by key.

    Results are immutable and depend on the key alone. A plan therefore does not depend on which
    results are stored. Threads may share a memo: at worst, two threads compute the same result. The
    class is a dictionary for speed, because a plan looks up some hundred results.
    """

    __slots__ = ()

    def add(self, key: K, result: V) -> V:
        """Store a result, and return it."""
        if len(self) >= MAX_ENTRIES:
            self.clear()
        self[key] = result
        return result

    def __reduce__(self) -> "tuple[type[Memo[K, V]], tuple[()]]":
        """Pickle an empty memo: a copy in another process computes its own results."""
        return type(self), ()
