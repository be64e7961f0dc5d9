"""The meaning of conditions: Kleene's three-valued logic.

This is the definition that every faster evaluator is held against. True and false are
Python's; None is *unknown*. An unknown part makes the whole unknown unless the other parts
decide it: false and unknown is false, true or unknown is true.
"""

from collections.abc import Iterable, Mapping
from typing import TypeAlias

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
    children,
    own_names,
)
from kineticchain.domain.facts.fact_values import Value, sided

Truth: TypeAlias = bool | None


def evaluate(condition: Condition, facts: Mapping[str, Value], side: Side | None = None) -> Truth:
    """Whether `condition` holds of `facts`: True, False, or None for unknown.

    With a `side`, a name that has no value of its own is read on that side.
    """
    match condition:
        case Constant(value):
            return value
        case Known(name):
            return _value(name, facts, side) is not None
        case Not(part):
            return negation(evaluate(part, facts, side))
        case All(parts):
            return conjunction(evaluate(part, facts, side) for part in parts)
        case AnyOf(parts):
            return disjunction(evaluate(part, facts, side) for part in parts)
        case AtLeast(count, parts):
            return counting(count, [evaluate(part, facts, side) for part in parts])
        case AnySide(part):
            return disjunction(evaluate(part, facts, one) for one in Side.BOTH.each)
        case BothSides(part):
            return conjunction(evaluate(part, facts, one) for one in Side.BOTH.each)
        case _:
            return _evaluate_leaf(condition, facts, side)


def _evaluate_leaf(
    condition: Is | Compare | In | Contains, facts: Mapping[str, Value], side: Side | None
) -> Truth:
    value = _value(condition.name, facts, side)
    if value is None:
        return None
    match condition:
        case Is():
            return value is True
        case In(_, options):
            return value in options
        case Compare(_, operator, other):
            right = _value(other, facts, side) if isinstance(other, Name) else other
            return None if right is None else operator.compare(value, right)
        case Contains(member, _):
            wanted = _value(member, facts, side) if isinstance(member, Name) else member
            if wanted is None or not isinstance(value, frozenset):
                return None
            return wanted in value


def negation(truth: Truth) -> Truth:
    """Not: unknown stays unknown."""
    return None if truth is None else not truth


def conjunction(truths: Iterable[Truth]) -> Truth:
    """And: false if one is, else unknown if one is."""
    unknown = False
    for truth in truths:
        if truth is False:
            return False
        unknown = unknown or truth is None
    return None if unknown else True


def disjunction(truths: Iterable[Truth]) -> Truth:
    """Or: true if one is, else unknown if one is."""
    unknown = False
    for truth in truths:
        if truth is True:
            return True
        unknown = unknown or truth is None
    return None if unknown else False


def counting(count: int, truths: list[Truth]) -> Truth:
    """At least `count` of the truths: true if so many are, false if too many are false."""
    if truths.count(True) >= count:
        return True
    return None if len(truths) - truths.count(False) >= count else False


def open_names(
    condition: Condition, facts: Mapping[str, Value], side: Side | None = None
) -> frozenset[str]:
    """The unknown facts that keep a condition from being decided.

    Facts in parts that are decided already are left out: asking for them changes nothing.
    """
    if evaluate(condition, facts, side) is not None:
        return frozenset()
    if isinstance(condition, (AnySide, BothSides)):
        names = [open_names(condition.part, facts, one) for one in Side.BOTH.each]
    else:
        names = [open_names(part, facts, side) for part in children(condition)]
    own = {
        _place(name, facts, side)
        for name in own_names(condition)
        if _value(name, facts, side) is None
    }
    return frozenset(own).union(*names)


def _value(name: Name, facts: Mapping[str, Value], side: Side | None) -> Value | None:
    return facts.get(_place(name, facts, side))


def _place(name: Name, facts: Mapping[str, Value], side: Side | None) -> str:
    if side is None or name.id in facts:
        return name.id
    at_side = sided(name.id, side)
    return at_side if at_side in facts else name.id
