"""A hash of content that does not depend on the process or the version of Python."""

import hashlib
from collections.abc import Iterator
from enum import Enum
from functools import lru_cache
from types import FunctionType

import attrs
from attrs import frozen

LENGTH = 16
"""Hexadecimal digits of a fingerprint."""


def fingerprint(value: object) -> str:
    """Return the first 16 hexadecimal digits of SHA-256 over a canonical text of a value."""
    digest = hashlib.sha256()
    for piece in _pieces(value):
        digest.update(piece.encode())
    return digest.hexdigest()[:LENGTH]


@frozen(eq=False)
class _Part:
    """A cache key that compares immutable content by identity.

    The key refers to its content, so that the content's `id` stays unique while the key is cached.
    """

    content: object

    def __hash__(self) -> int:
        """Return the identity of the content."""
        return id(self.content)

    def __eq__(self, other: object) -> bool:
        """Return whether the content is the same object."""
        return isinstance(other, _Part) and self.content is other.content


def part_fingerprint(content: object) -> str:
    """Return the fingerprint of content that knowledge values share; recent results are cached."""
    return _cached_fingerprint(_Part(content))


@lru_cache(maxsize=128)
def _cached_fingerprint(part: _Part) -> str:
    return fingerprint(part.content)


def _pieces(value: object) -> Iterator[str]:
    """Yield the canonical text of plain values, collections, enums, functions and attrs objects."""
    if isinstance(value, Enum):
        yield f"{value.value}\n"
    elif attrs.has(cls := type(value)):
        yield f"{cls.__name__}(\n"
        for attribute in attrs.fields(cls):
            if attribute.eq is False:
                continue
            yield f"{attribute.name}="
            yield from _pieces(getattr(value, attribute.name))
        yield ")\n"
    elif isinstance(value, (tuple, list)):
        yield "[\n"
        for member in value:
            yield from _pieces(member)
        yield "]\n"
    elif isinstance(value, (set, frozenset)):
        yield from _pieces(sorted(value))
    elif isinstance(value, FunctionType):
        yield f"{value.__module__}.{value.__qualname__}\n"
    else:
        yield f"{value!r}\n"
