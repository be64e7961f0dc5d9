"""The cycle of a plan: its length in days, and the days of its sessions."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import combinations

from kineticchain.domain.person import Request

WEEK = 7

CYCLE_OF_EVERY_OTHER_DAY = 8
"""The length in days of a plan for every other day.

With a cycle of seven days the last session and the next first one would be on successive days.
"""

ODD_DAYS = (1, 3, 5, 7)
"""The days of longer sessions in a plan for every other day."""

LEAST_SPLIT = 4
"""The fewest days with sessions that are split into two groups."""

_SPREAD = {
    1: (1,),
    2: (1, 4),
    3: (1, 3, 5),
    4: (1, 3, 5, 7),
    5: (1, 2, 4, 5, 6),
    6: (1, 2, 3, 4, 5, 6),
    7: (1, 2, 3, 4, 5, 6, 7),
}
"""The days of longer sessions, by their number in a week."""


def longer_days(request: Request) -> tuple[int, ...]:
    """Return the days of longer sessions, from 1."""
    return ODD_DAYS if request.every_other_day else _SPREAD[request.days_per_week]


def day_groups(days: tuple[int, ...], cycle: int) -> tuple[tuple[int, ...], ...]:
    """Return days in two groups that take turns; in one group if they are fewer than four.

    No two days of the first group are successive, also not across the end of the cycle.

    Args:
        days: The days with sessions, ascending, from 1.
        cycle: The length of the cycle in days.
    """
    if len(days) < LEAST_SPLIT:
        return (days,)
    first, second = days[::2], days[1::2]
    if first[-1] + 1 == days[0] + cycle:
        first, second = first[:-1], (*second, first[-1])
    return first, second


def all_days(groups: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    """Return the days of all groups, ascending."""
    return tuple(sorted([day for group in groups for day in group]))


@lru_cache(maxsize=1024)
def spread_days(
    days: tuple[int, ...], most: int, rest: int, cycle: int, starts: int = 1
) -> tuple[int, ...]:
    """Return at most `most` of the days, spread evenly, with enough rest between any two of them.

    Args:
        days: The days to choose from, ascending, from 1.
        most: The most days to return.
        rest: The least number of rest days between two of them, also across the end of the cycle.
        cycle: The length of the cycle in days.
        starts: The last of the returned days is not before this day, if the days allow it.
    """
    if days and days[-1] < starts:
        starts = 1  # no session is late enough

    def gaps(chosen: tuple[int, ...]) -> list[int]:
        """Return the gaps between successive chosen days, also to the next cycle, sorted."""
        following = (*chosen[1:], chosen[0] + cycle)
        return sorted(later - day for day, later in zip(chosen, following, strict=True))

    for count in range(most, 0, -1):
        late = (chosen for chosen in combinations(days, count) if chosen[-1] >= starts)
        picked = max(late, key=gaps, default=())
        if picked and gaps(picked)[0] > rest:
            return picked
    return next(((day,) for day in days if day >= starts), ())


def cycle_days(request: Request) -> int:
    """Return the length of the plan's cycle: 7 days, or 8 days for a plan for every other day."""
    return CYCLE_OF_EVERY_OTHER_DAY if request.every_other_day else WEEK


def every_day(request: Request) -> tuple[int, ...]:
    """Return all days of the cycle, from 1; micro-sessions are on each of them."""
    return tuple(range(1, cycle_days(request) + 1))


def session_count(request: Request) -> int:
    """Return the number of days a week with longer sessions, rounded up."""
    return len(ODD_DAYS) if request.every_other_day else request.days_per_week


def least_gap(request: Request) -> int:
    """Return the least number of days from one longer session to the next, over repeated cycles."""
    return 2 if request.every_other_day else WEEK // request.days_per_week
