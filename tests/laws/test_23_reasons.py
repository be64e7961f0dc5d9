"""Law 23: every prescription, exclusion by a rule and rule that fired names reason and source."""

from builtin_knowledge import KNOWLEDGE, RECOMMENDER
from hypothesis import given

import kineticchain as kc
from kineticchain.domain.evidence import Grade
from kineticchain.recommendation import Reason
from kineticchain.testing.strategies import healthy_persons, persons, requests


def is_sourced(reason: Reason) -> bool:
    """A text, and a source; an unconfirmed row has none and says so."""
    known = all(name in KNOWLEDGE.sources for name in reason.sources)
    return bool(reason.message.text) and known and (bool(reason.sources) or not reason.confirmed)


@given(person=healthy_persons(KNOWLEDGE) | persons(KNOWLEDGE), request=requests(KNOWLEDGE))
def test_whatever_a_plan_says_has_its_reason_and_source(
    person: kc.Person, request: kc.Request
) -> None:
    plan = RECOMMENDER.recommend(person, request=request)
    explanation = kc.explain(plan)
    for item in plan.items:
        assert any(
            is_sourced(reason) and reason.sources for reason in explanation.reasons[item.exercise]
        )
    for omission in explanation.exclusions:
        assert omission.reason.rule in KNOWLEDGE.rules_by_id
        assert is_sourced(omission.reason)
    for reason in plan.referral.reasons:
        assert reason.message.text
        assert reason.grade
        assert reason.rule in KNOWLEDGE.rules_by_id or reason.evidence
    shown = {source.id for source in explanation.sources}
    for item in plan.items:
        reasons = explanation.reasons[item.exercise]
        assert all(shown.issuperset(reason.sources) for reason in reasons)


@given(person=healthy_persons(KNOWLEDGE), request=requests(KNOWLEDGE))
def test_expert_opinion_and_unconfirmed_rows_are_labelled(
    person: kc.Person, request: kc.Request
) -> None:
    plan = RECOMMENDER.recommend(person, request=request)
    rows = {row.id: row for row in kc.explain(plan).evidence}
    for item in plan.items:
        for reason in kc.explain(plan).reasons[item.exercise]:
            cited = [rows[name] for name in reason.evidence]
            if any(not row.confirmed for row in cited):
                assert not reason.confirmed
                assert "unconfirmed" in str(reason)
            if cited and all(row.grade is Grade.EXPERT for row in cited):
                assert reason.grade is Grade.EXPERT
                assert "expert" in str(reason)


def test_every_rule_has_a_reason_and_rests_on_something() -> None:
    for rule in KNOWLEDGE.rules:
        assert rule.because
        assert rule.evidence or rule.sources


def test_no_unconfirmed_row_has_a_strong_grade() -> None:
    for row in KNOWLEDGE.evidence.values():
        assert row.confirmed or row.grade.rank <= Grade.LIMITED.rank
