"""Conditions: a small typed algebra over named facts.

A condition is data. It is written as text (`parsing`, `writing`) and evaluated by a few
pure functions (`evaluation`).
"""

import operator
from collections.abc import Callable, Iterator
from enum import Enum
from typing import TypeAlias

from attrs import frozen

from kineticchain.errors import Fault, InvalidInput
from kineticchain.facts.fact_values import Value

Constantly: TypeAlias = bool | int | float | str


class Operator(Enum):
    """How two values are compared."""

    EQUAL = "=="
    UNEQUAL = "!="
    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="

    @property
    def orders(self) -> bool:
        """Whether it needs values that have an order."""
        return self not in {Operator.EQUAL, Operator.UNEQUAL}

    @property
    def turned(self) -> "Operator":
        """The operator that says the same with its sides exchanged."""
        return _TURNED[self]

    def compare(self, left: Value, right: Value) -> bool:
        """Whether the comparison holds."""
        return _COMPARE[self](left, right)


_TURNED = {
    Operator.EQUAL: Operator.EQUAL,
    Operator.UNEQUAL: Operator.UNEQUAL,
    Operator.LESS: Operator.MORE,
    Operator.MORE: Operator.LESS,
    Operator.AT_MOST: Operator.AT_LEAST,
    Operator.AT_LEAST: Operator.AT_MOST,
}
_COMPARE: dict[Operator, Callable[[Value, Value], bool]] = {
    Operator.EQUAL: operator.eq,
    Operator.UNEQUAL: operator.ne,
    Operator.LESS: operator.lt,
    Operator.AT_MOST: operator.le,
    Operator.MORE: operator.gt,
    Operator.AT_LEAST: operator.ge,
}


@frozen
class Name:
    """The name of a fact, an exercise's attribute (``exercise.load``) or ``here.region``."""

    id: str


@frozen
class Constant:
    """Always true, or always false."""

    value: bool


@frozen
class Is:
    """A fact that is true or false by itself: ``diabetes``."""

    name: Name


@frozen
class Known:
    """Whether a fact is known: ``known(bmi)``. Itself never unknown."""

    name: Name


@frozen
class Compare:
    """A comparison: ``age >= 65``, ``here.region == 'heel'``."""

    name: Name
    operator: Operator
    value: Constantly | Name


@frozen
class In:
    """Membership in a list: ``sex in ('f', 'x')``."""

    name: Name
    options: tuple[str, ...]


@frozen
class Contains:
    """What a set holds: ``'towel' in equipment``, ``here.region in exercise.regions``."""

    member: str | Name
    name: Name


@frozen
class Not:
    """The opposite of a condition."""

    part: "Condition"


@frozen
class All:
    """Every part holds."""

    parts: "tuple[Condition, ...]"

    def __attrs_post_init__(self) -> None:
        """Two parts at least."""
        _two_at_least(self.parts)


@frozen
class AnyOf:
    """One part holds, or more."""

    parts: "tuple[Condition, ...]"

    def __attrs_post_init__(self) -> None:
        """Two parts at least."""
        _two_at_least(self.parts)


@frozen
class AtLeast:
    """So many parts hold, or more: ``at_least(2, cancer, recent_cast, ...)``."""

    count: int
    parts: "tuple[Condition, ...]"

    def __attrs_post_init__(self) -> None:
        """A count from 1 to the number of parts."""
        _two_at_least(self.parts)
        if not 1 <= self.count <= len(self.parts):
            raise InvalidInput(
                Fault(f"at_least({self.count}, ...) of {len(self.parts)} conditions can't be met")
            )


@frozen
class AnySide:
    """A condition on facts per side holds on one side, or on both."""

    part: "Condition"


@frozen
class BothSides:
    """A condition on facts per side holds on both sides."""

    part: "Condition"


Condition: TypeAlias = (
    Constant
    | Is
    | Known
    | Compare
    | In
    | Contains
    | Not
    | All
    | AnyOf
    | AtLeast
    | AnySide
    | BothSides
)


def children(condition: Condition) -> tuple[Condition, ...]:
    """The conditions right under this one."""
    match condition:
        case All(parts) | AnyOf(parts) | AtLeast(_, parts):
            return parts
        case Not(part) | AnySide(part) | BothSides(part):
            return (part,)
        case _:
            return ()


def own_names(condition: Condition) -> tuple[Name, ...]:
    """The names that this condition itself reads, its parts left out."""
    match condition:
        case Is(name) | Known(name) | In(name, _):
            return (name,)
        case Compare(name, _, value):
            return (name, value) if isinstance(value, Name) else (name,)
        case Contains(member, name):
            return (member, name) if isinstance(member, Name) else (name,)
        case _:
            return ()


def walk(condition: Condition) -> Iterator[Condition]:
    """The condition and all its parts, from the outside in."""
    yield condition
    for part in children(condition):
        yield from walk(part)


def names_in(condition: Condition) -> frozenset[str]:
    """The ids of all names that a condition reads."""
    return frozenset(name.id for part in walk(condition) for name in own_names(part))


def _two_at_least(parts: "tuple[Condition, ...]") -> None:
    if len(parts) < 2:  # noqa: PLR2004 - "two parts" is what the sentence says
        raise InvalidInput(Fault("fewer than two conditions to join", remedy="use the one alone"))
