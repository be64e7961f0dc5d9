"""Law 24: without all the reasons that `why` names, the item is gone or has other reasons."""

from attrs import evolve
from builtin_knowledge import KNOWLEDGE
from hypothesis import assume, given
from hypothesis import strategies as st

import kineticchain as kc
from kineticchain.recommendation import Why
from kineticchain.testing.strategies import healthy_persons, requests

NAMES = {KNOWLEDGE.catalog.text(f"region_{region}"): region for region in kc.Region}


def regions_named(why: Why) -> set[kc.Region]:
    """The targets that an item is said to work on."""
    texts = [
        value
        for reason in why.reasons
        for name, value in reason.message.args
        if name == "region" and isinstance(value, str)
    ]
    return {NAMES[text] for text in texts}


@given(person=healthy_persons(KNOWLEDGE), request=requests(KNOWLEDGE), which=st.integers(0, 20))
def test_without_what_why_names_the_item_is_gone_or_has_other_reasons(
    person: kc.Person, request: kc.Request, which: int
) -> None:
    plan = kc.Recommender(KNOWLEDGE).recommend(person, request=request)
    assume(plan.items)
    item = plan.items[which % len(plan.items)]
    why = kc.explain(plan).why(item.exercise)
    named = regions_named(why)
    goals = [goal for goal in KNOWLEDGE.goals if named.isdisjoint(dict(goal.regions))]
    assume(goals)
    rules = {reason.rule for reason in why.reasons if reason.rule is not None}
    without = kc.Recommender(KNOWLEDGE.without_rules(*rules))
    other = without.recommend(
        evolve(
            person,
            complaints=[one for one in person.complaints if one.region not in named],
            facts={**person.facts, "mastered": []},
        ),
        request=evolve(request, goal=goals[0].id, prefer=[]),
    )
    still = [one for one in other.items if one.exercise == item.exercise]
    assert not still or without.explain(other).why(item.exercise).reasons != why.reasons
