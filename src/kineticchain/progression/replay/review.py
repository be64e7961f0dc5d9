"""The review of one track after news, and the changes after a clearance, a stop or a break."""

import datetime
from collections.abc import Mapping
from functools import lru_cache

from attrs import evolve

from kineticchain.domain.anatomy import Side
from kineticchain.domain.facts import Value
from kineticchain.progression.model.progress import Progress
from kineticchain.progression.model.track import Track, TrackKey
from kineticchain.progression.replay.apply_transition import apply_transition
from kineticchain.progression.replay.guard_facts import NOTHING_SEEN, ReviewContext
from kineticchain.progression.replay.guards import results, returns, reviews
from kineticchain.progression.replay.mastery import (
    known_on,
    mastery_noted,
    newly_mastered,
    open_ladders,
)
from kineticchain.progression.replay.replay_context import ReplayContext

_ONE_DAY = datetime.timedelta(days=1)


def review(track: Track, day: datetime.date, context: ReplayContext, seen: ReviewContext) -> Track:
    """Apply the most cautious transition whose guard holds after news of a session.

    A training day that has already caused a step down can only cause a more cautious one.

    Args:
        track: The track after the news. A track without a training day is returned unchanged.
        day: The day of the review.
        context: The ladders, and the facts and exclusions of the person.
        seen: Mastery on other ladders, and attendance.
    """
    if track.day is None:
        return track
    table = reviews(context, track.ladder)
    transition = table.match(track, day, context, seen)
    if transition is None:
        return track
    spent = track.day.spent
    if spent >= 0 and transition.action.caution <= spent:
        return track
    # further steps down that match are merged, so that adding a row never leaves a higher dose
    also = table.steps_down(track, day, context, seen) if transition.steps_down else ()
    return apply_transition(track, transition, day, context, also)


def back_from_clinician(
    track: Track,
    result: str | None,
    facts: Mapping[str, Value],
    day: datetime.date,
    context: ReplayContext,
    *,
    lifts: bool = True,
) -> Track:
    """Return the track after a professional's result.

    Args:
        track: The track before the result; it need not have been trained.
        result: An identifier of the result, or None if there is no diagnosis. A new identifier
            applies the transition for results, but once a day, since one visit may be stated in
            several results. The identifier of the last result does nothing.
        facts: The facts that the guards of these transitions read.
        day: The day of the result.
        context: The ladders, and the facts and exclusions of the person.
        lifts: If true, flares and a stop are removed before the transition.
    """
    if lifts:
        memory = evolve(track.memory, flares=(), flared=None, stopped=None, stopped_by="")
        was_stopped = track.memory.stopped is not None
        track = evolve(
            track, memory=memory, decided="stop_lifted" if was_stopped else track.decided
        )
    if result is None or result == track.memory.result:
        return track
    if track.memory.result is not None and track.memory.cleared == day:
        return evolve(track, memory=evolve(track.memory, result=result))
    transition = results(context, track.ladder).match(facts)
    if transition is None:
        return track
    restarted = apply_transition(track, transition, day, context)
    return evolve(restarted, memory=evolve(restarted.memory, result=result, cleared=day))


def back_from_stop(
    track: Track, facts: Mapping[str, Value], day: datetime.date, context: ReplayContext
) -> Track:
    """Return the track after the person reports that the cause of a stop has settled.

    The stop ends, and the track restarts, only if the stop has lasted for the policy's
    `stop_days` (C01, C36). Otherwise the track stays as it is.

    Args:
        track: The track before the report.
        facts: The facts that the guards of the transitions for results read.
        day: The day of the report.
        context: The ladders, and the facts and exclusions of the person.
    """
    stopped = track.memory.stopped
    if stopped is None or (day - stopped).days < context.policy_of(track.ladder).stop_days:
        return track
    transition = results(context, track.ladder).match(facts)
    if transition is None:
        return track
    restarted = apply_transition(track, transition, day, context)
    memory = evolve(restarted.memory, stopped=None, stopped_by="", cleared=day)
    return evolve(restarted, memory=memory)


def back_from_break(track: Track, day: datetime.date, context: ReplayContext) -> Track:
    """Return the track after a break that ends on a day, with its steps down applied.

    A long break also matches the rows of shorter breaks. All matching rows are applied together,
    so that a longer break never leaves a higher dose.

    Args:
        track: The track before the break. A track without a training day is returned unchanged.
        day: The first day after the break.
        context: The ladders, and the facts and exclusions of the person.
    """
    last = track.day
    if last is None or day - last.on <= _ONE_DAY:
        return track
    if track.missed(day, context.policy_of(track.ladder)) < 1:
        return track
    rows = returns(context, track.ladder).steps_down(track, day, context, NOTHING_SEEN)
    return apply_transition(track, rows[0], day, context, rows[1:]) if rows else track


def reviewed(
    progress: Progress,
    changed: Mapping[TrackKey, Track],
    day: datetime.date,
    context: ReplayContext,
    *,
    trained_on: datetime.date | None,
) -> Progress:
    """Return the progress with each changed track reviewed.

    Mastery is collected from all changed tracks before any review, so that the order of the
    ladders does not matter. `trained_on` is the day if sessions changed the tracks, and None if
    next-morning reports did.
    """
    new = newly_mastered(progress.mastered, changed, context)
    mastered = progress.mastered.union(new) if new else progress.mastered
    attendance = progress.attendance.share(day)
    tracks = dict(progress.tracks)
    for key, track in changed.items():
        with_mastery = mastery_noted(track, new, day) if new else track
        review_context = _review_context(mastered, key[1], attendance)
        tracks[key] = review(with_mastery, day, context, review_context)
    if new:
        open_ladders(tracks, mastered, context)
    trained = progress.trained if trained_on is None else tuple(changed)
    on = trained_on or progress.on
    return Progress(tracks, trained, on, mastered, progress.attendance, progress.ceiling)


@lru_cache(maxsize=1024)
def _review_context(
    mastered: frozenset[tuple[str, Side]], side: Side, attendance: int | None
) -> ReviewContext:
    return ReviewContext(known_on(mastered, side), attendance)
