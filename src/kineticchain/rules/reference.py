"""The meaning of rules, in a few pure functions.

Every rule is evaluated against the same facts; none sees what another did, but for the facts
that rules of a lower stratum concluded. Effects that restrict hold where the condition is
true or unknown, all others where it is true. What follows is the join of all effects, so that
neither the order of rules nor saying one twice can matter. The compiled evaluator is held
against this one.
"""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from kineticchain.facts import evaluate
from kineticchain.person import Situation
from kineticchain.rules.asking import questions
from kineticchain.rules.calling import called
from kineticchain.rules.conclusions import with_conclusions
from kineticchain.rules.consequences import Fired, Ordered, Part, consequences, ordered
from kineticchain.rules.decision import (
    Advised,
    Aim,
    Cap,
    Decision,
    Demand,
    Exclusion,
    Failure,
    Firing,
    Preference,
    Raised,
    Shown,
)
from kineticchain.rules.rule import Rule
from kineticchain.rules.rulebook import Rulebook

P = TypeVar("P", bound=Part)


def decide(rulebook: Rulebook, situation: Situation) -> Decision:
    """Evaluate every rule and join the effects."""
    settled = with_conclusions(situation, rulebook.strata)
    fired = [one for rule in rulebook.data_rules for one in _bindings(rule, settled)]
    parts = [part for one in fired for part in consequences(one, rulebook.catalogue)]
    for rule in rulebook.python_rules:
        parts += called(rule, settled, rulebook)
    return joined(map(ordered, parts), fired, rulebook)


def joined(parts: Iterable[Ordered], fired: Iterable[Fired], rulebook: Rulebook) -> Decision:
    """The decision that parts and fired rules come to: a union, in an order of its own."""
    by_place = dict(parts)
    unique: dict[type, list[Part]] = {}
    for place in sorted(by_place):
        part = by_place[place]
        unique.setdefault(type(part), []).append(part)
    firings = sorted((one for one in fired if one.truth is not False), key=_order)
    asked = questions((one for one in firings if one.truth is None), rulebook)
    return Decision(
        referrals=_only(Raised, unique),
        questions=tuple(name for name, _ in asked),
        hanging=tuple(count for _, count in asked),
        exclusions=_only(Exclusion, unique),
        caps=_only(Cap, unique),
        demands=_only(Demand, unique),
        preferences=_only(Preference, unique),
        aims=_only(Aim, unique),
        advice=_only(Advised, unique),
        conflicts=_only(Shown, unique),
        failures=_only(Failure, unique),
        trace=tuple(firing_of(one, rulebook) for one in firings),
    )


def _bindings(rule: Rule, situation: Situation) -> list[Fired]:
    return [
        Fired(rule, here, evaluate(rule.when, facts), facts)
        for here, facts in situation.bindings(rule.each)
    ]


def _only(kind: type[P], parts: Mapping[type, list[Part]]) -> tuple[P, ...]:
    return tuple(part for part in parts.get(kind, ()) if isinstance(part, kind))


def firing_of(one: Fired, rulebook: Rulebook) -> Firing:
    """What is told of a fired rule: its binding, its truth and the values it saw."""
    seen = tuple((place, one.facts.get(place)) for place in rulebook.reads[one.rule.id])
    return Firing(one.rule.id, one.here, one.truth, seen)


def _order(one: Fired) -> tuple[str, str, str]:
    here = one.here
    return (one.rule.id, "" if here is None else f"{here.region} {here.side}", repr(one.bound))
