"""A plan's sessions on dates."""

import datetime
from collections.abc import Iterator

from kineticchain.constraints import shown
from kineticchain.errors import Fault, InvalidInput
from kineticchain.person import History
from kineticchain.recommendation.dated_session import DatedSession
from kineticchain.recommendation.missed import Log, Span, caught_up
from kineticchain.recommendation.parts import Session
from kineticchain.recommendation.rhythm import on_day, shifted
from kineticchain.recommendation.schedule import CYCLE_OF_EVERY_OTHER_DAY, WEEK

MOST_WEEKS = 104
MOST_YEARS = 3
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
    span = Span(start, WEEK * weeks, cycle)
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
            Fault(f"{shown(start)} is not a date", "start", "use date(2026, 11, 21)")
        )
    if history is not None and not isinstance(history, History):
        raise InvalidInput(Fault(f"{shown(history)} is no history", "history", "give a History"))
    if today is not None and type(today) is not datetime.date:
        raise InvalidInput(
            Fault(f"{shown(today)} is not a date", "today", "use date(2026, 11, 21)")
        )
    if start.year >= datetime.MAXYEAR - MOST_YEARS:
        raise InvalidInput(
            Fault("that lies outside of all calendars", "start", "give earlier days")
        )
    if type(weeks) is not int or not 1 <= weeks <= MOST_WEEKS:
        remedy = f"give a whole number from 1 to {MOST_WEEKS}"
        raise InvalidInput(Fault(f"{shown(weeks)} is no number of weeks", "weeks", remedy))
    if (history is None) is not (today is None):
        remedy = "give both, or neither"
        raise InvalidInput(Fault("what was missed needs a history and today", "today", remedy))


def _planned(sessions: tuple[Session, ...], span: Span) -> Iterator[DatedSession]:
    """Every session with the items of its day."""
    for number in range(span.days):
        on = span.start + datetime.timedelta(days=number)
        yield from on_day(sessions, span.day_of(on), on, span)
