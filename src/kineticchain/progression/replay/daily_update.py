"""All tracks of a person, folded day by day: the state that the log comes to."""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

from attrs import evolve, field, frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.exercises import Dose
from kineticchain.domain.facts import Value
from kineticchain.domain.person import (
    ClinicianResult,
    Event,
    ExerciseLog,
    Finding,
    InjuryHappened,
    MorningAfter,
    PlanIssued,
    SessionLog,
    SurgeryDone,
)
from kineticchain.progression.model.dose_steps import DoseStep
from kineticchain.progression.model.track import ALL, LadderPosition, Track, TrackKey
from kineticchain.progression.model.training_day import Wanted, day_of, streaks_after
from kineticchain.progression.replay.guard_facts import ReviewContext
from kineticchain.progression.replay.mastery import (
    known_on,
    mastery_noted,
    newly_mastered,
    open_ladders,
)
from kineticchain.progression.replay.replay_context import ReplayContext
from kineticchain.progression.replay.review import (
    back_from_break,
    back_from_clinician,
    back_from_stop,
    review,
)
from kineticchain.quick_init import quick_init
from kineticchain.record.clinician.result import RESULT
from kineticchain.record.derivation.attendance import Attendance
from kineticchain.record.derivation.derivation import was_looked_at

SETTLED = "stopped_pain_settled"
"""The fact by which a person says that the trouble is over that stopped an exercise."""


@quick_init
@frozen
class Progress:
    """Where a person stands on every ladder and side, after some days.

    `tracks` are those that the log has touched; any other stands where its course begins.
    `trained` are the tracks of the last training day, `on`. `mastered` are the exercises
    that the log has mastered, by side. `ceiling` is the pain ceiling of the plan in force.
    """

    tracks: Mapping[TrackKey, Track]
    trained: tuple[TrackKey, ...] = ()
    on: datetime.date | None = None
    mastered: frozenset[tuple[str, Side]] = frozenset()
    attendance: Attendance = field(factory=Attendance)
    ceiling: int | None = None

    def track(self, key: TrackKey, context: ReplayContext) -> Track | None:
        """The track of a ladder and side; None while the ladder is closed."""
        found = self.tracks.get(key)
        return context.first_tracks.get(key) if found is None else found


def beginning() -> Progress:
    """The progress before the first event."""
    return Progress(tracks={})


def after_day(
    progress: Progress, day: datetime.date, events: Sequence[Event], whole_course: ReplayContext
) -> Progress:
    """The progress after one day: mornings speak first, then plans and findings, then sessions.

    A review follows the mornings, and another one the sessions; a day without news reviews
    nothing, so that asking where one stands never moves anything.
    """
    context = whole_course if progress.ceiling is None else whole_course.under(progress.ceiling)
    if len(events) == 1:
        return _after_one(progress, day, events[0], context)
    mornings = [event for event in events if isinstance(event, MorningAfter)]
    plans = [event for event in events if isinstance(event, PlanIssued)]
    if mornings:
        progress = _hear_mornings(progress, day, mornings, context)
    if plans:
        progress = _take_plans(progress, plans, context)
        context = whole_course.under(progress.ceiling)
    for event in events:
        if isinstance(event, Finding):
            progress = _take_finding(progress, day, event, context)
        elif isinstance(event, ClinicianResult):
            progress = _take_result(progress, day, event, context)
    sessions = [event for event in events if isinstance(event, SessionLog)]
    return _take_sessions(progress, day, sessions, context) if sessions else progress


def _after_one(
    progress: Progress, day: datetime.date, event: Event, context: ReplayContext
) -> Progress:
    """The progress after a day on which nothing else was told."""
    match event:
        case SessionLog():
            return _take_sessions(progress, day, (event,), context)
        case MorningAfter():
            return _hear_mornings(progress, day, (event,), context)
        case PlanIssued():
            return _take_plans(progress, (event,), context)
        case Finding():
            return _take_finding(progress, day, event, context)
        case ClinicianResult():
            return _take_result(progress, day, event, context)
        case InjuryHappened() | SurgeryDone():
            return progress


def _attended(progress: Progress, events: Iterable[PlanIssued] | Iterable[SessionLog]) -> Progress:
    attendance = progress.attendance
    for event in events:
        attendance = attendance.after(event)
    return evolve(progress, attendance=attendance)


def _hear_mornings(
    progress: Progress, day: datetime.date, mornings: Sequence[MorningAfter], context: ReplayContext
) -> Progress:
    """Mornings speak of the last training day, each of what works on its region.

    Told long after, only a worse one is heard: a quiet one says little of that day.
    """
    if progress.on is None or progress.on >= day:
        return progress
    late = (day - progress.on).days > context.ladder_index.policy.latest_morning_days
    changed: dict[TrackKey, Track] = {}
    for one in mornings:
        if late and one.change <= 0:
            continue
        for key in progress.trained:
            track = changed.get(key) or progress.tracks[key]
            if _speaks_of(one, track, context):
                changed[key] = _heard(track, one.change, context)
    return _reviewed(progress, changed, day, context, trained_on=None) if changed else progress


def _heard(track: Track, change: int, context: ReplayContext) -> Track:
    """The track once a next morning is told; of several the worst counts."""
    last = track.day
    assert last is not None  # noqa: S101 - it was trained that day
    if last.morning is not None and last.morning >= change:
        return track
    day = last.with_morning(change)
    streaks = streaks_after(track.before, day, context.pain_ceiling, context.ladder_index.policy)
    return track.with_day(day, track.counts, track.before, streaks)


def _speaks_of(morning: MorningAfter, track: Track, context: ReplayContext) -> bool:
    if morning.side is not Side.BOTH and not morning.side.meets(track.side):
        return False
    if morning.region is None:
        return True
    last = track.day
    return last is not None and any(
        morning.region in context.loaded_regions_and_neighbours[exercise]
        for exercise, _ in last.shown
    )


def _take_plans(
    progress: Progress, plans: Sequence[PlanIssued], context: ReplayContext
) -> Progress:
    """What was asked for, since the last change; of two plans of one day the larger dose."""
    progress = _attended(progress, plans)
    asked: dict[TrackKey, dict[str, Dose]] = {}
    for plan in plans:
        for item in plan.items:
            if item.dose is None:
                continue
            for key in context.ladder_index.keys_of(item.exercise, item.side):
                doses = asked.setdefault(key, {})
                other = doses.get(item.exercise)
                if other is None or item.dose.volume > other.volume:
                    doses[item.exercise] = item.dose
    changed = {
        key: _asked(track, doses)
        for key, doses in asked.items()
        if (track := progress.track(key, context)) is not None
    }
    ceilings = [plan.pain_ceiling for plan in plans if plan.pain_ceiling is not None]
    return evolve(
        progress,
        tracks={**progress.tracks, **changed} if changed else progress.tracks,
        ceiling=min(ceilings, default=progress.ceiling),
    )


def _asked(track: Track, doses: Mapping[str, Dose]) -> Track:
    asked = tuple(sorted({**dict(track.memory.asked), **doses}.items(), key=lambda one: one[0]))
    return evolve(track, memory=evolve(track.memory, asked=asked))


def _take_finding(
    progress: Progress, day: datetime.date, finding: Finding, context: ReplayContext
) -> Progress:
    """What a professional's look, or the end of a stop, as a finding reports it, leads to."""
    if finding.facts.get(SETTLED) is True:
        return _moved(
            progress, context, lambda track: back_from_stop(track, finding.facts, day, context)
        )
    word = finding.facts.get(RESULT)
    result = word if isinstance(word, str) and word != "none" else None
    lifts = was_looked_at(finding)
    if result is None and not lifts:
        return progress
    return _moved(
        progress,
        context,
        lambda track: back_from_clinician(track, result, finding.facts, day, context, lifts=lifts),
    )


def _take_result(
    progress: Progress, day: datetime.date, event: ClinicianResult, context: ReplayContext
) -> Progress:
    """What a clinician's result leads to, on the ladders that work on its region and side.

    A diagnosis, found or ruled out, begins them anew; an examination lifts flares and stops.
    """
    answered = (*event.found, *event.ruled_out)
    result = f"{event.on} {' '.join(answered)}" if answered else None
    facts: dict[str, Value] = {RESULT: answered[0]} if answered else {}
    lifts = was_looked_at(event)

    def looked_at(track: Track) -> Track:
        if not _is_about(event, track, context):
            return track
        return back_from_clinician(track, result, facts, day, context, lifts=lifts)

    return _moved(progress, context, looked_at)


def _is_about(event: ClinicianResult, track: Track, context: ReplayContext) -> bool:
    """Whether a clinician's result is about what a track works on now."""
    if event.region is None:
        return True
    exercise = context.ladder_index.exercises_on[track.ladder][track.place.rung]
    return event.region in context.loaded_regions_and_neighbours[exercise] and event.side.meets(
        track.side
    )


def _moved(progress: Progress, context: ReplayContext, move: Callable[[Track], Track]) -> Progress:
    """The progress with every open track moved."""
    tracks = {**context.first_tracks, **progress.tracks}
    return evolve(progress, tracks={key: move(track) for key, track in tracks.items()})


def _take_sessions(
    progress: Progress, day: datetime.date, sessions: Sequence[SessionLog], context: ReplayContext
) -> Progress:
    if progress.attendance.plans:
        progress = _attended(progress, sessions)
    lines: dict[TrackKey, list[tuple[str, ExerciseLog]]] = {}
    for session in sessions:
        for line in session.lines:
            exercise = line.performed
            if exercise is None:
                continue
            for key in context.ladder_index.keys_of(exercise, line.side):
                lines.setdefault(key, []).append((exercise, line))
    changed = {}
    for key, done in lines.items():
        track = progress.track(key, context)
        if track is not None:
            changed[key] = _trained(track, day, done, context)
    return _reviewed(progress, changed, day, context, trained_on=day) if changed else progress


def _trained(
    track: Track,
    day: datetime.date,
    lines: Sequence[tuple[str, ExerciseLog]],
    context: ReplayContext,
) -> Track:
    """The track after a training day, the break before it taken into account."""
    ladder_index = context.ladder_index
    track = back_from_break(_begun(track, lines, context), day, context)
    current = ladder_index.exercises_on[track.ladder][track.place.rung]
    wanted = Wanted(current, asked_on(track, day, context), ladder_index.masteries)
    trained = day_of(day, lines, wanted, ladder_index.policy)
    if track.ramp_on(day) < ALL:
        trained = evolve(trained, reached=None)  # it says nothing of the whole dose
    streaks = streaks_after(track.streaks, trained, context.pain_ceiling, ladder_index.policy)
    return track.with_day(trained, track.counts.with_day(day), track.streaks, streaks)


def _begun(track: Track, lines: Iterable[tuple[str, ExerciseLog]], context: ReplayContext) -> Track:
    """Before the first session the log leads downwards: who begins lower stands there."""
    if track.day is not None:
        return track
    highest = max(context.ladder_index.rung_of[exercise][1] for exercise, _ in lines)
    return (
        evolve(track, place=LadderPosition(rung=highest)) if highest < track.place.rung else track
    )


def asked_on(track: Track, day: datetime.date, context: ReplayContext) -> Dose:
    """The dose that had to be reached: the issued plan's, or the one that holds if it is less."""
    own = weekly(track, day, context).dose
    if not track.memory.asked:
        return own
    exercise = context.ladder_index.exercises_on[track.ladder][track.place.rung]
    asked = dict(track.memory.asked).get(exercise)
    return own if asked is None else asked.lesser(own)


def weekly(track: Track, day: datetime.date | None, context: ReplayContext) -> DoseStep:
    """The dose that holds on a day, and on how many days a week."""
    place = track.place
    exercise = context.ladder_index.exercises_on[track.ladder][place.rung]
    share = track.share_on(day)
    return context.ladder_index.step_of(exercise, place.level, share, maintenance=place.maintenance)


def _reviewed(
    progress: Progress,
    changed: Mapping[TrackKey, Track],
    day: datetime.date,
    context: ReplayContext,
    *,
    trained_on: datetime.date | None,
) -> Progress:
    """The progress with tracks that have news, each reviewed; sessions are news of their day."""
    new = newly_mastered(progress.mastered, changed, context)
    mastered = progress.mastered.union(new) if new else progress.mastered
    attendance = progress.attendance.share(day)
    tracks = dict(progress.tracks)
    for key, track in changed.items():
        noted = mastery_noted(track, new, day) if new else track
        tracks[key] = review(noted, day, context, _seen(mastered, key[1], attendance))
    if new:
        open_ladders(tracks, mastered, context)
    trained = progress.trained if trained_on is None else tuple(changed)
    on = trained_on or progress.on
    return Progress(tracks, trained, on, mastered, progress.attendance, progress.ceiling)


@lru_cache(maxsize=1024)
def _seen(
    mastered: frozenset[tuple[str, Side]], side: Side, attendance: int | None
) -> ReviewContext:
    return ReviewContext(known_on(mastered, side), attendance)
