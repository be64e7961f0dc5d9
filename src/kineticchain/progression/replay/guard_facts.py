"""How guards come by the facts of `review_facts`: from a track, a day, a course and the log.

What a track holds already is read from it; the rest is worked out when a guard first asks.
"""

import datetime
from collections.abc import Callable, Mapping
from typing import TypeAlias

from attrs import frozen

from kineticchain.domain.facts import Value
from kineticchain.progression.model.track import ALL, Track
from kineticchain.progression.replay.apply_transition import cap_of, easier_rung, more_dose
from kineticchain.progression.replay.replay_context import ReplayContext


@frozen
class ReviewContext:
    """What a review goes by besides the track.

    `mastered` are the exercises that the log has mastered, on any ladder.
    """

    mastered: frozenset[str]
    attendance: int | None


NOTHING_SEEN = ReviewContext(frozenset(), None)

ARGUMENTS = ("track", "day", "course", "seen")
"""What facts are worked out from, in this order."""

STORED_FACTS: Mapping[str, str] = {
    "pain": "track.day.pain",
    "effort": "track.day.effort",
    "form_ok": "track.day.form_ok",
    "touched": "track.day.touched",
    "noted": "track.day.noted",
    "morning": "track.day.morning",
    "hurting_days": "track.streaks.hurting",
    "worse_mornings": "track.streaks.worse",
    "touched_days": "track.streaks.touched",
    "hard_days": "track.streaks.hard",
    "calm_days": "track.streaks.calm",
    "reached_days": "track.streaks.reached",
    "attendance": "seen.attendance",
}
"""Facts that are there already, each with the path to it."""


def _reduced(track: Track, *_: object) -> bool:
    return track.place.share < ALL


def _coming_back(track: Track, day: datetime.date, *_: object) -> bool:
    return track.ramp_on(day) < ALL


def _days_missed(track: Track, day: datetime.date, *_: object) -> int:
    return track.missed(day)


def _exercise(track: Track, context: ReplayContext) -> str:
    return context.ladder_index.exercises_on[track.ladder][track.place.rung]


def _done_here(track: Track, _: datetime.date, context: ReplayContext, __: ReviewContext) -> bool:
    exercise = _exercise(track, context)
    return track.day is not None and exercise in dict(track.day.shown)


def _lowest(track: Track, _: datetime.date, context: ReplayContext, __: ReviewContext) -> bool:
    return easier_rung(track, context) is None


def _loaded(track: Track, _: datetime.date, context: ReplayContext, __: ReviewContext) -> bool:
    return _exercise(track, context) in context.ladder_index.loaded


def _gentle(track: Track, _: datetime.date, context: ReplayContext, __: ReviewContext) -> bool:
    return _exercise(track, context) in context.ladder_index.gentle


def _at_top(track: Track, _: datetime.date, context: ReplayContext, __: ReviewContext) -> bool:
    return track.place.level + 1 >= len(context.ladder_index.steps[_exercise(track, context)])


def _way_on(track: Track, context: ReplayContext, seen: ReviewContext) -> bool:
    """Whether there is a next rung whose needs are met and that nothing keeps out."""
    return context.way_on(track.ladder, track.place.rung, track.side, seen.mastered)


def _flared_next(track: Track, day: datetime.date, context: ReplayContext) -> bool:
    cap = cap_of(track, day, context)
    return cap is not None and (track.place.rung + 1, 0) >= cap


def _next_open(
    track: Track, day: datetime.date, context: ReplayContext, seen: ReviewContext
) -> bool:
    return _way_on(track, context, seen) and not _flared_next(track, day, context)


def _shown(track: Track, context: ReplayContext) -> bool:
    """Whether the last training days show the mastery of the rung."""
    wanted = context.ladder_index.policy.good_sessions_in_a_row
    return track.streaks.shown_of(_exercise(track, context)) >= wanted


def _next_ready(
    track: Track, day: datetime.date, context: ReplayContext, seen: ReviewContext
) -> bool:
    return _shown(track, context) and _next_open(track, day, context, seen)


def _sessions(track: Track, day: datetime.date, context: ReplayContext, seen: ReviewContext) -> int:
    counts = track.counts
    return counts.on_rung if _next_ready(track, day, context, seen) else counts.at_dose


def _days(track: Track, day: datetime.date, context: ReplayContext, seen: ReviewContext) -> int:
    counts, ready = track.counts, _next_ready(track, day, context, seen)
    return _since(counts.rung_since if ready else counts.dose_since, day)


def _since(begun: datetime.date | None, day: datetime.date) -> int:
    return 0 if begun is None else (day - begun).days


def _capped(track: Track, day: datetime.date, context: ReplayContext, seen: ReviewContext) -> bool:
    """Whether what would come next lies where it has flared too often."""
    cap = cap_of(track, day, context)
    if cap is None:
        return False
    if (
        _shown(track, context)
        and _way_on(track, context, seen)
        and _flared_next(track, day, context)
    ):
        return True
    top = _at_top(track, day, context, seen) and not _reduced(track)
    grows = not top and not _next_ready(track, day, context, seen)
    return grows and more_dose(track).height >= cap


def _mastered(track: Track, _: datetime.date, context: ReplayContext, __: ReviewContext) -> bool:
    """Whether log or word say so, and the dose is up to it by now."""
    exercise = _exercise(track, context)
    level = context.ladder_index.mastery_levels.get(exercise)
    if level is None or track.place.level < level:
        return False
    return exercise in dict(track.memory.mastered) or exercise in context.mastered_by_word


def _days_mastered(
    track: Track, day: datetime.date, context: ReplayContext, _: ReviewContext
) -> int | None:
    """Days since the rung was mastered, in the log or by the person's word."""
    exercise = _exercise(track, context)
    since = dict(track.memory.mastered).get(exercise)
    if since is not None:
        return (day - since).days
    weeks = context.weeks_trained
    return None if weeks is None or exercise not in context.mastered_by_word else weeks * 7


def _protocol_days(track: Track, context: ReplayContext) -> int:
    return context.ladder_index.steps[_exercise(track, context)][track.place.level].protocol_days


def _in_protocol(track: Track, _: datetime.date, context: ReplayContext, __: ReviewContext) -> bool:
    return _protocol_days(track, context) > 0


def _protocol_waits(
    track: Track, day: datetime.date, context: ReplayContext, _: ReviewContext
) -> bool:
    return _since(track.counts.dose_since, day) < _protocol_days(track, context)


FactFunction: TypeAlias = Callable[
    [Track, datetime.date, ReplayContext, ReviewContext], Value | None
]

DERIVED_FACTS: Mapping[str, FactFunction] = {
    "reduced": _reduced,
    "coming_back": _coming_back,
    "days_missed": _days_missed,
    "done_here": _done_here,
    "lowest": _lowest,
    "loaded": _loaded,
    "gentle": _gentle,
    "at_top": _at_top,
    "next_open": _next_open,
    "next_ready": _next_ready,
    "sessions": _sessions,
    "days": _days,
    "capped": _capped,
    "mastered": _mastered,
    "days_mastered": _days_mastered,
    "in_protocol": _in_protocol,
    "protocol_waits": _protocol_waits,
}
"""Facts that are worked out."""


def maker_of(name: str) -> FactFunction:
    """What works a fact out; what the log does not tell is the person's own."""
    return DERIVED_FACTS.get(name) or (lambda _, __, context, ___: context.personal.get(name))
