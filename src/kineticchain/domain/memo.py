"""A bounded memo, keyed by value.

There are at most four in a recommender, each at a seam between two stages; a test counts them.
"""

from typing import TypeVar

MAX_ENTRIES = 4096
"""Entries of one memo. It starts anew once it is full."""

K = TypeVar("K")
V = TypeVar("V")


class Memo(dict[K, V]):
    """Results by their key.

    Results are immutable and follow from the key alone, so that it never matters for a plan
    which are there. Threads may share a memo: at worst two compute the same result. A dictionary,
    since a plan looks up some hundred results.
    """

    __slots__ = ()

    def add(self, key: K, result: V) -> V:
        """Store a result, and return it."""
        if len(self) >= MAX_ENTRIES:
            self.clear()
        self[key] = result
        return result

    def __reduce__(self) -> "tuple[type[Memo[K, V]], tuple[()]]":
        """Travel empty: a copy in another process computes its own results."""
        return type(self), ()
