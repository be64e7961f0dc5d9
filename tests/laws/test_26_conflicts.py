"""Law 26: a conflict between sources that touches a plan is shown, with both sides."""

from builtin_knowledge import KNOWLEDGE, RECOMMENDER
from hypothesis import given

import kineticchain as kc
from kineticchain.rules import Rule, Show
from kineticchain.testing.strategies import healthy_persons, requests


@given(person=healthy_persons(KNOWLEDGE), request=requests(KNOWLEDGE))
def test_a_rule_that_holds_shows_its_conflicts_whole(
    person: kc.Person, request: kc.Request
) -> None:
    plan = RECOMMENDER.recommend(person, request=request)
    held = {entry.rule for entry in kc.explain(plan).trace if entry.truth is True}
    wanted = {
        effect.conflict
        for name in held
        if isinstance(rule := KNOWLEDGE.rules_by_id[name], Rule)
        for effect in rule.effects
        if isinstance(effect, Show)
    }
    wanted |= {
        card.id
        for card in KNOWLEDGE.conflicts.values()
        if any(item.exercise in card.touches for item in plan.items)
    }
    shown = {card.id: card for card in kc.explain(plan).conflicts}
    assert set(shown) == wanted
    cited = {source.id for source in kc.explain(plan).sources}
    for card in shown.values():
        assert all((*card.claims, *card.holds_for, card.resolution))
        assert all(cited.issuperset(sources) for sources in card.sources)
        assert card.resolution[:20] in " ".join(str(kc.explain(plan)).split())


def test_every_conflict_has_two_claims_two_populations_and_sources() -> None:
    assert len(KNOWLEDGE.conflicts) == 66
    for card in KNOWLEDGE.conflicts.values():
        assert all((*card.claims, *card.holds_for, card.resolution))
        assert all(card.sources)


@given(person=healthy_persons(KNOWLEDGE), request=requests(KNOWLEDGE))
def test_a_source_that_states_more_than_the_plan_gives_is_shown_beside_it(
    person: kc.Person, request: kc.Request
) -> None:
    plan = RECOMMENDER.recommend(person, request=request)
    explanation = kc.explain(plan)
    for item in plan.items:
        exercise = KNOWLEDGE.exercises[item.exercise]
        wider = [one for one in exercise.stated if one.dose and one.dose.exceeds(exercise.dose)]
        told = [
            one for one in explanation.reasons[item.exercise] if one.message.id == "stated_differs"
        ]
        assert len(told) == len(wider)
