"""Attendance: the share of the planned sessions that were done."""

import datetime
from collections.abc import Iterable
from math import lcm
from typing import TypeAlias

from attrs import evolve, frozen

from kineticchain.domain.person.event import Event, ExerciseLog, PlanIssued, SessionLog

WINDOW_DAYS = 14
"""Length of the attendance window in days (C3). No share is computed before the window is full."""

_WEEK = 7

_MOST_SLOTS = 24
"""The most sessions of a day that count if the plan does not record its sessions per day."""

Lines: TypeAlias = tuple[tuple[str, int, int], ...]
"""The exercises of a session, each with its lines that were performed and all its lines."""


@frozen
class Attendance:
    """Planned and completed sessions, accumulated event by event.

    Entries that no later share can use are dropped.

    Attributes:
        first_plan: Day of the first plan; None before it.
        plans: Day on which each plan came into force, with its sessions per week and per day. The
            sessions per day are None if the plan does not record them.
        done: Day, slot and exercises of each logged session. Two numbers follow: the performed part
            and the whole of the session.

    """

    first_plan: datetime.date | None = None
    plans: tuple[tuple[datetime.date, int, int | None], ...] = ()
    done: tuple[tuple[datetime.date, int, Lines, int, int], ...] = ()

    def after(self, event: Event) -> "Attendance":
        """Return the attendance after one more event.

        Plans without sessions per week, sessions before the first plan and sessions in which
        nothing was performed do not count. A session with skipped exercises counts in part: each
        exercise counts alike, and in part if some of its lines are skipped.

        Args:
            event: The next event; events have to be applied in order of their days.

        """
        match event:
            case PlanIssued(on=day, sessions_per_week=int(per_week)):
                return self._planned(day, per_week, event.sessions_per_day)
            case SessionLog() if self.plans and event.lines:
                return self._attended(event.on, event.slot, _counted(event.lines))
            case _:
                return self

    def share(self, on: datetime.date) -> int | None:
        """Return the share of planned sessions that were done in the 14 days before a day.

        Args:
            on: The day of the query; its own sessions do not count.

        Returns:
            Per cent, 0 to 100. None until 14 days after the first plan, and if no session was
            planned in the window.

        """
        if self.first_plan is None or (on - self.first_plan).days < WINDOW_DAYS:
            return None
        start = on - datetime.timedelta(days=WINDOW_DAYS)
        planned = sum(days * per_week for days, per_week in self._rates(start, on))
        if not planned:
            return None
        # Partial sessions are fractions. All sessions are counted as integer multiples of `unit`.
        unit = lcm(*{whole for _, _, _, _, whole in self.done})
        by_day: dict[datetime.date, int] = {}
        for day, _, _, performed, whole in self.done:
            if start <= day < on:
                by_day[day] = by_day.get(day, 0) + performed * unit // whole
        # If a day has more slots than the plan has sessions, the slots are parts of sessions.
        done = sum([min(parts, self._most(day) * unit) for day, parts in by_day.items()])
        # `planned` sums sessions per week over days. Divided by 7 it is a number of sessions.
        return min(100, done * 100 * _WEEK // unit // planned)

    def _most(self, day: datetime.date) -> int:
        """Return the most sessions of a day that count, from the plan in force on that day."""
        in_force = [most for begun, _, most in self.plans if begun <= day]
        return (in_force[-1] if in_force else None) or _MOST_SLOTS

    def _planned(self, day: datetime.date, per_week: int, per_day: int | None) -> "Attendance":
        """Add a plan. If two plans have the same day, the larger numbers of sessions count."""
        last_day, last_per_week, last_per_day = (
            self.plans[-1] if self.plans else (day, per_week, per_day)
        )
        if last_day == day:
            most = None if per_day is None or last_per_day is None else max(last_per_day, per_day)
            plans = (*self.plans[:-1], (day, max(last_per_week, per_week), most))
        else:
            plans = (*self.plans, (day, per_week, per_day))
        # At the start of the window, only the last plan from before it is in force.
        oldest = day - datetime.timedelta(days=WINDOW_DAYS)
        before_window = [index for index, (begun, _, _) in enumerate(plans) if begun <= oldest]
        return evolve(
            self,
            first_plan=self.first_plan or day,
            plans=plans[before_window[-1] :] if before_window else plans,
        )

    def _attended(self, day: datetime.date, slot: int, lines: Lines) -> "Attendance":
        """Add a session. Several logs of one slot are one session."""
        oldest = day - datetime.timedelta(days=WINDOW_DAYS)
        recent = []
        for session in self.done:
            if session[:2] == (day, slot):
                lines = _added(session[2], lines)
            elif session[0] >= oldest:
                recent.append(session)
        return evolve(self, done=(*recent, (day, slot, lines, *_performed(lines))))

    def _rates(self, start: datetime.date, on: datetime.date) -> list[tuple[int, int]]:
        """Return for each plan its days in force within the window, and its sessions per week."""
        ends = (*(day for day, _, _ in self.plans[1:]), on)
        return [
            (max(0, (min(end, on) - max(day, start)).days), per_week)
            for (day, per_week, _), end in zip(self.plans, ends, strict=True)
        ]


def _counted(lines: Iterable[ExerciseLog]) -> Lines:
    """Return the lines of each exercise, counted."""
    counts: dict[str, tuple[int, int]] = {}
    for line in lines:
        performed, logged = counts.get(line.exercise, (0, 0))
        counts[line.exercise] = performed + (line.performed is not None), logged + 1
    return tuple((name, *counts[name]) for name in sorted(counts))


def _added(lines: Lines, more: Lines) -> Lines:
    """Return the lines of two logs of one session together."""
    counts = {name: (performed, logged) for name, performed, logged in lines}
    for name, performed, logged in more:
        before = counts.get(name, (0, 0))
        counts[name] = before[0] + performed, before[1] + logged
    return tuple((name, *counts[name]) for name in sorted(counts))


def _performed(lines: Lines) -> tuple[int, int]:
    """Return the performed part of a session and the whole, as two integers.

    Sides and sets may be logged line by line, so an exercise counts once, by the share of its lines
    that are not skipped.
    """
    unit = lcm(*(logged for _, _, logged in lines))
    part = sum(performed * unit // logged for _, performed, logged in lines)
    return part, unit * len(lines)
