"""Law 47: the same work in three sessions of a day or in one leads to the same standing."""

from collections.abc import Iterator

from attrs import evolve
from builtin_knowledge import KNOWLEDGE, RECOMMENDER
from hypothesis import given

import kineticchain as kc
from kineticchain.testing.strategies import training_histories

PERSON = kc.Person(
    age=40,
    equipment=["fixed_support", "chair", "towel", "band", "step"],
    facts={"tandem_stance_s": 30, "single_leg_s": 20, "heel_rise_reps": 12},
    screening="clear",
)
SESSIONS = 3


def spread(session: kc.SessionLog) -> Iterator[kc.SessionLog]:
    """The sets of a session in up to three sessions of the same day."""
    (line,) = session.lines
    assert line.done is not None
    sets = line.done.sets
    for number in range(min(SESSIONS, sets)):
        share = len(range(number, sets, SESSIONS))
        yield evolve(
            session,
            slot=number + 1,
            lines=[evolve(line, done=evolve(line.done, sets=share))],
        )


@given(history=training_histories(KNOWLEDGE))
def test_sets_in_three_sessions_of_a_day_count_as_in_one(history: kc.History) -> None:
    several = kc.History(
        part
        for event in history
        for part in (spread(event) if isinstance(event, kc.SessionLog) else (event,))
    )
    on = history.events[-1].on
    together = RECOMMENDER.replay(PERSON, history, on=on)
    assert RECOMMENDER.replay(PERSON, several, on=on) == together
