"""The meaning of rules, in a few pure functions.

Every rule is evaluated against the same facts; none sees what another did, but for the facts
that rules of a lower stratum concluded. Effects that restrict hold where the condition is
true or unknown, all others where it is true. What follows is the join of all effects, so that
neither the order of rules nor saying one twice can matter. The compiled evaluator is held
against this one.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar, cast

from kineticchain.domain.facts import Truth, Value, evaluate
from kineticchain.domain.facts.evaluation import open_names
from kineticchain.record import Binding, Situation
from kineticchain.rules.evaluation.clearance import is_settled, opened
from kineticchain.rules.evaluation.consequences import Fired, Ordered, Part, consequences, ordered
from kineticchain.rules.evaluation.python_call import called
from kineticchain.rules.evaluation.questions import questions
from kineticchain.rules.evaluation.rulebook import Rulebook
from kineticchain.rules.evaluation.strata import with_conclusions
from kineticchain.rules.model.decision import (
    Advised,
    Aim,
    Cap,
    Decision,
    Demand,
    Exclusion,
    Failure,
    Firing,
    Opened,
    Preference,
    Raised,
    Shown,
)
from kineticchain.rules.model.rule import Rule

P = TypeVar("P", bound=Part)


def decide(rulebook: Rulebook, situation: Situation) -> Decision:
    """Evaluate every rule in every reading of the person, and join the effects."""
    fired: list[Fired] = []
    parts: list[Part] = []
    for reading in situation.readings:
        settled = with_conclusions(reading, rulebook.strata)
        here = [one for rule in rulebook.data_rules for one in _bindings(rule, settled, rulebook)]
        for one in here:
            added = consequences(one, rulebook.exercise_index)
            parts += opened(added, one.rule, one.here, settled, rulebook)
        fired += here
        for rule in rulebook.python_rules:
            parts += called(rule, settled, rulebook)
    return joined(map(ordered, parts), fired, rulebook)


def joined(parts: Iterable[Ordered], fired: Iterable[Fired], rulebook: Rulebook) -> Decision:
    """The decision that parts and fired rules come to: a union, in an order of its own."""
    by_place = dict(parts)
    by_kind: dict[type, list[Part]] = {}
    for place in sorted(by_place):
        part = by_place[place]
        by_kind.setdefault(type(part), []).append(part)
    firings = sorted((one for one in fired if one.truth is not False), key=order_of)
    undecided = [(one.rule, unknown_behind(one)) for one in firings if one.truth is None]
    trace = tuple(dict.fromkeys(_firing_of(one, rulebook) for one in firings))
    return decision_of(by_kind, questions(undecided, rulebook), trace)


def decision_of(
    parts: Mapping[type, Sequence[Part]],
    asked: Iterable[tuple[str, int]],
    trace: tuple[Firing, ...],
) -> Decision:
    """A decision of parts by their kind, questions with what hangs on them, and a trace."""
    names, decision_counts = zip(*asked, strict=True) if asked else ((), ())
    return Decision(
        referrals=_only(Raised, parts),
        questions=names,
        decision_counts=decision_counts,
        exclusions=_only(Exclusion, parts),
        caps=_only(Cap, parts),
        demands=_only(Demand, parts),
        preferences=_only(Preference, parts),
        aims=_only(Aim, parts),
        advice=_only(Advised, parts),
        conflicts=_only(Shown, parts),
        opened=_only(Opened, parts),
        failures=_only(Failure, parts),
        trace=trace,
    )


def unknown_behind(one: Fired) -> frozenset[str]:
    """The unknown facts that keep a rule undecided."""
    return open_names(one.rule.when, one.facts)


def _bindings(rule: Rule, situation: Situation, rulebook: Rulebook) -> list[Fired]:
    """The rule on each thing that it runs over; false where a clinician's result settles it."""
    fired = []
    for here, facts in situation.bindings(rule.each):
        truth = evaluate(rule.when, facts)
        if truth is not False and is_settled(rule, here, facts, truth, situation, rulebook):
            truth = False
        fired.append(Fired(rule, here, truth, facts))
    return fired


def _only(kind: type[P], parts: Mapping[type, Sequence[Part]]) -> tuple[P, ...]:
    """The parts of a kind: all that stand under it."""
    return cast("tuple[P, ...]", tuple(parts.get(kind, ())))


def _firing_of(one: Fired, rulebook: Rulebook) -> Firing:
    """What is told of a fired rule: its binding, its truth and the values it saw."""
    seen = tuple((place, one.facts.get(place)) for place in rulebook.reads[one.rule.id])
    return firing(one.rule.id, one.here, one.truth, seen)


def firing(
    rule: str, here: Binding | None, truth: Truth, seen: tuple[tuple[str, Value | None], ...]
) -> Firing:
    """A rule that fired, with the place of what it was bound to."""
    if here is None:
        return Firing(rule, truth, None, None, seen)
    return Firing(rule, truth, here.region, here.side, seen)


def order_of(one: Fired) -> tuple[str, str, str]:
    """The place of a fired rule among the others: by its rule, then by what it ran over."""
    here = one.here
    if here is None:
        return (one.rule.id, "", "")
    return (one.rule.id, f"{here.region} {here.side}", repr(one.bound))
