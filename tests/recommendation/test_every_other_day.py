"""Sessions on every second day: a plan of eight days, since a week would end in two running."""

import datetime
from itertools import pairwise

import pytest

import kineticchain as kc
from kineticchain.recommendation import ReplaceRequest

START = datetime.date(2026, 11, 22)
DAY = datetime.timedelta(days=1)
REQUEST = kc.Request(minutes=20, every_other_day=True, goal="foot_strength")
STRONG = kc.Person(
    age=29,
    equipment=["fixed_support"],
    facts={"tandem_stance_s": 30, "single_leg_s": 40, "heel_rise_reps": 24},
    screening="clear",
)
PLAN = kc.recommend(STRONG, request=REQUEST, on=START)


def trained(*days: int) -> kc.History:
    """A history with sessions so many days after the start."""
    line = kc.ExerciseLog("walking", done=kc.Dose(duration_s=300))
    return kc.History(
        [kc.SessionLog(on=START + day * DAY, lines=[line]) for day in days],
    )


def test_over_weeks_there_is_a_session_on_every_second_day() -> None:
    days = [(one.on - START).days for one in PLAN.calendar(START, 3)]
    assert days == [*range(0, 21, 2)]


def test_no_exercise_comes_more_often_than_every_second_day() -> None:
    for item in PLAN.items:
        following = (*item.days, item.days[0] + PLAN.cycle_days)
        assert all(b - a >= 2 for a, b in pairwise(following))


def test_whoever_trained_yesterday_begins_tomorrow() -> None:
    plan = kc.recommend(STRONG, trained(-3, -1), request=REQUEST, on=START)
    days = [(one.on - START).days for one in plan.calendar(START, 2)]
    assert days == [*range(1, 14, 2)]


@pytest.mark.parametrize("days", [(-2,), (-1, 0), (0,)])
def test_whoever_rested_yesterday_or_trained_today_goes_on_from_today(
    days: tuple[int, ...],
) -> None:
    plan = kc.recommend(STRONG, trained(*days), request=REQUEST, on=START)
    assert {day for item in plan.items for day in item.days} == {1, 3, 5, 7}


@pytest.mark.parametrize(
    ("done", "today", "coming"),
    [
        ((), 1, [1, 3, 5, 7, 9, 11, 13]),
        ((0,), 1, [2, 4, 6, 8, 10, 12]),
        ((0,), 4, [4, 6, 8, 10, 12]),
        ((0, 3), 4, [5, 7, 9, 11, 13]),
    ],
)
def test_a_missed_session_moves_with_all_that_come_after_it(
    done: tuple[int, ...], today: int, coming: list[int]
) -> None:
    found = PLAN.calendar(START, 2, history=trained(*done), today=START + today * DAY)
    assert [(one.on - START).days for one in found] == coming


def test_none_of_the_missed_ones_is_left_out() -> None:
    planned = [[item.exercise for item in one.items] for one in PLAN.calendar(START, 2)]
    coming = PLAN.calendar(START, 2, history=kc.History(), today=START + 3 * DAY)
    found = [[item.exercise for item in one.items] for one in coming]
    assert found == planned[: len(found)]


def test_it_is_printed_in_words() -> None:
    assert "every other day" in str(PLAN)
    assert "jeden zweiten Tag" in PLAN.text("de")


def test_an_item_that_rests_longer_names_its_days_of_eight() -> None:
    rarer = [item for item in PLAN.items if len(item.days) < 4]
    assert rarer
    assert "of every 8" in str(PLAN)


def test_to_go_over_from_four_days_a_week_is_a_change_that_is_told() -> None:
    recommender = kc.Recommender(kc.Knowledge.builtin())
    weekly = kc.Request(minutes=20, days_per_week=4, goal="foot_strength")
    plan = recommender.recommend(STRONG, request=weekly, on=START)
    there = recommender.what_if(plan, [ReplaceRequest(REQUEST)])
    back = recommender.what_if(there.after, [ReplaceRequest(weekly)])
    told = {reason.message.text for one in there.changes for reason in one.reasons}
    assert "You asked for every other day." in told
    told = {reason.message.text for one in back.changes for reason in one.reasons}
    assert "You asked for 4 days a week instead of every other day." in told
    assert "days 1,5 → " not in str(there)
    assert "days 1,5 of 8" in str(there)


def test_what_moves_after_a_day_of_training_says_so() -> None:
    recommender = kc.Recommender(kc.Knowledge.builtin())
    before = recommender.recommend(STRONG, trained(-3), request=REQUEST, on=START)
    after = recommender.recommend(STRONG, trained(-3, -1), request=REQUEST, on=START)
    assert "The days follow from what was done lately" in str(kc.diff(before, after))


def test_as_many_sessions_as_come_in_a_week_are_issued() -> None:
    """Three and a half, rounded up."""
    assert PLAN.issued(START).sessions_per_week == 4


def test_a_simulated_life_keeps_to_every_second_day() -> None:
    recommender = kc.Recommender(kc.Knowledge.builtin())
    life = recommender.simulate(STRONG, "as_planned", 3, request=REQUEST, on=START)
    days = sorted({one.on for one in life.history.sessions})
    assert all((b - a).days == 2 for a, b in pairwise(days))


def test_a_number_of_days_a_week_is_something_else() -> None:
    with pytest.raises(kc.InvalidInput, match="every other day is not 3 days a week"):
        kc.Request(days_per_week=3, every_other_day=True)
