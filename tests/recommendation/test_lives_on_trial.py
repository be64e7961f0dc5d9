"""What trials of the loop found, person by person: programmes last, and progression is heard."""

import datetime

import pytest

import kineticchain as kc
from kineticchain.recommendation import Plan, SimulatedCourse
from kineticchain.record.derivation.attendance import Attendance

ON = datetime.date(2026, 1, 5)
DAY = datetime.timedelta(days=1)
EQUIPMENT = ["fixed_support", "towel", "chair", "band"]


def person(age: int, facts: dict[str, object], **more: object) -> kc.Person:
    fields: dict[str, object] = {"sex": "f", "equipment": EQUIPMENT, "as_of": ON, **more}
    return kc.Person(age=age, facts=facts, screening="clear", **fields)  # type: ignore[arg-type]


def kinds(plan: Plan, recommender: kc.Recommender) -> set[str]:
    return {recommender.knowledge.exercises[item.exercise].kind for item in plan.items}


def heights(course: SimulatedCourse, ladder: str, week: int) -> list[tuple[int, int, int]]:
    return [each.height for each in course.standings[week] if each.ladder == ladder]


def test_what_was_begun_grows_for_sixteen_weeks(recommender: kc.Recommender) -> None:
    """The stance fell from 3 × 30 s alone to 2 × 10 s with a hand."""
    request = kc.Request(minutes=5, days_per_week=4, goal="ankle_stability")
    runner = person(29, {"tandem_stance_s": 20})
    course = recommender.simulate(runner, "as_planned", 16, request=request, on=ON)
    first = {recommender.knowledge.ladder_of(item.exercise).id for item in course.plans[0][1].items}
    for ladder in first:
        assert heights(course, ladder, 16) >= heights(course, ladder, 0), ladder


def test_a_share_of_a_rule_does_not_hold_mastery_for_ever(recommender: kc.Recommender) -> None:
    """Forty weeks as planned ended where they began, with a hand."""
    bendy = person(30, {"hypermobility": True, "tandem_stance_s": 20, "heel_rise_reps": 12})
    request = kc.Request(minutes=10, days_per_week=5, goal="balance")
    course = recommender.simulate(bendy, "as_planned", 12, request=request, on=ON)
    exercises = {item.exercise for _, plan in course.plans for item in plan.items}
    assert "single_leg_balance" in exercises


@pytest.mark.parametrize(
    ("dose", "percent", "share"),
    [
        (kc.Dose(sets=2, reps=10), 80, kc.Dose(sets=2, reps=8)),
        (kc.Dose(sets=1, reps=5), 80, kc.Dose(sets=1, reps=4)),
        (kc.Dose(sets=3, hold_s=10), 50, kc.Dose(sets=3, hold_s=5)),
        (kc.Dose(sets=2, reps=1), 50, kc.Dose(sets=1, reps=1)),
        (kc.Dose(sets=1, reps=1), 10, kc.Dose(sets=1, reps=1)),
    ],
)
def test_a_share_takes_repetitions_before_sets(dose: kc.Dose, percent: int, share: kc.Dose) -> None:
    assert dose.scaled(percent) == share


def test_a_dose_below_the_range_of_the_sources_is_told(recommender: kc.Recommender) -> None:
    bendy = person(30, {"hypermobility": True, "tandem_stance_s": 20})
    plan = recommender.recommend(bendy, request=kc.Request(goal="balance"), on=ON)
    assert "below_range" in {advice.message.id for advice in plan.advice}


@pytest.mark.parametrize("stance", [9, 10])
def test_strength_comes_beside_balance(stance: int, recommender: kc.Recommender) -> None:
    """At ten seconds of stance the ankle alphabet came, and no strength."""
    request = kc.Request(minutes=12, goal="balance")
    plan = recommender.recommend(person(76, {"tandem_stance_s": stance}), request=request, on=ON)
    assert {"balance", "strength"} <= kinds(plan, recommender)


@pytest.mark.parametrize("equipment", [EQUIPMENT, []])
def test_strength_comes_whatever_else_hurts(
    equipment: list[str], recommender: kc.Recommender
) -> None:
    """A back pain of 2 took it away, and so did a missing support."""
    back = [kc.Complaint("lumbar", pain=2, weeks=10)]
    older = person(72, {"tandem_stance_s": 10}, sex="m", complaints=back, equipment=equipment)
    request = kc.Request(minutes=15, goal="balance_and_strength")
    plan = recommender.recommend(older, request=request, on=ON)
    assert "strength" in kinds(plan, recommender)


def test_a_runner_starts_where_the_measures_are(recommender: kc.Recommender) -> None:
    runner = person(35, {"heel_rise_reps": 30, "single_leg_s": 60, "tandem_stance_s": 30})
    request = kc.Request(minutes=20, goal="balance_and_strength")
    plan = recommender.recommend(runner, request=request, on=ON)
    volumes = {item.exercise: item.due_dose.volume for item in plan.items}
    assert volumes["single_leg_balance"] >= 60
    assert volumes["heel_raise_single"] >= 20


def test_more_time_gives_more_or_the_plan_says_why(recommender: kc.Recommender) -> None:
    """Ten and sixty minutes gave the same short plan without a word."""
    runner = person(35, {"tandem_stance_s": 30})
    short, long = [
        recommender.recommend(runner, request=kc.Request(minutes=minutes, goal="balance"), on=ON)
        for minutes in (5, 60)
    ]
    weekly = [sum(item.seconds * len(item.days) for item in plan.items) for plan in (short, long)]
    assert weekly[1] > weekly[0]
    assert "time_left_few" in {advice.message.id for advice in long.advice}


def test_a_slot_for_each_exercise_is_no_attendance() -> None:
    """Three days of fourteen were counted as all of them."""
    attendance = Attendance().after(kc.PlanIssued(on=ON, sessions_per_week=7, sessions_per_day=1))
    for day in (0, 4, 9):
        for slot in range(1, 6):
            attendance = attendance.after(session(day, slot=slot))
    assert attendance.share(ON + 14 * DAY) == 21


def test_a_session_with_skipped_exercises_counts_in_part() -> None:
    attendance = Attendance().after(kc.PlanIssued(on=ON, sessions_per_week=7))
    for day in range(14):
        attendance = attendance.after(session(day, skipped=3))
    assert attendance.share(ON + 14 * DAY) == 25


def session(day: int, *, slot: int = 1, skipped: int = 0) -> kc.SessionLog:
    done = kc.ExerciseLog("walking", done=kc.Dose(duration_s=60), pain=0)
    names = ["heel_raise_double", "tandem_stance", "toe_walk"][:skipped]
    left_out = [kc.ExerciseLog(name, skipped="time") for name in names]
    return kc.SessionLog(on=ON + day * DAY, slot=slot, lines=[done, *left_out])


def test_an_issued_plan_tells_its_sessions_a_day(recommender: kc.Recommender) -> None:
    request = kc.Request(minutes=2, sessions_per_day=3, goal="balance")
    plan = recommender.recommend(person(35, {"tandem_stance_s": 20}), request=request, on=ON)
    assert plan.issued(ON).sessions_per_day == len({each.number for each in plan.sessions})


@pytest.mark.parametrize(("variations", "reached"), [(1, False), (2, True)])
def test_one_of_two_directions_is_half_of_the_dose(*, variations: int, reached: bool) -> None:
    asked = kc.Dose(sets=1, reps=10, variations=2)
    assert kc.Dose(sets=1, reps=10, variations=variations).reaches(asked) is reached


def test_who_trains_above_the_placed_rung_is_heard(recommender: kc.Recommender) -> None:
    """28 painless sessions on one leg left somebody on the step with a hand."""
    line = kc.ExerciseLog(
        "single_leg_balance",
        done=kc.Dose(sets=4, hold_s=15),
        pain=0,
        effort=4,
        form_ok=True,
        touches=0,
        best_hold_s=20,
    )
    events = [
        event
        for day in range(14)
        for event in (
            kc.SessionLog(on=ON + day * DAY, lines=[line]),
            kc.MorningAfter(on=ON + (day + 1) * DAY, change=0),
        )
    ]
    athlete = person(35, {"tandem_stance_s": 20})
    assessment = recommender.assess(athlete, kc.History(events), on=ON + 14 * DAY)
    standing = next(each for each in assessment.standings if each.ladder == "single_leg_balance")
    assert standing.exercise == "single_leg_balance"


@pytest.mark.parametrize("days", [2, 3])
def test_no_week_has_more_days_than_asked_for(days: int, recommender: kc.Recommender) -> None:
    request = kc.Request(minutes=10, days_per_week=days, goal="balance")
    plan = recommender.recommend(person(35, {"tandem_stance_s": 20}), request=request, on=ON)
    trained = [dated.on for dated in plan.calendar(ON, weeks=4)]
    for start in trained:
        assert sum(start <= on < start + 7 * DAY for on in trained) <= days


def test_strength_in_standing_is_supervised_with_vertigo(recommender: kc.Recommender) -> None:
    dizzy = person(60, {"vertigo_attacks_per_month": 4, "tandem_stance_s": 20})
    plan = recommender.recommend(dizzy, request=kc.Request(goal="balance_and_strength"), on=ON)
    exercises = recommender.knowledge.exercises
    standing_alone = [
        item.exercise
        for item in plan.items
        if exercises[item.exercise].position == "standing"
        and exercises[item.exercise].support == "none"
        and exercises[item.exercise].kind == "strength"
    ]
    assert standing_alone == []
