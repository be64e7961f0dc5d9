"""Law 38: a pack that loads makes no plan fail, whoever the person is and whatever was trained."""

import datetime

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from sizes import SLOW, examples

import kineticchain as kc
from kineticchain.interop import json
from kineticchain.knowledge.pack import RulePack
from kineticchain.testing.strategies import histories, persons, requests
from kineticchain.testing.whole_packs import whole_packs

KNOWLEDGE = kc.Knowledge.builtin()
ON = datetime.date(2026, 11, 21)
PARTS = examples(quick=1, gate=1, nightly=20)
"""Runs of the law, since one run of 20,000 examples keeps gigabytes of what it has drawn."""

PACKS = examples(quick=20, gate=500, nightly=20_000) // PARTS


@pytest.mark.parametrize("part", range(PARTS))
@settings(max_examples=PACKS)
@given(pack=whole_packs(KNOWLEDGE), data=st.data())
def test_a_pack_that_loads_makes_no_plan_fail(
    part: int, pack: RulePack, data: st.DataObject
) -> None:
    assert part < PARTS
    knowledge = KNOWLEDGE.with_packs(pack)
    recommender = kc.Recommender(knowledge)
    person = data.draw(persons(knowledge))
    history = data.draw(histories(knowledge))
    request = data.draw(requests(knowledge))
    plan = recommender.recommend(person, history, request=request, on=ON)
    assert str(plan)
    assert json.loads(json.dumps(plan), kc.Plan) == plan


@settings(max_examples=SLOW)
@given(pack=whole_packs(KNOWLEDGE), data=st.data())
def test_a_plan_of_a_pack_that_loads_can_be_explained(pack: RulePack, data: st.DataObject) -> None:
    knowledge = KNOWLEDGE.with_packs(pack)
    recommender = kc.Recommender(knowledge)
    plan = recommender.recommend(data.draw(persons(knowledge)), on=ON)
    assert recommender.explain(plan).plan == plan
    exercise = data.draw(st.sampled_from([exercise.id for exercise in pack.exercises]))
    assert recommender.why_not(plan, exercise).exercise == exercise


@given(pack=whole_packs(KNOWLEDGE))
def test_rows_of_every_kind_survive_json(pack: RulePack) -> None:
    rows = evolve(pack, rules=())  # rules have their own test, as a row states an effect only once
    assert json.loads(json.dumps(rows), RulePack) == rows
