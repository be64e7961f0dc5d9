"""The calendar of a plan: its sessions on dates."""

import datetime
from collections.abc import Iterable, Iterator

from attrs import evolve

from kineticchain.domain.person import History
from kineticchain.domain.validators import repr_short
from kineticchain.errors import Fault, InvalidInput
from kineticchain.recommendation.plan.calendar_catch_up import caught_up
from kineticchain.recommendation.plan.calendar_span import ONE_DAY, CalendarSpan
from kineticchain.recommendation.plan.cycle import CYCLE_OF_EVERY_OTHER_DAY, WEEK
from kineticchain.recommendation.plan.dated_session import DatedSession
from kineticchain.recommendation.plan.model import Session
from kineticchain.recommendation.plan.training_log import Log

MAX_WEEKS = 104
MAX_YEARS = 3
"""The least distance in years between the start of a calendar and the last representable year."""


def dated(
    sessions: tuple[Session, ...],
    cycle: int,
    start: datetime.date,
    weeks: int,
    history: History | None,
    today: datetime.date | None,
) -> tuple[DatedSession, ...]:
    """Return the sessions of some weeks with their dates, in order; see `Plan.calendar`.

    Args:
        sessions: The sessions of the plan.
        cycle: The days after which the plan repeats.
        start: The first day of the plan.
        weeks: The number of weeks, from 1 to 104.
        history: The log. With it and `today` the calendar begins today. Items missed in the week
            before are moved to later days; a plan for every other day is shifted instead.
        today: The current day; given if and only if `history` is given.

    Raises:
        InvalidInput: An argument is of the wrong type or out of range.
    """
    _check(start, weeks, history, today)
    span = CalendarSpan(start, WEEK * weeks, cycle)
    dated_sessions = _planned(sessions, span)
    if history is not None and today is not None and cycle == CYCLE_OF_EVERY_OTHER_DAY:
        dated_sessions = shifted(sessions, span, history, today)
    planned = {(session.on, session.session.number): session for session in dated_sessions}
    if history is not None and today is not None:
        planned = caught_up(planned, span, Log(history), today)
    return tuple(planned[key] for key in sorted(planned))


def _check(
    start: datetime.date, weeks: int, history: History | None, today: datetime.date | None
) -> None:
    if type(start) is not datetime.date:
        raise InvalidInput(
            Fault(f"{repr_short(start)} is not a date", "start", "use date(2026, 11, 21)")
        )
    if history is not None and not isinstance(history, History):
        raise InvalidInput(
            Fault(f"{repr_short(history)} is no history", "history", "give a History")
        )
    if today is not None and type(today) is not datetime.date:
        raise InvalidInput(
            Fault(f"{repr_short(today)} is not a date", "today", "use date(2026, 11, 21)")
        )
    if start.year >= datetime.MAXYEAR - MAX_YEARS:
        raise InvalidInput(
            Fault("that lies outside of all calendars", "start", "give earlier days")
        )
    if type(weeks) is not int or not 1 <= weeks <= MAX_WEEKS:
        remedy = f"give a whole number from 1 to {MAX_WEEKS}"
        raise InvalidInput(Fault(f"{repr_short(weeks)} is no number of weeks", "weeks", remedy))
    if (history is None) is not (today is None):
        remedy = "give both, or neither"
        raise InvalidInput(Fault("what was missed needs a history and today", "today", remedy))


def _planned(sessions: tuple[Session, ...], span: CalendarSpan) -> Iterator[DatedSession]:
    """Yield the sessions of all days of a span."""
    for offset in range(span.days):
        on = span.start + datetime.timedelta(days=offset)
        yield from on_day(sessions, span.day_of(on), on, span)


def shifted(
    sessions: tuple[Session, ...], span: CalendarSpan, history: History, today: datetime.date
) -> Iterator[DatedSession]:
    """Yield the sessions of a plan for every other day from today on, shifted by the log.

    The longer sessions are two days apart and continue with the first one that was not done. They
    begin today, or tomorrow if the person trained yesterday and not today. Micro-sessions are on
    every day.

    Args:
        sessions: The sessions of the plan.
        span: The days of the calendar.
        history: The log.
        today: The current day.
    """
    longer = [session for session in sessions if not session.micro]
    micro = [session for session in sessions if session.micro]
    slots = {session.number for session in longer}
    # Without micro-sessions every trained day counts, whatever slot the app recorded.
    trained = {
        session.on
        for session in history.sessions
        if session.trained and (session.slot in slots or not micro)
    }
    # The plan days with longer sessions are used in rotation: each training day uses the next plan
    # day.
    turns = sorted({day for session in longer for item in session.items for day in item.days})
    done = sum(span.start <= day < today for day in trained)
    on = begin = max(today, span.start)
    if begin - ONE_DAY in trained and begin not in trained:
        begin += ONE_DAY
    while on <= span.last:
        yield from on_day(micro, span.day_of(on), on, span)
        days = (on - begin).days
        if turns and days >= 0 and days % 2 == 0:
            turn = turns[(done + days // 2) % len(turns)]
            yield from on_day(longer, turn, on, span)
        on += ONE_DAY


def on_day(
    sessions: Iterable[Session], day: int, on: datetime.date, span: CalendarSpan
) -> Iterator[DatedSession]:
    """Yield the sessions of one day, without items that still need their initial rest.

    Args:
        sessions: The sessions of the plan.
        day: The day of the plan, from 1 to the length of its cycle.
        on: The date.
        span: The days of the calendar.
    """
    number = (on - span.start).days + 1
    for session in sessions:
        items = tuple(item for item in session.on_day(day) if number >= item.starts)
        if items:
            yield DatedSession(on=on, session=evolve(session, items=items))
