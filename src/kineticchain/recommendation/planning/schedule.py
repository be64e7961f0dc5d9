"""On which days of a plan there are sessions, and an exercise is done."""

import datetime
from collections.abc import Container, Iterable
from functools import lru_cache
from itertools import combinations

from kineticchain.domain.exercises import Exercise
from kineticchain.domain.person import History, Request
from kineticchain.progression import Standing
from kineticchain.recommendation.assessment.tissue_loading import days_between
from kineticchain.recommendation.plan.cycle import (
    ODD_DAYS,
    WEEK,
    cycle_days,
    least_gap,
    session_count,
)

MAX_SLOTS = 24

_ALL = 100
"""All days, in per cent."""

_SPREAD = {
    1: (1,),
    2: (1, 4),
    3: (1, 3, 5),
    4: (1, 3, 5, 7),
    5: (1, 2, 4, 5, 6),
    6: (1, 2, 3, 4, 5, 6),
    7: (1, 2, 3, 4, 5, 6, 7),
}


def session_days(request: Request, history: History, on: datetime.date | None) -> tuple[int, ...]:
    """The days from `on`, counted from 1, on which there are sessions, spread over the cycle.

    They begin as early as they would if the plan of the last days had gone on: with as many days
    between, and no more of them in any seven days than are asked for. Micro-sessions, which have
    the later slots, do not count.
    """
    pattern = ODD_DAYS if request.every_other_day else _SPREAD[request.days_per_week]
    if on is None:
        return pattern
    slots = request.sessions_per_day if request.micro_sessions_per_day else MAX_SLOTS
    trained = {
        session.on for session in history.sessions if session.trained and session.slot <= slots
    }
    wait = 0 if on in trained else _wait(request, {(day - on).days for day in trained})
    last = cycle_days(request)
    return tuple(day + wait for day in pattern if day + wait <= last)


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
    if left < _ALL:  # a share of the days as they would be, so that the week has less in it
        whole = _spread(days, min(len(days), usual * cycle // WEEK), rest, cycle, 1)
        most = min(most, max(1, len(whole) * left // _ALL))
    return _spread(days, most, rest, cycle, starts)


@lru_cache(maxsize=1024)
def _spread(
    days: tuple[int, ...], most: int, rest: int, cycle: int, starts: int
) -> tuple[int, ...]:
    """So many of the days, or the most with so many days of rest between two."""
    if days and days[-1] < starts:
        starts = 1  # no session is late enough

    def gaps(some: tuple[int, ...]) -> list[int]:
        """The days from one day to the next, over the turn of the cycle too, the fewest first."""
        following = (*some[1:], some[0] + cycle)
        return sorted(later - day for day, later in zip(some, following, strict=True))

    for count in range(most, 0, -1):
        late = (some for some in combinations(days, count) if some[-1] >= starts)
        picked = max(late, key=gaps)
        if gaps(picked)[0] > rest:
            return picked
    return next(((day,) for day in days if day >= starts), ())
