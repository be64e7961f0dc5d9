"""The explanation of one rule for one person: each condition with its values.

For a rule that does not hold, the nearest miss: the fewest facts that would have to be
otherwise. For one that stays unknown, the facts that would decide it.
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
    """One condition of a rule: its text, its truth, and the values that it saw."""

    condition: str
    truth: Truth
    values: tuple[tuple[str, Value | None], ...] = field(repr=False)


@frozen
class DecidingFacts:
    """The values of a fact with which a rule holds, in words."""

    fact: str
    is_now: Value | None = field(repr=False)
    must: str


@frozen(kw_only=True)
class RuleExplanation:
    """The result of a rule, for the person or for one complaint, injury or surgery.

    `truth` is None where it stays unknown; `open` then names the facts that would decide
    it. Where it is false, `nearest_miss` is the least change that would make it hold;
    empty where nothing would.
    """

    rule: str
    because: str
    here: Binding | None
    truth: Truth
    conditions: tuple[ConditionTrace, ...]
    nearest_miss: tuple[DecidingFacts, ...]
    open: tuple[str, ...]


def answers(rule: Rule, situation: Situation, rulebook: Rulebook) -> tuple[RuleExplanation, ...]:
    """Return the results of a rule in a situation, one for each binding."""
    settled = with_conclusions(situation, rulebook.strata)
    return tuple(
        _answer(rule, here, facts, rulebook) for here, facts in settled.bindings(rule.each)
    )


def _answer(
    rule: Rule, here: Binding | None, facts: Mapping[str, Value], rulebook: Rulebook
) -> RuleExplanation:
    truth = evaluate(rule.when, facts)
    return RuleExplanation(
        rule=rule.id,
        because=rule.because,
        here=here,
        truth=truth,
        conditions=tuple(_seen(rule.when, facts, None, rulebook)),
        nearest_miss=_nearest_miss(rule, facts, rulebook) if truth is False else (),
        open=tuple(sorted(open_names(rule.when, facts))),
    )


def _seen(
    condition: Condition, facts: Mapping[str, Value], side: Side | None, rulebook: Rulebook
) -> Iterator[ConditionTrace]:
    """The conditions that have no parts, in the order in which they are written."""
    parts = children(condition)
    if isinstance(condition, (AnySide, BothSides)):
        for each in Side.BOTH.each:
            yield from _seen(condition.part, facts, each, rulebook)
    elif parts:
        for part in parts:
            yield from _seen(part, facts, side, rulebook)
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
    """Return whether every fact has a fitting value: no whole number lies between 80 and 81."""
    for (name, member), literal in term.items():
        fact = rulebook.vocabulary.type_of(name)
        if fact is None or member is not None or literal.if_unknown is True:
            continue
        cells = equivalence_classes(fact, literal.extent.bounds, may_be_unknown=False)
        if not cells.within(literal.extent):
            return False
    return True


def _missing(term: Term, facts: Mapping[str, Value]) -> tuple[DecidingFacts, ...] | None:
    """Return what a term lacks; None if no value could supply it."""
    lacks: dict[str, list[str]] = {}
    for column, literal in term.items():
        if holds(column, literal, facts):
            continue
        if literal.extent.is_empty and literal.if_unknown is not True:
            return None
        lacks.setdefault(column[0], []).append(_in_words(column, literal))
    return tuple(
        DecidingFacts(name, facts.get(name), " and ".join(words)) for name, words in lacks.items()
    )


def _in_words(column: Column, literal: Literal) -> str:
    """Return the condition of a literal in words."""
    _, member = column
    if literal.extent.is_empty:
        return "not be known"
    if member is not None:
        return f"hold `{member}`" if True in literal.extent else f"not hold `{member}`"
    others = _points(~literal.extent)
    if others == [True]:
        return "be no"
    if others:
        return "be other than " + " and ".join(map(_word, others))
    return "be " + " or ".join(_spans(literal.extent))


def _points(extent: Extent) -> list[Value]:
    """The values of an extent that is made of single values alone; none otherwise."""
    pairs = list(zip(extent.bounds[::2], extent.bounds[1::2], strict=False))
    single = [start[0] for start, end in pairs if start[0] == end[0]]
    return single if not extent.from_start and len(single) * 2 == len(extent.bounds) else []


def _spans(extent: Extent) -> Iterator[str]:
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
