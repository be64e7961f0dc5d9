"""Review facts that guards read, and how each is read from the track, day and context.

Stored facts are read by their attribute path. Every other fact is computed when a guard first
reads the fact.
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
    """Inputs of a review that are not part of the track.

    Attributes:
        mastered: The exercises that the log shows as mastered on the track's side, on any ladder.
        attendance: Share of the sessions planned in the last two weeks that were done, in per cent
            (0-100); None if unknown.
    """

    mastered: frozenset[str]
    attendance: int | None


NOTHING_SEEN = ReviewContext(frozenset(), None)

ARGUMENTS = ("track", "day", "context", "seen")
"""The names of the arguments of the functions that compute facts, in order."""

STORED_FACTS: Mapping[str, str] = {
    "pain": "track.day.pain",
    "effort": "track.day.effort",
    "form_ok": "track.day.form_ok",
    "touched": "track.day.touched",
    "noted": "track.day.noted",
    "unable": "track.day.unable",
    "morning": "track.day.morning",
    "hurting_days": "track.streaks.hurting",
    "worse_mornings": "track.streaks.worse",
    "touched_days": "track.streaks.touched",
    "hard_days": "track.streaks.hard",
    "calm_days": "track.streaks.calm",
    "steady_days": "track.streaks.steady",
    "reached_days": "track.streaks.reached",
    "attendance": "seen.attendance",
}
"""Stored facts, each with its attribute path from an argument."""


def _reduced(track: Track, *_: object) -> bool:
    return track.place.dose_percent < ALL


def _coming_back(track: Track, day: datetime.date, *_: object) -> bool:
    return track.ramp_on(day) < ALL


def _days_missed(track: Track, day: datetime.date, context: ReplayContext, *_: object) -> int:
    return track.missed(day, context.policy_of(track.ladder))


def _exercise(track: Track, context: ReplayContext) -> str:
    return context.ladder_index.exercises_on[track.ladder][track.place.rung]


def _done_here(track: Track, _: datetime.date, context: ReplayContext, __: ReviewContext) -> bool:
    """True if the rung's exercise was done, or mastery of a higher rung was shown instead."""
    if track.day is None:
        return False
    exercise, *higher = context.ladder_index.exercises_on[track.ladder][track.place.rung :]
    shown = dict(track.day.shown)
    return exercise in shown or any(shown.get(name, False) for name in higher)


def _lowest(track: Track, _: datetime.date, context: ReplayContext, __: ReviewContext) -> bool:
    return easier_rung(track, context) is None


def _loaded(track: Track, _: datetime.date, context: ReplayContext, __: ReviewContext) -> bool:
    return _exercise(track, context) in context.ladder_index.loaded


def _gentle(track: Track, _: datetime.date, context: ReplayContext, __: ReviewContext) -> bool:
    return _exercise(track, context) in context.ladder_index.gentle


def _at_top(track: Track, _: datetime.date, context: ReplayContext, __: ReviewContext) -> bool:
    return track.place.level + 1 >= len(context.ladder_index.steps[_exercise(track, context)])


def _next_rung_allowed(track: Track, context: ReplayContext, seen: ReviewContext) -> bool:
    """True if there is a next rung, its needs are met, and nothing excludes it."""
    return context.way_on(track.ladder, track.place.rung, track.side, seen.mastered)


def _next_rung_capped(track: Track, day: datetime.date, context: ReplayContext) -> bool:
    cap = cap_of(track, day, context)
    return cap is not None and (track.place.rung + 1, 0) >= cap


def _next_open(
    track: Track, day: datetime.date, context: ReplayContext, seen: ReviewContext
) -> bool:
    return _next_rung_allowed(track, context, seen) and not _next_rung_capped(track, day, context)


def _pain_limits_growth(
    track: Track, day: datetime.date, context: ReplayContext, seen: ReviewContext
) -> bool:
    """Return whether pain keeps the dose from growing.

    Pain does so if the last training day reached the mastery dose of the rung or of a higher rung.
    Otherwise a reduced dose may return to the full dose. A full dose may not grow with pain if it
    is at the mastery level, if the next dose has more resistance, or in a published protocol.
    """
    ladder_index = context.ladder_index
    exercises = ladder_index.exercises_on[track.ladder][track.place.rung :]
    if track.day is not None and not set(exercises).isdisjoint(track.day.mastering):
        return True
    if _reduced(track):
        return False
    steps, level = ladder_index.steps[exercises[0]], track.place.level
    rung = ladder_index.by_id[track.ladder].rungs[track.place.rung]
    if level >= rung.mastery_level or _in_protocol(track, day, context, seen):
        return True
    return steps[level + 1].dose.resistance > steps[level].dose.resistance


def _mastery_shown(track: Track, context: ReplayContext) -> bool:
    """True if enough training days in a row, up to the last one, show mastery of the rung (C09).

    Mastery of a higher rung counts too, so that training above the placed rung is credited.
    """
    days_in_a_row = context.policy_of(track.ladder).good_sessions_in_a_row
    exercises = context.ladder_index.exercises_on[track.ladder][track.place.rung :]
    return any(track.streaks.shown_of(name) >= days_in_a_row for name in exercises)


def _next_ready(
    track: Track, day: datetime.date, context: ReplayContext, seen: ReviewContext
) -> bool:
    return _mastery_shown(track, context) and _next_open(track, day, context, seen)


def _sessions(track: Track, day: datetime.date, context: ReplayContext, seen: ReviewContext) -> int:
    counts = track.counts
    return counts.on_rung if _next_ready(track, day, context, seen) else counts.at_dose


def _days(track: Track, day: datetime.date, context: ReplayContext, seen: ReviewContext) -> int:
    counts, ready = track.counts, _next_ready(track, day, context, seen)
    return _days_since(counts.rung_since if ready else counts.dose_since, day)


def _days_since(start: datetime.date | None, day: datetime.date) -> int:
    return 0 if start is None else (day - start).days


def _capped(track: Track, day: datetime.date, context: ReplayContext, seen: ReviewContext) -> bool:
    """True if repeated flares cap the step that would come next.

    That step is the next rung once the rung is mastered, else a larger dose on this rung.
    """
    cap = cap_of(track, day, context)
    if cap is None:
        return False
    if (
        _mastery_shown(track, context)
        and _next_rung_allowed(track, context, seen)
        and _next_rung_capped(track, day, context)
    ):
        return True
    top = _at_top(track, day, context, seen) and not _reduced(track)
    dose_grows = not top and not _next_ready(track, day, context, seen)
    return dose_grows and more_dose(track).height >= cap


def _mastered(track: Track, _: datetime.date, context: ReplayContext, __: ReviewContext) -> bool:
    """True if the log or the person reports mastery, and the dose is at the mastery level."""
    exercise = _exercise(track, context)
    level = context.ladder_index.mastery_levels.get(exercise)
    if level is None or track.place.level < level:
        return False
    return exercise in dict(track.memory.mastered) or exercise in context.mastered_by_word


def _days_mastered(
    track: Track, day: datetime.date, context: ReplayContext, _: ReviewContext
) -> int | None:
    """Return the days since the rung was mastered; None if unknown.

    Without a day in the log, the weeks of training that the person reports count.
    """
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
    return _days_since(track.counts.dose_since, day) < _protocol_days(track, context)


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
    "pain_limits_growth": _pain_limits_growth,
    "days_mastered": _days_mastered,
    "in_protocol": _in_protocol,
    "protocol_waits": _protocol_waits,
}
"""Facts that are computed on demand, each with its function."""


def maker_of(name: str) -> FactFunction:
    """Return the function that computes a fact; a name without one is a fact of the person."""
    return DERIVED_FACTS.get(name) or (lambda _, __, context, ___: context.personal.get(name))
