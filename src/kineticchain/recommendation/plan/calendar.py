"""A plan's sessions on dates."""

import datetime
from collections.abc import Iterable, Iterator

from attrs import evolve

from kineticchain.domain.person import History
from kineticchain.domain.validators import repr_short
from kineticchain.errors import Fault, InvalidInput
from kineticchain.recommendation.plan.calendar_catch_up import ONE_DAY, CalendarSpan, Log, caught_up
from kineticchain.recommendation.plan.cycle import CYCLE_OF_EVERY_OTHER_DAY, WEEK
from kineticchain.recommendation.plan.dated_session import DatedSession
from kineticchain.recommendation.plan.model import Session

MAX_WEEKS = 104
MAX_YEARS = 3
"""A calendar stays so many years away from the last of all."""


def dated(
    sessions: tuple[Session, ...],
    cycle: int,
    start: datetime.date,
    weeks: int,
    history: History | None,
    today: datetime.date | None,
) -> tuple[DatedSession, ...]:
    """The sessions of some weeks from `start` on, in order; see `Plan.calendar`.

    After `cycle` days they begin anew.
    """
    _check(start, weeks, history, today)
    span = CalendarSpan(start, WEEK * weeks, cycle)
    coming = _planned(sessions, span)
    if history is not None and today is not None and cycle == CYCLE_OF_EVERY_OTHER_DAY:
        coming = shifted(sessions, span, history, today)
    planned = {(one.on, one.session.number): one for one in coming}
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
    """Every session with the items of its day."""
    for number in range(span.days):
        on = span.start + datetime.timedelta(days=number)
        yield from on_day(sessions, span.day_of(on), on, span)


def shifted(
    sessions: tuple[Session, ...], span: CalendarSpan, history: History, today: datetime.date
) -> Iterator[DatedSession]:
    """The sessions from today on, two days apart, beginning with the first that was not done.

    Whoever trained yesterday, and not today, goes on tomorrow. Micro-sessions stay on every day.
    """
    longer = [session for session in sessions if not session.micro]
    micro = [session for session in sessions if session.micro]
    slots = {session.number for session in longer}
    trained = {
        one.on for one in history.sessions if one.trained and (one.slot in slots or not micro)
    }
    turns = sorted({day for session in longer for item in session.items for day in item.days})
    done = sum(span.start <= day < today for day in trained)
    on = begin = max(today, span.start)
    if begin - ONE_DAY in trained and begin not in trained:
        begin += ONE_DAY
    while on <= span.last:
        yield from on_day(micro, span.day_of(on), on, span)
        apart = (on - begin).days
        if turns and apart >= 0 and apart % 2 == 0:
            turn = turns[(done + apart // 2) % len(turns)]
            yield from on_day(longer, turn, on, span)
        on += ONE_DAY


def on_day(
    sessions: Iterable[Session], day: int, on: datetime.date, span: CalendarSpan
) -> Iterator[DatedSession]:
    """Sessions with the items of a day of the plan, as far as they need no rest any more."""
    number = (on - span.start).days + 1
    for session in sessions:
        items = tuple(item for item in session.on_day(day) if number >= item.starts)
        if items:
            yield DatedSession(on=on, session=evolve(session, items=items))
