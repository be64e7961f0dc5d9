"""Every other day, after what was done: a missed session moves with all that come after it."""

import datetime
from collections.abc import Iterable, Iterator

from attrs import evolve

from kineticchain.person import History
from kineticchain.recommendation.dated_session import DatedSession
from kineticchain.recommendation.missed import ONE_DAY, Span
from kineticchain.recommendation.parts import Session


def shifted(
    sessions: tuple[Session, ...], span: Span, history: History, today: datetime.date
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
    sessions: Iterable[Session], day: int, on: datetime.date, span: Span
) -> Iterator[DatedSession]:
    """Sessions with the items of a day of the plan, as far as they need no rest any more."""
    number = (on - span.start).days + 1
    for session in sessions:
        items = tuple(item for item in session.on_day(day) if number >= item.starts)
        if items:
            yield DatedSession(on=on, session=evolve(session, items=items))
