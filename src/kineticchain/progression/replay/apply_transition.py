"""What each action does to a track: pure functions, one step at most."""

import datetime
from collections.abc import Sequence
from itertools import pairwise
from typing import TypeAlias

from attrs import evolve

from kineticchain.progression.model.track import ALL, Counts, LadderPosition, Memory, Track
from kineticchain.progression.model.transition import Action, Transition
from kineticchain.progression.replay.replay_context import ReplayContext


def apply_transition(
    track: Track,
    transition: Transition,
    day: datetime.date,
    context: ReplayContext,
    also: Sequence[Transition] = (),
) -> Track:
    """The track after a transition, as of `day`.

    `also` are further steps down that match: what they take away is taken, too.
    """
    if transition.action is Action.HOLD:
        return track.with_decision(transition.id)
    match transition.action:
        case action if action.steps_up and (
            track.memory.stopped is not None or not _has_more(track, transition, context)
        ):
            return track.with_decision(transition.id)
        case Action.MAINTAIN:
            return _kept_up(track, transition)
        case Action.INCREASE_DOSE:
            return _stepped_up(track, transition, day, more_dose(track))
        case Action.ADVANCE_VARIANT:
            return _stepped_up(track, transition, day, LadderPosition(rung=track.place.rung + 1))
        case _:
            return _stepped_down(track, transition, day, context, also)


def _has_more(track: Track, transition: Transition, context: ReplayContext) -> bool:
    """Whether there is something above; a table that forgets to ask is clamped."""
    place = track.place
    if transition.action is Action.ADVANCE_VARIANT:
        return place.rung + 1 < len(context.ladder_index.by_id[track.ladder].rungs)
    return place.share < ALL or place.level < _top(track, place.rung, context)


def more_dose(track: Track) -> LadderPosition:
    """The place with a little more dose: the whole of it first, then its next step."""
    place = track.place
    if place.share < ALL:
        return evolve(place, share=ALL)
    return evolve(place, level=place.level + 1, maintenance=False)


def easier_rung(track: Track, context: ReplayContext) -> int | None:
    """The highest rung below for which the equipment is there; None if there is none.

    A rule that excludes a rung does not move this step: whoever is excluded from more must not
    land on another rung for it, neither lower nor, once a further rule excludes that one, higher.
    """
    ladder = context.ladder_index.by_id[track.ladder]
    for rung in range(track.place.rung - 1, -1, -1):
        if context.has_equipment(ladder.rungs[rung].exercise, track.side):
            return rung
    return None


def _kept_up(track: Track, transition: Transition) -> Track:
    if track.place.maintenance:
        return track.with_decision(transition.id)
    return evolve(track, place=evolve(track.place, maintenance=True), decided=transition.id)


def _stepped_up(
    track: Track, transition: Transition, day: datetime.date, place: LadderPosition
) -> Track:
    """Counting at the dose starts anew; on the rung only where it is a new one."""
    counts = evolve(track.counts, dose_since=day, at_dose=0)
    if place.rung != track.place.rung:
        counts = Counts(rung_since=day, dose_since=day)
    return _reset(track, transition, place, counts)


def _stepped_down(
    track: Track,
    transition: Transition,
    day: datetime.date,
    context: ReplayContext,
    also: Sequence[Transition],
) -> Track:
    """Counting starts anew; what symptoms take away is a flare of the place that it was at."""
    place = _easier_place(track, (transition, *also), day, context)
    on = track.day.on if transition.ramp is None and track.day is not None else day
    flared = transition.ramp is None
    lower = _reset(track, transition, place, Counts(rung_since=on, dose_since=on))
    if transition.action is Action.RESTART_BASELINE:
        return evolve(lower, memory=evolve(lower.memory, flares=(), flared=None))
    if transition.action is Action.STOP_AND_REFER:
        stopped = evolve(lower.memory, stopped=on, stopped_by=transition.id)
        lower = evolve(lower, memory=stopped)
    return _flared(lower, track.place, on, context) if flared else lower


def _easier_place(
    track: Track, rows: Sequence[Transition], day: datetime.date, context: ReplayContext
) -> LadderPosition:
    """The place below all that the rows ask for: the lowest rung, and there the least dose."""
    lower = [_place_after(track, row, context) for row in rows]
    rung = min(place.rung for place in lower)
    on_rung = [place for place in lower if place.rung == rung]
    ramp = _later(track.place.ramp, track, day)
    for row in rows:
        shares = () if row.ramp is None else context.ladder_index.policy.ramp(row.ramp)
        ramp = _joined(ramp, _ramp(shares, day), day)
    return LadderPosition(
        rung=rung,
        level=min(place.level for place in on_rung),
        share=min(place.share for place in on_rung),
        ramp=ramp,
        maintenance=all(place.maintenance for place in on_rung),
    )


def _place_after(track: Track, row: Transition, context: ReplayContext) -> LadderPosition:
    """The place that one row asks for, weeks of less left out."""
    place, below = track.place, easier_rung(track, context)
    share = place.share
    if row.ramp is None:
        share = min(share, context.ladder_index.policy.reduced_share)
    match row.action:
        case Action.REGRESS_VARIANT | Action.STOP_AND_REFER if below is not None:
            level = min(place.level, _top(track, below, context)) if row.keeps_dose else 0
            return LadderPosition(rung=below, level=level)
        case Action.REGRESS_VARIANT | Action.STOP_AND_REFER:
            return LadderPosition(rung=place.rung, share=share, maintenance=place.maintenance)
        case Action.RESTART_BASELINE:
            rung = _restart_rung(track, context)
            same = rung == place.rung
            return LadderPosition(
                rung=rung, share=share if same else ALL, maintenance=same and place.maintenance
            )
        case _:
            return evolve(place, share=share, ramp=())


Ramp: TypeAlias = tuple[tuple[datetime.date, int], ...]


def _ramp(shares: Sequence[int], day: datetime.date) -> Ramp:
    """A share for each week from a day on."""
    return tuple(
        (day + datetime.timedelta(weeks=week), share) for week, share in enumerate(shares, 1)
    )


def _later(ramp: Ramp, track: Track, day: datetime.date) -> Ramp:
    """A ramp that is still to be climbed once training is taken up on a day.

    It went on to the last training day; the time since then puts it off.
    """
    last = track.last_session
    missed = datetime.timedelta(0) if last is None else max(day - last, datetime.timedelta(0))
    return tuple((end + missed, share) for end, share in ramp)


def _joined(first: Ramp, second: Ramp, day: datetime.date) -> Ramp:
    """The smaller share of two ramps on each day from `day` on."""
    ends = sorted({end for end, _ in (*first, *second) if end > day})
    places = [LadderPosition(rung=0, ramp=ramp) for ramp in (first, second)]
    joined: list[tuple[datetime.date, int]] = []
    for begin, end in pairwise([day, *ends]):
        share = min(place.ramp_on(begin) for place in places)
        if joined and joined[-1][1] == share:
            joined.pop()
        joined.append((end, share))
    while joined and joined[-1][1] >= ALL:
        joined.pop()
    return tuple(joined)


def _restart_rung(track: Track, context: ReplayContext) -> int:
    """Where measures place the person, and one rung lower than before at the highest."""
    placed = context.placed(track.ladder, track.side) or 0
    return min(placed, max(0, track.place.rung - 1))


def _top(track: Track, rung: int, context: ReplayContext) -> int:
    exercise = context.ladder_index.exercises_on[track.ladder][rung]
    return len(context.ladder_index.steps[exercise]) - 1


def _reset(track: Track, transition: Transition, place: LadderPosition, counts: Counts) -> Track:
    """The track at another place: what reached the old dose says nothing of the new one."""
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


def _flared(
    track: Track, place: LadderPosition, on: datetime.date, context: ReplayContext
) -> Track:
    """The track with a flare remembered; of more than count, the lowest places are kept."""
    most = context.ladder_index.policy.flares_before_lasting_cap
    memory: Memory = track.memory
    flares = tuple(sorted((*memory.flares, place.height))[:most])
    flared = on if memory.flared is None else max(on, memory.flared)
    return evolve(track, memory=evolve(memory, flares=flares, flared=flared))


def cap_of(track: Track, day: datetime.date, context: ReplayContext) -> tuple[int, int] | None:
    """The lowest place that has flared too often, by itself or below; None if there is none.

    So many flares at a place or below cap it for a time after the last flare; more of them
    until somebody has looked at it.
    """
    policy, memory = context.ladder_index.policy, track.memory
    flares, last = memory.flares, memory.flared
    if last is None or len(flares) < policy.flares_before_cap:
        return None
    if (day - last).days < policy.flare_cap_days:
        return flares[policy.flares_before_cap - 1]
    if len(flares) >= policy.flares_before_lasting_cap:
        return flares[policy.flares_before_lasting_cap - 1]
    return None
