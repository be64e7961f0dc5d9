"""What was worked out once, for as long as there is room."""

from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")

MOST_KEPT = 8192
"""So many things are kept in one place."""


class Cache(dict[K, V]):
    """A dictionary of things that can be worked out again, which forgets all when it is full.

    Where a key is made of the `id` of objects, the value has to hold these objects: as long as
    they live nothing else can have their ids.
    """

    __slots__ = ()

    def keep(self, key: K, value: V) -> V:
        """Keep a value, and give it back."""
        if len(self) >= MOST_KEPT:
            self.clear()
        self[key] = value
        return value
