"""Plans that are made anew each day, with other days or another goal, as apps do."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from attrs import evolve

import kineticchain as kc
from kineticchain.recommendation.plan.dated_session import DatedSession
from kineticchain.recommendation.planning.schedule.session_days import groups_in_turn

ON = date(2026, 1, 5)
DAY = timedelta(days=1)
PERSON = kc.Person(
    age=34,
    equipment=["fixed_support", "chair", "towel", "band", "soft_ball", "step", "foam", "cushion"],
    facts={"tandem_stance_s": 30, "heel_rise_reps": 12},
    screening="clear",
    as_of=ON,
)


def done(session: DatedSession) -> list[kc.ExerciseLog]:
    return [
        kc.ExerciseLog(item.exercise, item.side, done=item.dose, pain=0, effort=4, touches=0)
        for item in session.items
    ]


def lived_day_by_day(
    recommender: kc.Recommender, request: kc.Request, days: int
) -> tuple[dict[str, int], dict[str, int], list[date]]:
    """Return how often each exercise was planned and done, and the days of training."""
    history, planned, trained = kc.History(), dict[str, int](), list[date]()
    counted = dict[str, int]()
    for number in range(days):
        on = ON + number * DAY
        plan = recommender.recommend(PERSON, history, request=request, on=on)
        history = history.with_events(plan.issued(on))
        for name in {item.exercise for item in plan.items}:
            planned[name] = planned.get(name, 0) + 1
        for session in plan.today(history, on):
            trained.append(on)
            log = kc.SessionLog(on=on, slot=session.session.number, lines=done(session))
            history = history.with_events(log, kc.MorningAfter(on=on + DAY, change=0))
            for name in {item.exercise for item in session.items}:
                counted[name] = counted.get(name, 0) + 1
    return planned, counted, trained


REQUESTS = [
    kc.Request(minutes=10, goal="foot_strength"),
    kc.Request(minutes=20, days_per_week=5, goal="balance_and_strength"),
    kc.Request(minutes=20, days_per_week=5, goal="balance"),
]


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda each: each.goal)
def test_a_plan_of_each_day_reaches_all_its_exercises(
    recommender: kc.Recommender, request_: kc.Request
) -> None:
    planned, counted, _ = lived_day_by_day(recommender, request_, 28)
    assert [name for name, days in planned.items() if days >= 14 and not counted.get(name)] == []


@pytest.mark.parametrize("days", [3, 5])
@pytest.mark.parametrize("every", [2, 3])
def test_plans_made_in_between_keep_to_the_days_asked_for(
    recommender: kc.Recommender, days: int, every: int
) -> None:
    request = kc.Request(minutes=10, days_per_week=days, goal="balance")
    history, trained = kc.History(), set[date]()
    for number in range(0, 28, every):
        on = ON + number * DAY
        plan = recommender.recommend(PERSON, history, request=request, on=on)
        for session in plan.calendar(on, 1):
            if session.on < on + every * DAY:
                trained.add(session.on)
                history = history.with_events(
                    kc.SessionLog(on=session.on, lines=done(session)),
                    kc.MorningAfter(on=session.on + DAY, change=0),
                )
    most = max(sum(0 <= (day - other).days < 7 for other in trained) for day in trained)
    assert most <= days


def test_the_days_of_a_plan_count_those_of_the_log(recommender: kc.Recommender) -> None:
    line = kc.ExerciseLog(
        "single_leg_balance_supported", done=kc.Dose(sets=2, hold_s=10), pain=0, effort=4
    )
    history = kc.History(
        [kc.SessionLog(on=ON, lines=[line]), kc.MorningAfter(on=ON + DAY, change=0)]
    )
    request = kc.Request(minutes=10, days_per_week=3, goal="balance")
    plan = recommender.recommend(PERSON, history, request=request, on=ON + DAY)
    assert [(each.on - ON).days for each in plan.calendar(ON + DAY, 1)] == [2, 4, 7]


def test_handing_a_plan_for_a_new_goal_out_does_not_change_it(
    recommender: kc.Recommender,
) -> None:
    course = recommender.simulate(
        PERSON, "as_planned", 3, request=kc.Request(minutes=10, goal="balance"), on=ON
    )
    on = ON + 21 * DAY
    request = kc.Request(minutes=10, goal="foot_strength")
    plan = recommender.recommend(PERSON, course.history, request=request, on=on)
    handed_out = course.history.with_events(plan.issued(on))
    again = recommender.recommend(PERSON, handed_out, request=request, on=on)
    assert again.items == plan.items
    later = recommender.recommend(PERSON, handed_out, request=request, on=on + DAY)
    assert {item.exercise for item in later.items} == {item.exercise for item in plan.items}


def test_turns_change_only_after_a_long_wait() -> None:
    groups = ((1, 4, 6), (2, 5))
    assert groups_in_turn(groups, [2, 3]) == groups
    assert groups_in_turn(groups, [1, 4]) == ((2, 5), (1, 4, 6))
    assert groups_in_turn(groups, [0, 9]) == groups
    assert groups_in_turn(groups, [9, 0]) == ((2, 5), (1, 4, 6))
    assert groups_in_turn(groups, [1, None]) == groups


def test_the_side_that_was_not_done_is_still_to_be_done(recommender: kc.Recommender) -> None:
    request = kc.Request(minutes=10, goal="balance", days_per_week=3)
    plan = recommender.recommend(PERSON, request=request, on=ON)
    due = plan.today(kc.History(), ON)[0]
    left = [evolve(line, side=kc.Side.LEFT) for line in done(due)]
    [rest] = plan.today(kc.History([kc.SessionLog(on=ON, lines=left)]), ON)
    assert {item.exercise for item in rest.items} == {
        item.exercise for item in due.items if item.per_side
    }
    assert {item.side for item in rest.items} == {kc.Side.RIGHT}


@pytest.fixture(scope="module")
def three_a_day(recommender: kc.Recommender) -> kc.Plan:
    request = kc.Request(minutes=2, sessions_per_day=3, goal="balance")
    return recommender.recommend(PERSON, request=request, on=ON)


def test_logs_of_one_slot_are_one_session(three_a_day: kc.Plan) -> None:
    due = three_a_day.today(kc.History(), ON)
    item = due[0].items[0]
    sets = [
        kc.SessionLog(
            on=ON,
            lines=[
                kc.ExerciseLog(item.exercise, item.side, done=kc.Dose(sets=1, hold_s=10), pain=pain)
            ],
        )
        for pain in (0, 1)
    ]
    rest = three_a_day.today(kc.History(sets), ON)
    by_number = {session.session.number: session for session in rest}
    assert all(each.exercise != item.exercise for each in by_number[1].items)
    assert any(each.exercise == item.exercise for each in by_number[2].items)


def test_the_session_that_was_done_is_not_listed_again(three_a_day: kc.Plan) -> None:
    due = three_a_day.today(kc.History(), ON)
    second = kc.SessionLog(on=ON, slot=2, lines=done(due[1]))
    rest = three_a_day.today(kc.History([second]), ON)
    assert [session.session.number for session in rest] == [1, 3]
    assert rest[0].items == due[0].items


def test_the_better_side_does_not_grow_on_the_dose_of_the_weaker_one(
    recommender: kc.Recommender,
) -> None:
    stretch, dose = "calf_stretch_straight", kc.Dose(sets=2, hold_s=20)
    request = kc.Request(goal="calf_stretch", minutes=10, days_per_week=5)
    events: list[kc.SessionLog | kc.MorningAfter | kc.PlanIssued] = []
    for number in range(3):
        sides = [(kc.Side.LEFT, 4 if number else 0), (kc.Side.RIGHT, 0)]
        lines = [kc.ExerciseLog(stretch, side, done=dose, pain=pain) for side, pain in sides]
        events.append(kc.SessionLog(on=ON + 2 * number * DAY, lines=lines))
        events.append(kc.MorningAfter(on=ON + (2 * number + 1) * DAY, change=0))
    history, most = kc.History(events), dose.volume
    for week in range(1, 7):
        on = ON + 7 * week * DAY
        plan = recommender.recommend(PERSON, history, request=request, on=on)
        history = history.with_events(plan.issued(on))
        for session in plan.calendar(on, 1):
            lines = [
                evolve(line, side=side, pain=3 if side is kc.Side.LEFT else 0)
                for line in done(session)
                for side in line.side.each
            ]
            history = history.with_events(
                kc.SessionLog(on=session.on, lines=lines),
                kc.MorningAfter(on=session.on + DAY, change=0),
            )
    standings = recommender.replay(PERSON, history, request=request, on=ON + 49 * DAY)
    [right] = [
        each for each in standings if each.exercise == stretch and each.side is kc.Side.RIGHT
    ]
    assert right.dose is not None
    assert right.dose.volume <= most * 5 // 4
    assert right.reason.id == "dose_not_reached"


def test_a_dose_that_was_cut_for_time_is_told_as_less(recommender: kc.Recommender) -> None:
    """The dose asked for in full grew, and what a day asks for did not."""
    request = kc.Request(goal="foot_comfort", minutes=10, days_per_week=3)
    course = recommender.simulate(PERSON, "as_planned", 4, request=request, on=ON)
    before = course.plans[-1][1]
    shorter = evolve(request, minutes=3)
    after = recommender.recommend(PERSON, course.history, request=shorter, on=ON + 28 * DAY)
    volumes = [
        {item.title: (item.day_dose or item.dose).volume * len(item.days) for item in plan.items}
        for plan in (before, after)
    ]
    smaller = {title for title, volume in volumes[1].items() if volume < volumes[0].get(title, 0)}
    grew = recommender.week_turn(before, after).grew
    assert not any(line.startswith(f"{title}:") for line in grew for title in smaller)


def test_more_days_and_a_larger_dose_do_not_come_in_one_week(
    recommender: kc.Recommender,
) -> None:
    seldom = kc.Request(goal="foot_comfort", minutes=10, days_per_week=2)
    often = evolve(seldom, days_per_week=7)
    first = recommender.simulate(PERSON, "as_planned", 4, request=seldom, on=ON)
    second = recommender.simulate(
        PERSON, "as_planned", 3, history=first.history, request=often, on=ON + 28 * DAY
    )
    plans = [first.plans[-2][1], *(plan for _, plan in second.plans)]
    for before, after in pairwise(plans):
        was = {item.exercise: item for item in before.items}
        for item in after.items:
            old = was.get(item.exercise)
            if old is not None and item.dose.volume > old.dose.volume:
                assert len(item.days) <= len(old.days), item.exercise
