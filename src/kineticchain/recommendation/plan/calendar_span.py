"""The days of a calendar."""

import datetime

from attrs import frozen

ONE_DAY = datetime.timedelta(days=1)


@frozen
class CalendarSpan:
    """The days of a calendar.

    Attributes:
        start: The first day, which is day 1 of the plan.
        days: The number of days.
        cycle: The days after which the plan repeats.
    """

    start: datetime.date
    days: int
    cycle: int

    @property
    def last(self) -> datetime.date:
        """The last day of the calendar."""
        return self.start + (self.days - 1) * ONE_DAY

    def day_of(self, on: datetime.date) -> int:
        """Return the day of the plan for a date, from 1 to the length of the cycle."""
        return (on - self.start).days % self.cycle + 1

    def cycle_of(self, on: datetime.date) -> list[datetime.date]:
        """Return the dates of the cycle that contains a date."""
        first = on - (self.day_of(on) - 1) * ONE_DAY
        return [first + offset * ONE_DAY for offset in range(self.cycle)]
