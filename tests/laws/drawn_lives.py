"""Lives on one ladder: what was done follows what was asked, so that ladders are climbed."""

import datetime
from typing import Any

from hypothesis import strategies as st

import kineticchain as kc
from kineticchain.domain.person import Event
from kineticchain.progression import ReplayContext, replay
from kineticchain.progression.verify.exploration import dose_word

FIRST = datetime.date(2026, 1, 1)
DAY = datetime.timedelta(days=1)
PERSON = kc.Person(
    age=40,
    equipment=["fixed_support", "chair", "towel", "step", "band", "soft_ball", "firm_ball"],
    facts={"tandem_stance_s": 30, "heel_rise_reps": 12, "single_leg_s": 30},
    screening="clear",
)

__all__ = ["DAY", "FIRST", "PERSON", "dose_word", "heights", "lives"]


def heights(
    course: ReplayContext, history: kc.History, on: datetime.date
) -> dict[tuple[str, kc.Side], tuple[int, int, int]]:
    """How high the person stands on each ladder and side.

    By the fold alone: what rules make of pain on the day of the plan only lowers it further.
    """
    return {(one.ladder, one.side): one.height for one in replay(history, course, on)}


@st.composite
def lives(draw: st.DrawFn, knowledge: kc.Knowledge, most: int = 25) -> kc.History:
    """Sessions of one ladder, two or three days apart, mostly good, with their mornings."""
    ladder = draw(st.sampled_from(knowledge.ladders))
    day, rung, at = FIRST, draw(st.integers(0, len(ladder.rungs) - 1)), 0
    found: list[Event] = []
    for _ in range(draw(st.integers(1, most))):
        rung = min(len(ladder.rungs) - 1, max(0, rung + draw(st.sampled_from([0, 0, 0, 0, 1, -1]))))
        axis = ladder.rungs[rung].axis
        at = min(len(axis) - 1, max(0, at + draw(st.sampled_from([0, 0, 1, 1, 2, -1]))))
        line = kc.ExerciseLog(ladder.rungs[rung].exercise, done=axis[at], **draw(notes()))
        found.append(kc.SessionLog(on=day, lines=[line]))
        change = draw(st.sampled_from([0, 0, 0, 0, 0, 0, -1, 1, None]))
        if change is not None:
            found.append(kc.MorningAfter(on=day + DAY, change=change))
        day += DAY * draw(st.sampled_from([2, 2, 2, 3, 3, 7, 9, 16, 30]))
    return kc.History(found)


@st.composite
def notes(draw: st.DrawFn) -> dict[str, Any]:
    """What is noted of a session, mostly good."""
    return {
        "pain": draw(st.sampled_from([0, 0, 0, 1, 1, 2, 3, 5, 6, 8])),
        "effort": draw(st.sampled_from([3, 4, 4, 5, 5, 7, 9, None])),
        "form_ok": draw(st.sampled_from([True, True, True, None, False])),
        "touches": draw(st.sampled_from([0, 0, 0, 0, None, 2])),
    }
