"""The tissue that heavy strength work loads, and the rest that exercises need."""

import datetime
from collections.abc import Container, Iterable, Mapping

from kineticchain.domain.anatomy import Side, Site, sites_of
from kineticchain.domain.exercises import Exercise, Kind, LoadClass
from kineticchain.domain.person import History
from kineticchain.knowledge import Knowledge
from kineticchain.progression import Standing
from kineticchain.recommendation.assessment.feasible_set import FeasibleSet

_SIX = 6
"""The days before a day that make a week together with this day."""

HEAVY = LoadClass.L3
"""Strength work from this load on needs a rest day between two days."""


def heavy_places(exercise: Exercise, side: Side) -> frozenset[Site]:
    """Return the places that an exercise loads heavily: the targets of heavy strength work."""
    if exercise.kind is not Kind.STRENGTH or exercise.load < HEAVY:
        return frozenset()
    return frozenset([place for region, _ in exercise.targets for place in sites_of(region, side)])


def resting_with(
    exercise: Exercise, side: Side, exercises: Mapping[str, Exercise]
) -> tuple[str, ...]:
    """Return the ids of other exercises that load the same tissue heavily, on any side."""
    tissue = heavy_places(exercise, side)
    if not tissue:
        return ()
    return tuple(
        other.id
        for other in exercises.values()
        if other is not exercise
        and other.id not in exercise.together
        and not tissue.isdisjoint(heavy_places(other, Side.BOTH))
    )


def days_between(exercise: Exercise) -> int:
    """Return the rest days between two days of an exercise, at least one if the exercise is heavy.

    Heavy work on successive days needs a row of evidence (`Exercise.daily`).
    """
    rests = exercise.daily is None and bool(heavy_places(exercise, Side.BOTH))
    return max(exercise.dose.days_between, 1 if rests else 0)


def first_day_again(
    exercise: Exercise, side: Side, history: History, on: datetime.date | None, often: int
) -> int:
    """Return the first day from `on`, counted from 1, that is within `often` days a week.

    In the six days before that day, the exercise was done on fewer than `often` days.
    """
    if on is None or often > _SIX:
        return 1
    done = {
        (session.on - on).days + 1
        for session in history.sessions
        if -_SIX <= (session.on - on).days < 0
        for line in session.lines
        if line.performed == exercise.id and line.side.meets(side)
    }
    for day in range(1, _SIX + 1):
        if sum(before in done for before in range(day - _SIX, day)) < often:
            return day
    return _SIX + 1


def last_day(
    exercise: Exercise, side: Side, history: History, on: datetime.date | None
) -> int | None:
    """Return the last day before `on` on which an exercise was done; `on` itself is day 1.

    Args:
        exercise: The exercise.
        side: The side, or both.
        history: The log.
        on: The first day of a plan; None disregards the log.
    """
    if on is None:
        return None
    for session in reversed(history.sessions):
        if session.on < on and any(
            line.performed == exercise.id and line.side.meets(side) for line in session.lines
        ):
            return (session.on - on).days + 1
    return None


def first_day(
    exercise: Exercise,
    side: Side,
    history: History,
    on: datetime.date | None,
    exercises: Mapping[str, Exercise],
) -> int:
    """Return the first day from `on`, counted from 1, on which an exercise has rested enough."""
    rest = days_between(exercise)
    if on is None or not rest:
        return 1
    tissue = heavy_places(exercise, side)
    oldest = on - datetime.timedelta(days=rest)
    earliest = 1
    for session in reversed(history.sessions):
        if session.on < oldest:
            break
        if session.on > on:
            continue
        for line in session.lines:
            done = None if line.performed is None else exercises.get(line.performed)
            if done is None:
                continue
            if done.id in exercise.together and session.on == on:
                continue
            is_same_exercise = done.id == exercise.id and line.side.meets(side)
            if is_same_exercise or not tissue.isdisjoint(heavy_places(done, line.side)):
                earliest = max(earliest, (session.on - oldest).days + 2)
    return earliest


def without_recovering_tissue(
    feasible: FeasibleSet,
    standings: Iterable[Standing],
    trained: Container[str],
    knowledge: Knowledge,
) -> FeasibleSet:
    """Return the feasible set without untrained exercises that load recovering tissue heavily.

    The tissue of a heavy exercise recovers after a step down, so a ladder that was not trained
    before must not load it instead.
    """
    recovering_places = {
        place
        for standing in standings
        if standing.action.steps_down
        for rung in knowledge.ladder_index.by_id[standing.ladder].rungs
        for place in heavy_places(knowledge.exercises[rung.exercise], standing.side)
    }
    if not recovering_places:
        return feasible
    recovering = [
        item.key
        for item in feasible.items
        if knowledge.ladder_of(item.exercise.id).id not in trained
        and not recovering_places.isdisjoint(heavy_places(item.exercise, item.side))
    ]
    return feasible.without(recovering) if recovering else feasible
