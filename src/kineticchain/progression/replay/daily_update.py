"""The daily update, which applies the events of one day to all tracks of a person."""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from attrs import evolve

from kineticchain.domain.anatomy import Side
from kineticchain.domain.exercises import Dose
from kineticchain.domain.person import (
    ClinicianResult,
    Event,
    ExerciseLog,
    Finding,
    MorningAfter,
    PlanIssued,
    SessionLog,
)
from kineticchain.progression.model.dose_steps import DoseStep
from kineticchain.progression.model.progress import Progress
from kineticchain.progression.model.streaks import streaks_after
from kineticchain.progression.model.track import ALL, LadderPosition, Track, TrackKey
from kineticchain.progression.model.training_day import Wanted, day_of
from kineticchain.progression.replay.replay_context import ReplayContext
from kineticchain.progression.replay.reports import apply_reports
from kineticchain.progression.replay.review import back_from_break, reviewed


def after_day(
    progress: Progress, day: datetime.date, events: Sequence[Event], whole_course: ReplayContext
) -> Progress:
    """Return the progress after the events of one day.

    The kinds of events are applied in the order of `_APPLICATIONS`. Tracks are reviewed after the
    mornings and again after the sessions. Without events there is no review, so a query never
    moves a track.

    Args:
        progress: The progress before the day.
        day: The day.
        events: All events of that day, in the order of `History`.
        whole_course: The context before the pain ceiling of the plan in force is applied.
    """
    by_application: dict[_Application, list[Event]] = {}
    for event in events:
        application = _APPLICATIONS.get(type(event))
        if application is not None:
            by_application.setdefault(application, []).append(event)
    for application in _ORDER if len(by_application) > 1 else by_application:
        applied = by_application.get(application)
        if applied:
            # a plan of this day may have changed the ceiling
            progress = application(progress, day, applied, whole_course.under(progress.ceiling))
    return progress


def _apply_mornings(
    progress: Progress, day: datetime.date, mornings: Sequence[MorningAfter], context: ReplayContext
) -> Progress:
    """Return the progress after next-morning reports, which refer to the last training day.

    A report applies to a track that was trained on that day if the sides meet and an exercise of
    that day loads the reported region or a neighbour. More than `latest_morning_days` after the
    training day, only a worse morning counts, because a quiet morning is weak evidence (C03).
    """
    if progress.on is None or progress.on >= day:
        return progress
    days_late = (day - progress.on).days
    changed: dict[TrackKey, Track] = {}
    for morning in mornings:
        for key in progress.trained:
            track = changed.get(key) or progress.tracks[key]
            late = days_late > context.policy_of(track.ladder).latest_morning_days
            if late and morning.change <= 0:
                continue
            if _refers_to(morning, track, context):
                changed[key] = _with_morning(track, morning.change, context)
    return reviewed(progress, changed, day, context, trained_on=None) if changed else progress


def _with_morning(track: Track, change: int, context: ReplayContext) -> Track:
    """Return the track with a report of the morning after its last training day.

    Of several reports the worst counts.
    """
    last = track.day
    assert last is not None  # noqa: S101 - it was trained that day
    if last.morning is not None and last.morning >= change:
        return track
    # the training day changes, so its streaks are computed again from the streaks before it
    day = last.with_morning(change)
    ceiling, policy = context.ceiling_of(track.ladder), context.policy_of(track.ladder)
    streaks = streaks_after(track.before, day, ceiling, policy)
    return track.with_day(day, track.counts, track.before, streaks)


def _refers_to(morning: MorningAfter, track: Track, context: ReplayContext) -> bool:
    if morning.side is not Side.BOTH and not morning.side.meets(track.side):
        return False
    if morning.region is None:
        return True
    last = track.day
    return last is not None and any(
        morning.region in context.loaded_regions_and_neighbours[exercise]
        for exercise, _ in last.shown
    )


def _apply_plans(
    progress: Progress, day: datetime.date, plans: Sequence[PlanIssued], context: ReplayContext
) -> Progress:
    """Return the progress after the plans of one day: asked doses, pauses and pain ceiling.

    If two plans of one day ask for different doses of an exercise, the larger dose counts. If they
    state different pain ceilings, the lower ceiling counts.
    """
    progress = progress.with_attendance(plans)
    asked: dict[TrackKey, dict[str, Dose]] = {}
    planned: dict[TrackKey, bool] = {}  # True if all items for the track ask for one day a week
    for plan in plans:
        for item in plan.items:
            keys = context.ladder_index.keys_of(item.exercise, item.side)
            planned.update(
                {key: planned.get(key, True) and item.days_per_week == 1 for key in keys}
            )
            if item.dose is None:
                continue
            for key in keys:
                doses = asked.setdefault(key, {})
                earlier = doses.get(item.exercise)
                if earlier is None or item.dose.size > earlier.size:
                    doses[item.exercise] = item.dose
    changed = {
        key: _with_asked_doses(track, doses)
        for key, doses in asked.items()
        if (track := progress.track(key, context.first_tracks)) is not None
    }
    tracks = {**progress.tracks, **changed} if changed else progress.tracks
    ceilings = [plan.pain_ceiling for plan in plans if plan.pain_ceiling is not None]
    return evolve(
        progress,
        tracks={key: _after_plans(track, day, planned.get(key)) for key, track in tracks.items()},
        ceiling=min(ceilings, default=progress.ceiling),
    )


def _after_plans(track: Track, day: datetime.date, is_weekly: bool | None) -> Track:  # noqa: FBT001 - of one plan
    """Return the track after the plans of a day.

    A pause begins if the plans leave the track out, and ends if a plan contains the track. A track
    that was never trained has no pause.

    Args:
        track: The track before the plans.
        day: The day of the plans.
        is_weekly: True if the plans ask for the track once a week; None if they leave it out.
    """
    is_planned = is_weekly is not None
    if is_weekly is not None:
        memory = track.memory.with_plan(weekly=is_weekly)
        track = track if memory is track.memory else evolve(track, memory=memory)
    since = track.memory.paused_since
    if track.day is None or (since is None) is is_planned:
        return track
    return evolve(track, memory=evolve(track.memory, paused_since=None if is_planned else day))


def _with_asked_doses(track: Track, doses: Mapping[str, Dose]) -> Track:
    merged = {**dict(track.memory.asked), **doses}
    asked = tuple(sorted(merged.items(), key=lambda item: item[0]))
    return evolve(track, memory=evolve(track.memory, asked=asked))


def _apply_sessions(
    progress: Progress, day: datetime.date, sessions: Sequence[SessionLog], context: ReplayContext
) -> Progress:
    if progress.attendance.plans:  # sessions before the first plan do not count
        progress = progress.with_attendance(sessions)
    lines: dict[TrackKey, list[tuple[str, ExerciseLog]]] = {}
    for session in sessions:
        for line in session.lines:
            exercise = line.performed
            if exercise is None:
                continue
            for key in context.ladder_index.keys_of(exercise, line.side):
                lines.setdefault(key, []).append((exercise, line))
    changed = {}
    for key, track_lines in lines.items():
        track = progress.track(key, context.first_tracks)
        if track is not None:
            changed[key] = _with_training_day(track, day, track_lines, context)
    if not changed:
        return progress
    tracks = {
        key: track if key in changed else track.with_pause(day, context.policy_of(track.ladder))
        for key, track in progress.tracks.items()
    }
    progress = evolve(progress, tracks=tracks)
    return reviewed(progress, changed, day, context, trained_on=day)


def _with_training_day(
    track: Track,
    day: datetime.date,
    lines: Sequence[tuple[str, ExerciseLog]],
    context: ReplayContext,
) -> Track:
    """Return the track after a training day.

    If a break ends on that day, its steps down are applied before the training.
    """
    ladder_index = context.ladder_index
    track = back_from_break(_with_start(track, lines, context), day, context)
    memory = track.memory.unpaused
    track = track if memory is track.memory else evolve(track, memory=memory)
    current = ladder_index.exercises_on[track.ladder][track.place.rung]
    target = Wanted(current, asked_on(track, day, context), ladder_index.masteries)
    policy = context.policy_of(track.ladder)
    training_day = day_of(day, lines, target, policy)
    if track.ramp_on(day) < ALL:
        # a dose that a ramp reduces does not show whether the full dose is reached
        training_day = evolve(training_day, reached=None)
    streaks = streaks_after(track.streaks, training_day, context.ceiling_of(track.ladder), policy)
    return track.with_day(training_day, track.counts.with_day(day), track.streaks, streaks)


def _with_start(
    track: Track, lines: Iterable[tuple[str, ExerciseLog]], context: ReplayContext
) -> Track:
    """Return the track, moved down to the hardest rung of its first session if that is lower.

    Only a track without a training day moves.
    """
    if track.day is not None:
        return track
    highest = max(context.ladder_index.rung_of[exercise][1] for exercise, _ in lines)
    return (
        evolve(track, place=LadderPosition(rung=highest)) if highest < track.place.rung else track
    )


def asked_on(track: Track, day: datetime.date, context: ReplayContext) -> Dose:
    """Return the dose that the training of a day has to reach.

    This is the dose of the issued plan, limited to the dose of the track on that day. If no plan
    asks for the exercise, it is the dose of the track.

    Args:
        track: The track.
        day: The training day.
        context: The ladders.
    """
    track_dose = weekly(track, day, context).dose
    if not track.memory.asked:
        return track_dose
    exercise = context.ladder_index.exercises_on[track.ladder][track.place.rung]
    asked = dict(track.memory.asked).get(exercise)
    return track_dose if asked is None else asked.lesser(track_dose).with_resistance_of(track_dose)


def weekly(track: Track, day: datetime.date | None, context: ReplayContext) -> DoseStep:
    """Return the dose and the days a week of a track, with the reductions of a day applied.

    Args:
        track: The track.
        day: The day; None applies the first share of a ramp.
        context: The ladders.
    """
    place = track.place
    exercise = context.ladder_index.exercises_on[track.ladder][place.rung]
    dose_percent = track.dose_percent_on(day)
    return context.ladder_index.step_of(
        exercise, place.level, dose_percent, maintenance=place.maintenance
    )


_Application: TypeAlias = Callable[[Progress, datetime.date, Any, ReplayContext], Progress]

_APPLICATIONS: Mapping[type, _Application] = {
    MorningAfter: _apply_mornings,
    PlanIssued: _apply_plans,
    Finding: apply_reports,
    ClinicianResult: apply_reports,
    SessionLog: _apply_sessions,
}
"""The function that applies each kind of event, in the order of application within a day.

Kinds without an entry, such as injuries, move no track: rules read these events from the record.
"""

_ORDER = tuple(dict.fromkeys(_APPLICATIONS.values()))
