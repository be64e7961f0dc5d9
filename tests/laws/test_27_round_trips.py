"""Law 27: what is written is read back equal: JSON, and conditions through text."""

import json as plain_json
import operator
from collections.abc import Callable
from functools import reduce
from typing import Any, TypeVar

import pytest
from builtin_knowledge import KNOWLEDGE, LAST_DAY, RECOMMENDER
from hypothesis import given, settings

import kineticchain as kc
from kineticchain.domain.facts import (
    All,
    AnyOf,
    AtLeast,
    Compare,
    Condition,
    Contains,
    FactName,
    In,
    Is,
    Known,
    Name,
    Not,
    Operator,
    Value,
    at_least,
    condition_text,
    evaluate,
    fact,
    known,
    parse_condition,
)
from kineticchain.interop import json
from kineticchain.knowledge.documents.condition_data import condition_data, read_condition_data
from kineticchain.testing.conditions import conditions, known_facts
from kineticchain.testing.strategies import histories, persons, requests

T = TypeVar("T")


def round_trip(value: T) -> T:
    return json.loads(json.dumps(value), type(value))


@given(person=persons(KNOWLEDGE))
def test_persons_are_read_back_equal(person: kc.Person) -> None:
    assert round_trip(person) == person


@given(history=histories(KNOWLEDGE))
def test_histories_are_read_back_equal(history: kc.History) -> None:
    assert round_trip(history) == history


@given(request=requests(KNOWLEDGE))
def test_requests_are_read_back_equal(request: kc.Request) -> None:
    assert round_trip(request) == request


@given(person=persons(KNOWLEDGE), history=histories(KNOWLEDGE, most=6), request=requests(KNOWLEDGE))
def test_plans_are_read_back_equal(
    person: kc.Person, history: kc.History, request: kc.Request
) -> None:
    plan = RECOMMENDER.recommend(person, history, request=request, on=LAST_DAY)
    again = round_trip(plan)
    assert again == plan
    assert str(again) == str(plan)


@settings(max_examples=40)
@given(person=persons(KNOWLEDGE), history=histories(KNOWLEDGE, most=6), request=requests(KNOWLEDGE))
def test_a_plan_read_from_json_has_the_same_explanation(
    person: kc.Person, history: kc.History, request: kc.Request
) -> None:
    plan = RECOMMENDER.recommend(person, history, request=request, on=LAST_DAY)
    here, there = RECOMMENDER.explain(plan), RECOMMENDER.explain(round_trip(plan))
    assert there.exclusions == here.exclusions
    assert there.omissions == here.omissions
    assert there.reasons == here.reasons
    assert there.standings == here.standings
    assert there.trace == here.trace


@settings(max_examples=40)
@given(person=persons(KNOWLEDGE), history=histories(KNOWLEDGE, most=6), request=requests(KNOWLEDGE))
def test_an_explanation_has_the_decision_and_the_standings_of_its_plan(
    person: kc.Person, history: kc.History, request: kc.Request
) -> None:
    plan = RECOMMENDER.recommend(person, history, request=request, on=LAST_DAY)
    assessment = RECOMMENDER.assess(person, history, request=request, on=LAST_DAY)
    explanation = RECOMMENDER.explain(plan)
    assert explanation.standings == assessment.standings
    assert explanation.trace == assessment.decision.trace
    assert explanation.context.decision.excluded == assessment.decision.excluded


@pytest.mark.parametrize("pack", KNOWLEDGE.packs, ids=lambda pack: pack.id)
def test_packs_are_read_back_equal(pack: kc.RulePack) -> None:
    assert round_trip(pack) == pack


def test_a_policy_is_read_back_equal() -> None:
    policy = kc.Policy(pain_safe=1, after_long_gap=(40, 60))
    assert round_trip(policy) == policy


@given(condition=conditions())
def test_conditions_are_read_back_equal_from_their_text(condition: Condition) -> None:
    assert parse_condition(condition_text(condition)) == condition


@given(condition=conditions())
def test_conditions_are_read_back_equal_from_tagged_data(condition: Condition) -> None:
    data = plain_json.loads(plain_json.dumps(condition_data(condition)))
    assert read_condition_data(data) == condition


@given(condition=conditions(), facts=known_facts())
def test_conditions_made_by_operators_mean_the_same(
    condition: Condition, facts: dict[str, Value]
) -> None:
    assert evaluate(by_operators(condition), facts) is evaluate(condition, facts)


def by_operators(condition: Condition) -> Condition:
    """The same condition, joined by Python's operators."""
    match condition:
        case Is(name):
            return named(name).as_condition()
        case Known(name):
            return known(named(name))
        case Compare(name, how, value):
            term = named(value) if isinstance(value, Name) else value
            made = OPERATORS[how](named(name), term)
            assert isinstance(made, Compare)
            return made
        case In(name, options):
            return named(name).one_of(*options)
        case Contains(member, name):
            return named(name).holds(named(member) if isinstance(member, Name) else member)
        case Not(part):
            return ~by_operators(part)
        case All(parts):
            return reduce(operator.and_, map(by_operators, parts))
        case AnyOf(parts):
            return reduce(operator.or_, map(by_operators, parts))
        case AtLeast(count, parts):
            return at_least(count, *map(by_operators, parts))
        case _:
            return condition


def named(name: Name) -> FactName:
    return reduce(getattr, name.id.split("."), fact)


OPERATORS: dict[Operator, Callable[[Any, Any], object]] = {
    Operator.EQUAL: operator.eq,
    Operator.UNEQUAL: operator.ne,
    Operator.LESS: operator.lt,
    Operator.AT_MOST: operator.le,
    Operator.MORE: operator.gt,
    Operator.AT_LEAST: operator.ge,
}
