"""Explanation of one rule for one person: the truth and the values of each condition.

If the rule is false, the explanation names the fewest facts whose change would make the rule
hold. If the rule is unknown, it names the facts that can decide the rule.
"""

from collections.abc import Iterator, Mapping

from attrs import field, frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.facts import (
    AnySide,
    BothSides,
    Condition,
    Truth,
    Value,
    condition_text,
    evaluate,
)
from kineticchain.domain.facts.condition import children, own_names
from kineticchain.domain.facts.evaluation import open_names
from kineticchain.domain.facts.fact_values import sided
from kineticchain.domain.facts.normal_form import (
    Column,
    Literal,
    NoNormalForm,
    Term,
    holds,
    terms_of,
)
from kineticchain.domain.facts.value_set import Bound, Extent
from kineticchain.record import Binding, Situation
from kineticchain.rules.analysis.equivalence_classes import equivalence_classes
from kineticchain.rules.evaluation.rulebook import Rulebook
from kineticchain.rules.evaluation.strata import with_conclusions
from kineticchain.rules.matching.matcher import MAX_TERMS
from kineticchain.rules.model.rule import Rule


@frozen
class ConditionTrace:
    """One condition of a rule: its text, its truth, and the value of each fact that it reads."""

    condition: str
    truth: Truth
    values: tuple[tuple[str, Value | None], ...] = field(repr=False)


@frozen
class DecidingFacts:
    """A fact that must change for a rule to hold.

    Attributes:
        fact: The name of the fact.
        is_now: The current value; None if unknown.
        must: The required value in words, such as ``be at least 80``.
    """

    fact: str
    is_now: Value | None = field(repr=False)
    must: str


@frozen(kw_only=True)
class RuleExplanation:
    """The explanation of one rule, for the person or for one complaint, injury or surgery.

    Attributes:
        rule: The id of the rule.
        because: The reason that the rule gives.
        here: The complaint, injury or surgery; None for a rule without `each`.
        truth: The truth value of the rule's condition; None if unknown.
        conditions: The conditions that have no parts, in the order in which they are written.
        nearest_miss: If `truth` is False, the fewest facts whose change would make the rule hold.
            Empty if no change would, or if the condition has no normal form.
        open: If `truth` is None, the unknown facts that can decide the rule.
    """

    rule: str
    because: str
    here: Binding | None
    truth: Truth
    conditions: tuple[ConditionTrace, ...]
    nearest_miss: tuple[DecidingFacts, ...]
    open: tuple[str, ...]


def answers(rule: Rule, situation: Situation, rulebook: Rulebook) -> tuple[RuleExplanation, ...]:
    """Return the explanations of a rule in a situation, one for each binding."""
    concluded = with_conclusions(situation, rulebook.strata)
    return tuple(
        _explanation(rule, here, facts, rulebook) for here, facts in concluded.bindings(rule.each)
    )


def _explanation(
    rule: Rule, here: Binding | None, facts: Mapping[str, Value], rulebook: Rulebook
) -> RuleExplanation:
    truth = evaluate(rule.when, facts)
    return RuleExplanation(
        rule=rule.id,
        because=rule.because,
        here=here,
        truth=truth,
        conditions=tuple(_traces(rule.when, facts, None, rulebook)),
        nearest_miss=_nearest_miss(rule, facts, rulebook) if truth is False else (),
        open=tuple(sorted(open_names(rule.when, facts))),
    )


def _traces(
    condition: Condition, facts: Mapping[str, Value], side: Side | None, rulebook: Rulebook
) -> Iterator[ConditionTrace]:
    """Yield a trace of each condition that has no parts, in the order in which they are written.

    A condition inside `any_side` or `both_sides` has one trace for each side.
    """
    parts = children(condition)
    if isinstance(condition, (AnySide, BothSides)):
        for single in Side.BOTH.each:
            yield from _traces(condition.part, facts, single, rulebook)
    elif parts:
        for part in parts:
            yield from _traces(part, facts, side, rulebook)
    else:
        names = [
            sided(name.id, side) if side is not None and name.id in rulebook.per_side else name.id
            for name in own_names(condition)
        ]
        values = tuple((name, facts.get(name)) for name in names)
        yield ConditionTrace(condition_text(condition), evaluate(condition, facts, side), values)


def _nearest_miss(
    rule: Rule, facts: Mapping[str, Value], rulebook: Rulebook
) -> tuple[DecidingFacts, ...]:
    try:
        terms = terms_of(rule.when, rulebook.per_side, most=MAX_TERMS)
    except NoNormalForm:
        return ()
    misses = [_missing(term, facts) for term in terms if _can_hold(term, rulebook)]
    possible = [miss for miss in misses if miss is not None]
    return min(possible, key=len, default=())


def _can_hold(term: Term, rulebook: Rulebook) -> bool:
    """Return whether every fact of a term has a value that satisfies the term.

    A fact can have none: no whole number lies between 80 and 81.
    """
    for (name, member), literal in term.items():
        fact = rulebook.vocabulary.type_of(name)
        if fact is None or member is not None or literal.if_unknown is True:
            continue
        cells = equivalence_classes(fact, literal.extent.bounds, may_be_unknown=False)
        if not cells.within(literal.extent):
            return False
    return True


def _missing(term: Term, facts: Mapping[str, Value]) -> tuple[DecidingFacts, ...] | None:
    """Return the facts that keep a term from holding; None if no values can satisfy the term."""
    required: dict[str, list[str]] = {}
    for column, literal in term.items():
        if holds(column, literal, facts):
            continue
        if literal.extent.is_empty and literal.if_unknown is not True:
            return None
        required.setdefault(column[0], []).append(_in_words(column, literal))
    return tuple(
        DecidingFacts(name, facts.get(name), " and ".join(words))
        for name, words in required.items()
    )


def _in_words(column: Column, literal: Literal) -> str:
    """Return the condition of a literal in words."""
    _, member = column
    if literal.extent.is_empty:
        return "not be known"
    if member is not None:
        return f"hold `{member}`" if True in literal.extent else f"not hold `{member}`"
    excluded = _points(~literal.extent)
    if excluded == [True]:
        return "be no"
    if excluded:
        return "be other than " + " and ".join(map(_word, excluded))
    return "be " + " or ".join(_spans(literal.extent))


def _points(extent: Extent) -> list[Value]:
    """Return the values of an extent that consists of single values; otherwise an empty list."""
    pairs = list(zip(extent.bounds[::2], extent.bounds[1::2], strict=False))
    single = [start[0] for start, end in pairs if start[0] == end[0]]
    return single if not extent.from_start and len(single) * 2 == len(extent.bounds) else []


def _spans(extent: Extent) -> Iterator[str]:
    """Yield each interval of an extent in words."""
    start_of_all: tuple[Bound | None, ...] = (None,) if extent.from_start else ()
    bounds = [*start_of_all, *extent.bounds]
    if len(bounds) % 2:
        bounds.append(None)
    for start, end in zip(bounds[::2], bounds[1::2], strict=True):
        if start is not None and end is not None and start[0] == end[0]:
            yield _word(start[0])
            continue
        low = "" if start is None else f"{'above' if start[1] else 'at least'} {_word(start[0])}"
        high = "" if end is None else f"{'at most' if end[1] else 'below'} {_word(end[0])}"
        yield " and ".join(part for part in (low, high) if part) or "known"


def _word(value: Value) -> str:
    assert not isinstance(value, frozenset)  # noqa: S101 - sets are spoken of by their members
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"`{value}`" if isinstance(value, str) else f"{value:g}"
