"""The calendar file: its events are the sessions, and no session is doubled."""

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
    days = [begin.date() for begin in _begins(calendar_file(plan, plan.calendar(MONDAY, 2), "a"))]
    assert days == [session.on for session in plan.calendar(MONDAY, 2)]


def test_an_event_lasts_as_long_as_its_session(plan: kc.Plan) -> None:
    event = events(calendar_file(plan, plan.calendar(MONDAY), "a"))[0]
    minutes = (event.decoded("dtend") - event.decoded("dtstart")).seconds // 60
    assert minutes == -(-plan.sessions[0].seconds // 60)


def test_ids_are_unique_and_the_same_each_time(plan: kc.Plan) -> None:
    first = _ids(calendar_file(plan, plan.calendar(MONDAY, 4), "a"))
    assert first == _ids(calendar_file(plan, plan.calendar(MONDAY, 4), "a"))
    assert len(first) == len(set(first))


def test_calendars_of_different_people_have_different_ids(plan: kc.Plan) -> None:
    sessions = plan.calendar(MONDAY)
    assert set(_ids(calendar_file(plan, sessions, "a"))).isdisjoint(
        _ids(calendar_file(plan, sessions, "b"))
    )


@pytest.mark.parametrize("days_per_week", [3, 7])
def test_after_a_missed_day_no_session_is_doubled(
    recommender: kc.Recommender, days_per_week: int
) -> None:
    request = kc.Request(minutes=10, days_per_week=days_per_week)
    plan = recommender.recommend(PERSON, request=request, on=MONDAY)
    before = _ids(calendar_file(plan, plan.calendar(MONDAY), "a"))
    left = plan.calendar(MONDAY, history=kc.History(), today=MONDAY + DAY)
    after = _ids(calendar_file(plan, left, "a", version=1))
    days = {uid.split("@")[0] for uid in (*before, *after)}
    assert len(after) == len(set(after))
    assert len(days) == len({day.rsplit("-", 1)[0] for day in days})


def test_a_later_file_has_a_later_version(plan: kc.Plan) -> None:
    (event, *_) = events(calendar_file(plan, plan.calendar(MONDAY), "a", version=2))
    assert event.decoded("sequence") == 2


def test_an_event_names_the_side_and_the_cautions(plan: kc.Plan) -> None:
    told = " ".join(
        str(event["description"])
        for event in events(calendar_file(plan, plan.calendar(MONDAY), "a"))
    )
    assert "right" in told
    assert all(caution in told for item in plan.items for caution in item.cautions)


def test_without_an_owner_the_remedy_is_told(plan: kc.Plan) -> None:
    with pytest.raises(kc.InvalidInput, match="no id of an owner"):
        calendar_file(plan, plan.calendar(MONDAY), "")


def test_times_of_day_are_those_that_are_given(recommender: kc.Recommender) -> None:
    request = kc.Request(minutes=3, sessions_per_day=3)
    plan = recommender.recommend(PERSON, request=request, on=MONDAY)
    times = (datetime.time(7, 30), datetime.time(13, 0))
    begins = _begins(calendar_file(plan, plan.calendar(MONDAY), "a", at=times))
    assert {begin.time() for begin in begins} == set(times)


def test_an_event_reminds_and_tells_what_to_do(plan: kc.Plan) -> None:
    event = events(calendar_file(plan, plan.calendar(MONDAY), "a", alarm_minutes=15))[0]
    (alarm,) = event.walk("VALARM")
    assert alarm.decoded("trigger") == datetime.timedelta(minutes=-15)
    assert plan.items[0].title in str(event["description"])


def test_without_a_time_of_day_the_remedy_is_told(plan: kc.Plan) -> None:
    with pytest.raises(kc.InvalidInput, match=r"give times such as time\(8, 0\)"):
        calendar_file(plan, plan.calendar(MONDAY), "a", at=())


def test_a_reminder_is_a_number_of_minutes(plan: kc.Plan) -> None:
    with pytest.raises(kc.InvalidInput, match="no number of minutes"):
        calendar_file(plan, plan.calendar(MONDAY), "a", alarm_minutes=-1)


def test_a_plan_without_a_day_has_no_calendar_file(recommender: kc.Recommender) -> None:
    undated = recommender.recommend(PERSON)
    with pytest.raises(kc.InvalidInput, match="the plan has no day"):
        calendar_file(undated, undated.calendar(MONDAY), "a")


def test_without_the_extra_the_remedy_is_told(
    plan: kc.Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "icalendar", None)
    with pytest.raises(kc.InvalidInput, match=r"pip install kineticchain\[calendar\]"):
        calendar_file(plan, plan.calendar(MONDAY), "a")


def test_a_plan_is_a_table(plan: kc.Plan) -> None:
    rows = plan.to_rows()
    assert [row["exercise"] for row in rows] == [
        item.exercise for session in plan.sessions for item in session.items
    ]
    assert len({tuple(row) for row in rows}) == 1
