"""Attendance: the share of the planned sessions that were done."""

import datetime

from attrs import evolve, frozen

from kineticchain.domain.person.event import Event, PlanIssued, SessionLog

WINDOW_DAYS = 14
"""Length of the attendance window in days; before the window is full there is no share (C3)."""

_WEEK = 7


@frozen
class Attendance:
    """Planned and completed sessions, accumulated event by event.

    Entries that no later share can use are dropped.

    Attributes:
        first_plan: Day of the first plan; None before it.
        plans: Day on which each plan came into force, with its sessions per week.
        done: Day and slot of each session in which at least one exercise was performed.

    """

    first_plan: datetime.date | None = None
    plans: tuple[tuple[datetime.date, int], ...] = ()
    done: tuple[tuple[datetime.date, int], ...] = ()

    def after(self, event: Event) -> "Attendance":
        """Return the attendance after one more event.

        Plans without sessions per week, sessions before the first plan and sessions in which
        nothing was performed do not count.

        Args:
            event: The next event; events have to be applied in order of their days.

        """
        match event:
            case PlanIssued(on=day, sessions_per_week=int(times)):
                return self._planned(day, times)
            case SessionLog() if self.plans and event.trained:
                return self._attended(event.on, event.slot)
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
        planned = sum(days * times for days, times in self._rates(start, on))
        done = sum(start <= day < on for day, _ in self.done)
        # `planned` adds sessions per week over days: divided by 7 it is a number of sessions.
        return min(100, done * 100 * _WEEK // planned) if planned else None

    def _planned(self, day: datetime.date, times: int) -> "Attendance":
        """Add a plan; of two plans of one day, the larger number of sessions counts."""
        last_day, last_times = self.plans[-1] if self.plans else (day, times)
        if last_day == day:
            plans = (*self.plans[:-1], (day, max(last_times, times)))
        else:
            plans = (*self.plans, (day, times))
        # The last plan from before the window is still in force at its start; earlier ones are not.
        oldest = day - datetime.timedelta(days=WINDOW_DAYS)
        before_window = [index for index, (begun, _) in enumerate(plans) if begun <= oldest]
        return evolve(
            self,
            first_plan=self.first_plan or day,
            plans=plans[before_window[-1] :] if before_window else plans,
        )

    def _attended(self, day: datetime.date, slot: int) -> "Attendance":
        """Add a session; several logs of one slot are one session."""
        if (day, slot) in self.done:
            return self
        oldest = day - datetime.timedelta(days=WINDOW_DAYS)
        recent = (session for session in self.done if session[0] >= oldest)
        return evolve(self, done=(*recent, (day, slot)))

    def _rates(self, start: datetime.date, on: datetime.date) -> list[tuple[int, int]]:
        """Return for each plan its days in force within the window, and its sessions per week."""
        ends = (*(day for day, _ in self.plans[1:]), on)
        return [
            (max(0, (min(end, on) - max(day, start)).days), times)
            for (day, times), end in zip(self.plans, ends, strict=True)
        ]
