"""What was begun continues: plan and progression as one loop, over weeks done as planned."""

import datetime
from itertools import pairwise

import pytest

import kineticchain as kc
from kineticchain.recommendation import SimulatedCourse
from kineticchain.recommendation.selection.bonuses import MAKES_ROOM, OPENING, PREREQUISITE

ON = datetime.date(2026, 1, 5)
WEEK = datetime.timedelta(weeks=1)
GOALS = ["balance", "ankle_stability", "foot_strength", "balance_and_strength", "heel_pain"]


def person(age: int = 35) -> kc.Person:
    return kc.Person(
        age=age,
        sex="f",
        equipment=["fixed_support", "towel", "chair", "band"],
        facts={"tandem_stance_s": 20},
        screening="clear",
        as_of=ON,
    )


def lived(
    recommender: kc.Recommender, goal: str, minutes: int, weeks: int = 10, age: int = 35
) -> SimulatedCourse:
    request = kc.Request(minutes=minutes, goal=goal, days_per_week=5)
    return recommender.simulate(person(age), "as_planned", weeks, request=request, on=ON)


def ladders(plan: kc.Plan, recommender: kc.Recommender) -> set[str]:
    return {recommender.knowledge.ladder_of(item.exercise).id for item in plan.items}


@pytest.mark.parametrize("minutes", [5, 10])
@pytest.mark.parametrize("goal", GOALS)
def test_what_leaves_a_plan_makes_room_for_what_opens_the_next_step(
    goal: str, minutes: int, recommender: kc.Recommender
) -> None:
    course = lived(recommender, goal, minutes)
    for (_, before), (on, after) in pairwise(course.plans):
        continuity = after.trace.continuity
        room = {ladder for ladder, code in continuity.items() if code == MAKES_ROOM}
        lost = ladders(before, recommender) - ladders(after, recommender) - room
        opens = not {PREREQUISITE, OPENING}.isdisjoint(continuity.values())
        assert not lost or opens, f"{on}: {lost}"


@pytest.mark.parametrize("goal", GOALS)
def test_at_most_two_exercises_a_week_are_new(goal: str, recommender: kc.Recommender) -> None:
    course = lived(recommender, goal, 15)
    seen = ladders(course.plans[0][1], recommender)
    for on, plan in course.plans[1:]:
        fresh = ladders(plan, recommender) - seen
        assert len(fresh) <= 2, f"{on}: {fresh}"
        seen |= fresh


def test_the_first_week_of_maintenance_is_no_break(recommender: kc.Recommender) -> None:
    """From five days a week to two: one of the two is done in the first week."""
    course = lived(recommender, "balance", 30, weeks=26)
    stance = [
        standing
        for standings in course.standings
        for standing in standings
        if standing.ladder == "stance"
    ]
    assert any(standing.action is kc.Action.MAINTAIN for standing in stance)
    assert [one for one in stance if one.reason.id == "gap_short"] == []


@pytest.mark.parametrize(
    ("region", "first"),
    [("heel", "plantar_fascia_stretch"), ("calf_achilles", "heel_raise_double")],
)
def test_a_new_complaint_comes_before_what_continues(
    region: str, first: str, recommender: kc.Recommender
) -> None:
    request = kc.Request(minutes=5, goal="balance", days_per_week=5)
    course = lived(recommender, "balance", 5, weeks=8)
    on = ON + 8 * WEEK
    complaint = kc.Complaint(region, pain=4, weeks=1)
    told = kc.Finding(on=on, slot=5, complaints=[complaint], screening="clear")
    plan = recommender.recommend(person(), course.history.with_events(told), request=request, on=on)
    assert first in [item.exercise for item in plan.items]


def test_another_goal_comes_before_what_continues(recommender: kc.Recommender) -> None:
    course = lived(recommender, "foot_strength", 5, weeks=8)
    on = ON + 8 * WEEK
    balance = kc.Request(minutes=5, goal="balance", days_per_week=5)
    plan = recommender.recommend(person(), course.history, request=balance, on=on)
    kinds = [recommender.knowledge.exercises[item.exercise].kind for item in plan.items]
    assert "balance" in [kind.value for kind in kinds]
    assert "goes_on" not in plan.trace.continuity.values()
