"""The log of a person, queried by the items of a plan."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from attrs import evolve, frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.person import History
from kineticchain.recommendation.plan.calendar_span import ONE_DAY
from kineticchain.recommendation.plan.model import Item


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
            for side in sides_of(item)
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

    def trained(
        self, exercises: AbstractSet[str], on: datetime.date, slots: AbstractSet[int] | None
    ) -> bool:
        """Return whether one of some exercises was done on a day, or was replaced by another.

        Args:
            exercises: The ids of the exercises.
            on: The day.
            slots: The slots that count; None for all.
        """
        return any(
            line.performed is not None and not exercises.isdisjoint({line.exercise, line.performed})
            for session in self.history.sessions
            if session.on == on and (slots is None or session.slot in slots)
            for line in session.lines
        )

    def rested(self, item: Item, on: datetime.date) -> bool:
        """Return whether an item is rested on a day.

        An item is rested if neither the item nor an exercise that loads the same tissue was done in
        its rest days before.
        """
        rest_days = (on - offset * ONE_DAY for offset in range(1, item.rest_days + 1))
        return not any(self.was_done(item, day, item.rests_with) for day in rest_days)


def sides_of(item: Item) -> tuple[Side, ...]:
    """Return the sides on which an item is done, one after the other."""
    return item.side.each if item.per_side else (item.side,)


def on_sides(item: Item, sides: Sequence[Side]) -> Item | None:
    """Return an item on some of its sides; None if there are none."""
    if not sides:
        return None
    return item if len(sides) == len(sides_of(item)) else evolve(item, side=sides[0])
