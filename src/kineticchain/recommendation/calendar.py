"""A plan's sessions on dates."""

import datetime
from collections.abc import Iterator

from attrs import evolve

from kineticchain.constraints import shown
from kineticchain.errors import Fault, InvalidInput
from kineticchain.person import History
from kineticchain.recommendation.dated_session import DatedSession
from kineticchain.recommendation.missed import Log, caught_up
from kineticchain.recommendation.parts import Session
from kineticchain.recommendation.schedule import WEEK

MOST_WEEKS = 104
MOST_YEARS = 3
"""A calendar stays so many years away from the last of all."""


def dated(
    sessions: tuple[Session, ...],
    start: datetime.date,
    weeks: int,
    history: History | None,
    today: datetime.date | None,
) -> tuple[DatedSession, ...]:
    """The sessions of some weeks from `start` on, in order; see `Plan.calendar`."""
    _check(start, weeks, history, today)
    planned = {(one.on, one.session.number): one for one in _planned(sessions, start, weeks)}
    if history is not None and today is not None:
        planned = caught_up(planned, start, Log(history), today)
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


def _planned(
    sessions: tuple[Session, ...], start: datetime.date, weeks: int
) -> Iterator[DatedSession]:
    """Every session with the items of its day."""
    for number in range(WEEK * weeks):
        for session in sessions:
            due = session.on_day(number % WEEK + 1)
            items = tuple(item for item in due if number + 1 >= item.starts)
            if items:
                on = start + datetime.timedelta(days=number)
                yield DatedSession(on=on, session=evolve(session, items=items))
