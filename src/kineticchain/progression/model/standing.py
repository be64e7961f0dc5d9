"""The standing of a person on one ladder and side."""

import datetime

from attrs import field, frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.exercises import Dose
from kineticchain.domain.messages import Message
from kineticchain.domain.validators import boolean, each, identifier, optional, whole
from kineticchain.progression.model.transition import Action


@frozen(kw_only=True)
class Standing:
    """The rung that a person works on, its dose, and the action and reason of the last decision.

    Attributes:
        ladder: Id of the ladder.
        side: Side that climbs the ladder.
        exercise: Exercise of the rung; None while the first rung is closed.
        rung: Index of the rung, counted from 0; None while the first rung is closed.
        level: Index of the step of the rung's dose, counted from 0.
        dose: Current dose, with reductions applied; None while the first rung is closed.
        days_a_week: Highest number of days a week.
        days_percent: Share of the usual days in per cent that a flare or a break leaves for now,
            where no smaller dose is in the range of the exercise.
        dose_percent: Share of the dose in per cent that a flare or a break leaves for now.
        maintenance: True if a mastered rung is only maintained.
        lags: True if the other side stands higher.
        morning_wanted: Training day whose next morning is still to be reported; None if none is.
        stopped: Day of a stop that still applies; None without one.
        action: Action of the last decision.
        reason: Message that explains the action, or asks for the next morning that it waits for.
        decided: Message that explains the action, where the reason asks for a morning; else None.
        mastered: Exercises of the ladder that the log shows as mastered.
        evidence: Rows of evidence of the transition that decided.
        conflicts: Conflicting rows of evidence of the transition that decided.

    """

    ladder: str = field(validator=identifier())
    side: Side
    exercise: str | None = field(default=None, validator=optional(identifier()))
    rung: int | None = field(default=None, validator=optional(whole(0, 100)))
    level: int = field(default=0, validator=whole(0, 1000))
    dose: Dose | None = None
    days_a_week: int = field(default=7, validator=whole(1, 7, "days"))
    days_percent: int = field(default=100, validator=whole(1, 100, "per cent"))
    dose_percent: int = field(default=100, validator=whole(1, 100, "per cent"))
    maintenance: bool = field(default=False, validator=boolean())
    lags: bool = field(default=False, validator=boolean())
    morning_wanted: datetime.date | None = None
    stopped: datetime.date | None = None
    action: Action
    reason: Message
    decided: Message | None = None
    mastered: tuple[str, ...] = field(default=(), validator=each(identifier()))
    evidence: tuple[str, ...] = field(default=(), validator=each(identifier()))
    conflicts: tuple[str, ...] = field(default=(), validator=each(identifier()))

    @property
    def height(self) -> tuple[int, int, int]:
        """Rung, level and share; orders the standings on one ladder, a closed ladder lowest."""
        return (-1 if self.rung is None else self.rung, self.level, self.dose_percent)
