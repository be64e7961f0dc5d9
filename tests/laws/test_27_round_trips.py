"""Law 27: what is written is read back equal: JSON, and conditions through text."""

from typing import TypeVar

import pytest
from builtin_knowledge import KNOWLEDGE, LAST_DAY, RECOMMENDER
from hypothesis import given

import kineticchain as kc
from kineticchain.facts import Condition, condition_text, parse_condition
from kineticchain.interop import json
from kineticchain.testing.conditions import conditions
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


@pytest.mark.parametrize("pack", KNOWLEDGE.packs, ids=lambda pack: pack.id)
def test_packs_are_read_back_equal(pack: kc.RulePack) -> None:
    assert round_trip(pack) == pack


def test_a_policy_is_read_back_equal() -> None:
    policy = kc.Policy(pain_safe=1, after_long_gap=(40, 60))
    assert round_trip(policy) == policy


@given(condition=conditions())
def test_conditions_are_read_back_equal_from_their_text(condition: Condition) -> None:
    assert parse_condition(condition_text(condition)) == condition
