"""Laws 42 to 46: the planner and the progression keep their promises together.

Lives of drawn people with drawn budgets, with the planner in the loop. `benchmarks/lives.py` lives
hundreds of them for half a year.
"""

import datetime
from collections.abc import Iterable

import pytest
from builtin_knowledge import KNOWLEDGE, RECOMMENDER
from hypothesis import given, settings
from hypothesis import strategies as st

import kineticchain as kc
from kineticchain.domain.person import Event
from kineticchain.recommendation import SimulatedCourse
from kineticchain.testing.lives import Life, breaches, lived

ON = datetime.date(2026, 1, 5)
DAY = datetime.timedelta(days=1)
EQUIPMENT = ["fixed_support", "towel", "chair", "band", "step", "soft_ball", "firm_ball"]
COMPLAINTS = [
    [],
    [kc.Complaint("heel", side="right", pain=3, weeks=10)],
    [kc.Complaint("lumbar", pain=2, weeks=20)],
    [kc.Complaint("calf_achilles", side="left", pain=2, weeks=6)],
]


@st.composite
def drawn_lives(draw: st.DrawFn) -> Life:
    minutes, times = draw(st.sampled_from([(2, 3), (5, 1), (8, 1), (10, 1), (15, 2), (30, 1)]))
    person = kc.Person(
        age=draw(st.integers(20, 85)),
        sex=draw(st.sampled_from(["f", "m"])),
        equipment=draw(st.lists(st.sampled_from(EQUIPMENT), unique=True)),
        facts={"tandem_stance_s": draw(st.integers(10, 30))},
        complaints=draw(st.sampled_from(COMPLAINTS)),
        screening="clear",
        as_of=ON,
    )
    request = kc.Request(
        minutes=minutes,
        sessions_per_day=times,
        days_per_week=draw(st.integers(2, 7)),
        goal=draw(st.sampled_from([goal.id for goal in KNOWLEDGE.goals])),
    )
    return Life(name="drawn", person=person, request=request, weeks=6, on=ON)


@settings(max_examples=12)
@given(life=drawn_lives())
def test_a_life_as_planned_breaks_no_law_of_the_loop(life: Life) -> None:
    assert breaches(RECOMMENDER, life, lived(RECOMMENDER, life)) == ()


@pytest.mark.parametrize(
    ("goal", "age", "complaint"),
    [("balance", 35, 1), ("ankle_stability", 70, 1), ("foot_strength", 35, 2)],
)
def test_doses_that_shared_three_sessions_fit_again(goal: str, age: int, complaint: int) -> None:
    """Each dose fits one session, but only together over two of them do all of them fit."""
    person = kc.Person(
        age=age,
        sex="f",
        equipment=EQUIPMENT,
        facts={"tandem_stance_s": 20, "heel_rise_reps": 12},
        complaints=COMPLAINTS[complaint],
        screening="clear",
        as_of=ON,
    )
    request = kc.Request(minutes=2, sessions_per_day=3, days_per_week=7, goal=goal)
    life = Life(name=goal, person=person, request=request, weeks=11, on=ON)
    assert breaches(RECOMMENDER, life, lived(RECOMMENDER, life)) == ()


def worse_morning(course: SimulatedCourse) -> tuple[kc.History, datetime.date]:
    """Return a history whose last day of training had a worse morning, and that morning."""
    morning = max(session.on for session in course.history.sessions) + DAY
    kept = [
        event
        for event in course.history
        if not (isinstance(event, kc.MorningAfter) and event.on == morning)
    ]
    return kc.History([*kept, kc.MorningAfter(on=morning, change=2)]), morning


def volume(history: kc.History, exercise: str, first: datetime.date) -> int:
    """Return the volume of an exercise in seven days."""
    return sum(
        line.done.volume
        for session in history.sessions
        if first <= session.on < first + 7 * DAY
        for line in session.lines
        if line.exercise == exercise and line.done is not None
    )


@pytest.mark.parametrize("weeks", [2, 6])
@pytest.mark.parametrize(
    ("minutes", "times", "days"), [(5, 1, 5), (10, 1, 5), (20, 1, 3), (20, 1, 5), (2, 3, 7)]
)
@pytest.mark.parametrize(("age", "equipment"), [(35, EQUIPMENT), (70, [])])
def test_a_worse_morning_leads_to_less_in_the_next_seven_days(
    age: int, equipment: list[str], minutes: int, times: int, days: int, weeks: int
) -> None:
    """Law 46, also where the dose was cut for time before."""
    person = kc.Person(
        age=age, equipment=equipment, facts={"tandem_stance_s": 20}, screening="clear", as_of=ON
    )
    request = kc.Request(
        minutes=minutes, sessions_per_day=times, days_per_week=days, goal="balance"
    )
    course = RECOMMENDER.simulate(person, "as_planned", weeks, request=request, on=ON)
    history, morning = worse_morning(course)
    after = RECOMMENDER.simulate(
        person, "as_planned", 1, history=history, request=request, on=morning
    )
    for exercise in sorted({line.exercise for line in history.sessions[-1].lines}):
        before = volume(history, exercise, morning - 7 * DAY)
        assert volume(after.history, exercise, morning) < before, exercise


def test_a_pause_that_a_plan_orders_is_no_break() -> None:
    """Twelve days of other training, as the plan said: the dose stays."""
    line = kc.ExerciseLog(
        "single_leg_balance",
        done=kc.Dose(sets=4, hold_s=15),
        pain=0,
        effort=3,
        form_ok=True,
        touches=0,
    )
    begun = [kc.SessionLog(on=ON + day * DAY, lines=[line]) for day in range(3)]
    other = kc.PlanIssued(on=ON + 3 * DAY, items=[kc.PlannedItem("walking")])
    walked = [
        kc.SessionLog(
            on=ON + day * DAY,
            lines=[kc.ExerciseLog("walking", done=kc.Dose(duration_s=300), pain=0)],
        )
        for day in range(3, 15)
    ]
    assert standing_after([*begun, *walked]) == {"gap_short"}
    assert standing_after([*begun, other, *walked]).isdisjoint({"gap_short", "gap_long"})


def standing_after(events: Iterable[Event]) -> set[str]:
    """Return the reasons of the balance on one leg after some events."""
    person = kc.Person(
        age=30,
        equipment=["fixed_support"],
        facts={"tandem_stance_s": 30, "single_leg_s": 30},
        screening="clear",
    )
    assessment = RECOMMENDER.assess(person, kc.History(events), on=ON + 15 * DAY)
    return {
        standing.reason.id
        for standing in assessment.standings
        if standing.ladder == "single_leg_balance"
    }
