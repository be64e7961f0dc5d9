"""Disjunctive normal form of conditions: a disjunction of terms, each a conjunction of literals.

Kleene's three truth values form a distributive lattice with a negation that obeys De Morgan's laws.
The normal form therefore has the same truth value as the condition for all facts, including unknown
facts. No further law is applied: ``x or not x`` remains unknown if ``x`` is unknown.
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
"""A fact name and None, or the name of a set and the member whose membership is tested.

Examples are ``("age", None)`` and ``("equipment", "towel")``.
"""


@frozen(cache_hash=True)
class Literal:
    """A condition on one column, as a part of a term.

    Attributes:
        extent: the values for which the literal is true.
        if_unknown: the truth value of the literal for an unknown value.

    """

    extent: Extent
    if_unknown: Truth = None

    def __and__(self, other: "Literal") -> "Literal":
        """Return the conjunction of two literals on the same column."""
        return Literal(self.extent & other.extent, conjunction((self.if_unknown, other.if_unknown)))


Term: TypeAlias = Mapping[Column, Literal]

IS_TRUE = Literal(only(value=True))
IS_FALSE = Literal(~only(value=True))
IS_KNOWN = Literal(EVERYTHING, if_unknown=False)
IS_UNKNOWN = Literal(NOTHING, if_unknown=True)


def holds(column: Column, literal: Literal, facts: Mapping[str, Value]) -> bool:
    """Return True if a literal on a column is true, and False if it is false or unknown."""
    name, member = column
    value = facts.get(name)
    if value is None:
        return literal.if_unknown is True
    if member is not None:
        return isinstance(value, frozenset) and (member in value) in literal.extent
    return value in literal.extent


class NoNormalForm(Exception):
    """A condition compares two names, or its normal form exceeds the limit of terms."""


@lru_cache(maxsize=4096)
def _column(name: str, member: str | None) -> Column:
    return (name, member)


@frozen
class _Context:
    """The context in which a part of a condition is converted.

    Attributes:
        per_side: ids of the facts with a value per side.
        most: the largest number of terms.
        positive: False below an odd number of negations.
        side: the side that an enclosing ``any_side`` or ``both_sides`` fixes.

    """

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
    """Return the terms of a condition's disjunctive normal form.

    Args:
        condition: the condition.
        per_side: ids of the facts with a value per side.
        most: the largest number of terms.

    Returns:
        The terms; no terms for the constant False, one empty term for the constant True.

    Raises:
        NoNormalForm: if the condition compares two names or needs more than `most` terms.

    """
    return _terms(condition, _Context(per_side, most))


def _terms(condition: Condition, context: _Context) -> tuple[Term, ...]:
    # negations are not built: they flip the sign of the context, and De Morgan's laws exchange
    # conjunction and disjunction below a negative sign
    read_leaf = _LEAVES.get(type(condition))
    if read_leaf is not None:
        column, literal = read_leaf(condition, context)
        return ({column: literal},)
    match condition:
        case Constant(value):
            return ({},) if value is context.positive else ()
        case Not(part):
            return _terms(
                part, _Context(context.per_side, context.most, not context.positive, context.side)
            )
        case All(parts):
            return _join(parts, context, every=context.positive)
        case AnyOf(parts):
            return _join(parts, context, every=not context.positive)
        case AtLeast(count, parts):
            return _counted(count, parts, context)
        case AnySide(part) | BothSides(part):
            sides = [_terms(part, evolve(context, side=side)) for side in Side.BOTH.each]
            every = isinstance(condition, BothSides) is context.positive
            return _product(sides, context) if every else _union(sides, context)
        case _:
            raise NoNormalForm


def _counted(count: int, parts: tuple[Condition, ...], context: _Context) -> tuple[Term, ...]:
    """Return the terms of ``at_least(count, parts)`` or of its negation.

    At least k of n parts hold if all parts of some group of k hold. The negation holds if no part
    of some group of n - k + 1 parts holds.
    """
    needed = count if context.positive else len(parts) - count + 1
    if comb(len(parts), needed) > context.most:
        raise NoNormalForm
    forms = [_terms(part, context) for part in parts]
    terms: tuple[Term, ...] = ()
    for group in combinations(forms, needed):
        terms = _union([terms, _product(group, context)], context)
    return terms


def _join(parts: Sequence[Condition], context: _Context, *, every: bool) -> tuple[Term, ...]:
    """Return the terms of a conjunction (`every`) or a disjunction of parts.

    The leaves of a conjunction are first merged into one term, so that they add no factors to the
    product of terms.
    """
    if not every:
        return _union([_terms(part, context) for part in parts], context)
    merged: dict[Column, Literal] = {}
    nested: list[tuple[Term, ...]] = []
    for part in parts:
        read_leaf = _LEAVES.get(type(part))
        if read_leaf is None:
            nested.append(_terms(part, context))
        else:
            column, literal = read_leaf(part, context)
            merged[column] = merged[column] & literal if column in merged else literal
    return _product([(merged,), *nested], context) if nested else (merged,)


def _union(parts: Sequence[tuple[Term, ...]], context: _Context) -> tuple[Term, ...]:
    """Return the terms of the disjunction of normal forms."""
    return _limited(_unique(term for part in parts for term in part), context.most)


def _product(parts: Sequence[tuple[Term, ...]], context: _Context) -> tuple[Term, ...]:
    """Return the terms of the conjunction of normal forms, by the distributive law.

    Short forms are multiplied first, to keep intermediate products small. A product may exceed the
    limit fourfold before duplicates are removed.
    """
    joined: tuple[Term, ...] = ({},)
    for part in sorted(parts, key=len):
        if len(joined) * len(part) > 4 * context.most:
            raise NoNormalForm
        joined = _limited(_unique(_conjunction(a, b) for a in joined for b in part), context.most)
    return joined


def _conjunction(left: Term, right: Term) -> Term:
    merged = dict(left)
    for column, literal in right.items():
        merged[column] = merged[column] & literal if column in merged else literal
    return merged


def _unique(terms: Iterable[Term]) -> tuple[Term, ...]:
    """Remove duplicates and keep the order of first occurrence."""
    listed = tuple(terms)
    if len(listed) < 2:  # noqa: PLR2004 - one term has no duplicate
        return listed
    return tuple({frozenset(term.items()): term for term in listed}.values())


def _limited(terms: tuple[Term, ...], most: int) -> tuple[Term, ...]:
    """Return the terms; raise `NoNormalForm` if there are more than `most`."""
    if len(terms) > most:
        raise NoNormalForm
    return terms


_Leaf: TypeAlias = tuple[Column, Literal]


def _is(leaf: Is, context: _Context) -> _Leaf:
    return context.column(leaf.name), IS_TRUE if context.positive else IS_FALSE


def _known(leaf: Known, context: _Context) -> _Leaf:
    return context.column(leaf.name), IS_KNOWN if context.positive else IS_UNKNOWN


def _in(leaf: In, context: _Context) -> _Leaf:
    literal = _among(leaf.options)
    return context.column(leaf.name), literal if context.positive else _opposite(literal)


def _contains(leaf: Contains, context: _Context) -> _Leaf:
    if isinstance(leaf.member, Name):
        raise NoNormalForm
    return context.column(leaf.name, leaf.member), IS_TRUE if context.positive else IS_FALSE


def _compare(leaf: Compare, context: _Context) -> _Leaf:
    if isinstance(leaf.value, Name):
        raise NoNormalForm
    literal = _compared(leaf.operator, leaf.value)
    return context.column(leaf.name), literal if context.positive else _opposite(literal)


_LEAVES = cast(
    "dict[type, Callable[[Condition, _Context], _Leaf]]",
    {Is: _is, Known: _known, In: _in, Contains: _contains, Compare: _compare},
)


@lru_cache(maxsize=4096)
def _opposite(literal: Literal) -> Literal:
    return Literal(~literal.extent)


@lru_cache(maxsize=4096)
def _among(options: tuple[str, ...]) -> Literal:
    return Literal(one_of(options))


@lru_cache(maxsize=4096, typed=True)  # 1 and true are different values
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
