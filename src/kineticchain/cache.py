"""What was worked out once, for as long as there is room."""

from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")

MAX_KEPT = 8192
"""So many things are kept in one place, unless they are large."""


class Cache(dict[K, V]):
    """A dictionary of things that can be worked out again, which forgets all when it is full.

    Where a key is made of the `id` of objects, the value has to hold these objects: as long as
    they live nothing else can have their ids. A copy is empty, also one that was pickled: its
    objects are others.
    """

    __slots__ = ()

    def keep(self, key: K, value: V, most: int | None = None) -> V:
        """Keep a value, and give it back; `most` is how many have room."""
        if len(self) >= (MAX_KEPT if most is None else most):
            self.clear()
        self[key] = value
        return value

    def __reduce__(self) -> "tuple[type[Cache[K, V]], tuple[()]]":
        """Nothing travels."""
        return type(self), ()
