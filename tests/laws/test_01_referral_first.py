"""Law 1: from SAME_DAY on there is no exercise, and the referral is the first thing shown."""

from builtin_knowledge import KNOWLEDGE, LAST_DAY, RECOMMENDER
from hypothesis import given
from hypothesis import strategies as st

import kineticchain as kc
from kineticchain.domain.facts import FactType
from kineticchain.domain.messages import ENGLISH
from kineticchain.testing.strategies import histories, persons, requests

FLAGS = [fact for fact in KNOWLEDGE.vocabulary.screening if fact.reassuring is False]


@given(
    person=persons(KNOWLEDGE),
    request=requests(KNOWLEDGE),
    history=histories(KNOWLEDGE, most=6),
    flags=st.lists(st.sampled_from(FLAGS), min_size=1, max_size=4),
)
def test_a_referral_of_the_same_day_or_higher_leaves_no_exercise(
    person: kc.Person, request: kc.Request, history: kc.History, flags: list[FactType]
) -> None:
    raised = {fact.id: True for fact in flags}
    flagged = kc.Person(
        age=person.age,
        complaints=person.complaints,
        facts=person.facts.updated(raised),
        screening=person.screening,
    )
    plan = RECOMMENDER.recommend(flagged, history, request=request, on=LAST_DAY)
    if plan.referral.level >= kc.ReferralLevel.SAME_DAY:
        assert plan.status == "refer"
        assert plan.items == ()
        assert str(plan).splitlines()[0] == ENGLISH.text(f"level_{plan.referral.level}")


def test_the_law_is_not_empty() -> None:
    person = kc.Person(facts={"saddle_numbness": True}, screening="clear")
    assert RECOMMENDER.recommend(person).referral.level is kc.ReferralLevel.EMERGENCY
