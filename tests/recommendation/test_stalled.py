"""A plan in which nothing has the time to grow does not stay as it is for ever."""

import datetime

import pytest

import kineticchain as kc
from kineticchain.recommendation import Item, Outcome, SimulatedCourse

ON = datetime.date(2026, 1, 5)
SECOND_WEEK = ON + datetime.timedelta(days=7)
PERSON = kc.Person(
    age=35,
    equipment=["fixed_support", "chair", "towel", "band"],
    facts={"tandem_stance_s": 30, "heel_rise_reps": 15},
    screening="clear",
    as_of=ON,
)
REQUEST = kc.Request(minutes=2, sessions_per_day=3, goal="balance")


def _one_worse_morning(_: Item, on: datetime.date) -> Outcome:
    return Outcome.WORSE_MORNING if on == SECOND_WEEK else Outcome.AS_PLANNED


@pytest.fixture(scope="module")
def course(recommender: kc.Recommender) -> SimulatedCourse:
    """Four exercises in three times two minutes: after one worse morning none can grow."""
    return recommender.simulate(PERSON, _one_worse_morning, 22, request=REQUEST, on=ON)


def test_the_exercise_begun_last_makes_room(course: SimulatedCourse) -> None:
    [(week, ladder)] = [
        (week, ladder)
        for week, (_, plan) in enumerate(course.plans)
        for ladder, code in plan.trace.continuity.items()
        if code == "makes_room"
    ][:1]
    before, after = course.plans[week - 1][1], course.plans[week][1]
    assert {item.exercise for item in before.items} - {item.exercise for item in after.items}
    begun = {
        name: next(on for on, plan in course.plans if name in plan.trace.continuity)
        for name in before.trace.continuity
        if before.trace.continuity[name] == "goes_on"
    }
    assert begun[ladder] == max(begun.values())


def test_the_others_grow_again(course: SimulatedCourse) -> None:
    highest = [
        max(
            (standing.rung or 0, standing.level)
            for standing in standings
            if standing.ladder == "single_leg_balance"
        )
        for standings in course.standings
    ]
    assert highest[-1] > highest[5]
    assert highest[-1][0] >= 2


def test_what_is_asked_for_by_name_makes_no_room(recommender: kc.Recommender) -> None:
    request = kc.Request(
        minutes=2, sessions_per_day=3, goal="balance", pinned=["tandem_stance", "sit_to_stand"]
    )
    course = recommender.simulate(PERSON, _one_worse_morning, 14, request=request, on=ON)
    asked = {"stance", "sit_to_stand"}
    for _, plan in course.plans:
        left = {name for name, code in plan.trace.continuity.items() if code == "makes_room"}
        assert left.isdisjoint(asked)
