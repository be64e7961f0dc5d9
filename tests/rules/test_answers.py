"""What a rule says of a person: each condition with what it saw, the nearest miss, what would decide it."""

import pytest
from hypothesis import given

import kineticchain as kc
from kineticchain.domain.facts import evaluate
from kineticchain.rules import Rule
from kineticchain.rules.explanation import answers
from kineticchain.testing.strategies import persons

KNOWLEDGE = kc.Knowledge.builtin()
RECOMMENDER = kc.Recommender(KNOWLEDGE)
PERSON = kc.Person(age=60, facts={"tandem_stance_s": 30}, screening="clear")


def test_a_rule_that_does_not_hold_tells_its_nearest_miss() -> None:
    (answer,) = RECOMMENDER.ask_rule("blood_thinners_and_balance", PERSON)
    assert answer.truth is False
    assert [(one.condition, one.truth, one.values) for one in answer.conditions] == [
        ("anticoagulant", False, (("anticoagulant", False),)),
        ("age >= 65", False, (("age", 60),)),
    ]
    assert [(one.fact, one.must) for one in answer.nearest_miss] == [
        ("anticoagulant", "be yes"),
        ("age", "be at least 65"),
    ]


def test_the_nearest_miss_is_the_fewest_facts() -> None:
    (answer,) = RECOMMENDER.ask_rule("ottawa_ankle", PERSON)
    assert len(answer.nearest_miss) == 2


def test_an_open_rule_tells_what_would_decide_it() -> None:
    (answer,) = RECOMMENDER.ask_rule("cauda_equina", kc.Person(age=60))
    assert answer.truth is None
    assert "saddle_numbness" in answer.open


def test_a_rule_over_complaints_answers_for_each() -> None:
    person = kc.Person(
        complaints=[kc.Complaint("heel", side="left", pain=8), kc.Complaint("knee", pain=2)],
        screening="clear",
    )
    found = RECOMMENDER.ask_rule("very_strong_pain", person)
    assert [(one.here.region, one.truth) for one in found if one.here] == [
        ("heel", True),
        ("knee", False),
    ]


def test_a_condition_on_a_side_tells_the_side() -> None:
    person = kc.Person(
        facts={"new_dorsiflexion_weakness": {"left": 3, "right": 5}}, screening="clear"
    )
    (answer,) = RECOMMENDER.ask_rule("leg_weakness", person)
    assert ("new_dorsiflexion_weakness.left", 3) in [one.values[0] for one in answer.conditions]


def test_an_unknown_rule_has_a_likely_name() -> None:
    with pytest.raises(kc.UnknownName, match="did you mean `cauda_equina`"):
        RECOMMENDER.ask_rule("cauda_equna", PERSON)


@given(person=persons(KNOWLEDGE))
def test_questions_are_ranked_by_the_decisions_that_hang_on_them(person: kc.Person) -> None:
    plan = RECOMMENDER.recommend(person)
    counts = [one.decisions for one in kc.explain(plan).questions]
    assert counts == sorted(counts, reverse=True)
    first = RECOMMENDER.next_question(person)
    assert first == (kc.explain(plan).questions[0] if kc.explain(plan).questions else None)


@given(person=persons(KNOWLEDGE))
def test_answers_say_what_the_reference_evaluator_says(person: kc.Person) -> None:
    situation = RECOMMENDER.situation(person)
    for rule in KNOWLEDGE.rules:
        assert isinstance(rule, Rule)
        for answer in answers(rule, situation, KNOWLEDGE.rulebook):
            bound = {} if answer.here is None else answer.here.values
            assert answer.truth is evaluate(rule.when, {**situation.facts, **bound})
            assert bool(answer.open) == (answer.truth is None)
