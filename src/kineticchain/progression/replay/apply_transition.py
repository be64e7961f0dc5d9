"""The effect of each action on a track, as pure functions.

A step up moves a track by at most one step.
"""

import datetime
from collections.abc import Sequence
from itertools import pairwise
from typing import TypeAlias

from attrs import evolve

from kineticchain.progression.model.track import ALL, Counts, LadderPosition, Memory, Track
from kineticchain.progression.model.transition import Action, Transition, Trigger
from kineticchain.progression.replay.replay_context import ReplayContext


def apply_transition(
    track: Track,
    transition: Transition,
    day: datetime.date,
    context: ReplayContext,
    also: Sequence[Transition] = (),
) -> Track:
    """Return the track after a transition.

    A step up is refused if the track is stopped or already at the top. Only the decision is then
    recorded.

    Args:
        track: The track before.
        transition: The transition that decided.
        day: The day of the transition.
        context: The ladders, and the facts and exclusions of the person.
        also: Further steps down that match; their reductions are combined with `transition`.
    """
    if transition.action is Action.HOLD:
        return track.with_decision(transition.id)
    match transition.action:
        case action if action.steps_up and (
            track.memory.stopped is not None or not _can_step_up(track, transition, context)
        ):
            return track.with_decision(transition.id)
        case Action.MAINTAIN:
            return _enter_maintenance(track, transition)
        case Action.INCREASE_DOSE:
            return _step_up(track, transition, day, more_dose(track))
        case Action.ADVANCE_VARIANT:
            return _step_up(track, transition, day, LadderPosition(rung=track.place.rung + 1))
        case _:
            return _step_down(track, transition, day, context, also)


def _can_step_up(track: Track, transition: Transition, context: ReplayContext) -> bool:
    """Return whether a next rung or dose exists, in case the guards of a table do not test this."""
    place = track.place
    if transition.action is Action.ADVANCE_VARIANT:
        return place.rung + 1 < len(context.ladder_index.by_id[track.ladder].rungs)
    return place.dose_percent < ALL or place.level < _top(track, place.rung, context)


def more_dose(track: Track) -> LadderPosition:
    """Return the position with the next larger dose.

    A reduced dose returns to the full dose; only a full dose moves to the next level.
    """
    place = track.place
    if place.dose_percent < ALL:
        return evolve(place, dose_percent=ALL)
    return evolve(place, level=place.level + 1, maintenance=False)


def easier_rung(track: Track, context: ReplayContext) -> int | None:
    """Return the highest rung below the current one whose equipment is available, or None.

    Rules that exclude a rung are ignored, so that a further exclusion never changes the rung of a
    step down, neither to a lower nor to a higher rung.
    """
    ladder = context.ladder_index.by_id[track.ladder]
    for rung in range(track.place.rung - 1, -1, -1):
        if context.has_equipment(ladder.rungs[rung].exercise, track.side):
            return rung
    return None


def _enter_maintenance(track: Track, transition: Transition) -> Track:
    if track.place.maintenance:
        return track.with_decision(transition.id)
    return evolve(track, place=evolve(track.place, maintenance=True), decided=transition.id)


def _step_up(
    track: Track, transition: Transition, day: datetime.date, place: LadderPosition
) -> Track:
    """Return the track at a higher position.

    The counts at the dose restart. The counts on the rung restart only if the rung changes.
    """
    counts = evolve(track.counts, dose_since=day, at_dose=0)
    if place.rung != track.place.rung:
        counts = Counts(rung_since=day, dose_since=day)
    return _moved_to(track, transition, place, counts)


def _step_down(
    track: Track,
    transition: Transition,
    day: datetime.date,
    context: ReplayContext,
    also: Sequence[Transition],
) -> Track:
    """Return the track at a lower position with new counts.

    A transition without a ramp reacts to symptoms. It takes effect on the training day that showed
    the symptoms, and records a flare of the position that the track leaves. A restart at the
    baseline removes all flares instead.
    """
    rows = (transition, *also)
    trained = day if track.last_session is None else track.last_session
    is_flare = transition.ramp is None
    on = trained if is_flare else day
    # A reaction to a session begins on the day of the session, even if the morning is reported
    # later.
    begin = trained if transition.trigger is Trigger.AFTER_SESSION else day
    place = _easier_place(track, rows, begin, context)
    lower = _moved_to(track, transition, place, Counts(rung_since=on, dose_since=on))
    if transition.action is Action.RESTART_BASELINE:
        return evolve(lower, memory=evolve(lower.memory, flares=(), flared=None))
    if transition.action is Action.STOP_AND_REFER:
        stopped = evolve(lower.memory, stopped=on, stopped_by=transition.id)
        lower = evolve(lower, memory=stopped)
    return _with_flare(lower, track.place, on, context) if is_flare else lower


def _easier_place(
    track: Track, rows: Sequence[Transition], day: datetime.date, context: ReplayContext
) -> LadderPosition:
    """Return the minimum of the positions that rows ask for: lowest rung, least dose and ramp."""
    positions = [_place_after(track, row, context) for row in rows]
    # dose levels of different rungs are not comparable: only rows that lead to the lowest rung
    # decide on its level and share
    rung = min(place.rung for place in positions)
    on_rung = [place for place in positions if place.rung == rung]
    ramp = _delayed(track.place.ramp, track, day)
    for row in rows:
        shares = () if row.ramp is None else context.policy_of(track.ladder).ramp(row.ramp)
        ramp = _lower_ramp(ramp, _ramp(shares, day), day)
    return LadderPosition(
        rung=rung,
        level=min(place.level for place in on_rung),
        dose_percent=min(place.dose_percent for place in on_rung),
        ramp=ramp,
        maintenance=all(place.maintenance for place in on_rung),
    )


def _place_after(track: Track, row: Transition, context: ReplayContext) -> LadderPosition:
    """The position that one row asks for, without its ramp."""
    place, below = track.place, easier_rung(track, context)
    dose_percent = place.dose_percent
    if row.ramp is None:
        dose_percent = min(dose_percent, context.policy_of(track.ladder).reduced_share)
    match row.action:
        case Action.REGRESS_VARIANT | Action.STOP_AND_REFER if below is not None:
            level = min(place.level, _top(track, below, context)) if row.keeps_dose else 0
            return LadderPosition(rung=below, level=level)
        case Action.REGRESS_VARIANT | Action.STOP_AND_REFER:
            return LadderPosition(
                rung=place.rung, dose_percent=dose_percent, maintenance=place.maintenance
            )
        case Action.RESTART_BASELINE:
            rung = _restart_rung(track, context)
            same_rung = rung == place.rung
            return LadderPosition(
                rung=rung,
                dose_percent=dose_percent if same_rung else ALL,
                maintenance=same_rung and place.maintenance,
            )
        case _:
            level = place.level
            if track.day is None or track.day.reached is not True:
                # A share of a dose that was never done in full may exceed the dose that was done.
                # The share is therefore taken of the next lower dose. The same holds after a break.
                level = max(0, level - 1)
            return evolve(place, level=level, dose_percent=dose_percent, ramp=())


Ramp: TypeAlias = tuple[tuple[datetime.date, int], ...]
"""Shares of the dose in per cent, each with the day on which it ends; days ascending."""


def _ramp(shares: Sequence[int], day: datetime.date) -> Ramp:
    """One share (per cent) for each week from a day on."""
    return tuple(
        (day + datetime.timedelta(weeks=week), dose_percent)
        for week, dose_percent in enumerate(shares, 1)
    )


def _delayed(ramp: Ramp, track: Track, day: datetime.date) -> Ramp:
    """Return a ramp with its end days moved to where they are if training resumes on a day.

    A ramp advances only with training, so its end days move by the time since the last session.
    """
    last = track.last_session
    missed = datetime.timedelta(0) if last is None else max(day - last, datetime.timedelta(0))
    return tuple((end + missed, dose_percent) for end, dose_percent in ramp)


def _lower_ramp(first: Ramp, second: Ramp, day: datetime.date) -> Ramp:
    """Return the pointwise minimum of two ramps from a day on.

    Ramps are step functions that change only at their end days. Between two neighbouring end days
    the minimum is constant, so its value on the first day of each interval is enough. Neighbours
    with the same share are merged, and full shares at the end are dropped.
    """
    ends = sorted({end for end, _ in (*first, *second) if end > day})
    positions = [LadderPosition(rung=0, ramp=ramp) for ramp in (first, second)]
    lowest: list[tuple[datetime.date, int]] = []
    for begin, end in pairwise([day, *ends]):
        dose_percent = min(position.ramp_on(begin) for position in positions)
        if lowest and lowest[-1][1] == dose_percent:
            lowest.pop()
        lowest.append((end, dose_percent))
    while lowest and lowest[-1][1] >= ALL:
        lowest.pop()
    return tuple(lowest)


def _restart_rung(track: Track, context: ReplayContext) -> int:
    """Return the rung that the current facts support, but no higher than the next lower rung.

    If its equipment is missing, the nearest lower rung with equipment counts. Without such a rung,
    the nearest higher one counts, up to the present rung, if the facts support it.
    """
    placed = context.placed(track.ladder, track.side) or 0
    present = track.place.rung
    restart = min(placed, max(0, present - 1))
    exercises = context.ladder_index.exercises_on[track.ladder]
    rungs = (*range(restart, -1, -1), *range(restart + 1, min(placed, present) + 1))
    equipped = (rung for rung in rungs if context.has_equipment(exercises[rung], track.side))
    return next(equipped, restart)


def _top(track: Track, rung: int, context: ReplayContext) -> int:
    exercise = context.ladder_index.exercises_on[track.ladder][rung]
    return len(context.ladder_index.steps[exercise]) - 1


def _moved_to(track: Track, transition: Transition, place: LadderPosition, counts: Counts) -> Track:
    """Return the track at another position, without its records of reaching the old dose."""
    memory = track.memory
    if memory.asked:
        memory = evolve(memory, asked=())
    return Track(
        ladder=track.ladder,
        side=track.side,
        place=place,
        counts=counts,
        day=None if track.day is None else track.day.with_dose_changed(transition.caution_used),
        before=track.before.with_dose_changed(),
        streaks=track.streaks.with_dose_changed(),
        memory=memory,
        decided=transition.id,
    )


def _with_flare(
    track: Track, place: LadderPosition, on: datetime.date, context: ReplayContext
) -> Track:
    """The track with a flare recorded at a position.

    Only the lowest `flares_before_lasting_cap` positions are stored, because `cap_of` reads only
    these.
    """
    most = context.policy_of(track.ladder).flares_before_lasting_cap
    memory: Memory = track.memory
    flares = tuple(sorted((*memory.flares, place.height))[:most])
    flared = on if memory.flared is None else max(on, memory.flared)
    return evolve(track, memory=evolve(memory, flares=flares, flared=flared))


def cap_of(track: Track, day: datetime.date, context: ReplayContext) -> tuple[int, int] | None:
    """Return the lowest position that is capped because of repeated flares.

    A position is capped for `flare_cap_days` after the last flare if `flares_before_cap` flares
    occurred at this position or below. With `flares_before_lasting_cap` flares the cap stays until
    a professional's examination or a restart (C03).

    Args:
        track: The track.
        day: The day on which the cap is read.
        context: The context; the policy of the ladder states the numbers of flares and days.

    Returns:
        The rung and level of the capped position, or None if there is none.
    """
    policy, memory = context.policy_of(track.ladder), track.memory
    flares, last = memory.flares, memory.flared
    if last is None or len(flares) < policy.flares_before_cap:
        return None
    # `flares` is sorted in ascending order. Its n-th entry is the lowest position at or below which
    # n flares occurred.
    if (day - last).days < policy.flare_cap_days:
        return flares[policy.flares_before_cap - 1]
    if len(flares) >= policy.flares_before_lasting_cap:
        return flares[policy.flares_before_lasting_cap - 1]
    return None
