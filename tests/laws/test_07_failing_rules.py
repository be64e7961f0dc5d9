"""Law 7: a failing rule excludes what it was about, never ends the call, and is always reported."""

import sys
from pathlib import Path

from builtin_knowledge import KNOWLEDGE
from hypothesis import given, settings
from hypothesis import strategies as st
from sizes import SLOW

import kineticchain as kc
from kineticchain.rules import PythonRule
from kineticchain.testing import packs
from kineticchain.testing.strategies import persons, requests

sys.path.insert(0, str(Path(__file__).parents[1] / "interop" / "plugins"))

import hostile

ABOUT = tuple(sorted({one.kind for one in KNOWLEDGE.exercises.values()}))


@settings(max_examples=SLOW)
@given(
    person=persons(KNOWLEDGE),
    request=requests(KNOWLEDGE),
    pack=packs.packs(KNOWLEDGE, most=3),
    functions=st.lists(st.sampled_from(hostile.HOSTILE), min_size=1, max_size=4, unique=True),
    kind=st.sampled_from(ABOUT),
)
def test_failing_rules_exclude_what_they_are_about_and_are_reported(
    person: kc.Person,
    request: kc.Request,
    pack: kc.RulePack,
    functions: list[object],
    kind: str,
) -> None:
    rules = [
        PythonRule(
            id=f"hostile.r{at}",
            function=function,  # type: ignore[arg-type]  # none of them keeps to its type
            because="made to fail",
            about=f"exercise.kind == '{kind}'",
            sources=("SEED0",),
        )
        for at, function in enumerate(functions)
    ]
    bad = kc.RulePack(id="hostile", version="1", rules=tuple(rules))
    plan = kc.Recommender(KNOWLEDGE.with_packs(pack, bad)).recommend(person, request=request)
    assert {one.rule for one in plan.failures} == {rule.id for rule in rules}
    kinds = {
        KNOWLEDGE.exercises[item.exercise].kind
        for session in plan.sessions
        for item in session.items
    }
    assert kind not in kinds


@settings(max_examples=SLOW)
@given(person=persons(KNOWLEDGE), pack=packs.packs(KNOWLEDGE, most=4))
def test_a_plan_without_exercise_says_why(person: kc.Person, pack: kc.RulePack) -> None:
    recommender = kc.Recommender(KNOWLEDGE.with_packs(pack))
    plan = recommender.recommend(person)
    if not plan.sessions:
        explanation = recommender.explain(plan)
        told = {one.exercise for one in (*explanation.exclusions, *explanation.omissions)}
        assert told == set(KNOWLEDGE.exercises)
        assert all(str(one.reason) for one in (*explanation.exclusions, *explanation.omissions))
