"""Law 11: replaying event by event equals replaying whole; a late morning equals an early one."""

from random import Random  # noqa: TID251 - what Hypothesis gives

from builtin_knowledge import KNOWLEDGE, LAST_DAY, RECOMMENDER
from hypothesis import given
from hypothesis import strategies as st

import kineticchain as kc
from kineticchain.testing.strategies import events, histories, training_histories

PERSON = kc.Person(
    age=40,
    equipment=["fixed_support", "chair"],
    facts={"tandem_stance_s": 30, "single_leg_s": 20},
    screening="clear",
)


@given(history=histories(KNOWLEDGE) | training_histories(KNOWLEDGE), order=st.randoms())
def test_events_recorded_in_any_order_give_the_same_standings(
    history: kc.History, order: Random
) -> None:
    shuffled = list(history)
    order.shuffle(shuffled)
    recorded = kc.History()
    for event in shuffled:
        recorded = recorded.with_events(event, event)
    assert recorded == history
    whole = RECOMMENDER.replay(PERSON, history, on=LAST_DAY)
    assert RECOMMENDER.replay(PERSON, recorded, on=LAST_DAY) == whole


@given(history=training_histories(KNOWLEDGE), more=events(KNOWLEDGE))
def test_what_happens_later_does_not_change_where_one_stood(
    history: kc.History, more: kc.Finding
) -> None:
    day = more.on
    before = RECOMMENDER.replay(PERSON, history.until(day), on=day)
    later = [event for event in history if event.on > day]
    assert RECOMMENDER.replay(PERSON, history.until(day).with_events(*later), on=day) == before
