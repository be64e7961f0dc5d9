"""Standings of a person whom rules keep from going on: what is barred today never lifts them."""

import datetime
from itertools import pairwise

from attrs import evolve

from kineticchain.person import History
from kineticchain.progression import Standing, replay
from kineticchain.progression.course import Course


def standings_within_bars(
    history: History, course: Course, on: datetime.date | None
) -> tuple[Standing, ...]:
    """A standing for every ladder and side, as of the day `on`.

    What rules bar today bars every step up of the log: the log does not tell what they barred then.
    Without the bar a person may have gone on, and come down again lower than they would have stood
    without that step. So where a bar may have held somebody, the log is read both ways, and the
    lower standing counts.
    """
    standings = replay(history, course, on)
    if not any(_may_be_held(one, course) for one in standings):
        return standings
    free = replay(history, evolve(course, barred=course.lacking), on)
    return tuple(map(_lower, standings, free))


def _may_be_held(standing: Standing, course: Course) -> bool:
    """Whether the log has mastered an exercise, and a rule bars the one after it."""
    if not standing.mastered:
        return False
    exercises = course.book.exercises_on[standing.ladder]
    return any(
        exercise in standing.mastered
        and not course.allows(following, standing.side)
        and course.has_equipment(following, standing.side)
        for exercise, following in pairwise(exercises)
    )


def _lower(held: Standing, free: Standing) -> Standing:
    """The lower of two standings; a stop of either holds."""
    lower = free if free.height < held.height else held
    stops = [one for one in (held, free) if one.stopped is not None]
    if not stops or lower.stopped is not None:
        return lower
    return evolve(lower, stopped=stops[0].stopped, action=stops[0].action, reason=stops[0].reason)
