"""Reports: the effect of findings and of clinicians' results on the tracks of a person."""

import datetime
from collections.abc import Callable, Sequence

from attrs import evolve

from kineticchain.domain.facts import Value
from kineticchain.domain.person import ClinicianResult, Finding
from kineticchain.progression.model.progress import Progress
from kineticchain.progression.model.track import Track
from kineticchain.progression.replay.replay_context import ReplayContext
from kineticchain.progression.replay.review import back_from_clinician, back_from_stop
from kineticchain.record.clinician.result import RESULT
from kineticchain.record.derivation.examination import was_looked_at

SETTLED = "stopped_pain_settled"
"""The fact by which a person reports that the cause of a stop has settled."""


def apply_reports(
    progress: Progress,
    day: datetime.date,
    reports: Sequence[Finding | ClinicianResult],
    context: ReplayContext,
) -> Progress:
    """Return the progress after findings and clinicians' results, applied in order."""
    for report in reports:
        match report:
            case Finding():
                progress = _apply_finding(progress, day, report, context)
            case ClinicianResult():
                progress = _apply_result(progress, day, report, reports, context)
    return progress


def _apply_finding(
    progress: Progress, day: datetime.date, finding: Finding, context: ReplayContext
) -> Progress:
    """Return the progress after a finding.

    A finding changes tracks only if it reports that the cause of a stop has settled, or if it
    reports a professional's result or examination.
    """
    if finding.facts.get(SETTLED) is True:
        return _with_all_tracks(
            progress, context, lambda track: back_from_stop(track, finding.facts, day, context)
        )
    reported = finding.facts.get(RESULT)
    result = reported if isinstance(reported, str) and reported != "none" else None
    lifts = was_looked_at(finding)
    if result is None and not lifts:
        return progress
    return _with_all_tracks(
        progress,
        context,
        lambda track: back_from_clinician(track, result, finding.facts, day, context, lifts=lifts),
    )


def _apply_result(
    progress: Progress,
    day: datetime.date,
    event: ClinicianResult,
    reports: Sequence[Finding | ClinicianResult],
    context: ReplayContext,
) -> Progress:
    """Return the progress after a clinician's result, applied to the tracks that it concerns.

    A diagnosis, found or ruled out, leads to the transition for results. A result without concern
    (`was_looked_at`) removes flares and stops.
    """
    diagnoses = (*event.found, *event.ruled_out)
    result = f"{event.on} {' '.join(diagnoses)}" if diagnoses else None
    facts: dict[str, Value] = {RESULT: diagnoses[0]} if diagnoses else {}
    lifts = was_looked_at(event, others=reports)

    def after_result(track: Track) -> Track:
        if not _is_about(event, track, context):
            return track
        return back_from_clinician(track, result, facts, day, context, lifts=lifts)

    return _with_all_tracks(progress, context, after_result)


def _is_about(event: ClinicianResult, track: Track, context: ReplayContext) -> bool:
    """Return whether a clinician's result concerns a track.

    A result without a region concerns every track. Any other result has to meet the side of the
    track, and its region has to be a region that the exercise loads, or a neighbour of one.
    """
    if event.region is None:
        return True
    exercise = context.ladder_index.exercises_on[track.ladder][track.place.rung]
    return event.region in context.loaded_regions_and_neighbours[exercise] and event.side.meets(
        track.side
    )


def _with_all_tracks(
    progress: Progress, context: ReplayContext, change: Callable[[Track], Track]
) -> Progress:
    """Return the progress with a change applied to every open track, trained before or not."""
    tracks = {**context.first_tracks, **progress.tracks}
    return evolve(progress, tracks={key: change(track) for key, track in tracks.items()})
