"""The log folded into standings: a pure function of events, course and day."""

import datetime
from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter

from kineticchain.domain.anatomy import Side
from kineticchain.domain.exercises import Ladder
from kineticchain.domain.person import History
from kineticchain.progression.model.standing import Standing
from kineticchain.progression.model.track import Track
from kineticchain.progression.model.transition import Action
from kineticchain.progression.replay.daily_update import Progress, after_day, beginning, weekly
from kineticchain.progression.replay.replay_context import ReplayContext
from kineticchain.progression.replay.review import back_from_break

WAITING = "waiting_for_morning"


def replay(
    history: History, context: ReplayContext, on: datetime.date | None
) -> tuple[Standing, ...]:
    """A standing for every ladder and side, as of the day `on`."""
    return standings(replayed(history, context, on), context, on)


def replayed(history: History, context: ReplayContext, on: datetime.date | None = None) -> Progress:
    """The progress after all events up to the day `on`, that day included."""
    progress = beginning()
    events = history if on is None else history.until(on)
    for day, of_day in groupby(events, key=attrgetter("on")):
        progress = after_day(progress, day, tuple(of_day), context)
    return progress


def standings(
    progress: Progress, context: ReplayContext, on: datetime.date | None
) -> tuple[Standing, ...]:
    """The standing of every ladder and side on a day, breaks up to then taken into account."""
    touched = {ladder for ladder, _ in progress.tracks}
    found: list[Standing] = []
    for ladder in context.ladder_index.ladders:
        if ladder.id in touched:
            tracks = [_track(ladder, side, progress, context, on) for side in ladder.sides()]
            found += _of_ladder(ladder, tracks, context, on)
        else:
            found += _at_beginning(ladder, context)
    return tuple(found)


def _at_beginning(ladder: Ladder, context: ReplayContext) -> tuple[Standing, ...]:
    """The standings of a ladder that nothing has happened to; they are kept."""
    tracks, kept = context.beginnings[ladder.id], context.ladder_index.kept_standings
    stops: tuple[bool, ...] = ()
    if context.stopped or context.stopping:
        stops = tuple([_stops(ladder, track, context) for track in tracks])
    key = (ladder.id, id(tracks), stops)
    known = kept.get(key)
    if known is None:
        known = kept.keep(key, (tracks, tuple(_of_ladder(ladder, tracks, context, None))))
    return known[1]


def _stops(ladder: Ladder, track: Track | None, context: ReplayContext) -> bool:
    if track is None:
        return context.stopped
    return context.stops(ladder.rungs[track.place.rung].exercise, track.side)


def _track(
    ladder: Ladder, side: Side, progress: Progress, context: ReplayContext, on: datetime.date | None
) -> Track | None:
    """The track on a day, a break up to then taken into account; None while it is closed."""
    track = progress.track((ladder.id, side), context)
    return track if track is None or on is None else back_from_break(track, on, context)


def _of_ladder(
    ladder: Ladder, tracks: Sequence[Track | None], context: ReplayContext, on: datetime.date | None
) -> list[Standing]:
    """A standing for each side; whichever is lower lags."""
    highest = max(map(_height, tracks))
    return [
        _closed(ladder, side, context)
        if track is None
        else _made(ladder, track, context, on, lags=_height(track) < highest)
        for side, track in zip(ladder.sides(), tracks, strict=True)
    ]


def _height(track: Track | None) -> tuple[int, int]:
    return (-1, 0) if track is None else track.place.height


def _closed(ladder: Ladder, side: Side, context: ReplayContext) -> Standing:
    return Standing(
        ladder=ladder.id,
        side=side,
        action=Action.STOP_AND_REFER if context.stopped else Action.HOLD,
        reason=context.catalog.say("referral_first" if context.stopped else "ladder_closed"),
    )


def _made(
    ladder: Ladder, track: Track, context: ReplayContext, on: datetime.date | None, *, lags: bool
) -> Standing:
    side, place, ladder_index = track.side, track.place, context.ladder_index
    exercise = ladder.rungs[place.rung].exercise
    week = weekly(track, on, context)
    wanted = _morning_wanted(track, on, context)
    decided = ladder_index.by_transition.get(track.decided)
    stopped = track.memory.stopped
    if stopped is not None:
        decided = ladder_index.by_transition.get(track.memory.stopped_by)
    stops = context.stops(exercise, side)
    action = Action.HOLD if decided is None else decided.action
    if decided is None and track.decided == "maintenance":
        action = Action.MAINTAIN
    reason = "morning_asked_for" if wanted is not None else track.decided
    reason = track.memory.stopped_by if stopped is not None else reason
    return Standing(
        ladder=ladder.id,
        side=side,
        exercise=exercise,
        rung=place.rung,
        level=place.level,
        dose=week.dose,
        days_a_week=week.days,
        share=track.share_on(on),
        maintenance=place.maintenance,
        lags=lags,
        morning_wanted=wanted,
        stopped=stopped,
        action=Action.STOP_AND_REFER if stops else action,
        reason=context.catalog.say("referral_first" if stops else reason),
        mastered=tuple(name for name, _ in track.memory.mastered),
        evidence=() if decided is None or stops else decided.evidence,
        conflicts=() if decided is None or stops else decided.conflicts,
    )


def _morning_wanted(
    track: Track, on: datetime.date | None, context: ReplayContext
) -> datetime.date | None:
    """The training day whose next morning should be asked for by now."""
    if track.decided != WAITING or track.day is None or on is None:
        return None
    waited = (on - track.day.on).days
    return track.day.on if waited >= context.ladder_index.policy.ask_morning_after_days else None
