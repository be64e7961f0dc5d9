"""The sessions of a plan as a calendar file (RFC 5545), which needs the extra `calendar`."""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from kineticchain.domain.person import History
from kineticchain.domain.validators import require_instance
from kineticchain.errors import Fault, InvalidInput
from kineticchain.recommendation import DatedSession, Plan
from kineticchain.recommendation.plan.cycle import WEEK
from kineticchain.recommendation.plan.text import dose_text, session_title

MORNING = (datetime.time(8, 0),)
"""The time of day of sessions, if none is given."""

_DAY_MINUTES = 24 * 60


def calendar_file(
    plan: Plan,
    sessions: Iterable[DatedSession],
    *,
    history: History | None = None,
    at: Sequence[datetime.time] = MORNING,
    alarm_minutes: int = 10,
) -> str:
    """Return dated sessions of a plan as a calendar file.

    An event has the id of its place in the week: the second session of a week stays the second
    one, so that a calendar moves it when the file is read anew after a missed day. Times are local
    to the reader. Nothing in the file tells who the person is.

    Args:
        plan: The plan, made for a day.
        sessions: Its dated sessions, as `Plan.calendar` returns them.
        history: What was done so far, if `sessions` were made with it.
        at: The times of day of the first, second … session; the last one for all others.
        alarm_minutes: How many minutes before a session to remind (0 to 1,440).

    Returns:
        The text of the file, with the line ends that calendars expect.

    Raises:
        InvalidInput: For what is no plan with a day, or no time of day, and without the extra
            `calendar`.
    """
    require_instance(plan, Plan, "plan", "give what recommend returned")
    if plan.on is None:
        raise InvalidInput(Fault("the plan has no day", "on", "give on=date(...) to recommend"))
    if not at or not all(type(time) is datetime.time for time in at):
        raise InvalidInput(Fault("no time of day", "at", "give times such as time(8, 0)"))
    if type(alarm_minutes) is not int or not 0 <= alarm_minutes <= _DAY_MINUTES:
        raise InvalidInput(Fault("no number of minutes", "alarm_minutes", "give 0 to 1440"))
    try:
        import icalendar  # noqa: PLC0415 - an extra
    except ImportError:
        remedy = "pip install kineticchain[calendar]"
        raise InvalidInput(Fault("calendar files cannot be written here", remedy=remedy)) from None
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//kineticchain//plan//EN")
    calendar.add("version", "2.0")
    stamp = datetime.datetime.combine(plan.on, datetime.time(), datetime.UTC)
    for uid, session in _with_ids(sessions, plan, plan.on, history):
        event = icalendar.Event()
        time = at[min(session.session.number, len(at)) - 1]
        begins = datetime.datetime.combine(session.on, time)
        event.add("uid", uid)
        event.add("dtstamp", stamp)
        event.add("dtstart", begins)
        event.add("dtend", begins + datetime.timedelta(minutes=-(-session.seconds // 60)))
        event.add("summary", session_title(session.session, plan.sessions, plan.catalog, plan.on))
        event.add("description", "\n".join(_lines(session, plan)))
        alarm = icalendar.Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", plan.catalog.text("title_ready"))
        alarm.add("trigger", datetime.timedelta(minutes=-alarm_minutes))
        event.add_component(alarm)
        calendar.add_component(event)
    text: str = calendar.to_ical().decode()
    return text


def _lines(session: DatedSession, plan: Plan) -> list[str]:
    return [f"{item.title}: {dose_text(item.dose, plan.catalog)}" for item in session.items]


def _with_ids(
    sessions: Iterable[DatedSession], plan: Plan, start: datetime.date, history: History | None
) -> Iterator[tuple[str, DatedSession]]:
    """Yield each session with an id: its plan, its week, its number, and which one of the week."""
    places: Counter[tuple[int, int]] = Counter()
    for log in () if history is None else history.sessions:
        if log.on >= start and log.trained:
            places[(log.on - start).days // WEEK, log.slot] += 1
    for session in sessions:
        week, number = (session.on - start).days // WEEK, session.session.number
        places[week, number] += 1
        place = places[week, number]
        yield f"{plan.fingerprint}-{start}-{week}-{number}-{place}@kineticchain", session
