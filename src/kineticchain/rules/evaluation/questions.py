"""The questions that undecided rules leave open."""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import TypeAlias

from kineticchain.rules.evaluation.rulebook import Rulebook
from kineticchain.rules.model.rule import Rule

Undecided: TypeAlias = tuple[Rule, frozenset[str]]
"""A rule that stayed unknown, and the unknown facts that keep it so."""


def questions(undecided: Iterable[Undecided], rulebook: Rulebook) -> tuple[tuple[str, int], ...]:
    """The facts to ask for, each with the number of decisions that hang on it, most first.

    A question is a screening fact that is unknown and keeps a referral or an exclusion
    open, directly or through what another rule concludes. Those on which equally many hang
    stand in the order of the vocabulary.
    """
    waiting = list(undecided)
    concluding: dict[str, list[frozenset[str]]] = {}
    for rule, names in waiting:
        for fact in rule.concludes:
            concluding.setdefault(fact, []).append(names)
    counted = Counter(
        chain.from_iterable(
            rulebook.asked_for(_behind(names, concluding))
            for rule, names in waiting
            if rule.id in rulebook.asking
        )
    )
    asked = [name for name in rulebook.asked if name in counted]
    return tuple((name, counted[name]) for name in sorted(asked, key=lambda one: -counted[one]))


def _behind(
    names: frozenset[str], concluding: Mapping[str, list[frozenset[str]]]
) -> frozenset[str]:
    """Unknown facts with those behind them, where undecided rules would conclude them."""
    if names.isdisjoint(concluding):
        return names
    found, left = set(names), list(names)
    while left:
        for others in concluding.get(left.pop(), ()):
            left += others - found
            found |= others
    return frozenset(found)
