"""Which tissue heavy strength work loads, and when it was loaded last."""

import datetime
from collections.abc import Container, Iterable, Mapping

from kineticchain.domain.anatomy import Side, Site, sites_of
from kineticchain.domain.exercises import Exercise, Kind, LoadClass
from kineticchain.domain.person import History
from kineticchain.knowledge import Knowledge
from kineticchain.progression import Standing
from kineticchain.recommendation.assessment.feasible_set import FeasibleSet

_SIX = 6
"""Days before a day that make a week with it."""

HEAVY = LoadClass.L3
"""Strength work from this load on leaves a day between."""


def heavy_places(exercise: Exercise, side: Side) -> frozenset[Site]:
    """The tissues that an exercise loads heavily: its targets, if it is strength work."""
    if exercise.kind is not Kind.STRENGTH or exercise.load < HEAVY:
        return frozenset()
    return frozenset([place for region, _ in exercise.targets for place in sites_of(region, side)])


def resting_with(
    exercise: Exercise, side: Side, exercises: Mapping[str, Exercise]
) -> tuple[str, ...]:
    """The other exercises that load the same tissue heavily, on a side or on both."""
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
    """Days of rest between two days of an exercise: its own, and one at least if it is heavy.

    Heavy work without a day between needs a row of evidence for it (`Exercise.daily`).
    """
    rests = exercise.daily is None and bool(heavy_places(exercise, Side.BOTH))
    return max(exercise.dose.days_between, 1 if rests else 0)


def first_day_again(
    exercise: Exercise, side: Side, history: History, on: datetime.date | None, often: int
) -> int:
    """The first day from `on`, counted from 1, with fewer than so many of it in the six before."""
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
    """Return the last day before `on` on which it was done, counted so that `on` is day 1.

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
    """The first day of the week from `on`, counted from 1, on which it may be done again."""
    rest = days_between(exercise)
    if on is None or not rest:
        return 1
    tissue = heavy_places(exercise, side)
    oldest = on - datetime.timedelta(days=rest)
    first = 1
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
            same = done.id == exercise.id and line.side.meets(side)
            if same or not tissue.isdisjoint(heavy_places(done, line.side)):
                first = max(first, (session.on - oldest).days + 2)
    return first


def without_recovering_tissue(
    feasible: FeasibleSet,
    standings: Iterable[Standing],
    trained: Container[str],
    knowledge: Knowledge,
) -> FeasibleSet:
    """The feasible set less what would load heavily, and anew, what was stepped down.

    A step down makes room on its tissue, which another ladder must not take with more.
    """
    stepped = {
        place
        for standing in standings
        if standing.action.steps_down
        for rung in knowledge.ladder_index.by_id[standing.ladder].rungs
        for place in heavy_places(knowledge.exercises[rung.exercise], standing.side)
    }
    if not stepped:
        return feasible
    recovering = [
        item.key
        for item in feasible.items
        if knowledge.ladder_of(item.exercise.id).id not in trained
        and not stepped.isdisjoint(heavy_places(item.exercise, item.side))
    ]
    return feasible.without(recovering) if recovering else feasible
