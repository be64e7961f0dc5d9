"""A plan on dates: every session of its days, and what was missed on a later one."""

import datetime
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kineticchain as kc
from kineticchain.recommendation import DatedSession

START = datetime.date(2026, 11, 21)
DAY = datetime.timedelta(days=1)
STRONG = kc.Person(
    age=29,
    equipment=["fixed_support"],
    facts={"tandem_stance_s": 30, "single_leg_s": 40, "heel_rise_reps": 24},
    screening="clear",
)
PLAN = kc.recommend(
    STRONG, request=kc.Request(minutes=15, days_per_week=3, goal="foot_strength"), on=START
)
HEAVY = next(item for item in PLAN.items if item.exercise == "heel_raise_single")


def days_of(exercise: str, sessions: Iterable[DatedSession]) -> list[int]:
    """The days from the start on which an exercise is done."""
    return [
        (one.on - START).days
        for one in sessions
        if exercise in {item.exercise for item in one.items}
    ]


def did(day: int, *exercises: str) -> kc.SessionLog:
    lines = [kc.ExerciseLog(one, done=kc.Dose(reps=8)) for one in exercises]
    return kc.SessionLog(on=START + day * DAY, lines=lines)


def test_every_item_is_on_its_days_of_every_week() -> None:
    sessions = PLAN.calendar(START, 2)
    for item in PLAN.items:
        wanted = [day - 1 + 7 * week for week in range(2) for day in item.days]
        assert days_of(item.exercise, sessions) == wanted


def test_what_still_rests_is_not_on_days_before_it_starts() -> None:
    history = kc.History([did(-1, "heel_raise_single")])
    plan = kc.recommend(
        STRONG,
        history,
        request=kc.Request(minutes=15, days_per_week=3, goal="foot_strength"),
        on=START,
    )
    assert 0 not in days_of("heel_raise_single", plan.calendar(START, 1))


def test_a_missed_session_moves_to_today() -> None:
    assert HEAVY.days == (1, 5)
    sessions = PLAN.calendar(START, 1, history=kc.History(), today=START + DAY)
    assert days_of("heel_raise_single", sessions) == [1, 4]


def test_what_is_moved_keeps_its_days_of_rest() -> None:
    sessions = PLAN.calendar(START, 1, history=kc.History(), today=START + 3 * DAY)
    assert days_of("heel_raise_single", sessions) == [4]


LIGHT = next(item for item in PLAN.items if not item.rest_days)


def test_a_missed_session_moves_past_its_own_next_day_and_does_not_vanish() -> None:
    assert LIGHT.days == (1, 3, 5)
    sessions = PLAN.calendar(START, 1, history=kc.History(), today=START + 2 * DAY)
    assert days_of(LIGHT.exercise, sessions) == [2, 3, 4]


def test_several_missed_sessions_move_to_several_days() -> None:
    sessions = PLAN.calendar(START, 1, history=kc.History(), today=START + 4 * DAY)
    assert days_of(LIGHT.exercise, sessions) == [4, 5, 6]


def test_a_week_with_all_its_days_gets_no_further_day() -> None:
    sessions = PLAN.calendar(START, 2, history=kc.History(), today=START + 7 * DAY)
    assert days_of(LIGHT.exercise, sessions) == [7 + day - 1 for day in LIGHT.days]


def test_what_was_done_a_day_late_is_done() -> None:
    history = kc.History([did(1, *(item.exercise for item in PLAN.items))])
    sessions = PLAN.calendar(START, 1, history=history, today=START + 2 * DAY)
    assert not any(one.moved for one in sessions)


def test_what_is_done_today_is_no_longer_due_today() -> None:
    history = kc.History([did(0, LIGHT.exercise)])
    sessions = PLAN.calendar(START, 1, history=history, today=START)
    assert days_of(LIGHT.exercise, sessions) == [2, 4]


def test_of_two_sessions_a_day_the_one_that_was_not_done_is_still_due() -> None:
    person = kc.Person(
        age=34,
        complaints=[kc.Complaint("heel", side="right", pain=3, weeks=6)],
        equipment=["fixed_support"],
        facts={"tandem_stance_s": 30},
        screening="clear",
    )
    request = kc.Request(minutes=2, sessions_per_day=3, goal="foot_pain")
    plan = kc.recommend(person, request=request, on=START)
    stretch = "plantar_fascia_stretch"
    assert days_of(stretch, plan.calendar(START, 1))[:2] == [0, 0]
    history = kc.History([did(0, stretch)])
    due = plan.calendar(START, 1, history=history, today=START)
    assert days_of(stretch, due)[:2] == [0, 1]


def test_what_was_done_is_not_moved() -> None:
    history = kc.History([did(0, *(item.exercise for item in PLAN.items))])
    sessions = PLAN.calendar(START, 1, history=history, today=START + DAY)
    assert days_of("heel_raise_single", sessions) == [4]
    assert not any(one.moved for one in sessions)


def test_what_a_session_skipped_is_moved() -> None:
    skipped = kc.SessionLog(on=START, lines=[kc.ExerciseLog("heel_raise_single", skipped="tired")])
    sessions = PLAN.calendar(START, 1, history=kc.History([skipped]), today=START + DAY)
    assert days_of("heel_raise_single", sessions) == [1, 4]


@given(done=st.sets(st.integers(0, 13)), today=st.integers(0, 13))
def test_no_day_is_longer_and_nothing_is_twice_a_day(done: set[int], today: int) -> None:
    history = kc.History([did(day, "heel_raise_single") for day in done if day < today])
    longest = max(session.seconds for session in PLAN.sessions)
    sessions = PLAN.calendar(START, 2, history=history, today=START + today * DAY)
    assert all(one.on >= START + today * DAY for one in sessions)
    assert all(one.seconds <= longest for one in sessions)
    for one in sessions:
        planned_items = {(item.exercise, item.side) for item in one.session.items}
        moved_items = [(item.exercise, item.side) for item in one.moved]
        assert len(moved_items) == len(set(moved_items))
        assert planned_items.isdisjoint(moved_items)
    heavy = [*done.intersection(range(today)), *days_of("heel_raise_single", sessions)]
    planned = {0, 4, 7, 11}
    moved = set(heavy) - planned
    assert all(day + 1 not in heavy and day - 1 not in heavy for day in moved - done)


def test_a_dated_session_says_what_is_done() -> None:
    first = PLAN.calendar(START, 1)[0]
    assert str(first).startswith("2026-11-21 (1): ")


@pytest.mark.parametrize(
    ("start", "weeks", "more", "told"),
    [
        ("2026-11-21", 1, {}, "is not a date"),
        (START, 0, {}, "number of weeks"),
        (START, 2.5, {}, "number of weeks"),
        (START, 1, {"history": kc.History()}, "give both"),
        (START, 1, {"today": START}, "give both"),
    ],
)
def test_wrong_turns_are_told(
    start: object, weeks: object, more: dict[str, object], told: str
) -> None:
    with pytest.raises(kc.InvalidInput, match=told):
        PLAN.calendar(start, weeks, **more)  # type: ignore[arg-type]  # the wrong turns


def test_today_lists_what_is_still_to_be_done() -> None:
    history = kc.History([did(0, LIGHT.exercise)])
    due = {item.exercise for session in PLAN.today(history) for item in session.items}
    assert LIGHT.exercise not in due
    assert HEAVY.exercise in due


def test_today_lists_what_was_missed_yesterday() -> None:
    sessions = PLAN.today(kc.History(), START + DAY)
    assert {item.exercise for session in sessions for item in session.moved}


@pytest.mark.parametrize("day", [START - DAY, START + 400 * DAY])
def test_a_day_outside_of_the_plan_is_an_error(day: datetime.date) -> None:
    with pytest.raises(kc.InvalidInput, match="not a day of the plan"):
        PLAN.today(kc.History(), day)
