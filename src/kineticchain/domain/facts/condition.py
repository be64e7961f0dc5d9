"""Conditions: a small typed algebra over named facts.

A condition is data. It is written as text (`parsing`, `writing`) and evaluated by a few
pure functions (`evaluation`).
"""

import operator
from collections.abc import Callable, Collection, Iterator
from enum import Enum
from typing import TypeAlias, cast

from attrs import frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.facts.fact_values import Value, sided
from kineticchain.errors import Fault, InvalidCondition, InvalidInput

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


class Joinable:
    """What can be joined with ``&``, ``|`` and ``~``."""

    __slots__ = ()

    def as_condition(self) -> "Condition":
        """Itself; the name of a fact says that the fact is true."""
        return cast("Condition", self)

    def __and__(self, other: "Joinable") -> "All":
        """Both hold."""
        one, two = self.as_condition(), other.as_condition()
        return All((*(one.parts if isinstance(one, All) else (one,)), two))

    def __or__(self, other: "Joinable") -> "AnyOf":
        """One of them holds, or both."""
        one, two = self.as_condition(), other.as_condition()
        return AnyOf((*(one.parts if isinstance(one, AnyOf) else (one,)), two))

    def __invert__(self) -> "Not":
        """It does not hold."""
        return Not(self.as_condition())

    def __bool__(self) -> bool:
        """Refused: Python's ``and``, ``or``, ``not`` and ``a < b < c`` would drop a part."""
        raise InvalidCondition(
            Fault(
                "a condition has no truth value before it meets facts",
                remedy="join conditions with &, | and ~, each part in brackets",
            )
        )


@frozen
class Name:
    """The name of a fact, an exercise's attribute (``exercise.load``) or ``here.region``."""

    id: str


@frozen
class Constant(Joinable):
    """Always true, or always false."""

    value: bool


@frozen
class Is(Joinable):
    """A fact that is true or false by itself: ``diabetes``."""

    name: Name


@frozen
class Known(Joinable):
    """Whether a fact is known: ``known(bmi)``. Itself never unknown."""

    name: Name


@frozen
class Compare(Joinable):
    """A comparison: ``age >= 65``, ``here.region == 'heel'``."""

    name: Name
    operator: Operator
    value: Constantly | Name


@frozen
class In(Joinable):
    """Membership in a list: ``sex in ('f', 'x')``."""

    name: Name
    options: tuple[str, ...]


@frozen
class Contains(Joinable):
    """What a set holds: ``'towel' in equipment``, ``here.region in exercise.regions``."""

    member: str | Name
    name: Name


@frozen
class Not(Joinable):
    """The opposite of a condition."""

    part: "Condition"


@frozen
class All(Joinable):
    """Every part holds."""

    parts: "tuple[Condition, ...]"

    def __attrs_post_init__(self) -> None:
        """Two parts at least."""
        _two_at_least(self.parts)


@frozen
class AnyOf(Joinable):
    """One part holds, or more."""

    parts: "tuple[Condition, ...]"

    def __attrs_post_init__(self) -> None:
        """Two parts at least."""
        _two_at_least(self.parts)


@frozen
class AtLeast(Joinable):
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
class AnySide(Joinable):
    """A condition on facts per side holds on one side, or on both."""

    part: "Condition"


@frozen
class BothSides(Joinable):
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


def rebuilt(condition: Condition, leaf: "Callable[[Condition], Condition]") -> Condition:
    """The condition with `leaf` applied to every part that has no parts of its own."""
    match condition:
        case Not(part):
            return Not(rebuilt(part, leaf))
        case All(parts):
            return All(tuple(rebuilt(part, leaf) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(rebuilt(part, leaf) for part in parts))
        case AtLeast(count, parts):
            return AtLeast(count, tuple(rebuilt(part, leaf) for part in parts))
        case AnySide(part):
            return AnySide(rebuilt(part, leaf))
        case BothSides(part):
            return BothSides(rebuilt(part, leaf))
        case _:
            return leaf(condition)


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


def places_read(condition: Condition, per_side: Collection[str]) -> tuple[str, ...]:
    """The names that a condition reads, in order; of a fact per side those of both sides."""
    found: list[str] = []
    for name in sorted(names_in(condition)):
        found += [sided(name, side) for side in Side.BOTH.each] if name in per_side else [name]
    return tuple(found)


def _two_at_least(parts: "tuple[Condition, ...]") -> None:
    if len(parts) < 2:  # noqa: PLR2004 - "two parts" is what the sentence says
        raise InvalidInput(Fault("fewer than two conditions to join", remedy="use the one alone"))
