"""One review of one track, and the return from a break: one step at most."""

import datetime
from collections.abc import Mapping

from attrs import evolve

from kineticchain.domain.facts import Value
from kineticchain.progression.model.track import Track
from kineticchain.progression.replay.apply_transition import apply_transition
from kineticchain.progression.replay.guard_facts import NOTHING_SEEN, ReviewContext
from kineticchain.progression.replay.guards import results, returns, reviews
from kineticchain.progression.replay.replay_context import ReplayContext

_ONE_DAY = datetime.timedelta(days=1)


def review(track: Track, day: datetime.date, context: ReplayContext, seen: ReviewContext) -> Track:
    """The track after the most cautious transition that the news of a session calls for.

    A day that has led to a step down leads to no other step but a more cautious one.
    """
    if track.day is None:
        return track
    table = reviews(context)
    transition = table.match(track, day, context, seen)
    if transition is None:
        return track
    spent = track.day.spent
    if spent >= 0 and transition.action.caution <= spent:
        return track
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
    """The track once a clinician has looked at it.

    What `lifts` holds no flare and no stop against it. A `result` begins the track anew, trained
    before or not; the same one again changes nothing.
    """
    if lifts:
        memory = evolve(track.memory, flares=(), flared=None, stopped=None, stopped_by="")
        lifted = track.memory.stopped is not None
        track = evolve(track, memory=memory, decided="stop_lifted" if lifted else track.decided)
    memory = track.memory
    if result is None or result == memory.result:
        return track
    transition = results(context).match(facts)
    if transition is None:
        return track
    begun = apply_transition(track, transition, day, context)
    return evolve(begun, memory=evolve(begun.memory, result=result, cleared=day))


def back_from_stop(
    track: Track, facts: Mapping[str, Value], day: datetime.date, context: ReplayContext
) -> Track:
    """The track once the person says that the trouble is over that stopped it.

    It has to have been stopped for long enough to be asked, and begins anew.
    """
    stopped = track.memory.stopped
    if stopped is None or (day - stopped).days < context.ladder_index.policy.stop_days:
        return track
    transition = results(context).match(facts)
    if transition is None:
        return track
    begun = apply_transition(track, transition, day, context)
    return evolve(begun, memory=evolve(begun.memory, stopped=None, stopped_by="", cleared=day))


def back_from_break(track: Track, day: datetime.date, context: ReplayContext) -> Track:
    """The step down that a break asks for; nothing before the first session.

    A longer break matches the rows of the shorter ones, too, and they are joined, so that it never
    leaves more.
    """
    last = track.day
    if last is None or day - last.on <= _ONE_DAY:
        return track
    if track.missed(day) < 1:
        return track
    rows = returns(context).steps_down(track, day, context, NOTHING_SEEN)
    return apply_transition(track, rows[0], day, context, rows[1:]) if rows else track
