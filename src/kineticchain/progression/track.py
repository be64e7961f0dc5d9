"""The state of one ladder and side while the log is replayed."""

import datetime

from attrs import evolve, field, frozen

from kineticchain.anatomy import Side
from kineticchain.exercises import Dose, Ladder, Rung
from kineticchain.person import ExerciseLog
from kineticchain.progression.standing import Action


@frozen(kw_only=True)
class Session:
    """What one session told about one ladder and side.

    `reached` says whether the dose asked for was done; None where nothing was noted.
    `morning` is the change of pain next morning; None until it is known.
    """

    on: datetime.date
    exercise: str
    asked: Dose
    log: ExerciseLog
    current: bool
    morning: int | None = None

    @property
    def reached(self) -> bool | None:
        """Whether the dose of that day was done, on the rung of that day, without a touch."""
        if self.log.done is None:
            return None
        return self.current and self.log.done.reaches(self.asked) and not self.log.touches

    @property
    def has_data(self) -> bool:
        """Whether enough was noted to judge it: the dose, and the pain during."""
        return self.log.done is not None and self.log.pain is not None


@frozen(kw_only=True)
class Track:
    """Rung, named dose and recent sessions; changed only by pure functions.

    `sessions` are those since the last change of rung or dose, `since` the day of that
    change; `asked` are doses of the plan issued since. `bad_mornings` counts training days in
    a row with a worse next morning. `ramp` holds shares in per cent for the weeks from
    `ramp_from` on; `share` is a reduction that lasts until it is lifted.
    """

    ladder: Ladder
    side: Side
    rung: int
    level: int = 0
    share: int = 100
    ramp: tuple[int, ...] = ()
    ramp_from: datetime.date | None = None
    since: datetime.date | None = None
    last_session: datetime.date | None = None
    sessions: tuple[Session, ...] = ()
    asked: tuple[tuple[str, Dose], ...] = ()
    bad_mornings: int = 0
    mastered: frozenset[str] = field(factory=frozenset)
    action: Action = Action.HOLD
    reason: str = "standing_start"

    @property
    def at(self) -> Rung:
        """The rung it stands on."""
        return self.ladder.rungs[self.rung]

    def share_on(self, day: datetime.date | None) -> int:
        """The share of the dose that holds on a day, in per cent."""
        return min(self.share, self.ramp_on(day))

    def ramp_on(self, day: datetime.date | None) -> int:
        """The share that a break leaves on a day, in per cent; 100 once it is over."""
        if self.ramp_from is None:
            return 100
        week = 0 if day is None else max(0, (day - self.ramp_from).days) // 7
        return self.ramp[week] if week < len(self.ramp) else 100

    def asked_on(self, day: datetime.date, exercise: str) -> Dose:
        """The dose that was asked for: the issued plan's, else the one that holds that day."""
        return dict(self.asked).get(exercise) or self.dose_on(day)

    def dose_on(self, day: datetime.date | None) -> Dose:
        """The dose that holds on a day."""
        return self.at.axis[self.level].scaled(self.share_on(day))

    def moved(
        self,
        day: datetime.date,
        action: Action,
        reason: str,
        *,
        rung: int,
        level: int,
        share: int = 100,
    ) -> "Track":
        """The track after a step, up or down: counting starts anew."""
        return evolve(
            self,
            rung=rung,
            level=level,
            share=share,
            since=day,
            sessions=(),
            asked=(),
            bad_mornings=0 if action is Action.REGRESS_VARIANT else self.bad_mornings,
            action=action,
            reason=reason,
        )

    def said(self, action: Action, reason: str) -> "Track":
        """The track after a review that moved nothing."""
        return evolve(self, action=action, reason=reason)
