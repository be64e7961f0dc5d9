"""The sessions of a plan as a calendar file (RFC 5545), which needs the extra `calendar`."""

import datetime
from collections.abc import Iterable, Iterator, Sequence

from kineticchain.domain.validators import is_text, require_instance
from kineticchain.errors import Fault, InvalidInput
from kineticchain.recommendation import DatedSession, Plan
from kineticchain.recommendation.plan.text import dose_text, session_title

MORNING = (datetime.time(8, 0),)
"""The default time of day of sessions."""

_DAY_MINUTES = 24 * 60


def calendar_file(
    plan: Plan,
    sessions: Iterable[DatedSession],
    owner: str,
    *,
    at: Sequence[datetime.time] = MORNING,
    alarm_minutes: int = 10,
    version: int = 0,
) -> str:
    """Return dated sessions of a plan as a calendar file.

    The id of an event consists of the owner, the date and the number of the session. So a new file,
    such as after a missed day, replaces the events of coming sessions and adds no duplicates. Times
    are local to the reader.

    Args:
        plan: The plan, made for a day.
        sessions: Its dated sessions, as `Plan.calendar` returns them.
        owner: An opaque id that tells the calendars of different people apart.
        at: The times of day of the first, second … session of a day; the last time also holds for
            all further sessions.
        alarm_minutes: How many minutes before a session to remind (0 to 1,440).
        version: A number that has to grow with each new file, so that calendars prefer the later
            file.

    Returns:
        The text of the file, with the line ends that calendars expect.

    Raises:
        InvalidInput: If the plan has no day, if the owner, the times or the minutes are invalid, or
            if the extra `calendar` is not installed.
    """
    require_instance(plan, Plan, "plan", "give what recommend returned")
    if plan.on is None:
        raise InvalidInput(Fault("the plan has no day", "on", "give on=date(...) to recommend"))
    if not is_text(owner) or not owner:
        raise InvalidInput(Fault("no id of an owner", "owner", "give a text of your own choice"))
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
    for session in sessions:
        event = icalendar.Event()
        number = session.session.number
        begins = datetime.datetime.combine(session.on, at[min(number, len(at)) - 1])
        title = session_title(
            session.session, plan.sessions, plan.catalog, plan.on, plan.cycle_days
        )
        event.add("uid", f"{owner}-{session.on}-{number}@kineticchain")
        event.add("sequence", version)
        event.add("dtstamp", stamp)
        event.add("dtstart", begins)
        event.add("dtend", begins + datetime.timedelta(minutes=-(-session.seconds // 60)))
        event.add("summary", title)
        event.add("description", "\n".join(_lines(session, plan)))
        alarm = icalendar.Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", plan.catalog.text("title_ready"))
        alarm.add("trigger", datetime.timedelta(minutes=-alarm_minutes))
        event.add_component(alarm)
        calendar.add_component(event)
    text: str = calendar.to_ical().decode()
    return text


def _lines(session: DatedSession, plan: Plan) -> Iterator[str]:
    """Yield each exercise with its side and dose, and the cautions of each exercise once."""
    say = plan.catalog.text
    cautioned: set[str] = set()
    for item in session.items:
        side = f"{say(f'side_{item.side}')}, " if item.per_side else ""
        yield f"{item.title}: {side}{dose_text(item.dose, plan.catalog)}"
        if item.exercise not in cautioned:
            yield from (f"  {say('careful')} {caution}" for caution in item.cautions)
        cautioned.add(item.exercise)
