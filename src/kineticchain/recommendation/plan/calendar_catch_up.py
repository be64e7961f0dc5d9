"""Rescheduling of missed items to later days with enough time and rest."""

import datetime
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TypeAlias

from attrs import define, evolve, field

from kineticchain.domain.anatomy import Side
from kineticchain.recommendation.plan.calendar_span import ONE_DAY, CalendarSpan
from kineticchain.recommendation.plan.cycle import WEEK
from kineticchain.recommendation.plan.dated_session import DatedSession
from kineticchain.recommendation.plan.model import Item
from kineticchain.recommendation.plan.training_log import Log, on_sides, sides_of

ItemKey: TypeAlias = tuple[datetime.date, int]
"""The date and the number of a session."""


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
        made_up: For each exercise, side and day how many unplanned repeats there have already made
            up for a missed item.
    """

    planned: Mapping[ItemKey, DatedSession]
    span: CalendarSpan
    log: Log
    today: datetime.date
    upcoming: dict[ItemKey, DatedSession] = field(factory=dict)
    made_up: dict[tuple[str, Side, datetime.date], int] = field(factory=dict)

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
            if open_item is None:
                continue
            open_item = on_sides(
                open_item,
                [
                    side
                    for side in sides_of(open_item)
                    if not self._is_made_up(evolve(open_item, side=side), key[0])
                ],
            )
            if open_item is not None:
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
        return on_sides(item, open_sides)

    def _is_made_up(self, item: Item, missed: datetime.date) -> bool:
        """Return whether an unplanned repeat on a later day makes up for a missed item of one side.

        Each repeat makes up for one missed item, and is counted as used.
        """
        on = missed + ONE_DAY
        while on <= self.today:
            due = sum(
                _contains(planned.items, item)
                for (day, _), planned in self.planned.items()
                if day == on
            )
            key = item.exercise, item.side, on
            used = self.made_up.get(key, 0)
            if self.log.times(item, on) > due + used:
                self.made_up[key] = used + 1
                return True
            on += ONE_DAY
        return False

    def _move(self, item: Item, key: ItemKey) -> None:
        """Add an item to the first day with room and rest for it, within a week of its own day.

        The item stays in the session of the same number, which may not become longer than the
        longest planned session of this number. What was done in it today takes its time as well. A
        side on which the item was done on the day is left out. An item without such a day is
        dropped.
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
            slots = self.log.slots(item, on)
            open_item = on_sides(item, [side for side in slots if not slots[side]])
            if open_item is not None:
                current = self.upcoming.get((on, number), DatedSession(on=on, session=session))
                extended = evolve(current, moved=(*current.moved, open_item))
                seconds = extended.seconds + self._seconds_done(on, number)
                if seconds <= longest and self._has_room(open_item, on, micro=session.micro):
                    self.upcoming[on, number] = extended
                    return
            on += ONE_DAY

    def _seconds_done(self, on: datetime.date, number: int) -> int:
        """Return the time that a session of today has already taken.

        This is the time of its planned items that are no longer open, and of items of other days
        that were done in it.
        """
        if on != self.today:
            return 0
        planned = self.planned.get((on, number))
        due: tuple[Item, ...] = ()
        seconds = 0
        if planned is not None:
            due = planned.session.items
            seconds = planned.session.seconds - self.upcoming[on, number].session.seconds
        others = _each_once(
            item
            for (_, session_number), dated in self.planned.items()
            if session_number == number
            for item in dated.session.items
            if not _contains(due, item)
        )
        for item in others:
            slots = self.log.slots(item, on)
            done = sum(number in slots_of_side for slots_of_side in slots.values())
            seconds += item.seconds * done // len(slots)
        return seconds

    def _has_room(self, item: Item, on: datetime.date, *, micro: bool) -> bool:
        """Return whether an item may be added to a day.

        The item must not be due on the day, it must have its rest days before and after, and the
        cycle may contain at most one more day with the item than planned. A day without a session
        may get one only if the days with sessions are then no more than the plan has in a cycle.
        For an item of a longer session, only days with longer sessions count.
        """
        nearby_days = [
            on + offset * ONE_DAY for offset in range(-item.rest_days, item.rest_days + 1)
        ]
        if any(self._is_due(item, day) for day in nearby_days):
            return False
        other_days = [day for day in self.span.cycle_of(on) if day != on]
        days = sum(self._is_due(item, day) or self.log.was_done(item, day) for day in other_days)
        has_room = micro or self._has_session(on) or self._leaves_days(on)
        return has_room and days <= len(item.days) and self.log.rested(item, on)

    def _leaves_days(self, on: datetime.date) -> bool:
        """Return whether a session on a further day keeps to the days of the plan.

        The cycle of the day and each earlier span of the same length that contains the day may
        have sessions on as many days as the plan has in a cycle. The next cycle does not count: a
        new plan takes the sessions of the last days into account.
        """
        cycle = self.span.cycle
        asked = len({self.span.day_of(dated.on) for dated in self._longer})
        last = self.span.cycle_of(on)[-1]
        ends = [on + offset * ONE_DAY for offset in range((last - on).days + 1)]
        return all(
            sum(
                self._has_session(end - offset * ONE_DAY)
                for offset in range(cycle)
                if end - offset * ONE_DAY != on
            )
            < asked
            for end in ends
        )

    def _has_session(self, on: datetime.date) -> bool:
        """Return whether a day has a longer session that was done or is still to be done.

        Training that has no exercise of these sessions, such as a daily walk, does not count.
        Without micro-sessions any slot counts, whatever slot the app recorded.
        """
        if self.log.trained(self._longer_exercises, on, self._longer_slots):
            return True
        return any(
            day == on and dated.items and not dated.session.micro
            for (day, _), dated in self.upcoming.items()
        )

    @cached_property
    def _longer(self) -> list[DatedSession]:
        """The planned sessions that are no micro-sessions."""
        return [dated for dated in self.planned.values() if not dated.session.micro]

    @cached_property
    def _longer_exercises(self) -> frozenset[str]:
        """The ids of the exercises of longer sessions."""
        return frozenset(item.exercise for dated in self._longer for item in dated.items)

    @cached_property
    def _longer_slots(self) -> frozenset[int] | None:
        """The slots of longer sessions; None for all if there are no micro-sessions."""
        if len(self._longer) == len(self.planned):
            return None
        return frozenset(dated.session.number for dated in self._longer)

    def _is_due(self, item: Item, on: datetime.date) -> bool:
        """Return whether an item is due on a day; after the last day the plan repeats unchanged."""
        if on > self.span.last:
            return self.span.day_of(on) in item.days
        return any(
            _contains(session.items, item)
            for (day, _), session in self.upcoming.items()
            if day == on
        )


def _each_once(items: Iterable[Item]) -> Iterable[Item]:
    """Return the items of a session without repeats of the same exercise and side."""
    return {(item.exercise, item.side): item for item in reversed(tuple(items))}.values()


def _contains(items: Iterable[Item], item: Item) -> bool:
    """Return whether some items contain the exercise of an item on an overlapping side."""
    return any(
        candidate.exercise == item.exercise and candidate.side.meets(item.side)
        for candidate in items
    )
