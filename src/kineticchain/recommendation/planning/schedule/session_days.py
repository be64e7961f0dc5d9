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
        on: The first day; None disregards the log.
    """
    return all_days(session_groups(request, history, on))


def session_groups(
    request: Request, history: History, on: datetime.date | None
) -> tuple[tuple[int, ...], ...]:
    """Return the days with sessions in groups that take turns; see `day_groups`.

    Each day with a session comes as early as the days in the log allow: it keeps the least gap to
    earlier days, and any seven days contain at most as many as are asked for. Micro-sessions in
    the log, which have the later slots, do not count.

    Args:
        request: The days asked for.
        history: The log.
        on: The first day; None disregards the log.
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
    """Return the days of the groups, reordered so that the group that waited longest comes first.

    A plan that is made anew in the middle of a cycle begins with day 1 again. If the ages were
    ignored, each such plan would begin with the same group. The order changes only if a group
    would otherwise wait for longer than its longest gap between two days. A group that was done
    today stays on the day of today.

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
    """Return the longest gap between two days of a group, also across the end of the week."""
    following = (*days[1:], days[0] + WEEK)
    return max(later - day for day, later in zip(days, following, strict=True))


def _placed(days: Iterable[int], request: Request, trained: Container[int]) -> Mapping[int, int]:
    """Return for each day of a cycle the day on which its session comes, both counted from 1.

    Args:
        days: The days of the sessions in order.
        request: The days asked for.
        trained: The days with sessions in the log; 0 is the day before the first.
    """
    days_a_week, gap = session_count(request), least_gap(request)
    placed: dict[int, int] = {}
    delay = 0
    for day in days:
        taken = {*placed.values()}
        target_day = day + delay

        def has_session(earlier: int, taken: Container[int] = taken) -> bool:
            return earlier in trained or earlier in taken

        # A session that was already done today counts as the first session.
        while not (target_day == 1 and 1 in trained) and (
            any(map(has_session, range(target_day - gap + 1, target_day)))
            or sum(map(has_session, range(target_day - WEEK + 1, target_day))) >= days_a_week
        ):
            target_day += 1
        placed[day], delay = target_day, target_day - day
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
    """Return as many days with sessions as the exercise and its standings allow.

    The exercise is done on at most `limit` days a week, spread as evenly as possible. Its least
    rest days lie between any two of them, also across the end of the cycle. If the sessions allow
    it, at least one of the days is not before `starts`, the first day on which the exercise may be
    done: otherwise the first cycle would pass without the exercise and count as a break.
    """
    standings = list(standings)
    usual = min(limit, exercise.dose.days_a_week.high)
    a_week = min([usual, *[standing.days_a_week for standing in standings]])
    most = min(len(days), a_week * cycle // WEEK)
    rest_days = days_between(exercise)
    percent = min([standing.days_percent for standing in standings], default=_ALL)
    if percent < _ALL:  # a share of the planned days, so that the week has less volume
        all_allowed_days = spread_days(
            days, min(len(days), usual * cycle // WEEK), rest_days, cycle, 1
        )
        most = min(most, max(1, len(all_allowed_days) * percent // _ALL))
    return spread_days(days, most, rest_days, cycle, starts)
