"""The history: all events of a person."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import get_args

from attrs import evolve, field, frozen

from kineticchain.domain.person.event import Event, Finding, SessionLog
from kineticchain.domain.validators import repr_short
from kineticchain.errors import Fault, InvalidInput

EVENTS: tuple[type[Event], ...] = get_args(Event)


def _position(event: Event) -> tuple[datetime.date, int, int]:
    return event.on, event.slot, event.rank


def _text(event: Event) -> tuple[str, str]:
    # the repr of facts hides their values, so that findings need the values as a second key
    values = event.facts.canonical() if isinstance(event, Finding) else ""
    return repr(event), values


def _in_order(events: Iterable[Event]) -> Iterator[Event]:
    """Yield events sorted by day, slot and rank; ties are sorted by the text of the events.

    The order therefore does not depend on the order of recording.
    """
    for _, group in groupby(sorted(events, key=_position), key=_position):
        tied = list(group)
        yield from tied if len(tied) == 1 else sorted(tied, key=_text)


def _read_events(values: Iterable[Event]) -> tuple[Event, ...]:
    if isinstance(values, (str, bytes, Mapping)) or not isinstance(values, Iterable):
        raise InvalidInput(Fault("no list of events", remedy="write [SessionLog(...)]"))
    events = tuple(values)
    faults = [
        Fault(
            f"{type(event).__name__} is no event",
            where=f"[{index}]",
            remedy="use " + ", ".join(kind.__name__ for kind in EVENTS),
        )
        for index, event in enumerate(events)
        if type(event) not in EVENTS
    ]
    if faults:
        raise InvalidInput(*faults)
    return tuple(_in_order(dict.fromkeys(events)))


@frozen
class History:
    """A set of dated events in chronological order.

    The order of recording has no effect, and equal events are stored once.

    Attributes:
        events: the events, sorted by day, slot and rank.

    """

    events: tuple[Event, ...] = field(default=(), converter=_read_events)

    def __iter__(self) -> Iterator[Event]:
        """Iterate over the events in chronological order."""
        return iter(self.events)

    def __len__(self) -> int:
        """Return the number of different events."""
        return len(self.events)

    def __bool__(self) -> bool:
        """Return whether the history has events."""
        return bool(self.events)

    def with_events(self, *events: Event) -> "History":
        """Return a history with more events."""
        return History((*self.events, *events))

    def until(self, day: datetime.date) -> "History":
        """Return the history up to and including a day.

        Raises:
            InvalidInput: if `day` is not a date.

        """
        if type(day) is not datetime.date:
            raise InvalidInput(
                Fault(f"{repr_short(day)} is not a date", "day", "use date(2026, 11, 21)")
            )
        return History(event for event in self.events if event.on <= day)

    @cached_property
    def sessions(self) -> tuple[SessionLog, ...]:
        """The sessions in chronological order; the logs of one slot of a day are one session."""
        logs = [event for event in self.events if isinstance(event, SessionLog)]
        sessions = (list(group) for _, group in groupby(logs, key=attrgetter("on", "slot")))
        return tuple(
            parts[0]
            if len(parts) == 1
            else evolve(parts[0], lines=[line for part in parts for line in part.lines])
            for parts in sessions
        )

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings in chronological order."""
        return tuple(event for event in self.events if isinstance(event, Finding))

    def mirrored(self) -> "History":
        """Return a copy with left and right exchanged."""
        return History(event.mirrored() for event in self.events)
