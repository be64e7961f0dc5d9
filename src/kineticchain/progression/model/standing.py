"""Where a person stands on one ladder, on one side."""

import datetime

from attrs import field, frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.exercises import Dose
from kineticchain.domain.messages import Message
from kineticchain.domain.validators import boolean, each, identifier, optional, whole
from kineticchain.progression.model.transition import Action


@frozen(kw_only=True)
class Standing:
    """The rung that a person may work on, its dose, the last action, and why.

    `exercise` and `dose` are None while the ladder's first rung is not open yet. `level`
    counts the steps of the rung's dose from 0. `share` is the part of the dose, in per cent,
    that a flare or a break leaves for now; `dose` has it taken into account. `days_a_week` is
    how often at most. `maintenance` says that a mastered rung is only kept up. `lags` says that
    the other side stands higher. `morning_wanted` is the training day whose next morning is
    still to be told. `stopped` is the day of a stop that still holds. `mastered` lists the rungs
    mastered in the log. `evidence` and `conflicts` are those of the transition that decided.
    """

    ladder: str = field(validator=identifier())
    side: Side
    exercise: str | None = field(default=None, validator=optional(identifier()))
    rung: int | None = field(default=None, validator=optional(whole(0, 100)))
    level: int = field(default=0, validator=whole(0, 1000))
    dose: Dose | None = None
    days_a_week: int = field(default=7, validator=whole(1, 7, "days"))
    share: int = field(default=100, validator=whole(1, 100, "per cent"))
    maintenance: bool = field(default=False, validator=boolean())
    lags: bool = field(default=False, validator=boolean())
    morning_wanted: datetime.date | None = None
    stopped: datetime.date | None = None
    action: Action
    reason: Message
    mastered: tuple[str, ...] = field(default=(), validator=each(identifier()))
    evidence: tuple[str, ...] = field(default=(), validator=each(identifier()))
    conflicts: tuple[str, ...] = field(default=(), validator=each(identifier()))

    @property
    def height(self) -> tuple[int, int, int]:
        """Rung, level and share, to compare standings on one ladder by; a closed one is lowest."""
        return (-1 if self.rung is None else self.rung, self.level, self.share)
