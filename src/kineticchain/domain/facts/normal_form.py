"""Conditions as a choice of terms: any of several rows of literals, all of which hold.

Kleene's three values form a distributive lattice with a negation that obeys De Morgan's laws,
so that this form has the same truth value as the condition for any facts, unknown ones
included. Nothing is simplified beyond that: ``x or not x`` stays unknown where x is.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from math import comb
from typing import TypeAlias, cast

from attrs import evolve, frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.facts.condition import (
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
from kineticchain.domain.facts.evaluation import Truth, conjunction
from kineticchain.domain.facts.fact_values import Value, sided
from kineticchain.domain.facts.value_set import EVERYTHING, NOTHING, Extent, one_of, only, up_to

Column: TypeAlias = tuple[str, str | None]
"""A fact by its name, or whether a set holds a member: ``("equipment", "towel")``."""


@frozen(cache_hash=True)
class Literal:
    """What a term says of one column: the values that fit, and its truth where unknown."""

    extent: Extent
    if_unknown: Truth = None

    def __and__(self, other: "Literal") -> "Literal":
        """Both of two literals about one column."""
        return Literal(self.extent & other.extent, conjunction((self.if_unknown, other.if_unknown)))


Term: TypeAlias = Mapping[Column, Literal]

IS_TRUE = Literal(only(value=True))
IS_FALSE = Literal(~only(value=True))
IS_KNOWN = Literal(EVERYTHING, if_unknown=False)
IS_UNKNOWN = Literal(NOTHING, if_unknown=True)


def holds(column: Column, literal: Literal, facts: Mapping[str, Value]) -> bool:
    """Whether a literal is known to hold of its column."""
    name, member = column
    value = facts.get(name)
    if value is None:
        return literal.if_unknown is True
    if member is not None:
        return isinstance(value, frozenset) and (member in value) in literal.extent
    return value in literal.extent


class NoNormalForm(Exception):
    """A condition that compares two names, or that needs more terms than are allowed."""


@lru_cache(maxsize=4096)
def _column(name: str, member: str | None) -> Column:
    return (name, member)


@frozen
class _Reading:
    """How a condition is taken apart: with which sign, on which side, into how many terms."""

    per_side: Collection[str]
    most: int
    positive: bool = True
    side: Side | None = None

    def column(self, name: Name, member: str | None = None) -> Column:
        if self.side is not None and name.id in self.per_side:
            return _column(sided(name.id, self.side), member)
        return _column(name.id, member)


def terms_of(
    condition: Condition, per_side: Collection[str] = (), *, most: int
) -> tuple[Term, ...]:
    """The terms of a condition.

    `per_side` names the facts that have a value for each side. Raises `NoNormalForm` for a
    condition that compares names, or that comes to more than `most` terms.
    """
    return _terms(condition, _Reading(per_side, most))


def _terms(condition: Condition, how: _Reading) -> tuple[Term, ...]:
    read = _LEAVES.get(type(condition))
    if read is not None:
        column, literal = read(condition, how)
        return ({column: literal},)
    match condition:
        case Constant(value):
            return ({},) if value is how.positive else ()
        case Not(part):
            return _terms(part, _Reading(how.per_side, how.most, not how.positive, how.side))
        case All(parts):
            return _join(parts, how, every=how.positive)
        case AnyOf(parts):
            return _join(parts, how, every=not how.positive)
        case AtLeast(count, parts):
            return _counted(count, parts, how)
        case AnySide(part) | BothSides(part):
            sides = [_terms(part, evolve(how, side=side)) for side in Side.BOTH.each]
            every = isinstance(condition, BothSides) is how.positive
            return _every(sides, how) if every else _some(sides, how)
        case _:
            raise NoNormalForm


def _counted(count: int, parts: tuple[Condition, ...], how: _Reading) -> tuple[Term, ...]:
    """At least `count` of the parts; or, for the opposite, too many of them not."""
    needed = count if how.positive else len(parts) - count + 1
    if comb(len(parts), needed) > how.most:
        raise NoNormalForm
    each = [_terms(part, how) for part in parts]
    found: tuple[Term, ...] = ()
    for group in combinations(each, needed):
        found = _some([found, _every(group, how)], how)
    return found


def _join(parts: Sequence[Condition], how: _Reading, *, every: bool) -> tuple[Term, ...]:
    """The terms of parts joined by and (`every`), or by or."""
    if not every:
        return _some([_terms(part, how) for part in parts], how)
    own: dict[Column, Literal] = {}
    others: list[tuple[Term, ...]] = []
    for part in parts:
        read = _LEAVES.get(type(part))
        if read is None:
            others.append(_terms(part, how))
        else:
            column, literal = read(part, how)
            own[column] = own[column] & literal if column in own else literal
    return _every([(own,), *others], how) if others else (own,)


def _some(parts: Sequence[tuple[Term, ...]], how: _Reading) -> tuple[Term, ...]:
    return _within(_unique(term for part in parts for term in part), how.most)


def _every(parts: Sequence[tuple[Term, ...]], how: _Reading) -> tuple[Term, ...]:
    joined: tuple[Term, ...] = ({},)
    for part in sorted(parts, key=len):
        if len(joined) * len(part) > 4 * how.most:
            raise NoNormalForm
        joined = _within(_unique(_both(a, b) for a in joined for b in part), how.most)
    return joined


def _both(one: Term, other: Term) -> Term:
    both = dict(one)
    for column, literal in other.items():
        both[column] = both[column] & literal if column in both else literal
    return both


def _unique(terms: Iterable[Term]) -> tuple[Term, ...]:
    found = tuple(terms)
    if len(found) < 2:  # noqa: PLR2004 - one term has no double
        return found
    return tuple({frozenset(term.items()): term for term in found}.values())


def _within(terms: tuple[Term, ...], most: int) -> tuple[Term, ...]:
    if len(terms) > most:
        raise NoNormalForm
    return terms


_Leaf: TypeAlias = tuple[Column, Literal]


def _is(leaf: Is, how: _Reading) -> _Leaf:
    return how.column(leaf.name), IS_TRUE if how.positive else IS_FALSE


def _known(leaf: Known, how: _Reading) -> _Leaf:
    return how.column(leaf.name), IS_KNOWN if how.positive else IS_UNKNOWN


def _in(leaf: In, how: _Reading) -> _Leaf:
    literal = _among(leaf.options)
    return how.column(leaf.name), literal if how.positive else _opposite(literal)


def _contains(leaf: Contains, how: _Reading) -> _Leaf:
    if isinstance(leaf.member, Name):
        raise NoNormalForm
    return how.column(leaf.name, leaf.member), IS_TRUE if how.positive else IS_FALSE


def _compare(leaf: Compare, how: _Reading) -> _Leaf:
    if isinstance(leaf.value, Name):
        raise NoNormalForm
    literal = _compared(leaf.operator, leaf.value)
    return how.column(leaf.name), literal if how.positive else _opposite(literal)


_LEAVES = cast(
    "dict[type, Callable[[Condition, _Reading], _Leaf]]",
    {Is: _is, Known: _known, In: _in, Contains: _contains, Compare: _compare},
)


@lru_cache(maxsize=4096)
def _opposite(literal: Literal) -> Literal:
    return Literal(~literal.extent)


@lru_cache(maxsize=4096)
def _among(options: tuple[str, ...]) -> Literal:
    return Literal(one_of(options))


@lru_cache(maxsize=4096, typed=True)  # 1 is not true
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
