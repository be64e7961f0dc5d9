"""Law 28: the compiled evaluation equals the reference one, for any pack and any facts."""

from attrs import evolve
from builtin_knowledge import KNOWLEDGE, LAST_DAY, RECOMMENDER
from hypothesis import given, settings
from hypothesis import strategies as st
from sizes import examples

import kineticchain as kc
from kineticchain.domain.facts import Condition, Value, evaluate, parse_condition
from kineticchain.knowledge.pack import RulePack
from kineticchain.rules import CompiledRules, decide
from kineticchain.rules.matching.matcher import Matcher
from kineticchain.testing import conditions, packs
from kineticchain.testing.strategies import histories, persons

PEOPLE = 20
PACKS = examples(quick=12, gate=100, nightly=5000)


@settings(max_examples=PACKS)
@given(
    pack=packs.odd_packs(KNOWLEDGE),
    people=st.lists(persons(KNOWLEDGE), min_size=PEOPLE, max_size=PEOPLE),
    history=histories(KNOWLEDGE, most=4),
)
def test_the_compiled_rules_decide_as_the_reference_does(
    pack: RulePack, people: list[kc.Person], history: kc.History
) -> None:
    vocabulary = KNOWLEDGE.vocabulary.extended(pack.facts)
    book = evolve(KNOWLEDGE.rulebook, rules=pack.rules, vocabulary=vocabulary)
    compiled = CompiledRules(book)
    for person in people:
        situation = RECOMMENDER.situation(person, history, on=LAST_DAY)
        assert compiled.decide(situation) == decide(book, situation)


@given(person=persons(KNOWLEDGE), history=histories(KNOWLEDGE, most=6))
def test_the_built_in_rules_decide_the_same_both_ways(
    person: kc.Person, history: kc.History
) -> None:
    situation = RECOMMENDER.situation(person, history, on=LAST_DAY)
    assert KNOWLEDGE.compiled_rules.decide(situation) == decide(KNOWLEDGE.rulebook, situation)


@given(
    several=st.lists(conditions.conditions(), max_size=12),
    facts=st.lists(conditions.known_facts(), min_size=1, max_size=5),
)
def test_the_matcher_finds_what_evaluation_finds(
    several: list[Condition], facts: list[dict[str, Value]]
) -> None:
    matcher = Matcher(several)
    for known in facts:
        held, unknown = matcher.match(known)
        truths = [evaluate(condition, known) for condition in several]
        assert sorted(held) == [at for at, truth in enumerate(truths) if truth is True]
        assert sorted(unknown) == [at for at, truth in enumerate(truths) if truth is None]


def test_a_number_that_equals_true_is_compared_as_a_number() -> None:
    matcher = Matcher([parse_condition("age == 1"), parse_condition("not age == 1")])
    for age, held in [(0, [1]), (1, [0]), (5, [1])]:
        assert matcher.match({"age": age}) == (held, [])
    assert matcher.match({}) == ([], [0, 1])
