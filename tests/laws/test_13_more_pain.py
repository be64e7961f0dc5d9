"""Law 13: raising the pain of the last session, or of all from some day on, leads no higher."""

import datetime

from attrs import evolve
from builtin_knowledge import KNOWLEDGE, RECOMMENDER
from drawn_lives import FIRST, PERSON, heights, lives
from hypothesis import given
from hypothesis import strategies as st

import kineticchain as kc

COURSE = RECOMMENDER.assess(PERSON, on=FIRST).replay_context


def sorer(history: kc.History, since: datetime.date, more: int) -> kc.History:
    """The history with more pain in every session from a day on."""

    def hurting(line: kc.ExerciseLog) -> kc.ExerciseLog:
        return line if line.pain is None else evolve(line, pain=min(10, line.pain + more))

    return kc.History(
        evolve(event, lines=[hurting(line) for line in event.lines])
        if isinstance(event, kc.SessionLog) and event.on >= since
        else event
        for event in history
    )


@given(life=lives(KNOWLEDGE), more=st.integers(1, 10))
def test_a_last_session_with_more_pain_leads_no_higher(life: kc.History, more: int) -> None:
    last = life.sessions[-1].on
    on = life.events[-1].on
    with_more = sorer(life, last, more)
    assert_no_higher(heights(COURSE, with_more, on), heights(COURSE, life, on))


@given(life=lives(KNOWLEDGE), at=st.integers(0, 30), more=st.integers(1, 10))
def test_more_pain_from_some_day_on_leads_no_higher(life: kc.History, at: int, more: int) -> None:
    sessions = life.sessions
    since = sessions[min(at, len(sessions) - 1)].on
    with_more = sorer(life, since, more)
    for on in [one.on + datetime.timedelta(days=1) for one in sessions if one.on >= since]:
        assert_no_higher(heights(COURSE, with_more, on), heights(COURSE, life, on))


def assert_no_higher(
    one: dict[tuple[str, kc.Side], tuple[int, int, int]],
    other: dict[tuple[str, kc.Side], tuple[int, int, int]],
) -> None:
    assert [place for place in one if one[place] > other[place]] == []


def test_most_ladders_of_the_person_are_open() -> None:
    """Else the laws would speak of nobody."""
    found = heights(COURSE, kc.History(), FIRST)
    assert sum(height[0] >= 0 for height in found.values()) > len(found) // 2
