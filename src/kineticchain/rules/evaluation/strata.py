"""Stratification of rules that conclude facts.

A rule that reads a conclusion under a negation belongs to a higher stratum than the rules that draw
the conclusion. Within a stratum, conclusions are drawn until nothing changes. A fact that no rule
concludes is false. A fact that only an undecided rule concludes is unknown.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from attrs import frozen

from kineticchain.domain.facts import Condition, Known, Not, Truth, evaluate
from kineticchain.domain.facts.condition import children, own_names
from kineticchain.domain.facts.evaluation import disjunction
from kineticchain.errors import Fault, InvalidKnowledge
from kineticchain.record import Situation
from kineticchain.rules.model.rule import Rule

MAX_CONCLUSIONS = 256
"""The most facts that rules may conclude."""

_Read: TypeAlias = tuple[str, bool]
"""The name of a fact that a condition reads, and whether it is read under a negation."""


@frozen
class Stratum:
    """Facts that are concluded together, and the rules that conclude them."""

    facts: tuple[str, ...]
    rules: tuple[Rule, ...]


def stratified(rules: Iterable[Rule]) -> tuple[Stratum, ...]:
    """Return the strata of the rules that conclude facts, the lowest stratum first.

    Raises:
        InvalidKnowledge: For more than 256 conclusions, or for a conclusion that depends on its own
            negation.
    """
    by_fact: dict[str, list[Rule]] = {}
    for rule in rules:
        for fact in rule.concludes:
            by_fact.setdefault(fact, []).append(rule)
    if len(by_fact) > MAX_CONCLUSIONS:
        raise InvalidKnowledge(Fault(f"more than {MAX_CONCLUSIONS} facts are concluded"))
    reads = {
        fact: {
            (name, negated)
            for rule in concluding
            for name, negated in _reads(rule.when, negated=False)
            if name in by_fact
        }
        for fact, concluding in by_fact.items()
    }
    levels = _levels(reads)
    strata: list[Stratum] = []
    for level in sorted(set(levels.values())):
        facts = tuple(sorted(fact for fact in by_fact if levels[fact] == level))
        concluding = {rule.id: rule for fact in facts for rule in by_fact[fact]}
        strata.append(Stratum(facts, tuple(rule for _, rule in sorted(concluding.items()))))
    return tuple(strata)


def with_conclusions(situation: Situation, strata: Iterable[Stratum]) -> Situation:
    """Return the situation with the facts that rules conclude from it."""
    facts = dict(situation.facts)
    for stratum in strata:
        facts.update(dict.fromkeys(stratum.facts, False))
        is_stable = False
        while not is_stable:
            drawn = _drawn(stratum, Situation(situation.state, facts, situation.all_bindings))
            is_stable = all(facts.get(fact) is truth for fact, truth in drawn.items())
            for fact, truth in drawn.items():
                if truth is None:
                    facts.pop(fact, None)
                else:
                    facts[fact] = truth
    return Situation(situation.state, facts, situation.all_bindings)


def _drawn(stratum: Stratum, situation: Situation) -> dict[str, Truth]:
    """Return the truth values of the facts of a stratum after one evaluation of its rules."""
    truths: dict[str, list[Truth]] = {fact: [] for fact in stratum.facts}
    for rule in stratum.rules:
        truth = disjunction(
            evaluate(rule.when, facts) for _, facts in situation.bindings(rule.each)
        )
        for fact in rule.concludes:
            if fact in truths:
                truths[fact].append(truth)
    return {fact: disjunction(of_rules) for fact, of_rules in truths.items()}


def _reads(condition: Condition, *, negated: bool) -> Iterator[_Read]:
    """Yield the names that a condition reads, each with whether it is read under a negation.

    The test ``known`` counts as a negation.
    """
    is_negated = negated or isinstance(condition, Known)
    for name in own_names(condition):
        yield name.id, is_negated
    for part in children(condition):
        yield from _reads(part, negated=negated != isinstance(condition, Not))


def _levels(reads: Mapping[str, set[_Read]]) -> dict[str, int]:
    """Return the stratum of each fact.

    It is the largest number of negations in a chain of conclusions that the fact depends on.

    Args:
        reads: For each concluded fact the concluded facts that its rules read.

    Raises:
        InvalidKnowledge: For a fact that depends on its own negation.
    """
    reached = _reached(reads)
    levels: dict[str, int] = {}
    circular: list[str] = []
    # Facts that depend on fewer facts come first. The facts of a cycle depend on the same facts.
    for bits in sorted(set(reached.values()), key=lambda bits: (bits.bit_count(), bits)):
        facts = {fact for fact in reads if reached[fact] == bits}
        facts_read = [read for fact in facts for read in reads[fact]]
        circular += facts if any(name in facts and negated for name, negated in facts_read) else ()
        level = max((levels.get(name, 0) + negated for name, negated in facts_read), default=0)
        levels.update(dict.fromkeys(facts, level))
    if not circular:
        return levels
    circular.sort()
    raise InvalidKnowledge(
        Fault(
            f"{', '.join(f'`{fact}`' for fact in circular[:5])} rest on their own negation",
            remedy="let no rule that concludes a fact read `not` it, on any way round",
        )
    )


def _reached(reads: Mapping[str, set[_Read]]) -> dict[str, int]:
    """Return for each fact a bit set of all facts that it depends on, including itself."""
    bits = {fact: 1 << position for position, fact in enumerate(reads)}
    reached = {
        fact: sum(bits[name] for name in {fact, *(name for name, _ in read)})
        for fact, read in reads.items()
    }
    for intermediate, bit in bits.items():
        for fact in reads:
            if reached[fact] & bit:
                reached[fact] |= reached[intermediate]
    return reached
