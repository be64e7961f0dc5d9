"""Micro-sessions: a few minutes on every day, beside longer sessions on some."""

import datetime

import pytest
from attrs import evolve
from hypothesis import given

import kineticchain as kc
from kineticchain.errors import GuardFailure
from kineticchain.interop import json
from kineticchain.recommendation import ReplaceRequest
from kineticchain.recommendation.planning.guard import guard
from kineticchain.testing.strategies import healthy_persons, requests

START = datetime.date(2026, 11, 22)
DAY = datetime.timedelta(days=1)
KNOWLEDGE = kc.Knowledge.builtin()
RECOMMENDER = kc.Recommender(KNOWLEDGE)
REQUEST = kc.Request(minutes=20, days_per_week=3, micro_sessions_per_day=2)
PERSON = kc.Person(
    age=29,
    complaints=[kc.Complaint("heel", pain=3)],
    equipment=["fixed_support"],
    facts={"tandem_stance_s": 30, "single_leg_s": 40, "heel_rise_reps": 24},
    screening="clear",
)
PLAN = RECOMMENDER.recommend(PERSON, request=REQUEST, on=START)
LONG = [session for session in PLAN.sessions if not session.micro]
MICRO = [session for session in PLAN.sessions if session.micro]


def days_of(session: kc.recommendation.Session) -> set[int]:
    return {day for item in session.items for day in item.days}


def test_they_are_on_every_day_and_longer_sessions_on_theirs() -> None:
    assert [days_of(session) for session in LONG] == [{1, 3, 5}]
    assert [days_of(session) for session in MICRO] == [{*range(1, 8)}] * 2


def test_each_has_a_moment_of_the_day_of_its_own() -> None:
    moments = [session.habit_cue.id for session in MICRO if session.habit_cue is not None]
    assert len(set(moments)) == len(MICRO)


def test_a_moment_that_does_not_suit_all_is_one_to_begin_with() -> None:
    """Nobody stands on one leg before the first step in the morning."""
    first = RECOMMENDER.recommend(
        PERSON, request=kc.Request(minutes=4, sessions_per_day=2), on=START
    ).sessions[0]
    positions = {KNOWLEDGE.exercises[item.exercise].position for item in first.items}
    assert first.items[0].exercise == "plantar_fascia_stretch"
    assert len(positions) > 1
    assert first.habit_cue is not None
    assert first.habit_cue.text == "Before the first step in the morning, at first"


@given(healthy_persons(KNOWLEDGE), requests(KNOWLEDGE))
def test_a_moment_without_more_suits_every_exercise(person: kc.Person, request: kc.Request) -> None:
    plan = RECOMMENDER.recommend(person, request=request, on=START)
    for session in plan.sessions:
        if session.habit_cue is not None and session.habit_cue.id != "to_begin_with":
            exercises = [KNOWLEDGE.exercises[item.exercise] for item in session.items]
            of = {one.position for one in exercises if session.habit_cue.id in one.habit_cues}
            others = [one for one in exercises if session.habit_cue.id not in one.habit_cues]
            assert all(of == {one.position} for one in others)


def test_balance_is_done_daily_and_strength_work_on_days_apart() -> None:
    kinds = [{KNOWLEDGE.exercises[item.exercise].kind for item in one.items} for one in MICRO]
    assert all("balance" in found and "strength" not in found for found in kinds)
    assert "strength" in {KNOWLEDGE.exercises[item.exercise].kind for item in LONG[0].items}


def test_what_comes_several_times_a_day_comes_again_in_the_next_micro_session() -> None:
    first, second = ({item.exercise for item in session.items} for session in MICRO)
    assert first & second
    assert first.isdisjoint(item.exercise for item in LONG[0].items)


def test_they_keep_their_numbers_where_there_is_no_longer_session_to_do() -> None:
    """Whatever a log calls the second session is one of them."""
    little = evolve(REQUEST, minutes=1, micro_minutes=5)
    plan = RECOMMENDER.recommend(PERSON, request=little, on=START)
    assert [(one.number, one.micro) for one in plan.sessions] == [(2, True), (3, True)]


def test_a_longer_micro_session_makes_room_for_the_daily_stretch() -> None:
    plan = RECOMMENDER.recommend(PERSON, request=evolve(REQUEST, micro_minutes=4), on=START)
    stretch = next(one for one in plan.items if one.exercise == "plantar_fascia_stretch")
    assert len(stretch.days) == 7


def test_without_them_a_plan_has_none() -> None:
    plan = RECOMMENDER.recommend(PERSON, request=kc.Request(minutes=3), on=START)
    assert not any(session.micro for session in plan.sessions)


@given(person=healthy_persons(KNOWLEDGE), request=requests(KNOWLEDGE))
def test_no_exercise_is_in_a_micro_session_and_a_longer_one(
    person: kc.Person, request: kc.Request
) -> None:
    plan = RECOMMENDER.recommend(person, request=request)
    within: dict[bool, set[str]] = {False: set(), True: set()}
    for session in plan.sessions:
        within[session.micro] |= {item.exercise for item in session.items}
    assert within[True].isdisjoint(within[False])


def test_with_every_other_day_they_are_on_all_of_its_eight_days() -> None:
    request = kc.Request(minutes=20, every_other_day=True, micro_sessions_per_day=1)
    plan = RECOMMENDER.recommend(PERSON, request=request, on=START)
    found = {session.micro: days_of(session) for session in plan.sessions}
    assert found == {False: {1, 3, 5, 7}, True: {*range(1, 9)}}


def test_a_micro_session_of_yesterday_does_not_put_off_a_longer_one() -> None:
    request = kc.Request(minutes=20, every_other_day=True, micro_sessions_per_day=1)
    line = kc.ExerciseLog("core_brace_standing", done=kc.Dose(reps=5, hold_s=5))
    micro = kc.SessionLog(on=START - DAY, slot=2, lines=[line])
    longer = kc.SessionLog(on=START - DAY, slot=1, lines=[line])
    days = {}
    for name, event in (("micro", micro), ("longer", longer)):
        plan = RECOMMENDER.recommend(PERSON, kc.History([event]), request=request, on=START)
        days[name] = next(days_of(session) for session in plan.sessions if not session.micro)
    assert days == {"micro": {1, 3, 5, 7}, "longer": {2, 4, 6, 8}}


def test_the_guard_knows_their_minutes() -> None:
    decision = RECOMMENDER.assess(PERSON, request=REQUEST, on=START).decision
    available_equipment = frozenset({"fixed_support"})
    shorter = evolve(REQUEST, micro_minutes=1)
    with pytest.raises(GuardFailure, match=r"session \d takes"):
        guard(PLAN, decision, shorter, KNOWLEDGE, available_equipment)


def test_they_are_printed_as_such() -> None:
    assert "Short session 2 (" in str(PLAN)
    assert "Mini-Einheit 2 (" in PLAN.text("de")


def test_the_guard_knows_which_sessions_were_asked_for() -> None:
    decision = RECOMMENDER.assess(PERSON, request=REQUEST, on=START).decision
    available_equipment = frozenset({"fixed_support"})
    for wrong, told in (
        ({"micro": False}, "taken for one of the others"),
        ({"number": 9}, "a session 9"),
    ):
        sessions = (*PLAN.sessions[:-1], evolve(PLAN.sessions[-1], **wrong))
        with pytest.raises(GuardFailure, match=told):
            guard(
                evolve(PLAN, sessions=sessions), decision, REQUEST, KNOWLEDGE, available_equipment
            )


def test_their_minutes_are_no_news_where_there_are_none() -> None:
    plan = RECOMMENDER.recommend(PERSON, request=evolve(REQUEST, micro_minutes=5), on=START)
    comparison = RECOMMENDER.what_if(
        plan, [ReplaceRequest(kc.Request(minutes=20, days_per_week=3))]
    )
    assert "minutes were asked for" not in str(comparison)


def test_to_ask_for_them_is_a_change_that_is_told() -> None:
    plan = RECOMMENDER.recommend(PERSON, request=kc.Request(minutes=20, days_per_week=3), on=START)
    comparison = RECOMMENDER.what_if(plan, [ReplaceRequest(REQUEST)])
    told = {reason.message.text for one in comparison.changes for reason in one.reasons}
    assert "You asked for this number of micro-sessions a day: 2 instead of 0." in told


def test_whoever_does_the_longer_sessions_has_attended_them_all() -> None:
    assert PLAN.issued(START).sessions_per_week == 3


def test_what_comes_no_more_often_there_makes_room_for_what_does() -> None:
    """Curls with a towel come on three days a week wherever they are; the stretch is daily."""
    request = kc.Request(
        minutes=20, days_per_week=3, micro_sessions_per_day=1, micro_minutes=5, goal="foot_pain"
    )
    person = evolve(PERSON, complaints=(), equipment=["fixed_support", "towel"])
    plan = RECOMMENDER.recommend(person, request=request, on=START)
    assert all(len(item.days) > 3 for one in plan.sessions if one.micro for item in one.items)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ('{"micro_minutes": 6}', "from 1 to 5"),
        ('{"micro_sessions_per_day": 7}', "from 0 to 6"),
        ('{"micro_sessions_per_day": true}', "not a whole number"),
    ],
)
def test_what_is_no_micro_session_is_refused(wrong: str, told: str) -> None:
    with pytest.raises(kc.InvalidInput, match=told):
        json.loads(wrong, kc.Request)
