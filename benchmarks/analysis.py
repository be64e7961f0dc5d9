"""Time the analysis of 500 and 2,000 generated rules over 21 facts and all exercises.

    python benchmarks/analysis.py

A rule has two to four conditions; one rule in five has an OR of two of them. It excludes, prefers
or limits one exercise, or refers the person. The output has the CPU time of this process and the
number of findings of each kind.
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
    """Return a sample of built-in facts that a restricting rule may read."""
    eligible = [
        fact
        for fact in KNOWLEDGE.vocabulary.types
        if not fact.per_side
        and fact.fact_class is not FactClass.PLAIN
        and fact.kind is not FactKind.SET_OF
    ]
    return rng.sample(eligible, FACTS)


def leaf(rng: random.Random, among: list[FactType]) -> Condition:
    """Return a random condition on one fact."""
    fact = rng.choice(among)
    name = Name(fact.id)
    if fact.kind is FactKind.BOOLEAN:
        return rng.choice((Is(name), Not(Is(name))))
    if fact.kind is FactKind.NUMBER:
        operator = rng.choice((Operator.AT_LEAST, Operator.LESS))
        return Compare(name, operator, round(rng.uniform(fact.low, fact.high)))
    return Compare(name, Operator.EQUAL, rng.choice(fact.options))


def effect(rng: random.Random) -> Effect:
    """Return a random effect, most often an exclusion."""
    kinds: list[Effect] = [
        Exclude(),
        Prefer(5),
        Limit(LimitKind.LOAD, rng.choice((LoadClass.L1, LoadClass.L2, LoadClass.L3))),
        Refer(rng.choice(list(ReferralLevel)[1:]), "doctor"),
    ]
    return rng.choices(kinds, (60, 10, 15, 15))[0]


def rule(number: int, rng: random.Random, among: list[FactType]) -> Rule:
    """Return a random rule.

    Args:
        number: The number in its id.
        rng: The source of randomness.
        among: The facts that it may read.
    """
    parts = [leaf(rng, among) for _ in range(rng.randint(2, 4))]
    if rng.random() < 0.2:
        parts[0] = AnyOf((leaf(rng, among), leaf(rng, among)))
    consequence = effect(rng)
    exercise = Compare(Name("exercise.id"), Operator.EQUAL, rng.choice(list(KNOWLEDGE.exercises)))
    return Rule(
        id=f"made.r{number}",
        when=All(tuple(parts)),
        effects=(consequence,),
        about=None if isinstance(consequence, Refer) else exercise,
        because="made for a measurement",
        sources=("SEED0",),
    )


def main() -> None:
    """Print a line for the built-in rules, and one for each size."""
    print(f"built-in: {seconds_of(KNOWLEDGE.rulebook.rules)}")
    for size in SIZES:
        rng = random.Random(1)
        among = facts(rng)
        rules = tuple(rule(number, rng, among) for number in range(size))
        print(f"{size} rules: {seconds_of(rules)}")


def seconds_of(rules: Sequence[Rule | PythonRule]) -> str:
    """Analyse some rules, and return the CPU time and the number of findings as text."""
    book = evolve(KNOWLEDGE.rulebook, rules=tuple(rules))
    start = time.process_time()
    counts = Counter((finding.kind.value, finding.verdict.value) for finding in analyse(book))
    seconds = time.process_time() - start
    listed = ", ".join(f"{count} {kind} {verdict}" for (kind, verdict), count in counts.items())
    return f"{seconds:.2f} s CPU; {listed or 'no findings'}"


if __name__ == "__main__":
    main()
