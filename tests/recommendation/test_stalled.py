"""A plan in which nothing has the time to grow does not stay as it is for ever."""

import datetime

import pytest
from attrs import evolve

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


OLDER = evolve(
    PERSON,
    age=70,
    equipment=["fixed_support", "towel", "chair", "band", "step", "soft_ball", "firm_ball"],
    facts={"tandem_stance_s": 20, "heel_rise_reps": 12},
    complaints=[kc.Complaint("lumbar", pain=2, weeks=20)],
)


@pytest.fixture(scope="module")
def course(recommender: kc.Recommender) -> SimulatedCourse:
    """Four exercises that share three times two minutes until none of them can grow."""
    return recommender.simulate(OLDER, "as_planned", 16, request=REQUEST, on=ON)


@pytest.fixture(scope="module")
def waiting(recommender: kc.Recommender) -> SimulatedCourse:
    """Four exercises in five minutes, of which balance without a hand needs more time.

    With a hand it shares its time with bracing the belly; without one it stands alone.
    """
    request = kc.Request(minutes=5, days_per_week=5, goal="balance")
    return recommender.simulate(OLDER, "as_planned", 14, request=request, on=ON)


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


def test_one_worse_morning_stalls_nothing(recommender: kc.Recommender) -> None:
    course = recommender.simulate(PERSON, _one_worse_morning, 14, request=REQUEST, on=ON)
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


@pytest.mark.parametrize("wish", ["pinned", "prefer"])
def test_what_is_asked_for_by_name_makes_no_room(wish: str, recommender: kc.Recommender) -> None:
    names = ["tandem_stance", "sit_to_stand", "side_plank"]
    request = evolve(REQUEST, pinned=names) if wish == "pinned" else evolve(REQUEST, prefer=names)
    course = recommender.simulate(PERSON, _one_worse_morning, 14, request=request, on=ON)
    asked = {recommender.knowledge.ladder_of(name).id for name in names}
    for _, plan in course.plans:
        left = {name for name, code in plan.trace.continuity.items() if code == "makes_room"}
        assert left.isdisjoint(asked)


def test_the_plan_tells_what_makes_room(course: SimulatedCourse) -> None:
    told = [
        any("Left out for now" in note.message.text for note in plan.advice)
        for _, plan in course.plans
    ]
    made = ["makes_room" in plan.trace.continuity.values() for _, plan in course.plans]
    assert told == made
    assert any(made)


def test_plans_of_one_week_are_not_three_weeks(
    course: SimulatedCourse, recommender: kc.Recommender
) -> None:
    week = next(
        index
        for index, (_, plan) in enumerate(course.plans)
        if "makes_room" in plan.trace.continuity.values()
    )
    early, before = course.plans[week - 1][0], course.plans[week - 2][1]
    again = [before.issued(early - datetime.timedelta(days=days)) for days in (2, 1)]
    history = kc.History([*(event for event in course.history if event.on < early), *again])
    plan = recommender.recommend(PERSON, history, request=REQUEST, on=early)
    assert "makes_room" not in plan.trace.continuity.values()


def _waits(course: SimulatedCourse) -> list[int]:
    """Return the weeks in which the next step of balance waits for time."""
    return [
        week
        for week, (_, plan) in enumerate(course.plans)
        if plan.trace.continuity.get("single_leg_balance") == "step_waits"
    ]


def test_a_next_step_without_time_waits_and_drops_nothing(
    waiting: SimulatedCourse, recommender: kc.Recommender
) -> None:
    week = _waits(waiting)[0]
    before, after = (
        {item.exercise for item in waiting.plans[number][1].items} for number in (week - 1, week)
    )
    assert before == after
    assert "single_leg_balance_supported" in after


def test_a_step_that_waits_gets_its_time_after_three_weeks(waiting: SimulatedCourse) -> None:
    waits = _waits(waiting)
    assert len(waits) <= 3
    later = {item.exercise for item in waiting.plans[waits[-1] + 1][1].items}
    assert "single_leg_balance" in later


def test_the_plan_says_that_the_step_waits(
    waiting: SimulatedCourse, recommender: kc.Recommender
) -> None:
    plan = waiting.plans[_waits(waiting)[0]][1]
    item = next(item for item in plan.items if item.exercise == "single_leg_balance_supported")
    reasons = {reason.message.id for reason in recommender.why(plan, item.exercise).reasons}
    assert "step_waits" in reasons
