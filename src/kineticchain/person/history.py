"""All events of a person."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from attrs import evolve, field, frozen

from kineticchain.constraints import shown
from kineticchain.errors import Fault, InvalidInput
from kineticchain.person.event import Event, Finding, MorningAfter, PlanIssued, SessionLog

_RANK = {PlanIssued: 0, MorningAfter: 1, Finding: 2, SessionLog: 3}


def _place(event: Event) -> tuple[datetime.date, int, int]:
    return event.on, event.slot, _RANK[type(event)]


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
            remedy="use PlanIssued, SessionLog, MorningAfter or Finding",
        )
        for at, event in enumerate(events)
        if type(event) not in _RANK
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
                Fault(f"{shown(day)} is not a date", "day", "use date(2026, 11, 21)")
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
        return History(_mirrored(event) for event in self.events)


def _mirrored(event: Event) -> Event:
    match event:
        case PlanIssued():
            items = [evolve(item, side=item.side.mirrored) for item in event.items]
            return evolve(event, items=items)
        case SessionLog():
            lines = [evolve(line, side=line.side.mirrored) for line in event.lines]
            return evolve(event, lines=lines)
        case MorningAfter():
            return evolve(event, side=event.side.mirrored)
        case Finding():
            complaints = [evolve(one, side=one.side.mirrored) for one in event.complaints]
            return evolve(event, facts=event.facts.mirrored(), complaints=complaints)
