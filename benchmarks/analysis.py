"""Time the analysis of generated rules: 500 and 2,000 of them, over 21 facts and all exercises.

    python benchmarks/analysis.py

A rule is two to four conditions, one in five with an or; it excludes, favours or limits one
exercise, or refers. CPU time of this process is printed, with what was found.
"""

import random
import time
from collections import Counter
from collections.abc import Sequence

from attrs import evolve

import kineticchain as kc
from kineticchain.domain.exercises import LoadClass
from kineticchain.domain.facts import (
    All,
    AnyOf,
    Compare,
    Condition,
    FactClass,
    FactKind,
    FactType,
    Is,
    Name,
    Not,
    Operator,
)
from kineticchain.rules import (
    Effect,
    Exclude,
    Limit,
    LimitKind,
    Prefer,
    PythonRule,
    Refer,
    ReferralLevel,
    Rule,
)
from kineticchain.rules.analysis import analyse

SIZES = (500, 2000)
FACTS = 21
KNOWLEDGE = kc.Knowledge.builtin()


def facts(rng: random.Random) -> list[FactType]:
    """Some facts of the built-in vocabulary that a rule that restricts may read."""
    fit = [
        fact
        for fact in KNOWLEDGE.vocabulary.types
        if not fact.per_side
        and fact.fact_class is not FactClass.PLAIN
        and fact.kind is not FactKind.SET_OF
    ]
    return rng.sample(fit, FACTS)


def leaf(rng: random.Random, among: list[FactType]) -> Condition:
    """A condition on one fact."""
    fact = rng.choice(among)
    name = Name(fact.id)
    if fact.kind is FactKind.BOOLEAN:
        return rng.choice((Is(name), Not(Is(name))))
    if fact.kind is FactKind.NUMBER:
        operator = rng.choice((Operator.AT_LEAST, Operator.LESS))
        return Compare(name, operator, round(rng.uniform(fact.low, fact.high)))
    return Compare(name, Operator.EQUAL, rng.choice(fact.options))


def effect(rng: random.Random) -> Effect:
    """What a rule does: mostly it excludes."""
    kinds: list[Effect] = [
        Exclude(),
        Prefer(5),
        Limit(LimitKind.LOAD, rng.choice((LoadClass.L1, LoadClass.L2, LoadClass.L3))),
        Refer(rng.choice(list(ReferralLevel)[1:]), "doctor"),
    ]
    return rng.choices(kinds, (60, 10, 15, 15))[0]


def rule(number: int, rng: random.Random, among: list[FactType]) -> Rule:
    """One rule."""
    parts = [leaf(rng, among) for _ in range(rng.randint(2, 4))]
    if rng.random() < 0.2:
        parts[0] = AnyOf((leaf(rng, among), leaf(rng, among)))
    does = effect(rng)
    one = Compare(Name("exercise.id"), Operator.EQUAL, rng.choice(list(KNOWLEDGE.exercises)))
    return Rule(
        id=f"made.r{number}",
        when=All(tuple(parts)),
        effects=(does,),
        about=None if isinstance(does, Refer) else one,
        because="made for a measurement",
        sources=("SEED0",),
    )


def main() -> None:
    """Print a line for each size, and one for the built-in rules."""
    print(f"built-in: {seconds_of(KNOWLEDGE.rulebook.rules)}")
    for size in SIZES:
        rng = random.Random(1)
        among = facts(rng)
        print(f"{size} rules: {seconds_of(tuple(rule(at, rng, among) for at in range(size)))}")


def seconds_of(rules: Sequence[Rule | PythonRule]) -> str:
    """How long the analysis of some rules takes, and what it finds."""
    book = evolve(KNOWLEDGE.rulebook, rules=tuple(rules))
    start = time.process_time()
    found = Counter((one.kind.value, one.verdict.value) for one in analyse(book))
    taken = time.process_time() - start
    listed = ", ".join(f"{count} {kind} {verdict}" for (kind, verdict), count in found.items())
    return f"{taken:.2f} s CPU; {listed or 'nothing found'}"


if __name__ == "__main__":
    main()
