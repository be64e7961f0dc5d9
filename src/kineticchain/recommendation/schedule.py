"""On which days of the week an exercise is done."""

from collections.abc import Iterable
from itertools import combinations

from kineticchain.exercises import Exercise
from kineticchain.progression import Standing

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
    exercise: Exercise, days: tuple[int, ...], standings: Iterable[Standing]
) -> tuple[int, ...]:
    """The most days, of those with sessions, that the exercise and its standings allow.

    Between two days of the same exercise lie its least days of rest, over the turn of the
    week too.
    """
    often = (one.days_a_week for one in standings)
    most = min([len(days), exercise.dose.days_a_week.high, *often])
    return next(
        picked
        for count in range(most, 0, -1)
        for picked in combinations(days, count)
        if _far_enough(picked, exercise.dose.days_between)
    )


def _far_enough(days: tuple[int, ...], between: int) -> bool:
    following = (*days[1:], days[0] + WEEK)
    return all(later - day > between for day, later in zip(days, following, strict=True))
