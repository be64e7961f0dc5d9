"""The time that a selection may use."""

from collections.abc import Mapping

from attrs import field, frozen

from kineticchain.recommendation.plan.cycle import WEEK


@frozen(kw_only=True)
class SessionBudget:
    """Seconds of each session of a day, and the most exercises.

    Attributes:
        sessions: The seconds of each session of a day; micro-sessions come last.
        exercises: The most exercises.
        micro: The number of micro-sessions, which are on every day.
        days: The number of days a week with longer sessions.
        often: For ladders with a limit, the most days a week of their exercises.
        apart: True if no two days with sessions follow each other.
        groups: The days of longer sessions and of micro-sessions, in groups. An exercise on few
            days takes the days of one group.
        cycle: The number of days in a cycle.
    """

    sessions: tuple[int, ...]
    exercises: int
    micro: int = 0
    days: int = WEEK
    often: Mapping[str, int] = field(factory=dict)
    apart: bool = False
    groups: tuple[tuple[tuple[int, ...], ...], tuple[tuple[int, ...], ...]] = ((), ())
    cycle: int = WEEK
