"""Model of one ladder on one side, with a small set of inputs for each training day."""

import datetime
from collections.abc import Iterable
from enum import Enum
from functools import cached_property, lru_cache

from attrs import evolve, frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.exercises import Dose, Ladder
from kineticchain.domain.messages import ENGLISH
from kineticchain.domain.person import Event, ExerciseLog, MorningAfter, SessionLog
from kineticchain.errors import UnknownName, likely
from kineticchain.progression.model.dose_steps import DoseStep
from kineticchain.progression.model.ladder_index import LadderIndex
from kineticchain.progression.model.policy import Policy
from kineticchain.progression.model.progress import Progress
from kineticchain.progression.model.track import LadderPosition, Track
from kineticchain.progression.model.transition import Action
from kineticchain.progression.replay.daily_update import after_day, weekly
from kineticchain.progression.replay.replay_context import ReplayContext

TODAY = datetime.date(2026, 1, 1)
"""Day of the last session of every state; only differences of days count."""

BETWEEN_DAYS = 7
"""Days from one session to the next: the most that the default policy does not count as a break."""


SHOWN, HURTING = "mastery shown", "pain above the ceiling"
"""Names of inputs that the laws refer to."""


class Amount(Enum):
    """Dose that was done in a session."""

    NOTHING_NOTED = "nothing noted"
    LESS = "less"
    ALL = "all"
    MASTERY = "mastery"


@frozen(kw_only=True)
class DayInput:
    """One training day and the days before it.

    Attributes:
        name: Name in violations.
        days: Days since the last session.
        amount: Dose that was done.
        pain: Pain during training (0-10); None if not noted.
        effort: Effort (0-10).
        form_ok: Whether the form held.
        touches: Hands and feet put down.
        morning: Change of pain on the next morning; None if never reported.

    """

    name: str
    days: int = BETWEEN_DAYS
    amount: Amount = Amount.MASTERY
    pain: int | None = 0
    effort: int = 4
    form_ok: bool = True
    touches: int = 0
    morning: int | None = 0

    def with_pain(self, pain: int) -> "DayInput":
        """Return the same day with another pain (0-10)."""
        return evolve(self, name=f"{self.name}, pain {pain}", pain=pain)


@frozen(eq=False)
class LadderModel:
    """A ladder with every rung open, and the inputs that are tried in each state.

    Needs and placement are removed, so that every rung is reachable. Caps on flares are removed,
    because closed loops check them, and the wait before maintenance is shortened, because its
    length changes no law.

    Attributes:
        ladder_index: Index with the ladder, its exercises, policy and transition table.
        ladder_id: Id of the ladder.

    """

    ladder_index: LadderIndex
    ladder_id: str

    @cached_property
    def ladder(self) -> Ladder:
        """Ladder with every rung open.

        Raises:
            UnknownName: The index has no such ladder.

        """
        ladder = self.ladder_index.by_id.get(self.ladder_id)
        if ladder is None:
            raise UnknownName(
                "ladder", self.ladder_id, likely(self.ladder_id, self.ladder_index.by_id)
            )
        rungs = tuple(evolve(rung, needs=None, start=None) for rung in ladder.rungs)
        return evolve(ladder, rungs=rungs, policy=(), policy_evidence=())

    @property
    def full_policy(self) -> Policy:
        """Policy of the ladder, unchanged."""
        return self.ladder_index.policy_of(self.ladder_id)

    @cached_property
    def policy(self) -> Policy:
        """Policy of the ladder without caps on flares, and with a short wait before maintenance."""
        return evolve(
            self.full_policy,
            flares_before_cap=1000,
            flares_before_lasting_cap=1000,
            maintenance_after_days=min(self.full_policy.maintenance_after_days, BETWEEN_DAYS),
        )

    @cached_property
    def context(self) -> ReplayContext:
        """Replay context of the exploration."""
        return self.course_with(self.policy)

    def course_with(self, policy: Policy) -> ReplayContext:
        """Return a replay context with this ladder only, under a policy."""
        ladder_index = evolve(self.ladder_index, ladders=(self.ladder,), policy=policy)
        return ReplayContext(
            ladder_index=ladder_index,
            facts={},
            catalog=ENGLISH,
            pain_ceiling=policy.pain_ceiling,
            loaded_regions_and_neighbours=dict.fromkeys(ladder_index.exercises, frozenset()),
        )

    @property
    def side(self) -> Side:
        """Side that is explored, as a representative of both sides."""
        return self.ladder.sides()[0]

    def steps(self, rung: int) -> tuple[DoseStep, ...]:
        """Return the steps of the dose of a rung."""
        return self.context.ladder_index.steps[self.ladder.rungs[rung].exercise]

    @cached_property
    def places(self) -> tuple[LadderPosition, ...]:
        """Every position of the ladder without reductions, the lowest first."""
        return tuple(
            LadderPosition(rung=rung, level=level)
            for rung in range(len(self.ladder.rungs))
            for level in range(len(self.steps(rung)))
        )

    def starts(self) -> tuple[Track, ...]:
        """Return a track at the start of each rung."""
        return tuple(
            Track(ladder=self.ladder.id, side=self.side, place=LadderPosition(rung=rung))
            for rung in range(len(self.ladder.rungs))
        )

    @cached_property
    def inputs(self) -> tuple[DayInput, ...]:
        """Inputs tried in every state: good days first, then days with less work or trouble."""
        policy = self.policy
        above, stop = policy.pain_ceiling + 1, policy.pain_stop + 1
        return (
            DayInput(name="good", amount=Amount.ALL),
            DayInput(name=SHOWN),
            DayInput(name="less than asked", amount=Amount.LESS),
            DayInput(name="nothing noted", amount=Amount.NOTHING_NOTED, pain=None),
            DayInput(name="morning not told", morning=None),
            DayInput(name="acceptable pain", pain=policy.pain_safe + 1),
            DayInput(name=HURTING, pain=min(10, above)),
            DayInput(name="pain above the stop", pain=min(10, stop)),
            DayInput(name="worse morning", morning=1),
            DayInput(name="pain and a worse morning", pain=min(10, above), morning=2),
            DayInput(name="hard", effort=min(10, policy.effort_safe + 1)),
            DayInput(name="very hard", effort=policy.effort_deload),
            DayInput(name="form lost", form_ok=False),
            DayInput(name="balance lost", touches=2),
            DayInput(name="after a short gap", days=policy.short_gap_days + 1),
            DayInput(name="after a long gap", days=policy.long_gap_days + 1),
            DayInput(name="after a very long gap", days=policy.restart_gap_days + 1),
        )

    def events(self, track: Track, day_input: DayInput, day: datetime.date) -> tuple[Event, ...]:
        """Return the session of an input, and its next morning if reported.

        Args:
            track: Track that the session is planned from.
            day_input: The input.
            day: Day of the session.

        """
        exercise = self.ladder.rungs[track.place.rung].exercise
        return _events(exercise, self.side, self.done(track, day_input.amount, day), day_input, day)

    def done(self, track: Track, amount: Amount, day: datetime.date) -> Dose | None:
        """Return the dose that was done on a day.

        Args:
            track: Track that gives the planned dose and the mastery of the rung.
            amount: What was done: nothing noted, less than planned, all, or enough for mastery.
            day: Day of the session.

        Returns:
            The dose; None if nothing was noted.

        """
        dose = weekly(track, day, self.context).dose
        match amount:
            case Amount.NOTHING_NOTED:
                return None
            case Amount.LESS:
                return evolve(dose, **{axis: 1 for axis, _ in dose.amounts()})
            case Amount.ALL:
                return dose
            case Amount.MASTERY:
                mastery = self.ladder.rungs[track.place.rung].mastery
                return dose if mastery is None else dose.greater(mastery)

    def after(
        self, track: Track, day_input: DayInput, context: ReplayContext | None = None
    ) -> Track:
        """Return the track after an input, whose events are replayed by the real replay.

        Args:
            track: Track before the input.
            day_input: The input.
            context: Replay context; None for the context of the exploration.

        """
        context = context or self.context
        day = days_later(TODAY, day_input.days)
        return self.folded(track, self.events(track, day_input, day), context)

    def folded(self, track: Track, events: Iterable[Event], context: ReplayContext) -> Track:
        """Return the track after events, which are replayed by the real replay."""
        trained = () if track.day is None else (track.key,)
        progress = Progress(tracks={track.key: track}, trained=trained, on=track.last_session)
        for event in events:
            progress = after_day(progress, event.on, (event,), context)
        return progress.tracks[track.key]

    def action(self, track: Track) -> Action:
        """Return the action that decided last; HOLD if no row of the table decided."""
        row = self.context.ladder_index.by_transition.get(track.decided)
        return Action.HOLD if row is None else row.action


@lru_cache(maxsize=10_000)
def _events(
    exercise: str, side: Side, done: Dose | None, day_input: DayInput, day: datetime.date
) -> tuple[Event, ...]:
    """Return the events of an input; cached, because few different inputs occur."""
    line = ExerciseLog(
        exercise,
        side,
        done=done,
        pain=day_input.pain,
        effort=day_input.effort,
        form_ok=day_input.form_ok,
        touches=day_input.touches,
    )
    session = SessionLog(on=day, lines=[line])
    if day_input.morning is None:
        return (session,)
    return (session, MorningAfter(on=days_later(day, 1), change=day_input.morning))


def days_later(day: datetime.date, days: int) -> datetime.date:
    """Return the day a number of days later."""
    return day + datetime.timedelta(days=days)
