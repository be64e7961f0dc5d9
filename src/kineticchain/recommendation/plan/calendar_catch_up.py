"""What was missed of a plan's days, moved to days that have room and rest for it."""

import datetime
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from attrs import define, evolve, field, frozen

from kineticchain.domain.person import History
from kineticchain.recommendation.plan.cycle import WEEK
from kineticchain.recommendation.plan.dated_session import DatedSession
from kineticchain.recommendation.plan.model import Item

ONE_DAY = datetime.timedelta(days=1)

ItemKey: TypeAlias = tuple[datetime.date, int]
"""A day and the number of a session."""


@frozen
class CalendarSpan:
    """The days of a calendar from `start` on; after `cycle` days the plan begins anew."""

    start: datetime.date
    days: int
    cycle: int

    @property
    def last(self) -> datetime.date:
        """The last day that is planned."""
        return self.start + (self.days - 1) * ONE_DAY

    def day_of(self, on: datetime.date) -> int:
        """Which day of the plan a date is, from 1."""
        return (on - self.start).days % self.cycle + 1

    def cycle_of(self, on: datetime.date) -> list[datetime.date]:
        """The days of the cycle that a date is in."""
        first = on - (self.day_of(on) - 1) * ONE_DAY
        return [first + by * ONE_DAY for by in range(self.cycle)]


@frozen
class Log:
    """What the log says of the items of a plan."""

    history: History

    def times(self, item: Item, on: datetime.date, also: Iterable[str] = ()) -> int:
        """In how many sessions of a day it was done, or what it was replaced by, or `also`."""
        wanted = {item.exercise, *also}
        return sum(
            any(
                not wanted.isdisjoint({line.exercise, line.performed})
                and line.side.meets(item.side)
                for line in session.lines
                if line.performed is not None
            )
            for session in self.history.sessions
            if session.on == on
        )

    def rested(self, item: Item, on: datetime.date) -> bool:
        """Whether nothing that loads the same was done in its days of rest before a day."""
        near = (on - by * ONE_DAY for by in range(1, item.rest_days + 1))
        return not any(self.times(item, one, item.rests_with) for one in near)


def caught_up(
    planned: Mapping[ItemKey, DatedSession], span: CalendarSpan, log: Log, today: datetime.date
) -> dict[ItemKey, DatedSession]:
    """The sessions from today on, with what was missed before on a later day.

    Left out is what was done today, and what the log has loaded too shortly before. What was
    done on a day on which it was not planned stands in for what was missed before it.
    """
    desk = _Desk(planned, span, log, today)
    for key in sorted(planned):
        if key[0] >= today:
            desk.keep(key)
    for key in sorted(planned):
        if key[0] < today:
            desk.look_back(key)
    return {key: one for key, one in desk.coming.items() if one.items}


@define
class _Desk:
    """Where sessions are put in order: those planned, and those to come."""

    planned: Mapping[ItemKey, DatedSession]
    span: CalendarSpan
    log: Log
    today: datetime.date
    coming: dict[ItemKey, DatedSession] = field(factory=dict)
    made_up: dict[tuple[str, datetime.date], int] = field(factory=dict)

    def keep(self, key: ItemKey) -> None:
        """Take over a session to come, less what is done and what has to rest."""
        one = self.planned[key]
        left = tuple(
            item
            for item in one.session.items
            if not self._is_done(item, key) and self.log.rested(item, one.on)
        )
        names = {item.exercise for item in left}
        left = tuple(
            item if names.issuperset(item.beside) else evolve(item, beside=()) for item in left
        )
        self.coming[key] = evolve(one, session=evolve(one.session, items=left))

    def look_back(self, key: ItemKey) -> None:
        """Move what was missed of a session, unless it was made up for since."""
        for item in self.planned[key].items:
            if not self._is_done(item, key) and not self._is_made_up(item, key[0]):
                self._move(evolve(item, beside=()), key)

    def _is_done(self, item: Item, key: ItemKey) -> bool:
        """Whether the log has it as often on the day as it was planned up to this session."""
        on, number = key
        before = sum(
            _holds(one.items, item)
            for (day, other), one in self.planned.items()
            if day == on and other < number
        )
        return self.log.times(item, on) > before

    def _is_made_up(self, item: Item, missed: datetime.date) -> bool:
        """Whether it was done on a later day more often than was planned there."""
        on = missed + ONE_DAY
        while on <= self.today:
            due = sum(
                _holds(one.items, item) for (day, _), one in self.planned.items() if day == on
            )
            used = self.made_up.get((item.exercise, on), 0)
            if self.log.times(item, on) > due + used:
                self.made_up[item.exercise, on] = used + 1
                return True
            on += ONE_DAY
        return False

    def _move(self, item: Item, key: ItemKey) -> None:
        """Put it on the first day with room and rest for it, within a week of its own day."""
        missed, number = key
        session = evolve(self.planned[key].session, items=())
        longest = max(
            one.session.seconds for (_, other), one in self.planned.items() if other == number
        )
        on = max(self.today, self.span.start)
        while on < missed + WEEK * ONE_DAY and on <= self.span.last:
            there = self.coming.get((on, number), DatedSession(on=on, session=session))
            moved = evolve(there, moved=(*there.moved, item))
            if moved.seconds <= longest and self._has_room(item, on):
                self.coming[on, number] = moved
                return
            on += ONE_DAY

    def _has_room(self, item: Item, on: datetime.date) -> bool:
        """Whether it is not there that day, is rested, and its cycle has one more at the most."""
        near = [on + by * ONE_DAY for by in range(-item.rest_days, item.rest_days + 1)]
        if any(self._comes(item, day) for day in near) or self.log.times(item, on):
            return False
        cycle = self.span.cycle_of(on)
        days = sum(self._comes(item, day) or self.log.times(item, day) > 0 for day in cycle)
        return days <= len(item.days) and self.log.rested(item, on)

    def _comes(self, item: Item, on: datetime.date) -> bool:
        """Whether it is to come on a day; beyond the last one the plan goes on as it is."""
        if on > self.span.last:
            return self.span.day_of(on) in item.days
        return any(_holds(one.items, item) for (day, _), one in self.coming.items() if day == on)


def _holds(items: Iterable[Item], item: Item) -> bool:
    """Whether an exercise is among items, on a side of the same."""
    return any(one.exercise == item.exercise and one.side.meets(item.side) for one in items)
