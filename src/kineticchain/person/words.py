"""Words of closed sets, read strictly and with the likely word in the error."""

from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

from kineticchain.anatomy import Region, Side
from kineticchain.constraints import no_such
from kineticchain.errors import Fault, InvalidInput

E = TypeVar("E", bound=StrEnum)


def word(kind: type[E], value: object, what: str, where: str) -> E:
    """The member of `kind` that `value` names."""
    if isinstance(value, kind):
        return value
    options = [member.value for member in kind]
    if not isinstance(value, str) or value not in options:
        raise InvalidInput(no_such(what, value, options, where=where))
    return kind(value)


def read_region(value: Region | str) -> Region:
    """A region by its id."""
    return word(Region, value, "a region", ".region")


def read_side(value: Side | str | None) -> Side:
    """A side by its id; None is both."""
    return Side.BOTH if value is None else word(Side, value, "a side", ".side")


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
    members = list(values)
    if not all(isinstance(member, str) for member in members):
        raise InvalidInput(Fault("a list with members that are not words"))
    return tuple(sorted(set(members)))
