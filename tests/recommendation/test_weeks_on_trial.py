"""What a trial of weeks found: missed items, breaks without equipment, and volumes that jump."""

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from trial_people import ON

import kineticchain as kc
from kineticchain.domain.anatomy import Side
from kineticchain.recommendation import DatedSession, Item, Plan
from kineticchain.recommendation.planning.schedule.weekly_frequency import most_days

RECOMMENDER = kc.Recommender(kc.Knowledge.builtin())
MONDAY = datetime.date(2026, 1, 5)
DAY = datetime.timedelta(days=1)


def weekly_plan(**request: Any) -> tuple[Plan, kc.History]:
    person = kc.Person(
        age=34,
        equipment=["fixed_support", "chair", "towel"],
        facts={"tandem_stance_s": 30},
        screening="clear",
        as_of=MONDAY,
    )
    asked = {"minutes": 10, "days_per_week": 3, "goal": "balance", **request}
    plan = RECOMMENDER.recommend(person, request=kc.Request(**asked), on=MONDAY)
    return plan, kc.History([plan.issued(MONDAY)])


def done(on: datetime.date, *items: Item, number: int = 1) -> kc.SessionLog:
    lines = [kc.ExerciseLog(item.exercise, item.side, done=item.dose, pain=0) for item in items]
    return kc.SessionLog(on=on, lines=lines, slot=number)


def items_of(sessions: tuple[DatedSession, ...]) -> list[Item]:
    return [item for session in sessions for item in session.items]


@given(data=st.data(), days=st.integers(2, 5))
def test_missed_items_add_no_days_to_a_week(data: st.DataObject, days: int) -> None:
    plan, history = weekly_plan(days_per_week=days)
    trained = set()
    for number in range(14):
        on = MONDAY + number * DAY
        due = items_of(plan.today(history, on))
        kept = data.draw(st.lists(st.sampled_from(due), unique=True)) if due else []
        if kept:
            trained.add(number)
            history = history.with_events(done(on, *kept))
    for first in (0, 7):
        assert len(trained.intersection(range(first, first + 7))) <= days


def test_a_moved_item_keeps_the_side_that_was_not_done() -> None:
    plan, history = weekly_plan()
    tuesday = MONDAY + DAY
    [item, *_] = [item for item in items_of(plan.today(history, tuesday)) if item.per_side]
    left = kc.ExerciseLog(item.exercise, Side.LEFT, done=item.dose, pain=0)
    history = history.with_events(kc.SessionLog(on=tuesday, lines=[left]))
    sides_on = {
        number: {
            due.side
            for session in plan.today(history, MONDAY + number * DAY)
            for due in session.moved
            if due.exercise == item.exercise
        }
        for number in range(1, 5)
    }
    assert sides_on[1] == {Side.RIGHT}
    assert all(sides <= {Side.RIGHT} for sides in sides_on.values())


def test_a_daily_walk_of_ones_own_keeps_no_missed_item_back() -> None:
    plan, history = weekly_plan()
    walks = [
        kc.SessionLog(on=MONDAY - ago * DAY, lines=[kc.ExerciseLog("walking_brisk", pain=0)])
        for ago in range(1, 8)
    ]
    assert "walking_brisk" not in {item.exercise for item in plan.items}
    [session] = plan.today(history.with_events(*walks), MONDAY + DAY)
    assert session.moved


@given(
    goal=st.sampled_from(["balance_and_strength", "foot_strength", "comfort_and_balance"]),
    minutes=st.sampled_from([10, 20]),
    days=st.sampled_from([3, 5, 7]),
    missed=st.sets(st.integers(0, 5)),
)
def test_a_day_that_was_done_in_full_stays_within_its_minutes(
    goal: str, minutes: int, days: int, missed: set[int]
) -> None:
    plan, history = weekly_plan(goal=goal, minutes=minutes, days_per_week=days)
    longest = max(session.seconds for session in plan.sessions)
    for number in range(7):
        on, seconds = MONDAY + number * DAY, 0
        while number not in missed and (due := plan.today(history, on)):
            seconds += sum(session.seconds for session in due)
            history = history.with_events(
                *(done(on, *session.items, number=session.session.number) for session in due)
            )
        assert seconds <= longest


def after_a_break(age: int, stance_s: int) -> Plan:
    """Return the plan of a person with a sore Achilles tendon and no chair, after 30 days off."""
    person = kc.Person(
        age=age,
        complaints=[kc.Complaint("calf_achilles", side="left", pain=3, weeks=15)],
        equipment=["fixed_support", "band"],
        facts={"tandem_stance_s": stance_s},
        screening="clear",
        as_of=ON,
    )
    request = kc.Request(minutes=10, days_per_week=4)
    course = RECOMMENDER.simulate(person, "as_planned", 2, request=request, on=ON)
    back = max(session.on for session in course.history.sessions) + 30 * DAY
    history = course.history.with_events(kc.Finding(on=back, screening="clear"))
    return RECOMMENDER.recommend(person, history, request=request, on=back)


@pytest.mark.parametrize("age", [40, 81])
def test_a_restart_takes_a_rung_whose_equipment_is_there(age: int) -> None:
    plan = after_a_break(age, stance_s=5)
    [standing] = [
        standing
        for standing in plan.standings
        if standing.ladder == "heel_raise" and standing.side is Side.LEFT
    ]
    assert standing.action == "restart_baseline"
    assert standing.exercise == "heel_raise_double_supported"


@pytest.mark.parametrize("stance_s", [5, 12])
def test_what_comes_first_stays_where_few_exercises_are_left(stance_s: int) -> None:
    plan = after_a_break(40, stance_s)
    exercises = {item.exercise for item in plan.items}
    assert len(exercises) == 2
    assert "heel_raise_double_supported" in exercises


def test_a_larger_dose_gets_the_days_of_a_smaller_one_step_by_step() -> None:
    """Days of the time before the dose grew allow no jump of the weekly volume."""
    person = kc.Person(
        age=35,
        complaints=[kc.Complaint("heel", side="right", pain=3, weeks=10)],
        equipment=["fixed_support", "chair", "towel", "band", "step"],
        facts={"tandem_stance_s": 30},
        screening="clear",
        as_of=MONDAY,
    )
    request: dict[str, Any] = {
        "minutes": 20,
        "days_per_week": 2,
        "micro_sessions_per_day": 2,
        "goal": "foot_strength",
    }
    course = RECOMMENDER.simulate(person, "as_planned", 7, request=kc.Request(**request), on=MONDAY)
    on = MONDAY + 49 * DAY
    volumes = [0] * 7
    for session in course.history.sessions:
        for line in session.lines:
            if line.performed == "short_foot_seated" and line.side.meets(Side.LEFT):
                assert line.done is not None
                volumes[(session.on - MONDAY).days // 7] += line.done.volume
    request["avoid"] = ["band_plantarflexion"]
    plan = RECOMMENDER.recommend(person, course.history, request=kc.Request(**request), on=on)
    planned = sum(
        item.dose.volume * len(item.days)
        for item in plan.items
        if item.exercise == "short_foot_seated"
    )
    assert 0 < planned <= max(volumes) * 6 / 5


@pytest.mark.parametrize("region", ["knee", "hip"])
def test_an_exercise_that_left_after_a_step_down_left_for_its_own_reason(region: str) -> None:
    person = kc.Person(
        age=66,
        complaints=[kc.Complaint("toes", side="right", pain=2, weeks=20)],
        equipment=["cushion", "step", "fixed_support"],
        facts={"tandem_stance_s": 20, "heel_rise_reps": 12},
        screening="clear",
        as_of=MONDAY,
    )
    request = kc.Request(minutes=2, days_per_week=3, goal="foot_strength")
    before = RECOMMENDER.recommend(person, request=request, on=MONDAY)
    lines = [
        kc.ExerciseLog(item.exercise, item.side, done=item.dose, pain=6) for item in before.items
    ]
    on = MONDAY + 3 * DAY
    sore = kc.Complaint(region, side="left", pain=3, weeks=6)
    history = kc.History(
        [
            before.issued(MONDAY),
            kc.SessionLog(on=MONDAY, lines=lines),
            kc.Finding(on=on, complaints=[sore], screening="clear"),
        ]
    )
    after = RECOMMENDER.recommend(person, history, request=request, on=on)
    [line] = [
        line for line in RECOMMENDER.week_turn(before, after).less if line.startswith("Core brace")
    ]
    assert "comes next" not in line


@pytest.mark.parametrize(
    ("trained", "days"),
    [
        ([("semi_tandem_supported", 10, {1, 3, 5, 8, 10})], 4),  # one more than in the busiest week
        (
            [("semi_tandem_supported", 10, {2}), ("semi_tandem_supported", 2, {9, 10, 11, 12, 13})],
            2,
        ),
        ([("tandem_stance", 10, {8, 9, 10, 11})], 5),  # a harder exercise
        ([("side_by_side_stance", 10, {8, 9, 10, 11})], 7),  # an easier one alone sets no limit
        ([("semi_tandem_supported", 10, {1})], 7),  # begun this week
        ([("semi_tandem_supported", None, {1, 3, 8, 9, 11})], 4),  # a log without doses
    ],
)
def test_the_days_of_a_dose_follow_the_last_weeks(
    trained: list[tuple[str, int | None, set[int]]], days: int
) -> None:
    """A day is given by how many days ago it was; each session has two sets."""
    sessions = [
        kc.SessionLog(
            on=MONDAY - ago * DAY,
            lines=[
                kc.ExerciseLog(
                    exercise, done=None if hold is None else kc.Dose(sets=2, hold_s=hold)
                )
            ],
        )
        for exercise, hold, agos in trained
        for ago in agos
    ]
    most = most_days(
        kc.History(sessions), MONDAY, "semi_tandem_supported", Side.BOTH, 20, RECOMMENDER.knowledge
    )
    assert most == days


def test_a_side_that_joins_sets_no_limit_of_its_first_week() -> None:
    """The left side was trained for two weeks, the right side began yesterday."""
    sessions = [
        kc.SessionLog(
            on=MONDAY - ago * DAY,
            lines=[kc.ExerciseLog("tandem_stance", side, done=kc.Dose(sets=2, hold_s=10))],
        )
        for side, ago in [*(("left", ago) for ago in range(2, 14, 2)), ("right", 1)]
    ]
    most = most_days(
        kc.History(sessions), MONDAY, "tandem_stance", Side.BOTH, 20, RECOMMENDER.knowledge
    )
    assert most == 7


def test_months_without_training_are_a_break_though_something_else_was_done() -> None:
    """A plan without the exercise is issued; then nothing is done for months."""
    person = kc.Person(
        age=35,
        equipment=["fixed_support", "chair", "towel", "step"],
        facts={"tandem_stance_s": 30, "single_leg_s": 45, "heel_rise_reps": 25},
        screening="clear",
        as_of=MONDAY,
    )
    request = kc.Request(
        minutes=15, days_per_week=3, goal="foot_strength", pinned=["heel_raise_single"]
    )
    history = RECOMMENDER.simulate(person, "as_planned", 10, request=request, on=MONDAY).history
    without = kc.PlanIssued(
        on=MONDAY + 70 * DAY, items=[kc.PlannedItem("tandem_stance", "both")], sessions_per_week=3
    )
    back = MONDAY + 170 * DAY
    stance = [kc.ExerciseLog("tandem_stance", done=kc.Dose(sets=1, hold_s=10), pain=0)]
    clear = kc.Finding(on=back, screening="clear")
    history = history.with_events(without, kc.SessionLog(on=back, lines=stance), clear)
    reasons = {
        standing.reason.id
        for standing in RECOMMENDER.replay(person, history, request=request, on=back + DAY)
        if standing.ladder == "heel_raise"
    }
    assert reasons == {"gap_restart"}


def test_unsure_whether_a_pain_has_settled_is_asked_once() -> None:
    person = kc.Person(
        age=40,
        equipment=["fixed_support", "chair"],
        facts={"tandem_stance_s": 30},
        screening="clear",
    )
    stopped = kc.SessionLog(
        on=MONDAY, lines=[kc.ExerciseLog("tandem_stance", done=kc.Dose(sets=2, hold_s=10), pain=9)]
    )
    on = MONDAY + 40 * DAY
    clear = kc.Finding(on=on, screening="clear")
    unsure = kc.Finding(on=on, facts={"stopped_pain_settled": None}, screening="clear")
    questions = [
        {
            question.id
            for question in RECOMMENDER.recommend(
                person, kc.History([stopped, report]), on=on
            ).questions
        }
        for report in (clear, unsure)
    ]
    assert "stopped_pain_settled" in questions[0]
    assert "stopped_pain_settled" not in questions[1]
