"""Conditions: a small typed algebra over named facts.

A condition is data. It can be read from and written as text (`parsing`, `writing`), and pure
functions evaluate it (`evaluation`).
"""

import operator
from collections.abc import Callable, Collection, Iterator, Mapping
from enum import Enum
from typing import TypeAlias, cast

from attrs import evolve, frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.facts.fact_values import Value, sided
from kineticchain.errors import Fault, InvalidCondition, InvalidInput

Constantly: TypeAlias = bool | int | float | str
"""A constant that a condition compares with a fact, such as 65 or ``'heel'``."""


class Operator(Enum):
    """A comparison operator."""

    EQUAL = "=="
    UNEQUAL = "!="
    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="

    @property
    def orders(self) -> bool:
        """True if the operator requires ordered values."""
        return self not in {Operator.EQUAL, Operator.UNEQUAL}

    @property
    def turned(self) -> "Operator":
        """The equivalent operator for exchanged operands, such as ``>`` for ``<``."""
        return _TURNED[self]

    def compare(self, left: Value, right: Value) -> bool:
        """Return whether the comparison holds."""
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
    """The base class of objects that ``&``, ``|`` and ``~`` combine into conditions."""

    __slots__ = ()

    def as_condition(self) -> "Condition":
        """Return the object as a condition; a fact name becomes the condition that it is true."""
        return cast("Condition", self)

    def __and__(self, other: "Joinable") -> "All":
        """Return the conjunction; a conjunction on the left is extended, not nested."""
        left, right = self.as_condition(), other.as_condition()
        return All((*(left.parts if isinstance(left, All) else (left,)), right))

    def __or__(self, other: "Joinable") -> "AnyOf":
        """Return the disjunction; a disjunction on the left is extended, not nested."""
        left, right = self.as_condition(), other.as_condition()
        return AnyOf((*(left.parts if isinstance(left, AnyOf) else (left,)), right))

    def __invert__(self) -> "Not":
        """Return the negation."""
        return Not(self.as_condition())

    def __bool__(self) -> bool:
        """Raise `InvalidCondition`: ``and``, ``or``, ``not`` and ``a < b < c`` would drop parts."""
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
    """A condition that is always true or always false."""

    value: bool


@frozen
class Is(Joinable):
    """A test that a yes-or-no fact is true: ``diabetes``."""

    name: Name


@frozen
class Known(Joinable):
    """A test that a fact is known: ``known(bmi)``; the result is never unknown."""

    name: Name


@frozen
class Compare(Joinable):
    """A comparison of a fact with a value or a fact: ``age >= 65``, ``here.region == 'heel'``."""

    name: Name
    operator: Operator
    value: Constantly | Name


@frozen
class In(Joinable):
    """A test that a fact is one of some words: ``sex in ('f', 'x')``."""

    name: Name
    options: tuple[str, ...]


@frozen
class Contains(Joinable):
    """A test that a set contains a member: ``'towel' in equipment``."""

    member: str | Name
    name: Name


@frozen
class Not(Joinable):
    """The negation of a condition."""

    part: "Condition"


@frozen
class All(Joinable):
    """The conjunction of two or more conditions."""

    parts: "tuple[Condition, ...]"

    def __attrs_post_init__(self) -> None:
        """Reject fewer than two parts."""
        _two_at_least(self.parts)


@frozen
class AnyOf(Joinable):
    """The disjunction of two or more conditions."""

    parts: "tuple[Condition, ...]"

    def __attrs_post_init__(self) -> None:
        """Reject fewer than two parts."""
        _two_at_least(self.parts)


@frozen
class AtLeast(Joinable):
    """A test that at least a number of conditions hold: ``at_least(2, cancer, recent_cast)``.

    Attributes:
        count: the required number, from 1 to the number of parts.
        parts: two or more conditions.

    """

    count: int
    parts: "tuple[Condition, ...]"

    def __attrs_post_init__(self) -> None:
        """Reject fewer than two parts, and a count below 1 or above the number of parts."""
        _two_at_least(self.parts)
        if not 1 <= self.count <= len(self.parts):
            raise InvalidInput(
                Fault(
                    f"at_least({self.count}, ...) of {len(self.parts)} conditions can't be met",
                    where=".count",
                )
            )


@frozen
class AnySide(Joinable):
    """A test that a condition on facts per side holds on at least one side."""

    part: "Condition"


@frozen
class BothSides(Joinable):
    """A test that a condition on facts per side holds on both sides."""

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


CONDITION_KINDS: Mapping[str, type[Condition]] = {
    "constant": Constant,
    "is": Is,
    "known": Known,
    "compare": Compare,
    "in": In,
    "contains": Contains,
    "not": Not,
    "all": All,
    "any": AnyOf,
    "at_least": AtLeast,
    "any_side": AnySide,
    "both_sides": BothSides,
}
"""The kinds of conditions by their tags in documents.

Reader, writer and schema of tagged conditions follow this table and the fields of the classes.
"""


def children(condition: Condition) -> tuple[Condition, ...]:
    """Return the direct parts of a condition; empty for a leaf."""
    match condition:
        case All(parts) | AnyOf(parts) | AtLeast(_, parts):
            return parts
        case Not(part) | AnySide(part) | BothSides(part):
            return (part,)
        case _:
            return ()


def rebuilt(condition: Condition, leaf: "Callable[[Condition], Condition]") -> Condition:
    """Return a condition with every leaf replaced.

    Args:
        condition: the condition to copy.
        leaf: a function that returns the replacement of a leaf.

    """
    match condition:
        case Not(part) | AnySide(part) | BothSides(part):
            return evolve(condition, part=rebuilt(part, leaf))
        case All(parts) | AnyOf(parts) | AtLeast(_, parts):
            return evolve(condition, parts=tuple(rebuilt(part, leaf) for part in parts))
        case _:
            return leaf(condition)


def own_names(condition: Condition) -> tuple[Name, ...]:
    """Return the names that a leaf reads; empty for a condition with parts."""
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
    """Yield the condition and all its nested parts, each condition before its parts."""
    yield condition
    for part in children(condition):
        yield from walk(part)


def names_in(condition: Condition) -> frozenset[str]:
    """Return the ids of all names that a condition reads."""
    return frozenset(name.id for part in walk(condition) for name in own_names(part))


def names_tested_for_known(condition: Condition) -> frozenset[str]:
    """Return the ids of all names that a condition tests with ``known``."""
    return frozenset(part.name.id for part in walk(condition) if isinstance(part, Known))


def places_read(condition: Condition, per_side: Collection[str]) -> tuple[str, ...]:
    """Return the names of the fact values that a condition reads, in alphabetical order.

    Args:
        condition: the condition.
        per_side: ids of the facts with a value per side; each of them yields two sided names.

    """
    names: list[str] = []
    for name in sorted(names_in(condition)):
        names += [sided(name, side) for side in Side.BOTH.each] if name in per_side else [name]
    return tuple(names)


def _two_at_least(parts: "tuple[Condition, ...]") -> None:
    if len(parts) < 2:  # noqa: PLR2004 - the message states the number
        raise InvalidInput(Fault("fewer than two conditions to join", remedy="use the one alone"))
