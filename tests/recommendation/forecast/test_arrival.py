"""When an exercise comes that training leads to, and what else that takes."""

import datetime
import os
from itertools import pairwise
from pathlib import Path

import pytest
from attrs import evolve

import kineticchain as kc
from kineticchain.recommendation import (
    EarliestDate,
    PreferExercise,
    SetEquipment,
    SetMinutes,
    SetPain,
    SimulatedCourse,
)
from kineticchain.testing.cases import read_case

CASES = sorted((Path(__file__).parents[2] / "cases").glob("*.toml"))
"""The cases; a year of plans is simulated for each, so every thirty-second is enough but at night."""

SOME_CASES = CASES if os.environ.get("HYPOTHESIS_PROFILE") == "nightly" else CASES[::32]
ON = datetime.date(2026, 11, 21)
BALL_OF_THE_FOOT = "single_leg_balance_forefoot"
HEEL = kc.Person(
    age=34,
    complaints=[kc.Complaint("heel", side="right", pain=3, weeks=6)],
    equipment=["fixed_support", "towel"],
    facts={"tandem_stance_s": 30},
    screening="clear",
)


TEN_MINUTES = kc.Request(minutes=10)


def asked(
    recommender: kc.Recommender,
    exercise: str,
    person: kc.Person = HEEL,
    request: kc.Request = TEN_MINUTES,
) -> EarliestDate | None:
    plan = recommender.recommend(person, request=request, on=ON)
    return recommender.when(plan, exercise)


def later(found: EarliestDate | None) -> EarliestDate:
    assert found is not None
    return found


def test_whoever_is_in_pain_is_told_how_little_it_has_to_be_and_when_training_leads_there(
    recommender: kc.Recommender,
) -> None:
    found = asked(recommender, BALL_OF_THE_FOOT)
    assert later(found).given == (SetPain(kc.Region.HEEL, kc.Side.RIGHT, 2),)
    assert "need this: pain of 2 of 10 or less: heel, right" in str(found)
    assert f"on {later(found).on} at the earliest" in str(found)


def test_what_needs_equipment_and_training_tells_both(recommender: kc.Recommender) -> None:
    bare = evolve(HEEL, equipment=["fixed_support"])
    given = later(asked(recommender, "heel_raise_towel", bare)).given
    assert SetEquipment("towel") in given


def test_where_training_alone_leads_there_nothing_else_is_asked_for(
    recommender: kc.Recommender,
) -> None:
    assert later(asked(recommender, "single_leg_balance")).given == ()


def test_what_training_does_not_lead_to_has_no_day(recommender: kc.Recommender) -> None:
    assert asked(recommender, "ball_roll_soft") is None


def plans_with(life: SimulatedCourse, exercise: str) -> list[datetime.date]:
    """The days of the plans that hold an exercise."""
    return [on for on, plan in life.plans if exercise in {item.exercise for item in plan.items}]


@pytest.mark.parametrize("exercise", ["single_leg_balance", BALL_OF_THE_FOOT])
def test_the_day_on_which_it_comes_is_that_of_the_first_weekly_plan_that_holds_it(
    recommender: kc.Recommender, exercise: str
) -> None:
    """Lived as planned, by whoever has the pain that is asked for."""
    request = kc.Request(minutes=20)
    easier = evolve(HEEL, complaints=[kc.Complaint("heel", side="right", pain=2, weeks=6)])
    arrives = later(asked(recommender, exercise, request=request)).arrival
    assert arrives is not None
    assert arrives.changes == ()
    life = recommender.simulate(easier, "as_planned", 26, request=request, on=ON)
    assert plans_with(life, exercise)[0] == arrives.on


def test_whoever_has_too_little_time_is_told_how_much_more_leads_there(
    recommender: kc.Recommender,
) -> None:
    """Five minutes never get there, and fifteen do: both are lived."""
    found = asked(recommender, BALL_OF_THE_FOOT, request=kc.Request(minutes=5))
    arrives = later(found).arrival
    assert arrives is not None
    assert arrives.changes == (SetMinutes(15),)
    assert "you will not reach it in the next 26 weeks" in str(found)
    assert f"With 15 minutes a session: it is in your plan from {arrives.on}." in str(found)
    easier = evolve(HEEL, complaints=[kc.Complaint("heel", side="right", pain=2, weeks=6)])
    for minutes, comes in ((5, False), (15, True)):
        request = kc.Request(minutes=minutes)
        life = recommender.simulate(easier, "as_planned", 26, request=request, on=ON)
        assert (arrives.on in plans_with(life, BALL_OF_THE_FOOT)) is comes


def test_a_wish_is_told_where_that_is_enough(recommender: kc.Recommender) -> None:
    """Other exercises would come first, however long the session is."""
    request = kc.Request(minutes=60)
    arrives = later(asked(recommender, "tandem_walk", request=request)).arrival
    assert arrives is not None
    assert PreferExercise("tandem_walk") in arrives.changes


def test_no_day_is_told_for_what_is_avoided(recommender: kc.Recommender) -> None:
    request = kc.Request(minutes=10, avoid=["single_leg_balance"])
    assert asked(recommender, "single_leg_balance", request=request) is None


def test_the_last_days_that_plans_are_made_for_are_no_error(recommender: kc.Recommender) -> None:
    plan = recommender.recommend(HEEL, request=TEN_MINUTES, on=datetime.date(2500, 12, 1))
    assert later(recommender.when(plan, BALL_OF_THE_FOOT)).arrival is None


def test_sides_that_stand_apart_are_told_no_day_after_that_of_the_plan(
    recommender: kc.Recommender,
) -> None:
    """Plans may train both legs where each side by itself would take another exercise."""
    apart = kc.Person(
        age=40,
        equipment=["fixed_support"],
        facts={"heel_rise_reps.left": 3, "heel_rise_reps.right": 12, "tandem_stance_s": 10},
        screening="clear",
    )
    request = kc.Request(minutes=15, days_per_week=3, prefer=["heel_raise_double"])
    found = later(asked(recommender, "tandem_walk", apart, request))
    assert found.arrival is not None
    assert found.on <= found.arrival.on


def test_a_day_is_told_to_whoever_trains_several_times_a_day_already(
    recommender: kc.Recommender,
) -> None:
    """One easy session a day is all that the way takes, whatever the last plan asked for."""
    life = recommender.simulate(
        HEEL, "as_planned", 2, request=kc.Request(minutes=2, sessions_per_day=3), on=ON
    )
    on, plan = life.plans[1]
    assert later(recommender.when(plan, BALL_OF_THE_FOOT)).on > on


def test_nothing_leads_there_by_what_cannot_be_trained(recommender: kc.Recommender) -> None:
    """The firm ball comes after the soft one, and without that nobody has rolled on it."""
    firm = evolve(HEEL, complaints=[], equipment=["firm_ball", "fixed_support"])
    assert asked(recommender, "ball_roll_firm", firm) is None
    both = evolve(firm, equipment=["firm_ball", "soft_ball", "fixed_support"])
    assert later(asked(recommender, "ball_roll_firm", both)).exercises == ("ball_roll_soft",)


def test_no_day_is_told_that_takes_another_life(recommender: kc.Recommender) -> None:
    """Nobody undoes a fall to stand on the ball of the foot."""
    fallen = kc.Person(
        age=67,
        equipment=["fixed_support", "chair"],
        facts={"fall_last_12m": True, "falls_n": 1},
        screening="clear",
    )
    request = kc.Request(minutes=20, days_per_week=3, goal="balance")
    assert asked(recommender, BALL_OF_THE_FOOT, fallen, request) is None


def test_fewer_training_days_bring_no_exercise_sooner(recommender: kc.Recommender) -> None:
    days = []
    for number in (7, 3, 2):
        request = kc.Request(minutes=20, days_per_week=number)
        arrives = later(asked(recommender, "single_leg_balance", request=request)).arrival
        assert arrives is not None
        days.append(arrives.on)
    assert all(sooner <= other for sooner, other in pairwise(days))


@pytest.mark.parametrize("path", SOME_CASES, ids=lambda path: path.stem)
def test_no_plan_holds_an_exercise_before_the_earliest_day(
    recommender: kc.Recommender, path: Path
) -> None:
    case = read_case(path)
    plan = recommender.recommend(case.person, case.history, request=case.request, on=case.on)
    for exercise in (BALL_OF_THE_FOOT, "heel_raise_single"):
        found = recommender.when(plan, exercise)
        if found is not None and found.arrival is not None:
            assert found.arrival.on >= found.on


def test_an_exercise_is_never_said_to_be_in_once_it_is_mastered_by_its_own_name(
    recommender: kc.Recommender,
) -> None:
    plan = recommender.recommend(HEEL, request=TEN_MINUTES, on=ON)
    found = recommender.why_not(plan, BALL_OF_THE_FOOT, tries=300)
    change = next(line for line in found.lines if line.startswith("It would be in the plan with"))
    assert "already mastered: Heel raise on both legs; this exercise mastered before" in change
