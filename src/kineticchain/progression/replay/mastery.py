"""Mastery of rungs as the log shows it, and the ladders that mastery opens."""

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
    """Return the exercises and sides whose mastery the changed tracks show for the first time.

    Args:
        mastered: The exercises mastered so far, each with the side.
        changed: The tracks with a new or changed training day.
        context: Its policy states how many training days in a row must show mastery (C09).
    """
    new = []
    for key, track in changed.items():
        days_in_a_row = context.policy_of(track.ladder).good_sessions_in_a_row
        for exercise, count in track.streaks.shown:
            if count >= days_in_a_row and (exercise, key[1]) not in mastered:
                new.append((exercise, key[1]))
    return new


@lru_cache(maxsize=1024)
def known_on(mastered: frozenset[tuple[str, Side]], side: Side) -> frozenset[str]:
    """Return the exercises mastered on a side; for `Side.BOTH`, the exercises mastered on each."""
    wanted = set(side.each)
    covered: dict[str, set[Side]] = {}
    for exercise, mastered_side in mastered:
        covered.setdefault(exercise, set()).update(mastered_side.each)
    return frozenset(exercise for exercise, sides in covered.items() if sides >= wanted)


def mastery_noted(track: Track, new: Sequence[tuple[str, Side]], day: datetime.date) -> Track:
    """Return the track with newly mastered exercises of its last training day recorded.

    Args:
        track: The track before.
        new: Newly mastered exercises and sides, on any ladder.
        day: The day of mastery to record. An exercise that already has a day keeps that day.
    """
    recorded = dict(track.memory.mastered)
    shown = () if track.day is None else track.day.shown
    added = {name: day for name, _ in shown if (name, track.side) in new}
    mastered = tuple(sorted({**added, **recorded}.items()))
    return evolve(track, memory=evolve(track.memory, mastered=mastered))


def open_ladders(
    tracks: dict[TrackKey, Track], mastered: frozenset[tuple[str, Side]], context: ReplayContext
) -> None:
    """Add a track on the lowest rung for each closed ladder whose lowest rung is now open.

    Args:
        tracks: The tracks of the progress; changed in place.
        mastered: The exercises that the log shows as mastered, each with the side.
        context: The ladders, and the facts of the person.
    """
    for ladder in context.ladder_index.ladders:
        for side in ladder.sides():
            key = (ladder.id, side)
            closed = key not in tracks and key not in context.first_tracks
            if closed and context.needs_met(ladder.id, 0, side, known_on(mastered, side)):
                tracks[key] = Track(ladder=ladder.id, side=side, place=LadderPosition(rung=0))
