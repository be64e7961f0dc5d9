"""Replay state of one ladder on one side: position, counts, streaks and memory."""

import datetime
from typing import TypeAlias

from attrs import evolve, field, frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.exercises import Dose
from kineticchain.progression.model.policy import Policy
from kineticchain.progression.model.streaks import Streaks
from kineticchain.progression.model.training_day import TrainingDay

TrackKey: TypeAlias = tuple[str, Side]
"""A ladder and a side."""

ALL = 100
"""The full dose in per cent."""


@frozen(kw_only=True)
class LadderPosition:
    """Position on a ladder: rung, step of its dose, and current reductions of that dose.

    Attributes:
        rung: Index of the rung, counted from 0.
        level: Index of the step of the dose, counted from 0.
        dose_percent: Share of the dose in per cent that applies until a transition changes it.
        ramp: Temporary shares in per cent, each with the day on which it ends. The days ascend,
            and the first share that has not ended applies.
        maintenance: True if the rung is only maintained.

    """

    rung: int
    level: int = 0
    dose_percent: int = ALL
    ramp: tuple[tuple[datetime.date, int], ...] = ()
    maintenance: bool = False

    @property
    def height(self) -> tuple[int, int]:
        """Sort key of positions: the rung, then the level."""
        return self.rung, self.level

    def ramp_on(self, day: datetime.date | None) -> int:
        """Return the share of the ramp in per cent on a day; 100 once the ramp is over.

        Args:
            day: The day; None for the first share of the ramp.

        """
        for end, dose_percent in self.ramp:
            if day is None or day < end:
                return dose_percent
        return ALL

    def dose_percent_on(self, day: datetime.date | None) -> int:
        """Return the share of the dose in per cent that applies on a day.

        Args:
            day: The day; None for the first share of the ramp.

        """
        return min(self.dose_percent, self.ramp_on(day)) if self.ramp else self.dose_percent


@frozen
class Counts:
    """Days and training days since the last change of rung and of dose.

    Attributes:
        rung_since: Day from which days on the rung are counted; None before the first session.
        dose_since: Day from which days at the dose are counted; None before the first session.
        on_rung: Training days on the rung.
        at_dose: Training days at the dose.

    """

    rung_since: datetime.date | None = None
    dose_since: datetime.date | None = None
    on_rung: int = 0
    at_dose: int = 0

    def with_day(self, day: datetime.date) -> "Counts":
        """Return the counts with one more training day."""
        return Counts(
            self.rung_since or day, self.dose_since or day, self.on_rung + 1, self.at_dose + 1
        )


_DAYS_BETWEEN_WEEKLY = 6


@frozen
class Memory:
    """Long-term memory of a track.

    Attributes:
        asked: Doses that plans have asked for since the last change of position, by exercise.
        mastered: Day on which the log showed the mastery of each exercise.
        flares: Heights of the lowest positions that flared, the lowest first.
        flared: Day of the latest flare; None without one.
        result: Clinician's result after which the track restarted; None without one.
        cleared: Day of the last restart after a clinician's result or a stop; None without one.
        stopped: Day of a stop that still applies; None without one.
        stopped_by: Id of the transition that stopped the track.
        paused_since: Day since which plans have left the track out; None while plans contain it.
            When other tracks are trained, the days since then are added to `paused`, and the
            training day becomes `paused_since`.
        paused: Days without the track on which the person followed plans, since the last training
            day of the track.
        weekly: True if the last plan with the track asks for it once a week.
        rested: Value of `weekly` on the last training day of the track.

    """

    asked: tuple[tuple[str, Dose], ...] = ()
    mastered: tuple[tuple[str, datetime.date], ...] = ()
    flares: tuple[tuple[int, int], ...] = ()
    flared: datetime.date | None = None
    result: str | None = None
    cleared: datetime.date | None = None
    stopped: datetime.date | None = None
    stopped_by: str = ""
    paused_since: datetime.date | None = None
    paused: int = 0
    weekly: bool = False
    rested: bool = False

    @property
    def unpaused(self) -> "Memory":
        """The memory after a training day: without a pause, and with `rested` updated."""
        if self.paused_since is None and not self.paused and self.rested == self.weekly:
            return self
        return evolve(self, paused_since=None, paused=0, rested=self.weekly)

    def with_plan(self, *, weekly: bool) -> "Memory":
        """Return the memory after a plan that asks for the track.

        Args:
            weekly: True if the plan asks for the track once a week.
        """
        return self if weekly == self.weekly else evolve(self, weekly=weekly)


@frozen
class Track:
    """Replay state of one ladder on one side.

    Attributes:
        ladder: Id of the ladder.
        side: Side that climbs the ladder.
        place: Current position.
        counts: Days and training days since the last change.
        day: Last training day; None before the first.
        before: Streaks up to the training day before `day`, from which `streaks` is computed again
            after a later report about `day`.
        streaks: Streaks including `day`.
        memory: Long-term memory.
        decided: Id of the transition that decided last.

    """

    ladder: str
    side: Side
    place: LadderPosition
    counts: Counts = field(factory=Counts)
    day: TrainingDay | None = None
    before: Streaks = field(factory=Streaks)
    streaks: Streaks = field(factory=Streaks)
    memory: Memory = field(factory=Memory)
    decided: str = "standing_start"

    @property
    def key(self) -> tuple[str, Side]:
        """Ladder and side."""
        return self.ladder, self.side

    @property
    def last_session(self) -> datetime.date | None:
        """Last training day; None before the first."""
        return None if self.day is None else self.day.on

    def ramp_on(self, day: datetime.date | None) -> int:
        """Return the share of the ramp in per cent on a day, as of the last training day.

        Time without training does not end a ramp: only training leads back to the full dose.

        Args:
            day: The day; None for the first share of the ramp.

        """
        return self.place.ramp_on(self._read_on(day))

    def dose_percent_on(self, day: datetime.date | None) -> int:
        """Return the share of the dose in per cent on a day, as of the last training day.

        Args:
            day: The day; None for the first share of the ramp.

        """
        return self.place.dose_percent_on(self._read_on(day))

    def _read_on(self, day: datetime.date | None) -> datetime.date | None:
        """Return the day on which a ramp is read: at most the last training day."""
        return day if day is None or self.day is None else min(day, self.day.on)

    def missed(self, day: datetime.date, policy: Policy) -> int:
        """Return the number of days without training of this track before a day.

        The days after the last training day, or after a later restart that followed a clinician's
        result or a stop, count; `day` itself does not. 0 before the first training day. Days on
        which the person followed plans without the track do not count; a pause that is longer than
        a long break counts as a short break. If the track was planned once a week, the six days
        between two sessions do not count.

        Args:
            day: The day.
            policy: The lengths of breaks.
        """
        if self.day is None:
            return 0
        cleared = self.memory.cleared
        last = self.day.on if cleared is None else max(self.day.on, cleared)
        paused = self.memory.paused
        faded = policy.short_gap_days if paused > policy.long_gap_days else 0
        between = _DAYS_BETWEEN_WEEKLY if self.memory.rested else 0
        return max(0, (day - last).days - 1 - paused - between + faded)

    def with_pause(self, day: datetime.date, policy: Policy) -> "Track":
        """Return the track after a training day of other tracks, with its pause extended.

        A track without a pause is returned unchanged. If nothing was trained for longer than a
        short break, only the days of a short break belong to the pause.

        Args:
            day: The training day.
            policy: The lengths of breaks.
        """
        since = self.memory.paused_since
        if since is None or day <= since:
            return self
        paused = self.memory.paused + min((day - since).days, policy.short_gap_days)
        return evolve(self, memory=evolve(self.memory, paused=paused, paused_since=day))

    def with_decision(self, transition: str) -> "Track":
        """Return the track after a decision that does not move it.

        Args:
            transition: Id of the transition that decided.

        """
        if self.decided == transition:
            return self
        return Track(
            self.ladder,
            self.side,
            self.place,
            self.counts,
            self.day,
            self.before,
            self.streaks,
            self.memory,
            transition,
        )

    def with_day(
        self, day: TrainingDay, counts: Counts, before: Streaks, streaks: Streaks
    ) -> "Track":
        """Return the track with a new training day, or with a later report about the last day.

        Args:
            day: Last training day.
            counts: Counts including that day.
            before: Streaks up to the training day before it.
            streaks: Streaks including that day.

        """
        return Track(
            self.ladder,
            self.side,
            self.place,
            counts,
            day,
            before,
            streaks,
            self.memory,
            self.decided,
        )
