"""Normalisation: tracks that behave alike become equal, so that the number of states is finite.

All days are shifted so that the last session is `TODAY`. Counts stop at the largest value that a
guard distinguishes. The reports of the last training day remain in the streaks only. Of the days of
mastery, only the day of the hardest rung remains, because no easier rung can reach maintenance.
"""

import datetime

from attrs import evolve

from kineticchain.progression.model.streaks import Streaks
from kineticchain.progression.model.track import Counts, LadderPosition, Memory, Track
from kineticchain.progression.model.training_day import TrainingDay
from kineticchain.progression.replay.replay_context import ReplayContext
from kineticchain.progression.verify.world import TODAY


def normal(track: Track, context: ReplayContext, *, with_flares: bool = False) -> Track:
    """Return the track with its last session today, reduced to the data that later reviews read.

    Args:
        track: Any track; one without a training day is returned unchanged.
        context: Context of the exploration.
        with_flares: True to keep flares, for closed loops.

    """
    if track.day is None:
        return track
    shift = TODAY - track.day.on
    policy = context.ladder_index.policy
    place, counts, memory = track.place, track.counts, track.memory
    protocol = [
        step.protocol_days for steps in context.ladder_index.steps.values() for step in steps
    ]
    longest = max(policy.days_before_step, policy.days_before_step_loaded, *protocol)
    return evolve(
        track,
        place=_place(place, shift),
        counts=Counts(
            rung_since=_shifted_if_any(counts.rung_since, shift, longest),
            dose_since=_shifted_if_any(counts.dose_since, shift, longest),
            on_rung=min(counts.on_rung, policy.sessions_before_step),
            at_dose=min(counts.at_dose, policy.sessions_before_step),
        ),
        memory=Memory(
            mastered=tuple(
                (name, _shifted(day, shift, policy.maintenance_after_days))
                for name, day in memory.mastered
                if name == context.ladder_index.ladders[0].rungs[-1].exercise
            ),
            flares=memory.flares if with_flares else (),
            flared=_shifted_if_any(memory.flared, shift, policy.flare_cap_days)
            if with_flares
            else None,
        ),
        streaks=_streaks(track, context),
        before=Streaks(),
        day=TrainingDay(on=TODAY),
        decided="",
    )


def _days(count: int) -> datetime.timedelta:
    return datetime.timedelta(days=count)


def _shifted(day: datetime.date, shift: datetime.timedelta, most: int) -> datetime.date:
    """Shift a day, and limit the result to at most `most` days before today."""
    return max(day + shift, TODAY - _days(most))


def _shifted_if_any(
    day: datetime.date | None, shift: datetime.timedelta, most: int
) -> datetime.date | None:
    """Shift a day as `_shifted` does; None stays None."""
    return None if day is None else _shifted(day, shift, most)


def _place(place: LadderPosition, shift: datetime.timedelta) -> LadderPosition:
    """Return the position with its ramp shifted, and without shares that have ended."""
    if not place.ramp:
        return place
    shifted = ((end + shift, dose_percent) for end, dose_percent in place.ramp)
    return evolve(
        place, ramp=tuple((end, dose_percent) for end, dose_percent in shifted if end > TODAY)
    )


def _streaks(track: Track, context: ReplayContext) -> Streaks:
    """Return the streaks including the last day, limited to the values that guards distinguish."""
    policy, streaks = context.ladder_index.policy, track.streaks
    wanted = policy.good_sessions_in_a_row
    return Streaks(
        hurting=min(streaks.hurting, policy.days_before_stop),
        worse=min(streaks.worse, max(policy.days_before_stop, policy.bad_mornings_before_regress)),
        touched=min(streaks.touched, policy.touched_days_before_regress),
        hard=min(streaks.hard, policy.hard_days_before_deload),
        calm=min(streaks.calm, wanted),
        reached=min(streaks.reached, wanted),
        shown=tuple((name, min(count, wanted)) for name, count in streaks.shown),
        steady=min(streaks.steady, policy.sessions_before_step),
    )
