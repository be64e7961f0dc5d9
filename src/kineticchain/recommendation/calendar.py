"""A plan's sessions on dates: as planned, and with what was missed moved to a later day."""

import datetime
from collections.abc import Iterator

from attrs import evolve, field, frozen

from kineticchain.constraints import day, shown
from kineticchain.errors import Fault, InvalidInput
from kineticchain.person import History
from kineticchain.recommendation.parts import Item, Session
from kineticchain.recommendation.schedule import WEEK

MOST_WEEKS = 104
MOST_YEARS = 3
"""A calendar stays so many years away from the last of all."""

ONE_DAY = datetime.timedelta(days=1)


@frozen(kw_only=True)
class DatedSession:
    """A session on a date. `moved` are those of its items that were missed on an earlier day."""

    on: datetime.date = field(validator=day())
    session: Session
    moved: tuple[Item, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        """What is done, what was moved here last."""
        return (*self.session.items, *self.moved)

    @property
    def seconds(self) -> int:
        """The time of all items."""
        return evolve(self.session, items=self.items).seconds

    def __str__(self) -> str:
        """Such as ``2026-11-21 (1): Walking, Heel raise``."""
        titles = ", ".join(dict.fromkeys(item.title for item in self.items))
        return f"{self.on} ({self.session.number}): {titles}"


def dated(
    sessions: tuple[Session, ...],
    start: datetime.date,
    weeks: int,
    history: History | None,
    today: datetime.date | None,
) -> tuple[DatedSession, ...]:
    """The sessions of some weeks from `start` on, in order; see `Plan.calendar`."""
    _check(start, weeks, history, today)
    book = _Book(sessions, start, WEEK * weeks)
    found = {(one.on, one.session.number): one for one in book.planned()}
    if history is not None and today is not None:
        _rest(found, today, history)
        for key in sorted(found):
            missed = found[key]
            undone = [item for item in missed.items if not _was_done(item, missed.on, history)]
            for item in undone if missed.on < today else ():
                _move(item, missed.session, max(today, start), book, found, history)
        found = {key: one for key, one in found.items() if one.on >= today and one.items}
    return tuple(found[key] for key in sorted(found))


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


@frozen
class _Book:
    """What is planned on which day, before anything is moved."""

    sessions: tuple[Session, ...]
    start: datetime.date
    days: int

    @property
    def end(self) -> datetime.date:
        """The day after the last one."""
        return self.start + datetime.timedelta(days=self.days)

    def planned(self) -> Iterator[DatedSession]:
        """Every session with the items of its day."""
        for number in range(self.days):
            for session in self.sessions:
                items = self._items(session, number)
                if items:
                    on = self.start + datetime.timedelta(days=number)
                    yield DatedSession(on=on, session=evolve(session, items=items))

    @staticmethod
    def _items(session: Session, number: int) -> tuple[Item, ...]:
        due = session.on_day(number % WEEK + 1)
        return tuple(item for item in due if number + 1 >= item.starts)


def _rest(
    found: dict[tuple[datetime.date, int], DatedSession], today: datetime.date, history: History
) -> None:
    """Take away what the log has loaded too shortly before: its own next day comes."""
    for key, one in found.items():
        if one.on < today:
            continue
        rested = [item for item in one.session.items if not _was_loaded(item, one.on, history)]
        if len(rested) < len(one.session.items):
            found[key] = evolve(one, session=evolve(one.session, items=tuple(rested)))


def _was_loaded(item: Item, on: datetime.date, history: History) -> bool:
    """Whether the log loads what an item loads within its days of rest before a day."""
    near = [on - datetime.timedelta(days=by) for by in range(1, item.rest_days + 1)]
    return any(_was_done(item, one, history, also=item.rests_with) for one in near)


def _was_done(item: Item, on: datetime.date, history: History, also: tuple[str, ...] = ()) -> bool:
    """Whether the log holds an item on a day, itself or what it was replaced by."""
    wanted = {item.exercise, *also}
    return any(
        not wanted.isdisjoint({line.exercise, line.performed}) and line.side.meets(item.side)
        for session in history.sessions
        if session.on == on
        for line in session.lines
        if line.performed is not None
    )


def _move(
    item: Item,
    session: Session,
    first: datetime.date,
    book: _Book,
    found: dict[tuple[datetime.date, int], DatedSession],
    history: History,
) -> None:
    """Put a missed item on the first day with room; its own next day stands in for it."""
    item = evolve(item, beside=None)  # what it went with is not moved along
    longest = next(one.seconds for one in book.sessions if one.number == session.number)
    on = first
    while on < book.end and not _is_planned(item, on, found):
        key = (on, session.number)
        there = found.get(key) or DatedSession(on=on, session=evolve(session, items=()))
        moved = evolve(there, moved=(*there.moved, item))
        if moved.seconds <= longest and _is_rested(item, on, first, found, history):
            found[key] = moved
            return
        on += ONE_DAY


def _is_planned(
    item: Item, on: datetime.date, found: dict[tuple[datetime.date, int], DatedSession]
) -> bool:
    return any(
        other.exercise == item.exercise and other.side.meets(item.side)
        for (day_on, _), one in found.items()
        if day_on == on
        for other in one.items
    )


def _is_rested(
    item: Item,
    on: datetime.date,
    first: datetime.date,
    found: dict[tuple[datetime.date, int], DatedSession],
    history: History,
) -> bool:
    """Whether enough days lie between a day and all others: done, or planned from `first` on."""
    near = [on + datetime.timedelta(days=by) for by in range(-item.rest_days, item.rest_days + 1)]
    coming = any(_is_planned(item, one, found) for one in near if one != on and one >= first)
    done = (_was_done(item, one, history, item.rests_with) for one in near if one <= on)
    return not coming and not any(done)
