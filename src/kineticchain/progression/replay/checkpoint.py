"""Incremental replay: the state after each event, with earlier states kept for late events.

The sessions of a day are applied after all other events of that day. The first session of the last
day is therefore applied to the current progress, if no event of the day has a later slot. Any other
event on or before the last day is inserted, and its day and all later days are replayed.
"""

import datetime
from collections.abc import Iterable, Sequence
from itertools import groupby

from attrs import field, frozen

from kineticchain.domain.person import Event, History, SessionLog
from kineticchain.domain.validators import text
from kineticchain.errors import Fault, InvalidInput
from kineticchain.progression.model.progress import Progress, beginning
from kineticchain.progression.replay.daily_update import after_day
from kineticchain.progression.replay.replay_context import ReplayContext


@frozen(kw_only=True)
class Checkpoint:
    """Progress as plain data that can be stored and resumed.

    Attributes:
        context: The key of the replay context. With another context, the whole history has to be
            replayed.
        day: The last day with events; None before the first event.
        progress: The progress before that day.
        events: The events of that day so far; more of them may follow.
    """

    context: str = field(validator=text())
    day: datetime.date | None
    progress: Progress
    events: tuple[Event, ...]


@frozen
class ReplayState:
    """Progress after the events so far, with a chain of the states of earlier days.

    Attributes:
        context: The key of the replay context.
        day: The last day with events; None before the first event.
        events: The events of that day, in order.
        progress: The progress after these events.
        start: The progress before that day.
        before: The state before that day; None if no older state is kept.
    """

    context: str
    day: datetime.date | None
    events: tuple[Event, ...]
    progress: Progress
    start: Progress
    before: "ReplayState | None" = field(repr=False)

    def checkpoint(self) -> Checkpoint:
        """Return the data from which `resume` can continue."""
        return Checkpoint(
            context=self.context, day=self.day, progress=self.start, events=self.events
        )


def begin(context: ReplayContext) -> ReplayState:
    """Return the state before the first event."""
    start = beginning()
    return ReplayState(context.key, None, (), start, start, None)


def resume(checkpoint: Checkpoint, context: ReplayContext) -> ReplayState:
    """Return the state that a checkpoint was taken from, without the states of earlier days.

    Raises:
        InvalidInput: If the knowledge or the person differ from those of the checkpoint.
    """
    if checkpoint.context != context.key:
        raise _context_mismatch()
    progress = checkpoint.progress
    if checkpoint.day is not None:
        progress = after_day(progress, checkpoint.day, checkpoint.events, context)
    return ReplayState(
        checkpoint.context,
        checkpoint.day,
        checkpoint.events,
        progress,
        start=checkpoint.progress,
        before=None,
    )


def advance(state: ReplayState, event: Event, context: ReplayContext) -> ReplayState:
    """Return the state with one more event; its progress equals that of a full replay.

    The cost grows with the number of days from the event to the last day.

    Args:
        state: The state before.
        event: An event of any day. A duplicate changes nothing.
        context: The context with which the state was begun.

    Raises:
        InvalidInput: If the event is older than the checkpoint that the state was resumed from, or
            if the knowledge or the person differ from those of the state.
    """
    if state.context != context.key:
        raise _context_mismatch()
    day = event.on
    events: tuple[Event, ...] = (event,)
    if state.day is None or day > state.day:
        progress = after_day(state.progress, day, events, context)
        return ReplayState(state.context, day, events, progress, state.progress, state)
    if day == state.day and _first_session(event, state.events):
        progress = after_day(state.progress, day, events, context)
        events = (*state.events, event)
        return ReplayState(state.context, day, events, progress, state.start, state.before)
    return _insert_late(state, event, context)


def _first_session(event: Event, earlier: Sequence[Event]) -> bool:
    """True if the event is the day's first session and no event of the day has a later slot.

    It can then be applied without replaying the day: sessions are last in their slot, and
    `after_day` applies them after all other events.
    """
    if type(event) is not SessionLog or event.slot < earlier[-1].slot:
        return False
    for earlier_event in earlier:  # noqa: SIM110 - twice as fast as a generator
        if type(earlier_event) is SessionLog:
            return False
    return True


def _insert_late(state: ReplayState, event: Event, context: ReplayContext) -> ReplayState:
    """Return the state with an event of the last day or an earlier day; later days are replayed."""
    if event in state.events:
        return state
    # go back to the last state whose day is not after the event
    later: list[ReplayState] = []
    while state.day is not None and state.day > event.on:
        later.append(state)
        if state.before is None:
            raise InvalidInput(
                Fault(
                    f"the event of {event.on} is older than what the checkpoint keeps",
                    remedy="replay the whole history",
                )
            )
        state = state.before
    # insert the event, then replay the days after it in order
    state = _with_events(state, event.on, (event,), context)
    for later_state in reversed(later):
        assert later_state.day is not None  # noqa: S101 - it has events
        state = _with_events(state, later_state.day, later_state.events, context)
    return state


def _with_events(
    state: ReplayState, day: datetime.date, events: tuple[Event, ...], context: ReplayContext
) -> ReplayState:
    """Return the state with events of its last day, which is replayed, or of a later day."""
    if state.day != day:
        ordered = History(events).events
        progress = after_day(state.progress, day, ordered, context)
        return ReplayState(state.context, day, ordered, progress, state.progress, state)
    ordered = History((*state.events, *events)).events
    progress = after_day(state.start, day, ordered, context)
    return ReplayState(state.context, day, ordered, progress, state.start, state.before)


def advanced(state: ReplayState, events: Iterable[Event], context: ReplayContext) -> ReplayState:
    """Return the state with many events; new days are replayed with all their events at once.

    Args:
        state: The state before.
        events: Events of any days, in any order.
        context: The context with which the state was begun.

    Raises:
        InvalidInput: As `advance` does.
    """
    if state.context != context.key:
        raise _context_mismatch()
    for day, grouped in groupby(History(events), key=lambda event: event.on):
        day_events = tuple(grouped)
        if state.day is None or state.day < day:
            state = _with_events(state, day, day_events, context)
            continue
        for event in day_events:
            state = advance(state, event, context)
    return state


def _context_mismatch() -> InvalidInput:
    problem = "knowledge or person are others than when the checkpoint was taken"
    return InvalidInput(Fault(problem, remedy="replay the whole history"))
