"""Replay of the log: a pure function from events, context and day to standings."""

import datetime
from collections.abc import Iterable, Sequence
from functools import partial
from itertools import groupby
from operator import attrgetter

from attrs import field, frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.exercises import Ladder
from kineticchain.domain.person import Event, History
from kineticchain.progression.model.progress import Progress, beginning
from kineticchain.progression.model.standing import Standing
from kineticchain.progression.model.track import Track
from kineticchain.progression.model.transition import Action
from kineticchain.progression.replay.daily_update import after_day, weekly
from kineticchain.progression.replay.replay_context import ReplayContext
from kineticchain.progression.replay.review import back_from_break

MORNING = "morning_asked_for"
"""The id of the message that asks for a next morning."""

WAITING = "waiting_for_morning"
"""The id of the transition that holds a track until its next morning is reported."""


def replay(
    history: History, context: ReplayContext, on: datetime.date | None
) -> tuple[Standing, ...]:
    """Return the standing of every ladder and side as of a day.

    Args:
        history: The log. Events after `on` are ignored.
        context: The ladders, and the facts and exclusions of the person.
        on: The day of the standings; None replays all events and applies no break after them.
    """
    return standings(replayed(history, context, on), context, on)


def replayed(history: History, context: ReplayContext, on: datetime.date | None = None) -> Progress:
    """Return the progress after all events up to and including a day.

    Args:
        history: The log.
        context: The ladders, and the facts and exclusions of the person.
        on: The last day to replay; None replays the whole log.
    """
    return replayed_onward(history, context, on)[0]


@frozen(eq=False)
class ReplayedPart:
    """The progress after all events before the last day of a history.

    More events of the last day may follow, so a later replay continues from before that day.

    Attributes:
        context: The context of the replay.
        events: The events before the last day.
        progress: The progress after them.
    """

    context: ReplayContext = field(repr=False)
    events: tuple[Event, ...] = field(repr=False)
    progress: Progress = field(repr=False)

    def begins(self, events: tuple[Event, ...], context: ReplayContext) -> bool:
        """Return whether a replay of events in a context can continue from this part.

        Three conditions have to hold: the events begin with the events of this part, no further
        event falls on or before the last day of this part, and the contexts have the same key.

        Args:
            events: All events of the replay, in the order of `History`.
            context: The context of the replay.
        """
        count = len(self.events)
        if events[:count] != self.events:
            return False
        if 0 < count < len(events) and events[count].on <= self.events[-1].on:
            return False
        return self.context is context or self.context.key == context.key


def replayed_onward(
    history: History,
    context: ReplayContext,
    on: datetime.date | None = None,
    before: Iterable[ReplayedPart] = (),
) -> tuple[Progress, ReplayedPart]:
    """Return the progress after all events up to a day, and a part that a replay can continue.

    Args:
        history: The log.
        context: The ladders, and the facts and exclusions of the person.
        on: The last day to replay; None replays the whole log.
        before: Parts of earlier replays. The first part that begins this replay is continued, so
            that its days are not replayed.
    """
    events = (history if on is None else history.until(on)).events
    part = next((part for part in before if part.begins(events, context)), None)
    part = part or ReplayedPart(context, (), beginning())
    progress, count = part.progress, len(part.events)
    for day, grouped in groupby(events[count:], key=attrgetter("on")):
        part = ReplayedPart(context, events[:count], progress)
        day_events = tuple(grouped)
        progress = after_day(progress, day, day_events, context)
        count += len(day_events)
    return progress, part


def standings(
    progress: Progress, context: ReplayContext, on: datetime.date | None
) -> tuple[Standing, ...]:
    """Return the standing of every ladder and side, in the order of the ladder index.

    Args:
        progress: The state after the last replayed event.
        context: The ladders, and the facts and exclusions of the person.
        on: The day of the standings. A break between the last training day and `on` is applied;
            None applies none.
    """
    touched = {ladder for ladder, _ in progress.tracks}
    result: list[Standing] = []
    for ladder in context.ladder_index.ladders:
        if ladder.id in touched:
            tracks = [_track(ladder, side, progress, context, on) for side in ladder.sides()]
            result += _ladder_standings(ladder, tracks, context, on)
        else:
            result += _start_standings(ladder, context)
    return tuple(result)


def _start_standings(ladder: Ladder, context: ReplayContext) -> tuple[Standing, ...]:
    """Return the standings of a ladder without events.

    Unless the ladder is stopped, they are computed once and stored with the start.
    """
    start = context.beginnings[ladder.id]
    compute = partial(_standings_at, ladder, start.tracks, context)
    may_stop = context.stopped or context.stopping
    if may_stop and any(_stops(ladder, track, context) for track in start.tracks):
        return compute()
    return start.standings(compute)


def _standings_at(
    ladder: Ladder, tracks: Sequence[Track | None], context: ReplayContext
) -> tuple[Standing, ...]:
    return tuple(_ladder_standings(ladder, tracks, context, None))


def _stops(ladder: Ladder, track: Track | None, context: ReplayContext) -> bool:
    if track is None:
        return context.stopped
    return context.stops(ladder.rungs[track.place.rung].exercise, track.side)


def _track(
    ladder: Ladder, side: Side, progress: Progress, context: ReplayContext, on: datetime.date | None
) -> Track | None:
    """Return the track after a break that lasts until `on`; None while the ladder is closed."""
    track = progress.track((ladder.id, side), context.first_tracks)
    return track if track is None or on is None else back_from_break(track, on, context)


def _ladder_standings(
    ladder: Ladder, tracks: Sequence[Track | None], context: ReplayContext, on: datetime.date | None
) -> list[Standing]:
    """Return a standing for each side; a side below the highest side lags."""
    highest = max(map(_height, tracks))
    return [
        _closed_standing(ladder, side, context)
        if track is None
        else _open_standing(ladder, track, context, on, lags=_height(track) < highest)
        for side, track in zip(ladder.sides(), tracks, strict=True)
    ]


def _height(track: Track | None) -> tuple[int, int]:
    return (-1, 0) if track is None else track.place.height


def _closed_standing(ladder: Ladder, side: Side, context: ReplayContext) -> Standing:
    return Standing(
        ladder=ladder.id,
        side=side,
        action=Action.STOP_AND_REFER if context.stopped else Action.HOLD,
        reason=context.catalog.say("referral_first" if context.stopped else "ladder_closed"),
    )


def _open_standing(
    ladder: Ladder, track: Track, context: ReplayContext, on: datetime.date | None, *, lags: bool
) -> Standing:
    """Return the standing of an open track.

    Action, reason and evidence come from the first of these that applies: a stop by a rule or a
    referral, a stop of this track that still applies, the transition that decided last.
    """
    side, place, ladder_index = track.side, track.place, context.ladder_index
    exercise = ladder.rungs[place.rung].exercise
    week = weekly(track, on, context)
    morning_wanted = _morning_wanted(track, on, context)
    transition = ladder_index.by_transition.get(track.decided)
    stopped = track.memory.stopped
    if stopped is not None:
        transition = ladder_index.by_transition.get(track.memory.stopped_by)
    stops = context.stops(exercise, side)
    action = Action.HOLD if transition is None else transition.action
    if transition is None and track.decided == "maintenance":
        action = Action.MAINTAIN
    reason = MORNING if morning_wanted is not None else track.decided
    reason = track.memory.stopped_by if stopped is not None else reason
    return Standing(
        ladder=ladder.id,
        side=side,
        exercise=exercise,
        rung=place.rung,
        level=place.level,
        dose=week.dose,
        days_a_week=week.days,
        days_percent=max(1, week.days_percent),
        dose_percent=track.dose_percent_on(on),
        maintenance=place.maintenance,
        lags=lags,
        morning_wanted=morning_wanted,
        stopped=stopped,
        action=Action.STOP_AND_REFER if stops else action,
        reason=context.catalog.say("referral_first" if stops else reason),
        decided=context.catalog.say(track.decided) if reason == MORNING and not stops else None,
        mastered=tuple(name for name, _ in track.memory.mastered),
        evidence=() if transition is None or stops else transition.evidence,
        conflicts=() if transition is None or stops else transition.conflicts,
    )


def _morning_wanted(
    track: Track, on: datetime.date | None, context: ReplayContext
) -> datetime.date | None:
    """Return the training day whose next-morning report is missing; None if none is (C03)."""
    if track.decided != WAITING or track.day is None or on is None:
        return None
    days_waited = (on - track.day.on).days
    overdue = days_waited >= context.policy_of(track.ladder).ask_morning_after_days
    return track.day.on if overdue else None
