"""The cycle of a plan: after how many days it begins again, and its sessions a week."""

from kineticchain.domain.person import Request

WEEK = 7

CYCLE_OF_EVERY_OTHER_DAY = 8
"""A plan for every other day begins anew after so many days: a week would end in two running."""

ODD_DAYS = (1, 3, 5, 7)


def cycle_days(request: Request) -> int:
    """After how many days the plan begins anew: a week, or eight days for every other day."""
    return CYCLE_OF_EVERY_OTHER_DAY if request.every_other_day else WEEK


def every_day(request: Request) -> tuple[int, ...]:
    """All days: those of micro-sessions."""
    return tuple(range(1, cycle_days(request) + 1))


def session_count(request: Request) -> int:
    """On how many days a week there are sessions that are no micro-sessions, rounded up."""
    return len(ODD_DAYS) if request.every_other_day else request.days_per_week


def least_gap(request: Request) -> int:
    """From one longer session to the next at least so many days, over weeks of equal plans."""
    return 2 if request.every_other_day else WEEK // request.days_per_week
