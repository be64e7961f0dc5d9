"""What the log shows to be mastered, and what that opens."""

import datetime
from collections.abc import Mapping, Sequence
from functools import lru_cache

from attrs import evolve

from kineticchain.domain.anatomy import Side
from kineticchain.progression.model.track import LadderPosition, Track, TrackKey
from kineticchain.progression.replay.replay_context import ReplayContext


def newly_mastered(
    mastered: frozenset[tuple[str, Side]], changed: Mapping[TrackKey, Track], context: ReplayContext
) -> Sequence[tuple[str, Side]]:
    """What has been shown often enough in a row by now, and was not before."""
    often = context.ladder_index.policy.good_sessions_in_a_row
    new = []
    for key, track in changed.items():
        for exercise, count in track.streaks.shown:
            if count >= often and (exercise, key[1]) not in mastered:
                new.append((exercise, key[1]))
    return new


@lru_cache(maxsize=1024)
def known_on(mastered: frozenset[tuple[str, Side]], side: Side) -> frozenset[str]:
    """What of all that is mastered counts on a side; on both, what is mastered on each."""
    wanted = set(side.each)
    covered: dict[str, set[Side]] = {}
    for exercise, where in mastered:
        covered.setdefault(exercise, set()).update(where.each)
    return frozenset(exercise for exercise, sides in covered.items() if sides >= wanted)


def mastery_noted(track: Track, new: Sequence[tuple[str, Side]], day: datetime.date) -> Track:
    """The track with the day on which it mastered what it has just shown."""
    known = dict(track.memory.mastered)
    shown = () if track.day is None else track.day.shown
    own = {name: day for name, _ in shown if (name, track.side) in new}
    mastered = tuple(sorted({**own, **known}.items()))
    return evolve(track, memory=evolve(track.memory, mastered=mastered))


def open_ladders(
    tracks: dict[TrackKey, Track], mastered: frozenset[tuple[str, Side]], context: ReplayContext
) -> None:
    """Open the ladders whose first rung asked for what is mastered now."""
    for ladder in context.ladder_index.ladders:
        for side in ladder.sides():
            key = (ladder.id, side)
            closed = key not in tracks and key not in context.first_tracks
            if closed and context.needs_met(ladder.id, 0, side, known_on(mastered, side)):
                tracks[key] = Track(ladder=ladder.id, side=side, place=LadderPosition(rung=0))
