"""Evaluation of conditions in Kleene's three-valued logic.

This is the reference evaluator; faster evaluators must agree with it. The truth values are True,
False and None for *unknown*. A condition with an unknown part is unknown unless the other parts
decide it: ``False and None`` is False, ``True or None`` is True.
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
    """Return the truth value of a condition for some facts.

    Args:
        condition: the condition.
        facts: the known facts by name; a missing name is unknown.
        side: the side whose value is read if a fact has a value per side.

    Returns:
        True, False, or None for unknown.

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
            return disjunction(evaluate(part, facts, single) for single in Side.BOTH.each)
        case BothSides(part):
            return conjunction(evaluate(part, facts, single) for single in Side.BOTH.each)
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
        case Compare(_, operator, operand):
            right = _value(operand, facts, side) if isinstance(operand, Name) else operand
            return None if right is None else operator.compare(value, right)
        case Contains(member, _):
            wanted = _value(member, facts, side) if isinstance(member, Name) else member
            if wanted is None or not isinstance(value, frozenset):
                return None
            return wanted in value


def negation(truth: Truth) -> Truth:
    """Return the negation; the negation of unknown is unknown."""
    return None if truth is None else not truth


def conjunction(truths: Iterable[Truth]) -> Truth:
    """Return False if any truth is false, else None if any is unknown, else True."""
    unknown = False
    for truth in truths:
        if truth is False:
            return False
        unknown = unknown or truth is None
    return None if unknown else True


def disjunction(truths: Iterable[Truth]) -> Truth:
    """Return True if any truth is true, else None if any is unknown, else False."""
    unknown = False
    for truth in truths:
        if truth is True:
            return True
        unknown = unknown or truth is None
    return None if unknown else False


def counting(count: int, truths: list[Truth]) -> Truth:
    """Return whether at least `count` truths are true.

    Returns:
        True if enough truths are true, False if too many are false, else None.

    """
    if truths.count(True) >= count:
        return True
    return None if len(truths) - truths.count(False) >= count else False


def open_names(
    condition: Condition, facts: Mapping[str, Value], side: Side | None = None
) -> frozenset[str]:
    """Return the unknown facts that can still decide an unknown condition.

    Facts in parts with a known truth value are excluded, because their values cannot change the
    result.

    Args:
        condition: the condition.
        facts: the known facts by name.
        side: the side whose value is read if a fact has a value per side.

    Returns:
        The names of the facts; empty if the condition is decided.

    """
    if evaluate(condition, facts, side) is not None:
        return frozenset()
    if isinstance(condition, (AnySide, BothSides)):
        names = [open_names(condition.part, facts, single) for single in Side.BOTH.each]
    else:
        names = [open_names(part, facts, side) for part in children(condition)]
    unknown = {
        _key(name, facts, side)
        for name in own_names(condition)
        if _value(name, facts, side) is None
    }
    return frozenset(unknown).union(*names)


def _value(name: Name, facts: Mapping[str, Value], side: Side | None) -> Value | None:
    return facts.get(_key(name, facts, side))


def _key(name: Name, facts: Mapping[str, Value], side: Side | None) -> str:
    """Return the key of a name in `facts`: the sided name if only that has a value."""
    if side is None or name.id in facts:
        return name.id
    at_side = sided(name.id, side)
    return at_side if at_side in facts else name.id
