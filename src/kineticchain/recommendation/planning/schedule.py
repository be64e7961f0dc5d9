"""The days of sessions in a plan, and the days of an exercise."""

import datetime
from collections.abc import Container, Iterable, Mapping, Sequence

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

    Each comes as early as it would if the plan of the last days had gone on: with as many days
    between, and no more of them in any seven days than are asked for, those of the log counted.
    Micro-sessions, which have the later slots, do not count.

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
    placed = _placed(all_days(groups), request, {(day - on).days + 1 for day in trained})
    return tuple(tuple(placed[day] for day in group if placed[day] <= last) for group in groups)


def groups_in_turn(
    groups: tuple[tuple[int, ...], ...], ages: Sequence[int | None]
) -> tuple[tuple[int, ...], ...]:
    """Return the days of the groups, where those that waited longest come first.

    A plan that is made anew in the middle of a cycle begins with day 1 again. Without the log it
    would begin with the same group each time. The turns change only if a group would else wait for
    longer than between two of its days. What was done today keeps today.

    Args:
        groups: The days of each group, counted from 1.
        ages: How many days ago an exercise of each group was done; None if none was.
    """
    if len(groups) < 2 or None in ages or not all(groups):  # noqa: PLR2004 - there are turns
        return groups
    waited = [age for age in ages if age is not None]
    if 0 not in waited and not any(
        age + days[0] - 1 > _longest_gap(days) and age > min(waited)
        for age, days in zip(waited, groups, strict=True)
    ):
        return groups
    order = sorted(range(len(groups)), key=lambda group: (waited[group] != 0, -waited[group]))
    in_turn = dict(zip(order, sorted(groups), strict=True))
    return tuple(in_turn[group] for group in range(len(groups)))


def _longest_gap(days: Sequence[int]) -> int:
    """Return the most days between two days of a group, over the turn of a week."""
    following = (*days[1:], days[0] + WEEK)
    return max(later - day for day, later in zip(days, following, strict=True))


def _placed(days: Iterable[int], request: Request, trained: Container[int]) -> Mapping[int, int]:
    """Return for each day of a cycle the day on which its session comes, both counted from 1.

    Args:
        days: The days of the sessions in order.
        request: The days asked for.
        trained: The days with sessions in the log; 0 is the day before the first.
    """
    often, gap = session_count(request), least_gap(request)
    placed: dict[int, int] = {}
    wait = 0
    for day in days:
        taken = {*placed.values()}
        at = day + wait

        def has_session(earlier: int, taken: Container[int] = taken) -> bool:
            return earlier in trained or earlier in taken

        # a session of today that is done already is the first one
        while not (at == 1 and 1 in trained) and (
            any(map(has_session, range(at - gap + 1, at)))
            or sum(map(has_session, range(at - WEEK + 1, at))) >= often
        ):
            at += 1
        placed[day], wait = at, at - day
    return placed


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
