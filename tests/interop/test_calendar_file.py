"""The calendar file: its events are the sessions, and a moved session keeps its id."""

import datetime
import sys

import icalendar
import pytest

import kineticchain as kc
from kineticchain.report import calendar_file

MONDAY = datetime.date(2026, 1, 5)
DAY = datetime.timedelta(days=1)
PERSON = kc.Person(
    age=45,
    complaints=[kc.Complaint("heel", side="right", pain=3, weeks=6)],
    equipment=["towel", "fixed_support"],
    facts={"tandem_stance_s": 20},
    screening="clear",
)


@pytest.fixture(scope="module")
def plan(recommender: kc.Recommender) -> kc.Plan:
    return recommender.recommend(PERSON, request=kc.Request(minutes=10, days_per_week=3), on=MONDAY)


def events(text: str) -> list[icalendar.Event]:
    calendar = icalendar.Calendar.from_ical(text)
    return [event for event in calendar.walk("VEVENT") if isinstance(event, icalendar.Event)]


def _ids(text: str) -> list[str]:
    return [str(event["uid"]) for event in events(text)]


def _begins(text: str) -> list[datetime.datetime]:
    return [event.decoded("dtstart") for event in events(text)]


def test_each_session_is_an_event(plan: kc.Plan) -> None:
    days = [begin.date() for begin in _begins(calendar_file(plan, plan.calendar(MONDAY, 2)))]
    assert days == [session.on for session in plan.calendar(MONDAY, 2)]


def test_an_event_lasts_as_long_as_its_session(plan: kc.Plan) -> None:
    event = events(calendar_file(plan, plan.calendar(MONDAY)))[0]
    minutes = (event.decoded("dtend") - event.decoded("dtstart")).seconds // 60
    assert minutes == -(-plan.sessions[0].seconds // 60)


def test_ids_are_unique_and_the_same_each_time(plan: kc.Plan) -> None:
    first = _ids(calendar_file(plan, plan.calendar(MONDAY, 4)))
    assert first == _ids(calendar_file(plan, plan.calendar(MONDAY, 4)))
    assert len(first) == len(set(first))


def test_a_missed_session_moves_with_its_id(plan: kc.Plan) -> None:
    planned = calendar_file(plan, plan.calendar(MONDAY))
    history, today = kc.History(), MONDAY + DAY
    left = plan.calendar(MONDAY, history=history, today=today)
    moved = calendar_file(plan, left, history=history)
    assert _ids(moved)[0] == _ids(planned)[0]
    assert _begins(moved)[0] > _begins(planned)[0]


def test_what_was_done_keeps_its_place(plan: kc.Plan) -> None:
    planned = _ids(calendar_file(plan, plan.calendar(MONDAY)))
    lines = [kc.ExerciseLog(item.exercise, item.side, done=item.dose) for item in plan.items]
    history = kc.History([kc.SessionLog(on=MONDAY, lines=lines)])
    left = plan.calendar(MONDAY, history=history, today=MONDAY + DAY)
    assert _ids(calendar_file(plan, left, history=history)) == planned[1:]


def test_times_of_day_are_those_that_are_given(recommender: kc.Recommender) -> None:
    request = kc.Request(minutes=3, sessions_per_day=3)
    plan = recommender.recommend(PERSON, request=request, on=MONDAY)
    times = (datetime.time(7, 30), datetime.time(13, 0))
    begins = _begins(calendar_file(plan, plan.calendar(MONDAY), at=times))
    assert {begin.time() for begin in begins} == set(times)


def test_an_event_reminds_and_tells_what_to_do(plan: kc.Plan) -> None:
    event = events(calendar_file(plan, plan.calendar(MONDAY), alarm_minutes=15))[0]
    (alarm,) = event.walk("VALARM")
    assert alarm.decoded("trigger") == datetime.timedelta(minutes=-15)
    assert plan.items[0].title in str(event["description"])


def test_without_a_time_of_day_the_remedy_is_told(plan: kc.Plan) -> None:
    with pytest.raises(kc.InvalidInput, match=r"give times such as time\(8, 0\)"):
        calendar_file(plan, plan.calendar(MONDAY), at=())


def test_a_reminder_is_a_number_of_minutes(plan: kc.Plan) -> None:
    with pytest.raises(kc.InvalidInput, match="no number of minutes"):
        calendar_file(plan, plan.calendar(MONDAY), alarm_minutes=-1)


def test_a_plan_without_a_day_has_no_calendar_file(recommender: kc.Recommender) -> None:
    undated = recommender.recommend(PERSON)
    with pytest.raises(kc.InvalidInput, match="the plan has no day"):
        calendar_file(undated, undated.calendar(MONDAY))


def test_without_the_extra_the_remedy_is_told(
    plan: kc.Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "icalendar", None)
    with pytest.raises(kc.InvalidInput, match=r"pip install kineticchain\[calendar\]"):
        calendar_file(plan, plan.calendar(MONDAY))


def test_a_plan_is_a_table(plan: kc.Plan) -> None:
    rows = plan.to_rows()
    assert [row["exercise"] for row in rows] == [
        item.exercise for session in plan.sessions for item in session.items
    ]
    assert len({tuple(row) for row in rows}) == 1
