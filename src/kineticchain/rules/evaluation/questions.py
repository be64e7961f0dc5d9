"""The questions that undecided rules leave open."""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import chain

from attrs import frozen

from kineticchain.rules.evaluation.rulebook import Rulebook
from kineticchain.rules.model.rule import Rule


@frozen
class OpenRule:
    """A rule whose condition is unknown.

    Attributes:
        rule: The rule.
        names: The unknown facts that keep it undecided.
        asked: The facts to ask for because of them; empty if the rule asks nothing.
    """

    rule: Rule
    names: frozenset[str]
    asked: frozenset[str]


def questions(open_rules: Iterable[OpenRule], rulebook: Rulebook) -> tuple[tuple[str, int], ...]:
    """Return the facts to ask for, each with the number of rules that it decides.

    A question is an unknown screening fact that can decide a referral or an exclusion, directly or
    through the conclusion of another rule. Facts are sorted by the number of rules that they
    decide, then in the order of the vocabulary.
    """
    waiting = list(open_rules)
    concluding: dict[str, list[frozenset[str]]] = {}
    for open_rule in waiting:
        for fact in open_rule.rule.concludes:
            concluding.setdefault(fact, []).append(open_rule.names)
    asked_by_rule = [open_rule.asked for open_rule in waiting]
    if concluding:
        asked_by_rule = [_asked(open_rule, concluding, rulebook) for open_rule in waiting]
    counts = Counter(chain.from_iterable(asked_by_rule))
    asked = [name for name in rulebook.asked if name in counts]
    return tuple((name, counts[name]) for name in sorted(asked, key=lambda name: -counts[name]))


def _asked(
    open_rule: OpenRule, concluding: Mapping[str, list[frozenset[str]]], rulebook: Rulebook
) -> frozenset[str]:
    """Return the facts to ask for, with those behind conclusions of other undecided rules."""
    if open_rule.rule.id not in rulebook.asking or open_rule.names.isdisjoint(concluding):
        return open_rule.asked
    behind, left = set(open_rule.names), list(open_rule.names)
    while left:
        for names in concluding.get(left.pop(), ()):
            left += names - behind
            behind |= names
    return rulebook.asked_for(frozenset(behind))
