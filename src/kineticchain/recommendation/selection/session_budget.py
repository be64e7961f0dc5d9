"""The time that a selection may use."""

from collections.abc import Mapping

from attrs import field, frozen

from kineticchain.recommendation.plan.cycle import WEEK


@frozen(kw_only=True)
class SessionBudget:
    """Seconds of each session of a day, and the most exercises.

    The last `micro` sessions are micro-sessions, on every day; the others are on so many `days`
    a week. `often` tells on how many the exercises of a ladder may come, where fewer than all.
    `apart` is true if no two days with sessions follow each other. `groups` are the days of longer
    sessions and of micro-sessions in a `cycle` of so many days, in groups of which an exercise on
    few days takes one.
    """

    sessions: tuple[int, ...]
    exercises: int
    micro: int = 0
    days: int = WEEK
    often: Mapping[str, int] = field(factory=dict)
    apart: bool = False
    groups: tuple[tuple[tuple[int, ...], ...], tuple[tuple[int, ...], ...]] = ((), ())
    cycle: int = WEEK
