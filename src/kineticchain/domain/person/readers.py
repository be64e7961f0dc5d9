"""Strict converters for the fields of persons and events."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

from kineticchain.domain.anatomy import Region, Side, is_region, region_ids
from kineticchain.domain.facts import Facts
from kineticchain.domain.facts.fact_values import GivenValue
from kineticchain.domain.validators import repr_short, unknown_word_fault
from kineticchain.errors import Fault, InvalidInput

E = TypeVar("E", bound=StrEnum)
M = TypeVar("M")


def word(kind: type[E], value: object, what: str, where: str) -> E:
    """Return the member of an enumeration that a word names.

    Args:
        kind: the enumeration.
        value: a member or its word.
        what: a noun phrase for the error message, such as ``a region``.
        where: the place of the value, for the error message.

    Raises:
        InvalidInput: if `value` names no member; the remedy names similar words or all words.

    """
    if isinstance(value, kind):
        return value
    options = [member.value for member in kind]
    if not isinstance(value, str) or value not in options:
        raise InvalidInput(unknown_word_fault(what, value, options, where=where))
    return kind(value)


def read_region(value: Region | str) -> Region:
    """Return a region from its id; raises `InvalidInput` for an unknown id.

    A region of a pack is valid once the pack has been loaded.
    """
    if isinstance(value, Region):
        return value
    if type(value) is not str or not is_region(value):
        raise InvalidInput(unknown_word_fault("a region", value, region_ids(), where=".region"))
    return Region(value)


def read_side(value: Side | str | None) -> Side:
    """Return a side from its id, and `both` for None; raises `InvalidInput` for an unknown id."""
    return Side.BOTH if value is None else word(Side, value, "a side", ".side")


def read_facts(value: Facts | Mapping[str, GivenValue] | None) -> Facts:
    """Return facts from facts, a mapping or None; raises `InvalidInput` for invalid facts."""
    return value if isinstance(value, Facts) else Facts(value)


def check_side(region: Region, side: Side) -> None:
    """Raise `InvalidInput` for left or right with a midline region."""
    if not region.paired and side is not Side.BOTH:
        raise InvalidInput(
            Fault(
                f"`{region}` lies on the midline and has no `{side}`",
                where=".side",
                remedy="leave the side out",
            )
        )


def ids(values: Iterable[str], where: str = "") -> tuple[str, ...]:
    """Return words without duplicates in alphabetical order.

    Args:
        values: the words; a single text is rejected, because it would be split into letters.
        where: the place of the list, for the error message.

    Raises:
        InvalidInput: if `values` is not a list of words.

    """
    if isinstance(values, str):
        raise InvalidInput(
            Fault(f"`{values}` is one word, not a list", where, remedy=f'write ["{values}"]')
        )
    if isinstance(values, Mapping) or not isinstance(values, Iterable):
        raise InvalidInput(Fault("no list", where, remedy='write ["towel", "band"]'))
    words = list(values)
    given: list[object] = [*words]
    odd = [word for word in given if not isinstance(word, str)]
    if odd:
        remedy = 'write ["towel", "band"]'
        raise InvalidInput(Fault(f"{repr_short(odd[0])} is not a word", where, remedy))
    return tuple(sorted(set(words)))


def members(kind: type[M], values: Iterable[M], where: str) -> tuple[M, ...]:
    """Return a list of instances of `kind` as a tuple.

    Args:
        kind: the required class.
        values: the instances.
        where: the place of the list, for the error message.

    Raises:
        InvalidInput: if `values` is not a list, or a member has another class.

    """
    if isinstance(values, (str, bytes, Mapping)) or not isinstance(values, Iterable):
        raise InvalidInput(Fault("no list", where=where, remedy=f"write [{kind.__name__}(...)]"))
    listed = tuple(values)
    if not all(isinstance(member, kind) for member in listed):
        raise InvalidInput(
            Fault(
                f"a member is no {kind.__name__}", where=where, remedy=f"use {kind.__name__}(...)"
            )
        )
    return listed


def bag_of(kind: type[M], values: Iterable[M], where: str) -> tuple[M, ...]:
    """Return instances of `kind` in canonical order (sorted by repr), including duplicates.

    Args:
        kind: the required class.
        values: the instances.
        where: the place of the list, for the error message.

    Raises:
        InvalidInput: if `values` is not a list, or a member has another class.

    """
    return tuple(sorted(members(kind, values, where), key=repr))


def set_of(kind: type[M], values: Iterable[M], where: str) -> tuple[M, ...]:
    """Return instances of `kind` in canonical order (sorted by repr), without duplicates.

    Args:
        kind: the required class.
        values: the instances.
        where: the place of the list, for the error message.

    Raises:
        InvalidInput: if `values` is not a list, or a member has another class.

    """
    return bag_of(kind, set(members(kind, values, where)), where)
