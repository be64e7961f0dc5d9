"""The cycle of a plan: its length in days, and the number of its sessions."""

from kineticchain.domain.person import Request

WEEK = 7

CYCLE_OF_EVERY_OTHER_DAY = 8
"""The length in days of a plan for every other day.

With a cycle of seven days the last session and the next first one would be on successive days.
"""

ODD_DAYS = (1, 3, 5, 7)
"""The days of longer sessions in a plan for every other day."""


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
