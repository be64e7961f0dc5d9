"""Exercises on few days take turns: a session holds more than the time of one day."""

import datetime

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import kineticchain as kc
from kineticchain.interop import json
from kineticchain.recommendation import Plan
from kineticchain.recommendation.plan.cycle import day_groups
from kineticchain.recommendation.plan.model import seconds_a_day

ON = datetime.date(2026, 1, 5)
WEEKS = 8
REQUEST = kc.Request(minutes=10, days_per_week=5, goal="balance")
PERSON = kc.Person(
    age=35,
    sex="f",
    equipment=["fixed_support", "towel", "chair", "band"],
    facts={"tandem_stance_s": 20, "heel_rise_reps": 5},
    screening="clear",
    as_of=ON,
)


@pytest.fixture(scope="module")
def plans(recommender: kc.Recommender) -> list[Plan]:
    course = recommender.simulate(PERSON, "as_planned", WEEKS, request=REQUEST, on=ON)
    return [plan for _, plan in course.plans]


@pytest.fixture(scope="module")
def in_turns(plans: list[Plan]) -> Plan:
    return next(plan for plan in plans if len(plan.sessions) > 1)


@given(days=st.sets(st.integers(1, 7), min_size=1), cycle=st.integers(7, 8))
def test_groups_share_out_the_days(days: set[int], cycle: int) -> None:
    groups = day_groups(tuple(sorted(days)), cycle)
    assert sorted(day for group in groups for day in group) == sorted(days)


@pytest.mark.parametrize(
    ("days", "first", "second"),
    [
        ((1, 3, 5, 7), (1, 5), (3, 7)),
        ((1, 2, 4, 5, 6), (1, 4, 6), (2, 5)),
        ((1, 2, 3, 4, 5, 6, 7), (1, 3, 5), (2, 4, 6, 7)),
    ],
)
def test_days_of_the_first_group_do_not_follow_each_other(
    days: tuple[int, ...], first: tuple[int, ...], second: tuple[int, ...]
) -> None:
    assert day_groups(days, 7 if days[-1] != 7 or len(days) == 7 else 8) == (first, second)


def test_two_strength_exercises_are_on_different_days(
    in_turns: Plan, recommender: kc.Recommender
) -> None:
    strength = [
        set(item.days)
        for item in in_turns.items
        if recommender.knowledge.exercises[item.exercise].kind == "strength"
    ]
    assert any(one.isdisjoint(other) for one in strength for other in strength)


def test_no_day_is_longer_than_the_minutes(plans: list[Plan]) -> None:
    for plan in plans:
        for day in range(1, 8):
            here = [evolve(session, items=session.on_day(day)) for session in plan.sessions]
            assert sum(session.seconds for session in here) <= 600


def test_together_they_hold_more_than_the_time_of_one_day(plans: list[Plan]) -> None:
    assert any(sum(item.seconds for item in plan.items) > 600 for plan in plans)


def test_a_daily_exercise_is_in_both_and_listed_once_with_all_its_days(in_turns: Plan) -> None:
    balance = next(item for item in in_turns.items if item.exercise.startswith("single_leg"))
    assert len(balance.days) == 5
    assert all(
        any(item.exercise == balance.exercise for item in session.items)
        for session in in_turns.sessions
    )


def test_the_text_names_the_days_of_each_session(in_turns: Plan) -> None:
    titles = [line for line in in_turns.text().splitlines() if ": exercises (about" in line]
    assert [title.split(": exercises")[0] for title in titles] == ["Mon, Thu, Sat", "Tue, Fri"]


def test_the_calendar_has_each_day_once(in_turns: Plan) -> None:
    days = [dated.on for dated in in_turns.calendar(ON)]
    assert len(days) == len(set(days)) == 5


def test_the_mean_time_of_a_day_counts_each_session_by_its_days(in_turns: Plan) -> None:
    first, second = in_turns.sessions
    assert seconds_a_day(in_turns.sessions) == (3 * first.seconds + 2 * second.seconds) / 5


def test_a_plan_from_json_is_explained_alike(in_turns: Plan, recommender: kc.Recommender) -> None:
    read = json.loads(json.dumps(in_turns), Plan)
    told = recommender.explain(read)
    assert told.reasons.keys() == recommender.explain(in_turns).reasons.keys()
    assert told.omissions == recommender.explain(in_turns).omissions


def test_where_all_fits_on_each_day_there_is_one_session(recommender: kc.Recommender) -> None:
    plan = recommender.recommend(PERSON, request=evolve(REQUEST, minutes=60), on=ON)
    assert [session.number for session in plan.sessions] == [1]


def test_the_days_of_a_programme_stay_together(recommender: kc.Recommender) -> None:
    for programme in recommender.knowledge.programmes:
        plan = recommender.recommend(PERSON, request=kc.Request(programme=programme), on=ON)
        assert len({session.number for session in plan.sessions}) == len(plan.sessions)
