"""The workload for rule engines: people of 24 facts, generated rules, and the correct answers.

A rule is a conjunction of two to four conditions; one rule in five contains an OR of two
conditions. The oracle evaluates rules by definition, with Kleene's logic for unknown facts. All
numbers are integers, since not every engine supports fractions.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

NUMBERS: dict[str, tuple[int, int]] = {
    "age": (0, 100),
    "pain": (0, 10),
    "weeks": (0, 60),
    "tandem_s": (0, 30),
    "single_leg_s": (0, 60),
    "heel_rises": (0, 30),
    "minutes": (0, 300),
    "bmi": (15, 45),
    "falls_n": (0, 6),
}
"""Number facts, each with its lowest and highest value."""

BOOLEANS: dict[str, float] = {
    "diabetes": 0.20,
    "fall": 0.35,
    "dizziness": 0.25,
    "fever": 0.20,
    "limp": 0.40,
    "swollen": 0.35,
    "pregnant": 0.20,
    "night_pain": 0.45,
}
"""Boolean facts, each with the share of people for whom it is true."""

WORDS: dict[str, tuple[str, ...]] = {
    "region": (
        "neck", "shoulder", "elbow", "wrist", "hand", "upper_back",
        "lower_back", "hip", "thigh", "knee", "ankle", "foot",
    ),
    "side": ("left", "right", "both"),
    "sex": ("female", "male"),
    "goal": ("walk", "run", "lift", "sleep", "work", "sport", "stairs", "garden"),
}  # fmt: skip
"""One-of-some-words facts, each with its words."""

SETS: dict[str, tuple[str, ...]] = {
    "equipment": (
        "towel", "band", "step", "chair", "wall", "ball", "roller", "weights", "mat", "belt",
    ),
    "painful_regions": WORDS["region"],
    "diagnosed": ("arthritis", "osteoporosis", "stroke", "sprain", "fracture", "tendinopathy"),
}  # fmt: skip
"""Facts that hold a set of words, each with the words."""

SET_SHARE = 0.35
"""The share of the words that the set of a person holds."""

FACTS: tuple[str, ...] = (*NUMBERS, *BOOLEANS, *WORDS, *SETS)

MATCH_RATE = 0.035
"""Controls the selectivity of number conditions; see `make_leaf`."""


@dataclass(frozen=True)
class Leaf:
    """One condition: `fact op value`.

    `op` is one of >= <= > < (value: int), == (value: str), in (value: tuple of str), is (value:
    bool), and has or lacks (value: str) for a fact that holds a set.
    """

    fact: str
    op: str
    value: Any


@dataclass(frozen=True)
class AnyOf:
    """An OR of two conditions."""

    leaves: tuple[Leaf, Leaf]


Part = Leaf | AnyOf
Rule = tuple[Part, ...]
"""Parts joined by AND."""

Profile = dict[str, Any]
"""The value of each fact; unknown facts are missing."""


def make_profile(rng: random.Random) -> Profile:
    """Make one person with every fact known."""
    profile: Profile = {}
    for fact, (low, high) in NUMBERS.items():
        profile[fact] = rng.randint(low, high)
    for fact, share in BOOLEANS.items():
        profile[fact] = rng.random() < share
    for fact, words in WORDS.items():
        profile[fact] = rng.choice(words)
    for fact, words in SETS.items():
        profile[fact] = frozenset(word for word in words if rng.random() < SET_SHARE)
    return profile


def with_lists(profile: Profile) -> Profile:
    """Copy a profile with lists instead of sets, for engines that know JSON values only."""
    return {fact: sorted(value) if fact in SETS else value for fact, value in profile.items()}


def with_gaps(rng: random.Random, profile: Profile, share: float) -> Profile:
    """Copy a profile without about `share` of its facts."""
    return {fact: value for fact, value in profile.items() if rng.random() >= share}


def make_leaf(rng: random.Random, fact: str, rate: float) -> Leaf:
    """Make a condition on `fact`; one on a number holds for a share of about `rate`."""
    if fact in NUMBERS:
        low, high = NUMBERS[fact]
        share = min(0.9, max(0.1, rng.uniform(0.7 * rate, 1.3 * rate)))
        op = rng.choice((">=", "<=", ">", "<"))
        if op in (">=", ">"):
            return Leaf(fact, op, round(high - (high - low) * share))
        return Leaf(fact, op, round(low + (high - low) * share))
    if fact in BOOLEANS:
        return Leaf(fact, "is", rng.random() < BOOLEANS[fact] + 0.25)
    if fact in SETS:
        return Leaf(fact, rng.choice(("has", "has", "lacks")), rng.choice(SETS[fact]))
    words = WORDS[fact]
    count = rng.randint(1, min(4, len(words) - 1))
    if count == 1:
        return Leaf(fact, "==", rng.choice(words))
    return Leaf(fact, "in", tuple(rng.sample(words, count)))


def make_rule(rng: random.Random) -> Rule:
    """Make a rule of two to four parts, each about a different fact."""
    count = rng.randint(2, 4)
    has_or = rng.random() < 0.2
    rate = MATCH_RATE ** (1 / count)
    facts = rng.sample(FACTS, count + 1 if has_or else count)
    leaves = [make_leaf(rng, fact, rate) for fact in facts]
    if has_or:
        return (*leaves[:-2], AnyOf((leaves[-2], leaves[-1])))
    return tuple(leaves)


def leaf_holds(leaf: Leaf, value: Any) -> bool:
    """Return whether a condition holds for a known value."""
    if leaf.op == ">=":
        return bool(value >= leaf.value)
    if leaf.op == "<=":
        return bool(value <= leaf.value)
    if leaf.op == ">":
        return bool(value > leaf.value)
    if leaf.op == "<":
        return bool(value < leaf.value)
    if leaf.op == "in":
        return value in leaf.value
    if leaf.op in ("has", "lacks"):
        return (leaf.value in value) is (leaf.op == "has")
    return bool(value == leaf.value)


def rule_holds(rule: Rule, profile: Profile) -> bool:
    """Return whether a rule matches a profile in which every fact is known."""
    for part in rule:
        if isinstance(part, AnyOf):
            if not any(leaf_holds(leaf, profile[leaf.fact]) for leaf in part.leaves):
                return False
        elif not leaf_holds(part, profile[part.fact]):
            return False
    return True


def kleene_leaf(leaf: Leaf, profile: Profile) -> bool | None:
    """Evaluate a condition; return None if the fact is unknown."""
    value = profile.get(leaf.fact)
    return None if value is None else leaf_holds(leaf, value)


def kleene_or(values: Sequence[bool | None]) -> bool | None:
    """Kleene's OR: true if one is true, false if all are false, otherwise unknown."""
    if any(value is True for value in values):
        return True
    return False if all(value is False for value in values) else None


def kleene_and(values: Sequence[bool | None]) -> bool | None:
    """Kleene's AND: false if one is false, true if all are true, otherwise unknown."""
    if any(value is False for value in values):
        return False
    return True if all(value is True for value in values) else None


def kleene_rule(rule: Rule, profile: Profile) -> bool | None:
    """Evaluate a rule on a profile in which facts may be missing."""
    values: list[bool | None] = []
    for part in rule:
        if isinstance(part, AnyOf):
            values.append(kleene_or([kleene_leaf(leaf, profile) for leaf in part.leaves]))
        else:
            values.append(kleene_leaf(part, profile))
    return kleene_and(values)


Answer = tuple[list[int], list[int]]
"""The numbers of the rules that certainly match, and of the undecided rules."""


def oracle_known(rules: Sequence[Rule], profile: Profile) -> list[int]:
    """Return the numbers of the rules that match a profile in which every fact is known."""
    return [number for number, rule in enumerate(rules) if rule_holds(rule, profile)]


def oracle_unknown(rules: Sequence[Rule], profile: Profile) -> Answer:
    """Return the numbers of the rules that certainly match, and of the undecided rules."""
    values = [kleene_rule(rule, profile) for rule in rules]
    certain = [number for number, value in enumerate(values) if value is True]
    undecided = [number for number, value in enumerate(values) if value is None]
    return certain, undecided
