"""Law 14: pain above its ceiling, or a worse next morning, never yields a step up."""

import datetime

from attrs import evolve
from builtin_knowledge import KNOWLEDGE, RECOMMENDER
from hypothesis import assume, given
from hypothesis import strategies as st

import kineticchain as kc
from kineticchain.testing.strategies import training_histories

PERSON = kc.Person(
    age=40,
    equipment=["fixed_support", "chair"],
    facts={"tandem_stance_s": 30, "single_leg_s": 20},
    screening="clear",
)
STEPS_UP = {kc.Action.INCREASE_DOSE, kc.Action.ADVANCE_VARIANT}
DAY = datetime.timedelta(days=1)


def on_ladders_of(session: kc.SessionLog) -> set[str]:
    return {KNOWLEDGE.ladder_of(line.exercise).id for line in session.lines}


def hurting(session: kc.SessionLog, pain: int) -> kc.SessionLog:
    return evolve(session, lines=[evolve(line, pain=pain, skipped=None) for line in session.lines])


@given(history=training_histories(KNOWLEDGE), pain=st.integers(6, 10), morning=st.booleans())
def test_pain_above_the_ceiling_in_the_last_session_yields_no_step_up(
    history: kc.History, pain: int, *, morning: bool
) -> None:
    last = history.sessions[-1]
    kept = [event for event in history if event != last and event.on <= last.on]
    mornings = [kc.MorningAfter(on=last.on + DAY, change=0)] if morning else []
    lived = kc.History([*kept, hurting(last, pain), *mornings])
    for standing in RECOMMENDER.replay(PERSON, lived, on=last.on + DAY):
        if standing.ladder in on_ladders_of(last):
            assert standing.action not in STEPS_UP


@given(history=training_histories(KNOWLEDGE), change=st.integers(1, 5))
def test_a_worse_morning_after_the_last_session_yields_no_step_up(
    history: kc.History, change: int
) -> None:
    last = history.sessions[-1]
    kept = [event for event in history if event.on <= last.on]
    assume(kept)
    lived = kc.History([*kept, kc.MorningAfter(on=last.on + DAY, change=change)])
    for standing in RECOMMENDER.replay(PERSON, lived, on=last.on + DAY):
        if standing.ladder in on_ladders_of(last):
            assert standing.action not in STEPS_UP
