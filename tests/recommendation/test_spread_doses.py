"""A dose that is too long for one session is spread over the sessions of a day."""

import datetime

import pytest

import kineticchain as kc
from kineticchain.interop import json
from kineticchain.recommendation import SimulatedCourse

ON = datetime.date(2026, 1, 5)
LADDER = "single_leg_balance"
THREE_TIMES_TWO_MINUTES = kc.Request(minutes=2, sessions_per_day=3, days_per_week=7, goal="balance")


@pytest.fixture(scope="module")
def course(recommender: kc.Recommender) -> SimulatedCourse:
    person = kc.Person(
        age=35,
        sex="f",
        equipment=["fixed_support", "towel", "chair", "band"],
        facts={"tandem_stance_s": 20, "heel_rise_reps": 12},
        screening="clear",
        as_of=ON,
    )
    return recommender.simulate(person, "as_planned", 12, request=THREE_TIMES_TWO_MINUTES, on=ON)


def spread_plans(course: SimulatedCourse) -> list[kc.Plan]:
    return [plan for _, plan in course.plans if any(item.shared_by > 1 for item in plan.items)]


def test_two_minutes_three_times_a_day_lead_to_the_ball_of_the_foot(
    course: SimulatedCourse, recommender: kc.Recommender
) -> None:
    """With a hand, within twelve weeks, for whoever can rise on one heel."""
    rungs = recommender.knowledge.ladder_index.exercises_on[LADDER]
    reached = {
        standing.exercise
        for standings in course.standings
        for standing in standings
        if standing.ladder == LADDER
    }
    assert rungs[2] in reached


def test_the_parts_of_a_day_add_up_to_the_whole_dose(course: SimulatedCourse) -> None:
    for plan in spread_plans(course):
        for item in plan.items:
            if item.shared_by > 1:
                for day in item.days:
                    parts = [
                        part
                        for session in plan.sessions
                        for part in session.on_day(day)
                        if (part.exercise, part.side) == (item.exercise, item.side)
                    ]
                    assert len(parts) == item.shared_by
                    assert item.day_dose is not None
                    assert sum(part.dose.sets for part in parts) == item.day_dose.sets


def test_the_issued_plan_asks_for_the_whole_dose(course: SimulatedCourse) -> None:
    plan = spread_plans(course)[0]
    wanted = {item.exercise: item.due_dose for item in plan.items if item.shared_by > 1}
    issued = {item.exercise: item.dose for item in plan.issued(ON).items}
    assert {name: issued[name] for name in wanted} == wanted


def test_a_dose_that_fits_one_session_is_not_spread(recommender: kc.Recommender) -> None:
    person = kc.Person(age=35, equipment=["fixed_support"], screening="clear", as_of=ON)
    request = kc.Request(minutes=10, sessions_per_day=3, goal="balance")
    plan = recommender.recommend(person, request=request, on=ON)
    assert plan.items
    assert {item.shared_by for item in plan.items} == {1}


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "in all sessions of the day together"), ("de", "in allen Einheiten des Tages")],
)
def test_the_text_says_that_it_is_a_part(
    course: SimulatedCourse, language: str, words: str
) -> None:
    text = " ".join(spread_plans(course)[0].text(language).split())
    assert words in text


def test_a_plan_read_from_json_explains_the_same_choice(
    course: SimulatedCourse, recommender: kc.Recommender
) -> None:
    plan = spread_plans(course)[0]
    again = json.loads(json.dumps(plan), kc.Plan)
    for item in plan.items:
        assert recommender.why(again, item.exercise) == recommender.why(plan, item.exercise)
