"""Rescheduling of missed items to later days with enough time and rest."""

import datetime
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from attrs import define, evolve, field, frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.person import History
from kineticchain.recommendation.plan.cycle import WEEK
from kineticchain.recommendation.plan.dated_session import DatedSession
from kineticchain.recommendation.plan.model import Item

ONE_DAY = datetime.timedelta(days=1)

ItemKey: TypeAlias = tuple[datetime.date, int]
"""The date and the number of a session."""


@frozen
class CalendarSpan:
    """The days of a calendar.

    Attributes:
        start: The first day, which is day 1 of the plan.
        days: The number of days.
        cycle: The days after which the plan repeats.
    """

    start: datetime.date
    days: int
    cycle: int

    @property
    def last(self) -> datetime.date:
        """The last day of the calendar."""
        return self.start + (self.days - 1) * ONE_DAY

    def day_of(self, on: datetime.date) -> int:
        """Return the day of the plan for a date, from 1 to the length of the cycle."""
        return (on - self.start).days % self.cycle + 1

    def cycle_of(self, on: datetime.date) -> list[datetime.date]:
        """Return the dates of the cycle that contains a date."""
        first = on - (self.day_of(on) - 1) * ONE_DAY
        return [first + offset * ONE_DAY for offset in range(self.cycle)]


@frozen
class Log:
    """The log of a person, queried by the items of a plan."""

    history: History

    def slots(
        self, item: Item, on: datetime.date, also: Iterable[str] = ()
    ) -> Mapping[Side, frozenset[int]]:
        """Return for each side of an item the slots of a day in which it was done.

        Several logs of one slot are one session. An exercise that was performed in place of the
        planned one counts as well.

        Args:
            item: The item; lines on other sides do not count.
            on: The day.
            also: The ids of further exercises that count as the item.
        """
        wanted = {item.exercise, *also}
        lines = [
            (session.slot, line.side)
            for session in self.history.sessions
            if session.on == on
            for line in session.lines
            if line.performed is not None and not wanted.isdisjoint({line.exercise, line.performed})
        ]
        return {
            side: frozenset(slot for slot, trained in lines if trained.meets(side))
            for side in _sides(item)
        }

    def times(self, item: Item, on: datetime.date) -> int:
        """Return the number of sessions of a day that contain an item, on the side with fewer.

        Args:
            item: The item.
            on: The day.
        """
        return min(map(len, self.slots(item, on).values()))

    def was_done(self, item: Item, on: datetime.date, also: Iterable[str] = ()) -> bool:
        """Return whether an item was done on a day, on one side at least.

        Args:
            item: The item.
            on: The day.
            also: The ids of further exercises that count as the item.
        """
        return any(self.slots(item, on, also).values())

    def rested(self, item: Item, on: datetime.date) -> bool:
        """Return whether an item is rested on a day.

        An item is rested if neither the item nor an exercise that loads the same tissue was done in
        its rest days before.
        """
        rest_days = (on - offset * ONE_DAY for offset in range(1, item.rest_days + 1))
        return not any(self.was_done(item, day, item.rests_with) for day in rest_days)


def caught_up(
    planned: Mapping[ItemKey, DatedSession], span: CalendarSpan, log: Log, today: datetime.date
) -> dict[ItemKey, DatedSession]:
    """Return the sessions from today on, with missed items moved to later days.

    Items that were done today, and items that are not rested, are removed. An item that was done on
    a day without it makes up for one that was missed before.

    Args:
        planned: The planned sessions of all days, past ones included.
        span: The days of the calendar.
        log: The log of the person.
        today: The current day.
    """
    # Upcoming sessions are placed first, because a missed item may move only to a day with enough
    # room. Missed items then move in the order of their days.
    catch_up = _CatchUp(planned, span, log, today)
    for key in sorted(planned):
        if key[0] >= today:
            catch_up.add_upcoming(key)
    for key in sorted(planned):
        if key[0] < today:
            catch_up.move_missed(key)
    return {key: session for key, session in catch_up.upcoming.items() if session.items}


@define
class _CatchUp:
    """The state of rescheduling.

    Attributes:
        planned: The planned sessions of all days.
        span: The days of the calendar.
        log: The log of the person.
        today: The current day.
        upcoming: The sessions from today on, as far as they are built.
        made_up: For each exercise and day how many unplanned repeats there have already made up for
            a missed item.
    """

    planned: Mapping[ItemKey, DatedSession]
    span: CalendarSpan
    log: Log
    today: datetime.date
    upcoming: dict[ItemKey, DatedSession] = field(factory=dict)
    made_up: dict[tuple[str, datetime.date], int] = field(factory=dict)

    def add_upcoming(self, key: ItemKey) -> None:
        """Add an upcoming session without the items that are done or not rested."""
        planned = self.planned[key]
        items = tuple(
            open_item
            for item in planned.session.items
            if (open_item := self._left(item, key)) and self.log.rested(item, planned.on)
        )
        # An item whose partner was removed is done on its own.
        exercises = {item.exercise for item in items}
        items = tuple(
            item if exercises.issuperset(item.paired_with) else evolve(item, paired_with=())
            for item in items
        )
        self.upcoming[key] = evolve(planned, session=evolve(planned.session, items=items))

    def move_missed(self, key: ItemKey) -> None:
        """Move the missed items of a past session, unless they were made up for since."""
        for item in _each_once(self.planned[key].items):
            open_item = self._left(item, key)
            if open_item is not None and not self._is_made_up(open_item, key[0]):
                self._move(evolve(open_item, paired_with=()), key)

    def _left(self, item: Item, key: ItemKey) -> Item | None:
        """Return an item on the sides that its session still has to do; None if all are done.

        If the item was done in a slot that does not plan it, this counts for the first of its
        sessions that was not done.
        """
        on, number = key
        planned = sorted(
            session_number
            for (day, session_number), session in self.planned.items()
            if day == on and _contains(session.items, item)
        )
        open_sides = []
        for side, slots in self.log.slots(item, on).items():
            missing = [slot for slot in planned if slot not in slots]
            spare = len(slots.difference(planned))
            if number in missing[spare:]:
                open_sides.append(side)
        if not open_sides:
            return None
        return item if len(open_sides) == len(_sides(item)) else evolve(item, side=open_sides[0])

    def _is_made_up(self, item: Item, missed: datetime.date) -> bool:
        """Return whether an unplanned repeat on a later day makes up for a missed item.

        Each repeat makes up for one missed item, and is counted as used.
        """
        on = missed + ONE_DAY
        while on <= self.today:
            due = sum(
                _contains(planned.items, item)
                for (day, _), planned in self.planned.items()
                if day == on
            )
            used = self.made_up.get((item.exercise, on), 0)
            if self.log.times(item, on) > due + used:
                self.made_up[item.exercise, on] = used + 1
                return True
            on += ONE_DAY
        return False

    def _move(self, item: Item, key: ItemKey) -> None:
        """Add an item to the first day with room and rest for it, within a week of its own day.

        The item stays in the session of the same number, which may not become longer than the
        longest planned session of this number. An item without such a day is dropped.
        """
        missed, number = key
        session = evolve(self.planned[key].session, items=())
        longest = max(
            planned.session.seconds
            for (_, session_number), planned in self.planned.items()
            if session_number == number
        )
        on = max(self.today, self.span.start)
        while on < missed + WEEK * ONE_DAY and on <= self.span.last:
            current = self.upcoming.get((on, number), DatedSession(on=on, session=session))
            extended = evolve(current, moved=(*current.moved, item))
            if extended.seconds <= longest and self._has_room(item, on):
                self.upcoming[on, number] = extended
                return
            on += ONE_DAY

    def _has_room(self, item: Item, on: datetime.date) -> bool:
        """Return whether an item may be added to a day.

        The item must not be due or done on the day, it must have its rest days before and after,
        and the cycle may contain at most one more day with the item than planned.
        """
        nearby_days = [
            on + offset * ONE_DAY for offset in range(-item.rest_days, item.rest_days + 1)
        ]
        if any(self._is_due(item, day) for day in nearby_days) or self.log.was_done(item, on):
            return False
        cycle = self.span.cycle_of(on)
        days = sum(self._is_due(item, day) or self.log.was_done(item, day) for day in cycle)
        return days <= len(item.days) and self.log.rested(item, on)

    def _is_due(self, item: Item, on: datetime.date) -> bool:
        """Return whether an item is due on a day; after the last day the plan repeats unchanged."""
        if on > self.span.last:
            return self.span.day_of(on) in item.days
        return any(
            _contains(session.items, item)
            for (day, _), session in self.upcoming.items()
            if day == on
        )


def _sides(item: Item) -> tuple[Side, ...]:
    """Return the sides on which an item is done, one after the other."""
    return item.side.each if item.per_side else (item.side,)


def _each_once(items: Iterable[Item]) -> Iterable[Item]:
    """Return the items of a session without repeats of the same exercise and side."""
    return {(item.exercise, item.side): item for item in reversed(tuple(items))}.values()


def _contains(items: Iterable[Item], item: Item) -> bool:
    """Return whether some items contain the exercise of an item on an overlapping side."""
    return any(
        candidate.exercise == item.exercise and candidate.side.meets(item.side)
        for candidate in items
    )
