"""When an exercise comes that training leads to, and what else that takes."""

import datetime
from itertools import pairwise
from pathlib import Path

import pytest
from attrs import evolve

import kineticchain as kc
from kineticchain.cases import read_case
from kineticchain.recommendation import Equipment, Later, Minutes, Pain, Preferring, WhyNot

CASES = sorted((Path(__file__).parent / "cases").glob("*.toml"))
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
) -> WhyNot:
    plan = recommender.recommend(person, request=request, on=ON)
    return recommender.why_not(plan, exercise)


def later(found: WhyNot) -> Later:
    assert found.later is not None
    return found.later


def test_whoever_is_in_pain_is_told_how_little_it_has_to_be_and_when_training_leads_there(
    recommender: kc.Recommender,
) -> None:
    found = asked(recommender, BALL_OF_THE_FOOT)
    assert later(found).given == (Pain(kc.Region.HEEL, kc.Side.RIGHT, 2),)
    assert "asks for pain of 2 of 10 or less: heel, right" in str(found)
    assert f"on {later(found).on} at the earliest" in str(found)


def test_what_needs_equipment_and_training_tells_both(recommender: kc.Recommender) -> None:
    bare = evolve(HEEL, equipment=["fixed_support"])
    given = later(asked(recommender, "heel_raise_towel", bare)).given
    assert Equipment("towel") in given


def test_where_training_alone_leads_there_nothing_else_is_asked_for(
    recommender: kc.Recommender,
) -> None:
    assert later(asked(recommender, "single_leg_balance")).given == ()


def test_what_training_does_not_lead_to_has_no_day(recommender: kc.Recommender) -> None:
    assert asked(recommender, "ball_roll_soft").later is None


@pytest.mark.parametrize("minutes", [2, 10])
def test_the_day_on_which_it_comes_is_that_of_the_first_weekly_plan_that_holds_it(
    recommender: kc.Recommender, minutes: int
) -> None:
    request = kc.Request(minutes=minutes, sessions_per_day=3 if minutes == 2 else 1)
    easier = evolve(HEEL, complaints=[kc.Complaint("heel", side="right", pain=2, weeks=6)])
    found = later(asked(recommender, BALL_OF_THE_FOOT, request=request)).arrival
    assert found is not None
    life = recommender.simulate(easier, "easy", 16, request=request, on=ON)
    holds = {
        on: BALL_OF_THE_FOOT in {item.exercise for item in plan.items} for on, plan in life.plans
    }
    assert found.changes == ()
    assert next(on for on, it_does in holds.items() if it_does) == found.on


def test_whoever_has_too_little_time_is_told_which_wish_or_how_much_more_leads_there(
    recommender: kc.Recommender,
) -> None:
    found = asked(recommender, BALL_OF_THE_FOOT, request=kc.Request(minutes=2))
    arrives = later(found).arrival
    assert arrives is not None
    assert Minutes(20) in arrives.changes or Preferring("heel_raise_double") in arrives.changes
    assert "With the time that you have no plan of the next 16 weeks holds it" in str(found)
    assert f"the plan of {arrives.on} does" in str(found)


def test_more_days_between_sessions_bring_no_exercise_sooner(recommender: kc.Recommender) -> None:
    arrivals = [
        later(
            asked(
                recommender, "single_leg_balance", request=kc.Request(minutes=20, days_per_week=n)
            )
        ).arrival
        for n in (7, 3, 2)
    ]
    days = [one.on for one in arrivals if one is not None]
    assert len(days) == len(arrivals)
    assert all(sooner <= other for sooner, other in pairwise(days))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_no_plan_holds_an_exercise_before_the_earliest_day(
    recommender: kc.Recommender, path: Path
) -> None:
    case = read_case(path)
    plan = recommender.recommend(case.person, case.history, request=case.request, on=case.on)
    for exercise in (BALL_OF_THE_FOOT, "heel_raise_single"):
        found = recommender.why_not(plan, exercise).later
        if found is not None and found.arrival is not None:
            assert found.arrival.on >= found.on


def test_an_exercise_is_never_said_to_be_in_once_it_is_mastered_by_its_own_name(
    recommender: kc.Recommender,
) -> None:
    found = asked(recommender, BALL_OF_THE_FOOT)
    change = next(line for line in found.lines if line.startswith("It would be in with"))
    assert "already mastered: Heel raise on both legs; this exercise mastered before" in change
