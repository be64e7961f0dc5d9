"""Law 15: a session without data never progresses; more missed days never restart higher."""

import datetime

from attrs import evolve
from builtin_knowledge import KNOWLEDGE, RECOMMENDER
from hypothesis import given
from hypothesis import strategies as st

import kineticchain as kc
from kineticchain.testing.strategies import training_histories

PERSON = kc.Person(
    age=40,
    equipment=["fixed_support", "chair"],
    facts={"tandem_stance_s": 30, "single_leg_s": 20},
    screening="clear",
)


def height(standing: kc.Standing) -> tuple[int, int]:
    """Rung first, then the work of one session."""
    rung = -1 if standing.rung is None else standing.rung
    return rung, 0 if standing.dose is None else standing.dose.volume


@given(history=training_histories(KNOWLEDGE))
def test_sessions_without_data_never_progress(history: kc.History) -> None:
    bare = kc.History(
        evolve(event, lines=[kc.ExerciseLog(line.exercise, line.side) for line in event.lines])
        if isinstance(event, kc.SessionLog)
        else event
        for event in history
    )
    last_day = history.events[-1].on
    start = RECOMMENDER.replay(PERSON, kc.History(), on=last_day)
    end = RECOMMENDER.replay(PERSON, bare, on=last_day)
    for before, after in zip(start, end, strict=True):
        assert height(after) <= height(before)


@given(history=training_histories(KNOWLEDGE), days=st.integers(0, 90), more=st.integers(0, 60))
def test_more_missed_days_never_give_a_higher_restart(
    history: kc.History, days: int, more: int
) -> None:
    last = history.events[-1].on
    sooner = RECOMMENDER.replay(PERSON, history, on=last + datetime.timedelta(days=days))
    later = RECOMMENDER.replay(PERSON, history, on=last + datetime.timedelta(days=days + more))
    for early, late in zip(sooner, later, strict=True):
        assert height(late) <= height(early)
