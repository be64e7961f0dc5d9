"""The days of sessions in a plan, and the days of an exercise."""

import datetime
from collections.abc import Container, Iterable

from kineticchain.domain.exercises import Exercise
from kineticchain.domain.person import History, Request
from kineticchain.progression import Standing
from kineticchain.recommendation.assessment.tissue_loading import days_between
from kineticchain.recommendation.plan.cycle import (
    WEEK,
    all_days,
    cycle_days,
    day_groups,
    least_gap,
    longer_days,
    session_count,
    spread_days,
)

MAX_SLOTS = 24

_ALL = 100
"""All days, in per cent."""


def session_days(request: Request, history: History, on: datetime.date | None) -> tuple[int, ...]:
    """Return the days from `on`, counted from 1, on which there are sessions.

    Args:
        request: The days asked for.
        history: The log.
        on: The first day; None for no date, which disregards the log.
    """
    return all_days(session_groups(request, history, on))


def session_groups(
    request: Request, history: History, on: datetime.date | None
) -> tuple[tuple[int, ...], ...]:
    """Return the days with sessions in groups that take turns; see `day_groups`.

    They begin as early as they would if the plan of the last days had gone on: with as many days
    between, and no more of them in any seven days than are asked for. Micro-sessions, which have
    the later slots, do not count.

    Args:
        request: The days asked for.
        history: The log.
        on: The first day; None for no date, which disregards the log.
    """
    last = cycle_days(request)
    groups = day_groups(longer_days(request), last)
    if on is None:
        return groups
    slots = request.sessions_per_day if request.micro_sessions_per_day else MAX_SLOTS
    trained = {
        session.on for session in history.sessions if session.trained and session.slot <= slots
    }
    wait = 0 if on in trained else _wait(request, {(day - on).days for day in trained})
    return tuple(tuple(day + wait for day in group if day + wait <= last) for group in groups)


def _wait(request: Request, trained: Container[int]) -> int:
    """For how many days there is no session, after the days, counted from today, with one."""
    often = session_count(request)
    gap = least_gap(request)
    for day in range(WEEK):
        near = any(before in trained for before in range(day - gap + 1, day))
        if not near and sum(before in trained for before in range(day - WEEK + 1, day)) < often:
            return day
    return WEEK - 1


def exercise_days(
    exercise: Exercise,
    days: tuple[int, ...],
    standings: Iterable[Standing],
    *,
    limit: int = WEEK,
    cycle: int = WEEK,
    starts: int = 1,
) -> tuple[int, ...]:
    """The most days, of those with sessions, that the exercise and its standings allow.

    They are `limit` a week at the most, spread as evenly as can be, and between two of them lie
    the exercise's least days of rest, over the turn of the cycle too. One of them at least is not
    before the day from which the exercise `starts`, where the sessions allow: otherwise the first
    cycle would pass without it, and count as a break.
    """
    standings = list(standings)
    usual = min(limit, exercise.dose.days_a_week.high)
    a_week = min([usual, *[standing.days_a_week for standing in standings]])
    most = min(len(days), a_week * cycle // WEEK)
    rest = days_between(exercise)
    left = min([standing.days_percent for standing in standings], default=_ALL)
    if left < _ALL:  # a share of the planned days, so that the week has less volume
        whole = spread_days(days, min(len(days), usual * cycle // WEEK), rest, cycle, 1)
        most = min(most, max(1, len(whole) * left // _ALL))
    return spread_days(days, most, rest, cycle, starts)
