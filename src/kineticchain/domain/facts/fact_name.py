"""Conditions in Python: ``(fact.age >= 65) & ~fact.equipment.holds("fixed_support")``."""

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
    """The name of a fact as Python writes it: ``fact.age >= 65``, ``fact.sex == "f"``.

    A name by itself says that a yes-or-no fact is true.
    """

    __slots__ = ("_id",)

    def __init__(self, name: str = "") -> None:
        """Begin a name; its words follow as attributes."""
        self._id = name

    def as_condition(self) -> Condition:
        """That the fact is true."""
        return Is(Name(self._id))

    def __getattr__(self, word: str) -> "FactName":
        """The name with one more word."""
        if word.startswith("_"):
            raise AttributeError(word)
        return FactName(f"{self._id}.{word}" if self._id else word)

    def __eq__(self, value: object) -> Compare:  # type: ignore[override]  # it makes a condition
        """Is this value."""
        return self._compare(Operator.EQUAL, value)

    def __ne__(self, value: object) -> Compare:  # type: ignore[override]  # likewise
        """Is another value."""
        return self._compare(Operator.UNEQUAL, value)

    def __lt__(self, value: "int | float | str | FactName") -> Compare:
        """Is less."""
        return self._compare(Operator.LESS, value)

    def __le__(self, value: "int | float | str | FactName") -> Compare:
        """Is at most."""
        return self._compare(Operator.AT_MOST, value)

    def __gt__(self, value: "int | float | str | FactName") -> Compare:
        """Is more."""
        return self._compare(Operator.MORE, value)

    def __ge__(self, value: "int | float | str | FactName") -> Compare:
        """Is at least."""
        return self._compare(Operator.AT_LEAST, value)

    __hash__: ClassVar[None] = None  # type: ignore[assignment]  # what compares to a condition is no key

    def one_of(self, *options: str) -> In:
        """Is one of these words."""
        return In(Name(self._id), options)

    def holds(self, member: "str | FactName") -> Contains:
        """A set that has this member."""
        wanted = Name(str(member)) if isinstance(member, FactName) else member
        return Contains(wanted, Name(self._id))

    def __contains__(self, member: object) -> bool:
        """Refused: Python's ``in`` would make a truth value of it."""
        raise InvalidCondition(Fault("`in` cannot be used here", remedy="say fact.name.holds(...)"))

    def __str__(self) -> str:
        """The name of the fact."""
        return self._id

    def __repr__(self) -> str:
        """As it is written."""
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
"""Where the name of a fact begins: ``fact.age``."""

here: Final = FactName("here")
"""The complaint, injury or surgery that a rule runs over: ``here.region``."""

exercise: Final = FactName("exercise")
"""The exercise that a rule is about: ``exercise.load``."""


def known(name: FactName) -> Known:
    """Whether a fact is known."""
    return Known(Name(str(name)))


def at_least(count: int, *parts: Joinable) -> AtLeast:
    """So many of the parts hold, or more."""
    return AtLeast(count, tuple(part.as_condition() for part in parts))


def any_side(part: Joinable) -> AnySide:
    """A condition on facts per side holds on one side, or on both."""
    return AnySide(part.as_condition())


def both_sides(part: Joinable) -> BothSides:
    """A condition on facts per side holds on both sides."""
    return BothSides(part.as_condition())
