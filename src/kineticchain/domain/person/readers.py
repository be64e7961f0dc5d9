"""Words of closed sets, read strictly and with the likely word in the error."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

from kineticchain.domain.anatomy import Region, Side
from kineticchain.domain.facts import Facts
from kineticchain.domain.facts.fact_values import GivenValue
from kineticchain.domain.validators import unknown_word_fault
from kineticchain.errors import Fault, InvalidInput

E = TypeVar("E", bound=StrEnum)
M = TypeVar("M")


def word(kind: type[E], value: object, what: str, where: str) -> E:
    """The member of `kind` that `value` names."""
    if isinstance(value, kind):
        return value
    options = [member.value for member in kind]
    if not isinstance(value, str) or value not in options:
        raise InvalidInput(unknown_word_fault(what, value, options, where=where))
    return kind(value)


def read_region(value: Region | str) -> Region:
    """A region by its id."""
    return word(Region, value, "a region", ".region")


def read_side(value: Side | str | None) -> Side:
    """A side by its id; None is both."""
    return Side.BOTH if value is None else word(Side, value, "a side", ".side")


def read_facts(value: Facts | Mapping[str, GivenValue] | None) -> Facts:
    """Facts, from what is given as facts or as a mapping."""
    return value if isinstance(value, Facts) else Facts(value)


def check_side(region: Region, side: Side) -> None:
    """Refuse left and right for a midline region."""
    if not region.paired and side is not Side.BOTH:
        raise InvalidInput(
            Fault(
                f"`{region}` lies on the midline and has no `{side}`",
                where=".side",
                remedy="leave the side out",
            )
        )


def ids(values: Iterable[str]) -> tuple[str, ...]:
    """A set of ids in alphabetical order; one bare text is not taken for its letters."""
    if isinstance(values, str):
        raise InvalidInput(
            Fault(f"`{values}` is one word, not a list", remedy=f'write ["{values}"]')
        )
    if isinstance(values, Mapping) or not isinstance(values, Iterable):
        raise InvalidInput(Fault("no list", remedy='write ["towel", "band"]'))
    words = list(values)
    if not all(isinstance(one, str) for one in words):
        raise InvalidInput(Fault("a list with members that are not words"))
    return tuple(sorted(set(words)))


def members(kind: type[M], values: Iterable[M], where: str) -> tuple[M, ...]:
    """The members of a list, each of class `kind`."""
    if isinstance(values, (str, bytes, Mapping)) or not isinstance(values, Iterable):
        raise InvalidInput(Fault("no list", where=where, remedy=f"write [{kind.__name__}(...)]"))
    found = tuple(values)
    if not all(isinstance(member, kind) for member in found):
        raise InvalidInput(
            Fault(
                f"a member is no {kind.__name__}", where=where, remedy=f"use {kind.__name__}(...)"
            )
        )
    return found


def set_of(kind: type[M], values: Iterable[M], where: str) -> tuple[M, ...]:
    """Members without repetition, in an order of their own, so that order never matters."""
    return tuple(sorted(set(members(kind, values, where)), key=repr))
