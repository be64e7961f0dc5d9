"""On which days of the week an exercise is done."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import combinations

from kineticchain.exercises import Exercise
from kineticchain.progression import Standing
from kineticchain.recommendation.assessing.tissue import days_between

WEEK = 7
_SPREAD = {
    1: (1,),
    2: (1, 4),
    3: (1, 3, 5),
    4: (1, 3, 5, 7),
    5: (1, 2, 4, 5, 6),
    6: (1, 2, 3, 4, 5, 6),
    7: (1, 2, 3, 4, 5, 6, 7),
}


def session_days(days_per_week: int) -> tuple[int, ...]:
    """The days on which there are sessions, spread over the plan's week."""
    return _SPREAD[days_per_week]


def exercise_days(
    exercise: Exercise, days: tuple[int, ...], standings: Iterable[Standing], limit: int = WEEK
) -> tuple[int, ...]:
    """The most days, of those with sessions, that the exercise and its standings allow.

    They are `limit` at the most, spread as evenly as can be, and between two of them lie the
    exercise's least days of rest, over the turn of the week too.
    """
    often = (one.days_a_week for one in standings)
    most = min([len(days), limit, exercise.dose.days_a_week.high, *often])
    return _spread(days, most, days_between(exercise))


@lru_cache(maxsize=1024)
def _spread(days: tuple[int, ...], most: int, rest: int) -> tuple[int, ...]:
    """So many of the days, or the most with so many days of rest between two."""
    for count in range(most, 0, -1):
        picked = max(combinations(days, count), key=_gaps)
        if _gaps(picked)[0] > rest:
            return picked
    return days[:1]


def _gaps(days: tuple[int, ...]) -> list[int]:
    """The days from one day to the next, over the turn of the week too, the fewest first."""
    following = (*days[1:], days[0] + WEEK)
    return sorted(later - day for day, later in zip(days, following, strict=True))
