"""Plans made anew every day: what was done in the last days counts in the rhythm of the next."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kineticchain as kc
from kineticchain.rules import ReferralLevel

START = datetime.date(2026, 11, 21)
DAY = datetime.timedelta(days=1)
SOME = settings().max_examples * 2 // 5
"""Each example makes a plan for each of 14 days."""
RECOMMENDER = kc.Recommender(kc.Knowledge.builtin())
STRONG = kc.Person(
    age=29,
    equipment=["fixed_support"],
    facts={"tandem_stance_s": 30, "single_leg_s": 40, "heel_rise_reps": 24},
    screening="clear",
)


def days_lived(request: kc.Request, days: int, missed: frozenset[int]) -> dict[int, set[str]]:
    """What is done on each day by somebody who plans anew each day, and misses some."""
    history, lived = kc.History(), {}
    for number in range(days):
        today = START + number * DAY
        plan = RECOMMENDER.recommend(STRONG, history, request=request, on=today)
        due = [one for one in plan.calendar(today) if one.on == today]
        if number in missed or not due:
            continue
        lived[number] = {item.exercise for one in due for item in one.items}
        for one in due:
            lines = [
                kc.ExerciseLog(item.exercise, item.side, done=item.dose, pain=0, effort=4)
                for item in one.items
            ]
            slot = one.session.number
            history = history.with_events(kc.SessionLog(on=today, slot=slot, lines=lines))
    return lived


@pytest.mark.parametrize("often", [1, 2, 3, 4, 5, 6])
@settings(max_examples=SOME)
@given(missed=st.frozensets(st.integers(0, 13), max_size=6))
def test_no_seven_days_have_more_sessions_than_were_asked_for(
    often: int, missed: frozenset[int]
) -> None:
    request = kc.Request(minutes=15, days_per_week=often, goal="foot_strength")
    trained = set(days_lived(request, 14, missed))
    assert all(len(trained & {*range(day, day + 7)}) <= often for day in range(14))


@settings(max_examples=SOME)
@given(missed=st.frozensets(st.integers(0, 13), max_size=6))
def test_every_other_day_stays_every_other_day(missed: frozenset[int]) -> None:
    request = kc.Request(minutes=15, every_other_day=True, goal="foot_strength")
    trained = set(days_lived(request, 14, missed))
    assert all(day + 1 not in trained for day in trained)


@settings(max_examples=SOME)
@given(missed=st.frozensets(st.integers(0, 13), max_size=6))
def test_an_exercise_comes_no_more_often_than_its_range_allows(missed: frozenset[int]) -> None:
    request = kc.Request(minutes=15, every_other_day=True, goal="foot_strength")
    lived = days_lived(request, 14, missed)
    for day in range(14):
        week = [done for number, done in lived.items() if day <= number < day + 7]
        for name in set().union(*week):
            most = RECOMMENDER.knowledge.exercise(name).dose.days_a_week.high
            assert sum(name in done for done in week) <= most


def test_whoever_keeps_to_the_plan_has_the_same_days_in_the_next_week() -> None:
    request = kc.Request(minutes=15, days_per_week=3, goal="foot_strength")
    plan = RECOMMENDER.recommend(STRONG, request=request, on=START)
    sessions = [
        kc.SessionLog(
            on=one.on, lines=[kc.ExerciseLog(item.exercise, done=item.dose) for item in one.items]
        )
        for one in plan.calendar(START)
    ]
    later = START + 7 * DAY
    again = RECOMMENDER.recommend(STRONG, kc.History(sessions), request=request, on=later)
    assert {one.on - START for one in plan.calendar(START)} == {
        one.on - later for one in again.calendar(later)
    }


def test_when_an_exercise_comes_takes_the_asked_days_into_account() -> None:
    """Every other day there are half as many training days until then, at the most."""
    person = kc.Person(
        age=40, equipment=["fixed_support"], facts={"tandem_stance_s": 30}, screening="clear"
    )
    found = {}
    for every_other_day in (False, True):
        request = kc.Request(minutes=20, every_other_day=every_other_day, goal="balance")
        plan = RECOMMENDER.recommend(person, request=request, on=START)
        found[every_other_day] = RECOMMENDER.when(plan, "single_leg_balance_forefoot")
    daily, rarely = found[False], found[True]
    assert daily is not None
    assert rarely is not None
    assert rarely.on > daily.on
    assert (rarely.on - START).days >= 2 * (rarely.sessions - 1)


def test_what_waits_for_a_professional_gets_no_other_advice_beside_it() -> None:
    """Nobody is told to stay off a foot and to time how long they stand on it."""
    foot = kc.Person(
        age=34,
        complaints=[kc.Complaint("heel", side="right", pain=3, weeks=6)],
        facts={"diabetes": True, "foot_hot_red_swollen": True},
        screening="clear",
    )
    plan = RECOMMENDER.recommend(foot)
    assert plan.referral.level is ReferralLevel.URGENT
    referring = {reason.rule for reason in plan.referral.reasons}
    assert {reason.rule for reason in plan.advice} <= {*referring, None}
