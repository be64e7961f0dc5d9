"""Law 8: the order of rules, packs, complaints, equipment and events never matters, nor repetition."""

from random import Random  # noqa: TID251 - what Hypothesis gives
from typing import TypeVar

from attrs import evolve
from builtin_knowledge import KNOWLEDGE, LAST_DAY, RECOMMENDER
from hypothesis import given, settings
from hypothesis import strategies as st
from sizes import SLOW

import kineticchain as kc
from kineticchain.interop import json
from kineticchain.rules import decide
from kineticchain.testing import packs
from kineticchain.testing.strategies import histories, persons, requests

T = TypeVar("T")


@settings(max_examples=SLOW)
@given(
    person=persons(KNOWLEDGE),
    history=histories(KNOWLEDGE, most=6),
    request=requests(KNOWLEDGE),
    order=st.randoms(),
)
def test_complaints_equipment_and_events_in_any_order_give_the_same_plan(
    person: kc.Person, history: kc.History, request: kc.Request, order: Random
) -> None:
    def shuffled(members: tuple[T, ...]) -> list[T]:
        twice = [*members, *members]
        order.shuffle(twice)
        return twice

    other = evolve(
        person,
        complaints=shuffled(person.complaints),
        equipment=shuffled(person.equipment),
        injuries=shuffled(person.injuries),
        surgeries=shuffled(person.surgeries),
    )
    first = RECOMMENDER.recommend(person, history, request=request, on=LAST_DAY)
    second = RECOMMENDER.recommend(
        other,
        kc.History(shuffled(history.events)),
        request=request,
        on=LAST_DAY,
    )
    assert json.dumps(first) == json.dumps(second)


@settings(max_examples=30)
@given(person=persons(KNOWLEDGE), order=st.randoms())
def test_rules_in_any_order_and_twice_give_the_same_decision(
    person: kc.Person, order: Random
) -> None:
    situation = RECOMMENDER.assess(person).situation
    rules = [*KNOWLEDGE.rules, *KNOWLEDGE.rules]
    order.shuffle(rules)
    first = decide(KNOWLEDGE.rulebook, situation)
    second = decide(evolve(KNOWLEDGE.rulebook, rules=tuple(rules)), situation)
    assert (first.exclusions, first.limits, first.referrals) == (
        second.exclusions,
        second.limits,
        second.referrals,
    )
    assert set(first.trace) == set(second.trace)
    assert first == second


@settings(max_examples=SLOW)
@given(
    one=packs.packs(KNOWLEDGE, "one", most=4),
    two=packs.packs(KNOWLEDGE, "two", most=4),
    person=persons(KNOWLEDGE),
    order=st.randoms(),
)
def test_generated_packs_and_their_rules_in_any_order_give_the_same_decision(
    one: kc.RulePack, two: kc.RulePack, person: kc.Person, order: Random
) -> None:
    rules = [*two.rules, *two.rules]
    order.shuffle(rules)
    turned = evolve(two, rules=tuple(dict.fromkeys(rules)))
    first = kc.Recommender(KNOWLEDGE.with_packs(one, two)).assess(person).decision
    second = kc.Recommender(KNOWLEDGE.with_packs(turned, one, turned)).assess(person).decision
    assert first == second
