"""On which days of the week an exercise is done."""

import datetime
from collections.abc import Iterable
from functools import lru_cache
from itertools import combinations

from kineticchain.exercises import Exercise
from kineticchain.person import History, Request
from kineticchain.progression import Standing
from kineticchain.recommendation.assessing.tissue import days_between

WEEK = 7

EVERY_OTHER_DAY = 8
"""A plan for every other day begins anew after so many days: a week would end in two running."""

MOST_SLOTS = 24

_ODD, _EVEN = (1, 3, 5, 7), (2, 4, 6, 8)
_SPREAD = {
    1: (1,),
    2: (1, 4),
    3: (1, 3, 5),
    4: (1, 3, 5, 7),
    5: (1, 2, 4, 5, 6),
    6: (1, 2, 3, 4, 5, 6),
    7: (1, 2, 3, 4, 5, 6, 7),
}


def cycle_days(request: Request) -> int:
    """After how many days the plan begins anew: a week, or eight days for every other day."""
    return EVERY_OTHER_DAY if request.every_other_day else WEEK


def every_day(request: Request) -> tuple[int, ...]:
    """All days: those of micro-sessions."""
    return tuple(range(1, cycle_days(request) + 1))


def session_count(request: Request) -> int:
    """On how many days a week there are sessions that are no micro-sessions, rounded up."""
    return len(_ODD) if request.every_other_day else request.days_per_week


def session_days(request: Request, history: History, on: datetime.date | None) -> tuple[int, ...]:
    """The days from `on`, counted from 1, on which there are sessions, spread over the cycle.

    Whoever trains every other day and trained yesterday, and not today yet, begins tomorrow.
    Micro-sessions, which have the later slots, do not count.
    """
    if not request.every_other_day:
        return _SPREAD[request.days_per_week]
    if on is None:
        return _ODD
    slots = request.sessions_per_day if request.micro_sessions_per_day else MOST_SLOTS
    trained = (one.on for one in history.sessions if one.trained and one.slot <= slots)
    last = max((day for day in trained if day <= on), default=on)
    return _EVEN if (on - last).days == 1 else _ODD


def exercise_days(
    exercise: Exercise,
    days: tuple[int, ...],
    standings: Iterable[Standing],
    *,
    limit: int = WEEK,
    cycle: int = WEEK,
) -> tuple[int, ...]:
    """The most days, of those with sessions, that the exercise and its standings allow.

    They are `limit` at the most, spread as evenly as can be, and between two of them lie the
    exercise's least days of rest, over the turn of the cycle too.
    """
    often = (one.days_a_week for one in standings)
    a_week = min([limit, exercise.dose.days_a_week.high, *often])
    most = min(len(days), a_week * cycle // WEEK)
    return _spread(days, most, days_between(exercise), cycle)


@lru_cache(maxsize=1024)
def _spread(days: tuple[int, ...], most: int, rest: int, cycle: int) -> tuple[int, ...]:
    """So many of the days, or the most with so many days of rest between two."""

    def gaps(some: tuple[int, ...]) -> list[int]:
        """The days from one day to the next, over the turn of the cycle too, the fewest first."""
        following = (*some[1:], some[0] + cycle)
        return sorted(later - day for day, later in zip(some, following, strict=True))

    for count in range(most, 0, -1):
        picked = max(combinations(days, count), key=gaps)
        if gaps(picked)[0] > rest:
            return picked
    return days[:1]
