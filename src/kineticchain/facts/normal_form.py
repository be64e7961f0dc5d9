"""Conditions as a choice of terms: any of several rows of literals, all of which hold.

Kleene's three values form a distributive lattice with a negation that obeys De Morgan's laws,
so that this form has the same truth value as the condition for any facts, unknown ones
included. Nothing is simplified beyond that: ``x or not x`` stays unknown where x is.
"""

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from itertools import combinations
from math import comb
from typing import TypeAlias

from attrs import evolve, frozen

from kineticchain.anatomy import Side
from kineticchain.facts.condition import (
    All,
    AnyOf,
    AnySide,
    AtLeast,
    BothSides,
    Compare,
    Condition,
    Constant,
    Contains,
    In,
    Is,
    Known,
    Name,
    Not,
    Operator,
)
from kineticchain.facts.evaluation import Truth, conjunction
from kineticchain.facts.extent import EVERYTHING, NOTHING, Extent, one_of, only, up_to
from kineticchain.facts.fact_values import sided

Column: TypeAlias = tuple[str, str | None]
"""A fact by its name, or whether a set holds a member: ``("equipment", "towel")``."""


@frozen
class Literal:
    """What a term says of one column: the values that fit, and its truth where unknown."""

    extent: Extent
    if_unknown: Truth = None

    def __and__(self, other: "Literal") -> "Literal":
        """Both of two literals about one column."""
        return Literal(self.extent & other.extent, conjunction((self.if_unknown, other.if_unknown)))


Term: TypeAlias = Mapping[Column, Literal]

IS_TRUE = Literal(only(value=True))
IS_KNOWN = Literal(EVERYTHING, if_unknown=False)
IS_UNKNOWN = Literal(NOTHING, if_unknown=True)


class NoNormalForm(Exception):
    """A condition that compares two names, or that needs more terms than are allowed."""


@frozen
class _Reading:
    """How a condition is taken apart: with which sign, on which side, into how many terms."""

    per_side: Collection[str]
    most: int
    positive: bool = True
    side: Side | None = None

    def place(self, name: Name) -> str:
        if self.side is not None and name.id in self.per_side:
            return sided(name.id, self.side)
        return name.id


def terms_of(
    condition: Condition, per_side: Collection[str] = (), *, most: int, positive: bool = True
) -> tuple[Term, ...]:
    """The terms of a condition, or of its opposite where `positive` is false.

    `per_side` names the facts that have a value for each side. Raises `NoNormalForm` for a
    condition that compares names, or that comes to more than `most` terms.
    """
    return _terms(condition, _Reading(per_side, most, positive))


def _terms(condition: Condition, how: _Reading) -> tuple[Term, ...]:
    match condition:
        case Constant(value):
            return ({},) if value is how.positive else ()
        case Not(part):
            return _terms(part, evolve(how, positive=not how.positive))
        case All(parts):
            return _join([_terms(part, how) for part in parts], how, every=how.positive)
        case AnyOf(parts):
            return _join([_terms(part, how) for part in parts], how, every=not how.positive)
        case AtLeast(count, parts):
            return _counted(count, parts, how)
        case AnySide(part) | BothSides(part):
            sides = [_terms(part, evolve(how, side=side)) for side in Side.BOTH.each]
            every = isinstance(condition, BothSides) is how.positive
            return _join(sides, how, every=every)
        case _:
            column, literal = _leaf(condition, how)
            return ({column: literal},)


def _counted(count: int, parts: tuple[Condition, ...], how: _Reading) -> tuple[Term, ...]:
    """At least `count` of the parts; or, for the opposite, too many of them not."""
    needed = count if how.positive else len(parts) - count + 1
    if comb(len(parts), needed) > how.most:
        raise NoNormalForm
    each = [_terms(part, how) for part in parts]
    found: tuple[Term, ...] = ()
    for group in combinations(each, needed):
        joined = _join(list(group), how, every=True)
        found = _within(_unique((*found, *joined)), how.most)
    return found


def _join(parts: list[tuple[Term, ...]], how: _Reading, *, every: bool) -> tuple[Term, ...]:
    if not every:
        return _within(_unique(term for part in parts for term in part), how.most)
    single: dict[Column, Literal] = {}
    joined: tuple[Term, ...] = (single,)
    for part in sorted(parts, key=len):
        if len(part) == 1 and len(joined) == 1:
            _add(part[0], single)
            continue
        if len(joined) * len(part) > 4 * how.most:
            raise NoNormalForm
        joined = _within(_unique(_both(a, b) for a in joined for b in part), how.most)
    return joined


def _both(one: Term, other: Term) -> Term:
    both = dict(one)
    _add(other, both)
    return both


def _add(term: Term, to: dict[Column, Literal]) -> None:
    for column, literal in term.items():
        to[column] = to[column] & literal if column in to else literal


def _unique(terms: Iterable[Term]) -> tuple[Term, ...]:
    found = tuple(terms)
    if len(found) < 2:  # noqa: PLR2004 - one term has no double
        return found
    return tuple({frozenset(term.items()): term for term in found}.values())


def _within(terms: tuple[Term, ...], most: int) -> tuple[Term, ...]:
    if len(terms) > most:
        raise NoNormalForm
    return terms


def _leaf(condition: Condition, how: _Reading) -> tuple[Column, Literal]:
    member: str | None = None
    match condition:
        case Is(name):
            literal = IS_TRUE
        case Known(name):
            return (how.place(name), None), IS_KNOWN if how.positive else IS_UNKNOWN
        case In(name, options):
            literal = _among(options)
        case Contains(str(member), name):
            literal = IS_TRUE
        case Compare(name, operator, value) if not isinstance(value, Name):
            literal = _compared(operator, value)
        case _:
            raise NoNormalForm
    return (how.place(name), member), literal if how.positive else _opposite(literal)


@lru_cache(maxsize=4096)
def _opposite(literal: Literal) -> Literal:
    return Literal(~literal.extent)


@lru_cache(maxsize=4096)
def _among(options: tuple[str, ...]) -> Literal:
    return Literal(one_of(options))


@lru_cache(maxsize=4096)
def _compared(operator: Operator, value: bool | float | str) -> Literal:  # noqa: FBT001 - a value
    match operator:
        case Operator.EQUAL:
            return Literal(only(value))
        case Operator.UNEQUAL:
            return Literal(~only(value))
        case Operator.LESS:
            return Literal(up_to(value, included=False))
        case Operator.AT_MOST:
            return Literal(up_to(value, included=True))
        case Operator.MORE:
            return Literal(~up_to(value, included=True))
        case Operator.AT_LEAST:
            return Literal(~up_to(value, included=False))
