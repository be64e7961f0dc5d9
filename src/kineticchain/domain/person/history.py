"""All events of a person."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import get_args

from attrs import field, frozen

from kineticchain.domain.person.event import Event, Finding, SessionLog
from kineticchain.domain.validators import repr_short
from kineticchain.errors import Fault, InvalidInput

EVENTS: tuple[type[Event], ...] = get_args(Event)


def _place(event: Event) -> tuple[datetime.date, int, int]:
    return event.on, event.slot, event.rank


def _text(event: Event) -> tuple[str, str]:
    values = event.facts.canonical() if isinstance(event, Finding) else ""
    return repr(event), values


def _in_order(events: Iterable[Event]) -> Iterator[Event]:
    """By place; those of one place by what they say, so that the order never depends on luck."""
    for _, same in groupby(sorted(events, key=_place), key=_place):
        of_place = list(same)
        yield from of_place if len(of_place) == 1 else sorted(of_place, key=_text)


def _read_events(values: Iterable[Event]) -> tuple[Event, ...]:
    if isinstance(values, (str, bytes, Mapping)) or not isinstance(values, Iterable):
        raise InvalidInput(Fault("no list of events", remedy="write [SessionLog(...)]"))
    events = tuple(values)
    faults = [
        Fault(
            f"{type(event).__name__} is no event",
            where=f"[{at}]",
            remedy="use " + ", ".join(kind.__name__ for kind in EVENTS),
        )
        for at, event in enumerate(events)
        if type(event) not in EVENTS
    ]
    if faults:
        raise InvalidInput(*faults)
    return tuple(_in_order(dict.fromkeys(events)))


@frozen
class History:
    """Dated events in the order of their days; how they were recorded does not matter.

    The same event twice is one event.
    """

    events: tuple[Event, ...] = field(default=(), converter=_read_events)

    def __iter__(self) -> Iterator[Event]:
        """The events from the first day to the last."""
        return iter(self.events)

    def __len__(self) -> int:
        """How many different events there are."""
        return len(self.events)

    def __bool__(self) -> bool:
        """Whether anything happened."""
        return bool(self.events)

    def with_events(self, *events: Event) -> "History":
        """The history with more events."""
        return History((*self.events, *events))

    def until(self, day: datetime.date) -> "History":
        """What happened up to that day, that day included. Raises `InvalidInput` for no date."""
        if type(day) is not datetime.date:
            raise InvalidInput(
                Fault(f"{repr_short(day)} is not a date", "day", "use date(2026, 11, 21)")
            )
        return History(event for event in self.events if event.on <= day)

    @property
    def sessions(self) -> tuple[SessionLog, ...]:
        """The sessions alone, the first one first."""
        return tuple(event for event in self.events if isinstance(event, SessionLog))

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings alone, the first one first."""
        return tuple(event for event in self.events if isinstance(event, Finding))

    def mirrored(self) -> "History":
        """The same history with left and right exchanged."""
        return History(event.mirrored() for event in self.events)
