"""What still grows keeps the dose and the days that fitted: growth takes the time that is left."""

import datetime

import pytest
from attrs import evolve

import kineticchain as kc
from kineticchain.domain.exercises import Dose, Rung
from kineticchain.recommendation import Plan
from kineticchain.recommendation.assessment.ladder_eligibility import FeasibleItem, within_limits
from kineticchain.recommendation.planning.schedule.weekly_frequency import (
    WeeklyLimits,
    days_in_a_week,
    last_doses,
)
from kineticchain.recommendation.selection.offers.offer import Offer
from kineticchain.rules import Limit, LimitKind

ON = datetime.date(2026, 1, 19)
DAYS = [ON - datetime.timedelta(days=back) for back in (3, 7, 10)]
SQUAT, RISE = "mini_squat", "sit_to_stand"


def _log(exercise: str, dose: Dose | None, *, skipped: str | None = None) -> kc.ExerciseLog:
    return kc.ExerciseLog(exercise, side="both", done=dose, skipped=skipped)


def _days(*lines: kc.ExerciseLog, days: list[datetime.date] | None = None) -> kc.History:
    return kc.History(kc.SessionLog(on=day, lines=lines) for day in (days or DAYS))


def test_the_last_dose_is_that_of_the_last_day(knowledge: kc.Knowledge) -> None:
    history = _days(_log(SQUAT, Dose(sets=3, reps=10)), days=DAYS[1:])
    later = _days(_log(SQUAT, Dose(sets=2, reps=12)), days=DAYS[:1])
    both = kc.History([*history, *later])
    assert last_doses(both, ON, {"squat"}, knowledge) == {SQUAT: Dose(sets=2, reps=12)}


def test_equal_sets_of_a_day_add_up(knowledge: kc.Knowledge) -> None:
    one_set = _log(SQUAT, Dose(sets=1, reps=10))
    history = kc.History(
        kc.SessionLog(on=DAYS[0], lines=[one_set], slot=slot) for slot in (1, 2, 3)
    )
    assert last_doses(history, ON, {"squat"}, knowledge) == {SQUAT: Dose(sets=3, reps=10)}


def test_rounds_beyond_the_plan_are_no_dose_to_keep_up(knowledge: kc.Knowledge) -> None:
    planned = kc.PlannedItem(SQUAT, dose=Dose(sets=2, reps=10))
    sessions = [
        kc.SessionLog(on=DAYS[0], lines=[_log(SQUAT, Dose(sets=2, reps=10))], slot=slot)
        for slot in (1, 2)
    ]
    history = kc.History([kc.PlanIssued(on=DAYS[0], items=[planned]), *sessions])
    assert last_doses(history, ON, {"squat"}, knowledge) == {SQUAT: Dose(sets=2, reps=10)}


def test_the_side_with_less_counts(knowledge: kc.Knowledge) -> None:
    lines = [
        kc.ExerciseLog("straight_leg_raise", side="left", done=Dose(sets=2, reps=10, hold_s=2)),
        kc.ExerciseLog("straight_leg_raise", side="right", done=Dose(sets=2, reps=8, hold_s=2)),
    ]
    doses = last_doses(_days(*lines), ON, {"straight_leg_raise"}, knowledge)
    assert doses == {"straight_leg_raise": Dose(sets=2, reps=8, hold_s=2)}


@pytest.mark.parametrize(
    "history",
    [
        _days(_log(SQUAT, None)),
        _days(_log(SQUAT, None, skipped="no time")),
        _days(_log(SQUAT, Dose(sets=2, reps=8)), days=[ON + datetime.timedelta(days=1)]),
        _days(_log(SQUAT, Dose(sets=2, reps=8)), days=[ON - datetime.timedelta(days=60)]),
    ],
    ids=["no dose", "skipped", "in the future", "long ago"],
)
def test_what_was_not_done_lately_has_no_last_dose(
    history: kc.History, knowledge: kc.Knowledge
) -> None:
    assert last_doses(history, ON, {"squat"}, knowledge) == {}


def test_the_sessions_of_the_busier_week_count(knowledge: kc.Knowledge) -> None:
    history = _days(
        _log(SQUAT, Dose(sets=2, reps=8)), days=[ON - datetime.timedelta(days=1), *DAYS]
    )
    assert days_in_a_week(history, ON, knowledge) == {"squat": 3}


@pytest.fixture(scope="module")
def weeks(recommender: kc.Recommender) -> list[Plan]:
    """Plans of a worn knee with ten minutes: chair rises grow, and days of side walks too."""
    person = kc.Person(
        age=62,
        sex="f",
        equipment=["fixed_support", "towel", "chair", "band", "step", "cushion", "weight"],
        facts={"tandem_stance_s": 20, "heel_rise_reps": 12},
        complaints=[kc.Complaint("knee", side="right", pain=3, weeks=30)],
        screening="clear",
        as_of=ON,
    )
    request = kc.Request(minutes=10, days_per_week=4, goal="knee_pain")
    course = recommender.simulate(person, "as_planned", 12, request=request, on=ON)
    return [plan for _, plan in course.plans]


def _volumes(weeks: list[Plan], exercise: str) -> list[int]:
    return [item.dose.volume for plan in weeks for item in plan.items if item.exercise == exercise]


def test_growth_elsewhere_cuts_no_dose(weeks: list[Plan]) -> None:
    volumes = _volumes(weeks[:8], SQUAT)
    assert volumes == sorted(volumes)


def test_a_dose_waits_where_there_is_no_time(weeks: list[Plan]) -> None:
    waiting = [item for plan in weeks for item in plan.items if item.is_cut]
    assert waiting


def test_more_days_push_no_exercise_out(weeks: list[Plan], knowledge: kc.Knowledge) -> None:
    ladders = [{knowledge.ladder_of(item.exercise).id for item in plan.items} for plan in weeks]
    assert all("side_walk" in held for held in ladders)


def test_an_earlier_named_dose_is_no_more(knowledge: kc.Knowledge) -> None:
    ladder, rung = knowledge.ladder_index.rung_of[RISE]
    earlier, later = Dose(sets=1, reps=8), Dose(sets=2, reps=5)
    assert ladder.rungs[rung].is_within(earlier, later)
    assert not ladder.rungs[rung].is_within(later, earlier)


def test_an_earlier_named_dose_with_a_longer_hold_is_no_more() -> None:
    longer, shorter = Dose(sets=1, duration_s=15), Dose(sets=2, duration_s=10)
    rung = Rung(exercise="heel_walk", axis=(longer, shorter))
    assert rung.is_within(longer, shorter)
    assert not rung.is_within(shorter, longer)


def _offered(knowledge: kc.Knowledge, *limits: Limit, dose: Dose, last: Dose) -> set[Dose]:
    """Return the doses that are offered of walking on the heels at a dose."""
    ladder, rung = knowledge.ladder_index.rung_of["heel_walk"]
    exercise = knowledge.exercises["heel_walk"]
    pick = FeasibleItem(exercise, kc.Side.BOTH, rung, dose, dose)
    offer = Offer(ladder, (within_limits(pick, limits),), last=(("heel_walk", last),))
    return {item.dose for items in offer.prescriptions for item in items}


def test_the_last_dose_is_offered_though_it_lasts_longer(knowledge: kc.Knowledge) -> None:
    last = Dose(sets=1, duration_s=15)
    assert last in _offered(knowledge, dose=Dose(sets=2, duration_s=10), last=last)


def test_no_dose_is_offered_above_a_limit_of_its_time(knowledge: kc.Knowledge) -> None:
    limit = Limit(LimitKind.ROLL_S, 10)
    dose, last = Dose(sets=2, duration_s=15), Dose(sets=1, duration_s=15)
    offered = _offered(knowledge, limit, dose=dose, last=last)
    assert {dose.duration_s for dose in offered} == {10}


def test_fewer_sets_of_the_same_volume_are_offered(knowledge: kc.Knowledge) -> None:
    ladder, rung = knowledge.ladder_index.rung_of["heel_raise_towel"]
    done, whole = Dose(sets=4, reps=10), Dose(sets=5, reps=8)
    pick = FeasibleItem(knowledge.exercises["heel_raise_towel"], kc.Side.BOTH, rung, whole, whole)
    offer = Offer(ladder, (pick,), last=(("heel_raise_towel", done),))
    assert done in {item.dose for items in offer.prescriptions for item in items}


def test_a_part_of_an_earlier_named_dose_is_no_more() -> None:
    rung = Rung(exercise="rise", axis=(Dose(sets=2, reps=12), Dose(sets=3, reps=10)))
    assert rung.is_within(Dose(sets=1, reps=12), Dose(sets=3, reps=10))
    assert not rung.is_within(Dose(sets=1, reps=13), Dose(sets=3, reps=10))


def test_more_sets_than_any_dose_of_the_exercise_are_not_counted(
    recommender: kc.Recommender,
) -> None:
    six = _log(SQUAT, Dose(sets=6, reps=3))
    history = kc.History(kc.SessionLog(on=DAYS[0], lines=[six], slot=slot) for slot in range(1, 11))
    assert last_doses(history, ON, {"squat"}, recommender.knowledge)[SQUAT].sets == 3
    person = kc.Person(age=40, facts={"tandem_stance_s": 20}, screening="clear", as_of=ON)
    assert recommender.recommend(person, history, on=ON).trace.last_doses


def test_two_rounds_of_an_exercise_of_one_set_are_one_dose(knowledge: kc.Knowledge) -> None:
    line = _log("sole_massage_by_hand", Dose(sets=1, duration_s=60))
    history = kc.History(kc.SessionLog(on=DAYS[0], lines=[line], slot=slot) for slot in (1, 2))
    doses = last_doses(history, ON, {"sole_massage"}, knowledge)
    assert doses == {"sole_massage_by_hand": Dose(sets=1, duration_s=60)}


def _offer(knowledge: kc.Knowledge, exercise: str, last: Dose) -> Offer:
    ladder, rung = knowledge.ladder_index.rung_of[exercise]
    whole = ladder.rungs[rung].axis[-1]
    item = FeasibleItem(knowledge.exercises[exercise], kc.Side.BOTH, rung, whole, whole, grows=True)
    return Offer(ladder, (item,), last=((exercise, last),))


def test_a_shorter_hold_than_last_is_not_kept(knowledge: kc.Knowledge) -> None:
    last = Dose(sets=2, reps=10, hold_s=3)
    offer = _offer(knowledge, "knee_extension_seated", last)
    shorter = [
        items for items in offer.prescriptions if items[0].dose == Dose(sets=2, reps=10, hold_s=2)
    ]
    assert shorter
    assert not any(map(offer.is_kept, shorter))


@pytest.mark.parametrize(
    ("exercise", "logged"),
    [
        ("knee_extension_seated", Dose(sets=2, reps=11)),
        ("farmers_carry", Dose(sets=2, duration_s=17)),
        ("ankle_circles", Dose(sets=1, reps=7)),
    ],
)
def test_a_log_that_leaves_an_amount_out_is_no_dose_to_ask_for(
    knowledge: kc.Knowledge, exercise: str, logged: Dose
) -> None:
    offer = _offer(knowledge, exercise, logged)
    assert all(items[0].dose != logged for items in offer.prescriptions)


def test_the_rung_below_keeps_nothing_of_this_one(knowledge: kc.Knowledge) -> None:
    ladder, rung = knowledge.ladder_index.rung_of[SQUAT]
    below = ladder.rungs[rung - 1]
    item = FeasibleItem(
        knowledge.exercises[below.exercise], kc.Side.BOTH, rung - 1, below.axis[-1], below.axis[-1]
    )
    offer = evolve(_offer(knowledge, SQUAT, Dose(sets=2, reps=8)), below=(item,))
    assert not offer.is_kept(offer.prescriptions[-1])


def test_each_round_counts_as_a_session_and_each_day_once(knowledge: kc.Knowledge) -> None:
    """Two rounds of the plan on three days: one round more, and one day more."""
    dose = Dose(sets=2, reps=8)
    plan = kc.PlanIssued(
        on=ON - datetime.timedelta(days=8), items=[kc.PlannedItem(SQUAT, dose=dose)]
    )
    lines = [kc.ExerciseLog(SQUAT, done=dose)] * 2
    sessions = [
        kc.SessionLog(on=ON - datetime.timedelta(days=ago), lines=lines) for ago in (7, 5, 3)
    ]
    limits = WeeklyLimits.of(kc.History([plan, *sessions]), ON, knowledge)
    assert (limits.days, limits.sessions) == ({"squat": 4}, {"squat": 7})


def test_a_week_that_is_not_over_limits_nothing(knowledge: kc.Knowledge) -> None:
    history = _days(_log(SQUAT, Dose(sets=2, reps=8)), days=[ON - datetime.timedelta(days=6)])
    assert WeeklyLimits.of(history, ON, knowledge) == WeeklyLimits()
