"""How much of what was planned was done."""

import datetime

from attrs import evolve, frozen

from kineticchain.domain.person.event import Event, PlanIssued, SessionLog

WINDOW_DAYS = 14
"""Attendance is judged over so many days, and not before so many have passed (C3)."""

_WEEK = 7


@frozen
class Attendance:
    """Sessions planned and done, as events tell them; nothing older than the window is kept.

    `plans` are the days on which a plan began to hold, with its sessions a week; `done` are
    the day and slot of each session in which something was done.
    """

    first_plan: datetime.date | None = None
    plans: tuple[tuple[datetime.date, int], ...] = ()
    done: tuple[tuple[datetime.date, int], ...] = ()

    def after(self, event: Event) -> "Attendance":
        """The attendance after one more event; events come in the order of their days."""
        match event:
            case PlanIssued(on=day, sessions_per_week=int(times)):
                return self._planned(day, times)
            case SessionLog() if self.plans and event.trained:
                return self._attended(event.on, event.slot)
            case _:
                return self

    def share(self, on: datetime.date) -> int | None:
        """Sessions done of those planned in the two weeks before `on`, in per cent, at most 100.

        None until a plan has held for two weeks, and where nothing was planned.
        """
        if self.first_plan is None or (on - self.first_plan).days < WINDOW_DAYS:
            return None
        start = on - datetime.timedelta(days=WINDOW_DAYS)
        planned = sum(days * times for days, times in self._rates(start, on))
        done = sum(start <= day < on for day, _ in self.done)
        return min(100, done * 100 * _WEEK // planned) if planned else None

    def _planned(self, day: datetime.date, times: int) -> "Attendance":
        """Of two plans of one day the one that asks for more counts."""
        last, often = self.plans[-1] if self.plans else (day, times)
        if last == day:
            plans = (*self.plans[:-1], (day, max(often, times)))
        else:
            plans = (*self.plans, (day, times))
        oldest = day - datetime.timedelta(days=WINDOW_DAYS)
        still = [at for at, (begun, _) in enumerate(plans) if begun <= oldest]
        return evolve(
            self,
            first_plan=self.first_plan or day,
            plans=plans[still[-1] :] if still else plans,
        )

    def _attended(self, day: datetime.date, slot: int) -> "Attendance":
        """Two logs of one slot are one session."""
        if (day, slot) in self.done:
            return self
        oldest = day - datetime.timedelta(days=WINDOW_DAYS)
        return evolve(self, done=(*(one for one in self.done if one[0] >= oldest), (day, slot)))

    def _rates(self, start: datetime.date, on: datetime.date) -> list[tuple[int, int]]:
        """For how many days of the window each plan held, with its sessions a week."""
        ends = (*(day for day, _ in self.plans[1:]), on)
        return [
            (max(0, (min(end, on) - max(day, start)).days), times)
            for (day, times), end in zip(self.plans, ends, strict=True)
        ]
