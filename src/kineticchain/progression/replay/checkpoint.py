"""The same fold, event by event: the state keeps what late events need."""

import datetime
from collections.abc import Iterable, Sequence
from itertools import groupby

from attrs import field, frozen

from kineticchain.domain.person import Event, History, SessionLog
from kineticchain.domain.validators import text
from kineticchain.errors import Fault, InvalidInput
from kineticchain.progression.replay.daily_update import Progress, after_day, beginning
from kineticchain.progression.replay.replay_context import ReplayContext
from kineticchain.quick_init import quick_init


@frozen(kw_only=True)
class Checkpoint:
    """Progress as plain data, to be stored and gone on from.

    `events` are those of the last day, which may not be over; `progress` is from before it.
    `context` names the knowledge and what holds for the person: with another one the whole
    history has to be replayed.
    """

    context: str = field(validator=text())
    day: datetime.date | None
    progress: Progress
    events: tuple[Event, ...]


@quick_init
@frozen
class ReplayState:
    """Progress after the events so far, with the way back to earlier days.

    A late event folds the days since then anew. `before` is the state before the last day;
    None where nothing older is kept.
    """

    context: str
    day: datetime.date | None
    events: tuple[Event, ...]
    progress: Progress
    start: Progress
    before: "ReplayState | None" = field(repr=False)

    def checkpoint(self) -> Checkpoint:
        """What to store, so that `resume` goes on from here."""
        return Checkpoint(
            context=self.context, day=self.day, progress=self.start, events=self.events
        )


def begin(context: ReplayContext) -> ReplayState:
    """The state before the first event."""
    start = beginning()
    return ReplayState(context.key, None, (), start, start, None)


def resume(checkpoint: Checkpoint, context: ReplayContext) -> ReplayState:
    """The state that a checkpoint was taken of.

    Raises `InvalidInput` where knowledge or person are others than then.
    """
    if checkpoint.context != context.key:
        raise _other_course()
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
    """The state with one more event, whenever it happened; equal to a replay of them all.

    Costs as much as the days since the event. Raises `InvalidInput` for an event from before
    the checkpoint that the state was resumed from, and where knowledge or person are others
    than those that the state was begun with.
    """
    if state.context != context.key:
        raise _other_course()
    day = event.on
    events: tuple[Event, ...] = (event,)
    if state.day is None or day > state.day:
        progress = after_day(state.progress, day, events, context)
        return ReplayState(state.context, day, events, progress, state.progress, state)
    if day == state.day and _first_session(event, state.events):
        progress = after_day(state.progress, day, events, context)
        events = (*state.events, event)
        return ReplayState(state.context, day, events, progress, state.start, state.before)
    return _late(state, event, context)


def _first_session(event: Event, earlier: Sequence[Event]) -> bool:
    """Whether an event stands last on its day and may be folded after all others.

    Sessions come after all else of their slot, and are folded after all else of their day.
    """
    if type(event) is not SessionLog or event.slot < earlier[-1].slot:
        return False
    for one in earlier:  # noqa: SIM110 - twice as fast as a generator
        if type(one) is SessionLog:
            return False
    return True


def _late(state: ReplayState, event: Event, context: ReplayContext) -> ReplayState:
    """The state with an event of the last day or an earlier one; the days since are folded anew."""
    if event in state.events:
        return state
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
    state = _with(state, event.on, (event,), context)
    for one in reversed(later):
        assert one.day is not None  # noqa: S101 - it has events
        state = _with(state, one.day, one.events, context)
    return state


def _with(
    state: ReplayState, day: datetime.date, events: tuple[Event, ...], context: ReplayContext
) -> ReplayState:
    """The state with events of its own day, or of a later one."""
    if state.day != day:
        ordered = History(events).events
        progress = after_day(state.progress, day, ordered, context)
        return ReplayState(state.context, day, ordered, progress, state.progress, state)
    ordered = History((*state.events, *events)).events
    progress = after_day(state.start, day, ordered, context)
    return ReplayState(state.context, day, ordered, progress, state.start, state.before)


def advanced(state: ReplayState, events: Iterable[Event], context: ReplayContext) -> ReplayState:
    """The state with many events, those of a day at once."""
    for day, of_day in groupby(History(events), key=lambda event: event.on):
        new = tuple(of_day)
        if state.day is None or state.day < day:
            state = _with(state, day, new, context)
            continue
        for event in new:
            state = advance(state, event, context)
    return state


def _other_course() -> InvalidInput:
    problem = "knowledge or person are others than when the checkpoint was taken"
    return InvalidInput(Fault(problem, remedy="replay the whole history"))
