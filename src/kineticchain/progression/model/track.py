"""The state of one ladder and side while the log is replayed. Changed by pure functions only."""

import datetime
from typing import TypeAlias

from attrs import field, frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.exercises import Dose
from kineticchain.progression.model.training_day import Streaks, TrainingDay
from kineticchain.quick_init import quick_init

TrackKey: TypeAlias = tuple[str, Side]
"""A ladder and a side."""

ALL = 100


@quick_init
@frozen(kw_only=True)
class LadderPosition:
    """Where on the ladder: rung, step of its dose, and how much of that dose for now.

    `share` is a reduction in per cent that lasts until it is lifted. `ramp` holds reductions
    that end by themselves: a share in per cent up to the day before each date, dates ascending.
    `maintenance` says that the rung is only kept up.
    """

    rung: int
    level: int = 0
    share: int = ALL
    ramp: tuple[tuple[datetime.date, int], ...] = ()
    maintenance: bool = False

    @property
    def height(self) -> tuple[int, int]:
        """Rung and step, to compare places by."""
        return self.rung, self.level

    def ramp_on(self, day: datetime.date | None) -> int:
        """The share that a break leaves on a day, in per cent; 100 once it is over."""
        for end, share in self.ramp:
            if day is None or day < end:
                return share
        return ALL

    def share_on(self, day: datetime.date | None) -> int:
        """The share of the dose that holds on a day, in per cent."""
        return min(self.share, self.ramp_on(day)) if self.ramp else self.share


@quick_init
@frozen
class Counts:
    """Days and training days since the last change, on the rung and at the dose.

    The days are those since which it counts; None before the first session.
    """

    rung_since: datetime.date | None = None
    dose_since: datetime.date | None = None
    on_rung: int = 0
    at_dose: int = 0

    def with_day(self, day: datetime.date) -> "Counts":
        """The counts with one more training day."""
        return Counts(
            self.rung_since or day, self.dose_since or day, self.on_rung + 1, self.at_dose + 1
        )


@quick_init
@frozen(kw_only=True)
class Memory:
    """What is remembered for longer.

    `asked` are doses of the plan issued since the last change. `mastered` tells since when
    each exercise that the log mastered is so. `flares` are the lowest places that flared,
    the lowest first, and `flared` the day of the latest flare. `result` is the clinician's
    result that the track began anew after, and `cleared` the day of it. `stopped` is the day of a
    stop that still holds, and `stopped_by` the transition that called for it.
    """

    asked: tuple[tuple[str, Dose], ...] = ()
    mastered: tuple[tuple[str, datetime.date], ...] = ()
    flares: tuple[tuple[int, int], ...] = ()
    flared: datetime.date | None = None
    result: str | None = None
    cleared: datetime.date | None = None
    stopped: datetime.date | None = None
    stopped_by: str = ""


@quick_init
@frozen
class Track:
    """One ladder on one side.

    `day` is the last training day, `before` are the streaks up to the day before it, and
    `streaks` those with it. `decided` is the transition that decided last.
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
        """The ladder and the side."""
        return self.ladder, self.side

    @property
    def last_session(self) -> datetime.date | None:
        """The last training day."""
        return None if self.day is None else self.day.on

    def ramp_on(self, day: datetime.date | None) -> int:
        """The share that a break leaves on a day: time without training lifts nothing.

        It is read as of the last training day, so that only training leads back to the whole dose.
        """
        return self.place.ramp_on(self._read_on(day))

    def share_on(self, day: datetime.date | None) -> int:
        """The share of the dose that holds on a day, in per cent."""
        return self.place.share_on(self._read_on(day))

    def _read_on(self, day: datetime.date | None) -> datetime.date | None:
        return day if day is None or self.day is None else min(day, self.day.on)

    def missed(self, day: datetime.date) -> int:
        """Days without the ladder before a day, since the last session or a result later on."""
        if self.day is None:
            return 0
        cleared = self.memory.cleared
        last = self.day.on if cleared is None else max(self.day.on, cleared)
        return max(0, (day - last).days - 1)

    def with_decision(self, transition: str) -> "Track":
        """The track after a review that moved nothing."""
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
        """The track once a training day, or what was told of it later, is counted."""
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
