"""States that behave alike made equal.

Days count from the last session, counts stop where no guard looks further, and how the last
day was stands in the streaks alone. When an easier rung was mastered is left out: only the
hardest one that is open is ever kept up.
"""

import datetime

from attrs import evolve

from kineticchain.progression.model.track import Counts, LadderPosition, Memory, Track
from kineticchain.progression.model.training_day import Streaks, TrainingDay
from kineticchain.progression.replay.replay_context import ReplayContext
from kineticchain.progression.verify.world import TODAY


def normal(track: Track, context: ReplayContext, *, with_flares: bool = False) -> Track:
    """The track as if its last session had been today, and no more in it than matters."""
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
            rung_since=_aged_if_any(counts.rung_since, shift, longest),
            dose_since=_aged_if_any(counts.dose_since, shift, longest),
            on_rung=min(counts.on_rung, policy.sessions_before_step),
            at_dose=min(counts.at_dose, policy.sessions_before_step),
        ),
        memory=Memory(
            mastered=tuple(
                (name, _aged(day, shift, policy.maintenance_after_days))
                for name, day in memory.mastered
                if name == context.ladder_index.ladders[0].rungs[-1].exercise
            ),
            flares=memory.flares if with_flares else (),
            flared=_aged_if_any(memory.flared, shift, policy.flare_cap_days)
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


def _aged(day: datetime.date, shift: datetime.timedelta, most: int) -> datetime.date:
    return max(day + shift, TODAY - _days(most))


def _aged_if_any(
    day: datetime.date | None, shift: datetime.timedelta, most: int
) -> datetime.date | None:
    return None if day is None else _aged(day, shift, most)


def _place(place: LadderPosition, shift: datetime.timedelta) -> LadderPosition:
    if not place.ramp:
        return place
    shifted = ((end + shift, share) for end, share in place.ramp)
    return evolve(place, ramp=tuple((end, share) for end, share in shifted if end > TODAY))


def _streaks(track: Track, context: ReplayContext) -> Streaks:
    """The streaks with the last day in them, counted as far as a guard looks."""
    policy, whole = context.ladder_index.policy, track.streaks
    wanted = policy.good_sessions_in_a_row
    return Streaks(
        hurting=min(whole.hurting, policy.days_before_stop),
        worse=min(whole.worse, max(policy.days_before_stop, policy.bad_mornings_before_regress)),
        touched=min(whole.touched, policy.touched_days_before_regress),
        hard=min(whole.hard, policy.hard_days_before_deload),
        calm=min(whole.calm, wanted),
        reached=min(whole.reached, wanted),
        shown=tuple((name, min(count, wanted)) for name, count in whole.shown),
    )
