"""Conditions as Python expressions: ``(fact.age >= 65) & ~fact.equipment.holds("band")``."""

from typing import ClassVar, Final

from kineticchain.domain.facts.condition import (
    AnySide,
    AtLeast,
    BothSides,
    Compare,
    Condition,
    Contains,
    In,
    Is,
    Joinable,
    Known,
    Name,
    Operator,
)
from kineticchain.domain.validators import is_number, repr_short
from kineticchain.errors import Fault, InvalidCondition


class FactName(Joinable):
    """The name of a fact in a Python expression: ``fact.age >= 65``, ``fact.sex == "f"``.

    A bare name is the condition that a yes-or-no fact is true.
    """

    __slots__ = ("_id",)

    def __init__(self, name: str = "") -> None:
        """Start a name; attribute access appends words to it."""
        self._id = name

    def as_condition(self) -> Condition:
        """Return the condition that the fact is true."""
        return Is(Name(self._id))

    def __getattr__(self, word: str) -> "FactName":
        """Return the name with one more word."""
        if word.startswith("_"):
            raise AttributeError(word)
        return FactName(f"{self._id}.{word}" if self._id else word)

    def __eq__(self, value: object) -> Compare:  # type: ignore[override]  # makes a condition
        """Return the condition that the fact equals a value."""
        return self._compare(Operator.EQUAL, value)

    def __ne__(self, value: object) -> Compare:  # type: ignore[override]  # likewise
        """Return the condition that the fact differs from a value."""
        return self._compare(Operator.UNEQUAL, value)

    def __lt__(self, value: "int | float | str | FactName") -> Compare:
        """Return the condition that the fact is less than a value."""
        return self._compare(Operator.LESS, value)

    def __le__(self, value: "int | float | str | FactName") -> Compare:
        """Return the condition that the fact is at most a value."""
        return self._compare(Operator.AT_MOST, value)

    def __gt__(self, value: "int | float | str | FactName") -> Compare:
        """Return the condition that the fact is greater than a value."""
        return self._compare(Operator.MORE, value)

    def __ge__(self, value: "int | float | str | FactName") -> Compare:
        """Return the condition that the fact is at least a value."""
        return self._compare(Operator.AT_LEAST, value)

    __hash__: ClassVar[None] = None  # type: ignore[assignment]  # `==` makes a condition

    def one_of(self, *options: str) -> In:
        """Return the condition that the fact is one of some words."""
        return In(Name(self._id), options)

    def holds(self, member: "str | FactName") -> Contains:
        """Return the condition that the fact, a set, contains a member."""
        wanted = Name(str(member)) if isinstance(member, FactName) else member
        return Contains(wanted, Name(self._id))

    def __contains__(self, member: object) -> bool:
        """Raise `InvalidCondition`: Python converts the result of ``in`` to a truth value."""
        raise InvalidCondition(Fault("`in` cannot be used here", remedy="say fact.name.holds(...)"))

    def __str__(self) -> str:
        """Return the name of the fact."""
        return self._id

    def __repr__(self) -> str:
        """Return the name as a Python expression."""
        return f"fact.{self._id}"

    def _compare(self, operator: Operator, value: object) -> Compare:
        if isinstance(value, FactName):
            return Compare(Name(self._id), operator, Name(str(value)))
        if is_number(value) or isinstance(value, str):
            return Compare(Name(self._id), operator, value)
        raise InvalidCondition(
            Fault(
                f"{repr_short(value)} is not a number or a word",
                remedy="say a fact alone, or ~fact",
            )
        )


fact: Final = FactName()
"""The start of every fact name: ``fact.age``."""

here: Final = FactName("here")
"""The complaint, injury or surgery to which a rule with `each` is bound: ``here.region``."""

exercise: Final = FactName("exercise")
"""The exercise to which a rule is applied: ``exercise.load``."""


def known(name: FactName) -> Known:
    """Return the condition that a fact is known."""
    return Known(Name(str(name)))


def at_least(count: int, *parts: Joinable) -> AtLeast:
    """Return the condition that at least `count` of the parts hold."""
    return AtLeast(count, tuple(part.as_condition() for part in parts))


def any_side(part: Joinable) -> AnySide:
    """Return a condition that is true if `part` holds on at least one side.

    Args:
        part: a condition on facts per side.
    """
    return AnySide(part.as_condition())


def both_sides(part: Joinable) -> BothSides:
    """Return a condition that is true if `part` holds on both sides.

    Args:
        part: a condition on facts per side.
    """
    return BothSides(part.as_condition())
