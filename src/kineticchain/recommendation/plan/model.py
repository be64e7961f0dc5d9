"""The parts of a plan."""

from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum

from attrs import field, frozen

from kineticchain.domain.anatomy import Region, Side
from kineticchain.domain.evidence import Grade
from kineticchain.domain.exercises import Dose
from kineticchain.domain.facts import ReferralLevel
from kineticchain.domain.messages import Message
from kineticchain.domain.validators import boolean, each, identifier, text, whole

UNSURE_REASON = "referred_as_unsure"
"""The message of a referral for something that the person is not sure about."""


class Status(StrEnum):
    """The status of a plan: exercises, questions or a referral first, or nothing to do for now."""

    READY = "ready"
    ASK_FIRST = "ask_first"
    REFER = "refer"
    REST = "rest"

    @property
    def selects(self) -> bool:
        """True if exercises were selected, even if none was left."""
        return self in {Status.READY, Status.REST}


@frozen(kw_only=True, cache_hash=True)
class Reason:
    """A reason: its text, the rule that gives it, and its evidence.

    `grade` is the weakest grade of its rows, or *expert* for a reason with sources only. `against`
    lists rows of evidence that speak against the reason or are shown beside it.
    """

    message: Message
    rule: str | None = None
    evidence: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    grade: Grade | None = None
    confirmed: bool = True
    against: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return the text with grade and rows."""
        if self.grade is None:
            return self.message.text
        doubt = "" if self.confirmed else ", unconfirmed"
        rows = (
            ", ".join((*self.evidence, *self.sources))
            if not self.evidence
            else ", ".join(self.evidence)
        )
        return f"{self.message.text} [{self.grade}{doubt}; {rows}]"


QUICKEST_HELP = (
    "emergency_services",
    "emergency_department",
    "maternity_unit",
    "urgent_care",
    "surgeon",
)
"""Messages that name whom to see, the quickest help first; any other help comes after these."""

HELP_AT_ONCE = frozenset(QUICKEST_HELP[:2])
"""The help that is sought at once, even if the level of the referral is SAME_DAY."""


@frozen(kw_only=True)
class Referral:
    """A referral: its urgency, the professionals to see, and the reasons, most urgent first.

    Attributes:
        level: The most urgent level.
        whom: Whom to see; of one level, the quickest help first.
        reasons: The reasons.
        whom_at_level: How many of `whom` are for the most urgent level (0 if it is not known).
        reasons_at_level: How many of `reasons` are for the most urgent level.
    """

    level: ReferralLevel = ReferralLevel.NONE
    whom: tuple[Message, ...] = ()
    reasons: tuple[Reason, ...] = ()
    whom_at_level: int = field(default=0, validator=whole(0, 10_000))
    reasons_at_level: int = field(default=0, validator=whole(0, 10_000))

    @property
    def is_at_once(self) -> bool:
        """True if the quickest help is sought at once, although the level is SAME_DAY."""
        is_same_day = self.level is ReferralLevel.SAME_DAY and bool(self.whom)
        return is_same_day and self.whom[0].id in HELP_AT_ONCE

    @property
    def certain_reasons(self) -> tuple[Reason, ...]:
        """The reasons that do not rest on an answer of *unsure*."""
        return self.certain_of(self.reasons)

    @staticmethod
    def certain_of(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
        """Return the given reasons without those that rest on an answer of *unsure*."""
        return tuple(reason for reason in reasons if reason.message.id != UNSURE_REASON)


@frozen(kw_only=True)
class Question:
    """An open safety question; `id` is the name of the fact that answers it.

    `decisions` is the number of rules that the answer can decide.
    """

    id: str = field(validator=identifier())
    text: str = field(validator=text())
    decisions: int = field(default=1, validator=whole(1, 1_000_000))


@frozen(kw_only=True)
class SelfTest:
    """A measure that the person can take, since a next step waits for it.

    Attributes:
        id: The name of the fact that it gives.
        question: The question that it answers.
        how: How to do it safely.
        opens: The title of the exercise that it can open.
    """

    id: str = field(validator=identifier())
    question: str = field(validator=text())
    how: str = field(validator=text())
    opens: str = field(validator=text())


@frozen(kw_only=True)
class Item:
    """One exercise of a session, on one side or both, with its dose.

    Attributes:
        exercise: The id of the exercise.
        title: Its title.
        side: The side. If it is `both` and `per_side` is true, the sides are done one after the
            other.
        per_side: True if the dose is for each side.
        dose: The dose in this session.
        tempo_s: The seconds of moving up, holding and moving down in one repetition; None without
            a tempo.
        seconds: The whole duration in seconds, with rests and side changes.
        days: The days of the plan on which it is done, from 1 to `cycle_days`.
        starts: The first day on which it has rested enough, in the first cycle (1-8).
        rest_days: The least number of rest days between two of its days (0-6).
        rests_with: Exercises that load the same tissue heavily, after which this exercise rests
            as well.
        paired_with: The exercise of the session during which this exercise is done; two exercises
            if the sides stand on different ones.
        day_dose: The dose of the day if several sessions share it; None for one session.
        whole_dose: The dose that has to be done before the dose grows; None unless the day has
            time for less.
        shared_by: The number of sessions of a day that share a dose (1-24).
        steps: The steps of the exercise.
        cues: Points of attention during the exercise.
        cautions: Cautions about the exercise.
    """

    exercise: str = field(validator=identifier())
    title: str = field(validator=text())
    side: Side
    per_side: bool
    dose: Dose
    tempo_s: tuple[int, int, int] | None = None
    seconds: int = field(validator=whole(1, 86_400, "seconds"))
    days: tuple[int, ...]
    starts: int = field(default=1, validator=whole(1, 8))
    rest_days: int = field(default=0, validator=whole(0, 6, "days"))
    rests_with: tuple[str, ...] = field(default=(), validator=each(identifier()))
    paired_with: tuple[str, ...] = field(default=(), validator=each(identifier()))
    day_dose: Dose | None = None
    whole_dose: Dose | None = None
    shared_by: int = field(default=1, validator=whole(1, 24))
    steps: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()

    @property
    def is_cut(self) -> bool:
        """True if the day has time for less than the whole dose."""
        return self.whole_dose is not None

    @property
    def due_dose(self) -> Dose:
        """The dose that has to be done in a day before the dose grows."""
        return self.whole_dose or self.day_dose or self.dose

    @property
    def minutes(self) -> float:
        """The duration in minutes, rounded down to hundredths."""
        return self.seconds * 100 // 60 / 100


@frozen(kw_only=True)
class Session:
    """A session of a day; `number` is its slot.

    Two sessions with the same number are on different days.

    `habit_cue` is a suitable moment of the day for a short session. A `micro` session is one of the
    short sessions that were requested for every day, besides longer ones.
    """

    number: int = field(validator=whole(1, 24))
    items: tuple[Item, ...]
    habit_cue: Message | None = None
    micro: bool = field(default=False, validator=boolean())

    @property
    def days(self) -> tuple[int, ...]:
        """The days of the plan with any of its items, from 1."""
        return tuple(sorted({day for item in self.items for day in item.days}))

    @property
    def seconds(self) -> int:
        """The duration in seconds; of paired items, only the longest counts."""
        seconds_of: Counter[str] = Counter()
        for item in self.items:
            seconds_of[item.exercise] += item.seconds
        return sum(
            max(0, item.seconds - sum(seconds_of[host] for host in item.paired_with))
            for item in self.items
        )

    @property
    def first_round(self) -> int:
        """The number of items before the first item that repeats an earlier item."""
        seen: set[tuple[str, Side]] = set()
        for item in self.items:
            if (item.exercise, item.side) in seen:
                break
            seen.add((item.exercise, item.side))
        return len(seen)

    def on_day(self, day: int) -> tuple[Item, ...]:
        """Return the items of a day of the plan, from 1 to its `cycle_days`."""
        return tuple(item for item in self.items if day in item.days)

    @property
    def minutes(self) -> float:
        """The duration in minutes, rounded down to hundredths."""
        return self.seconds * 100 // 60 / 100


@frozen(kw_only=True)
class Coverage:
    """The covered points of the targets: the value that the selection maximises.

    No other selection is worth more than `most`. If `exact` is true, this selection is optimal.
    """

    points: int = field(default=0, validator=whole(0, 10_000_000))
    most: int = field(default=0, validator=whole(0, 10_000_000))
    exact: bool = field(default=True, validator=boolean())


@frozen(kw_only=True)
class TargetRegion:
    """A target region of the plan, with its points and their origins.

    Examples of `origins` are ``complaint``, ``goal foot_pain``, ``asymmetry lunge_cm``, and
    ``rule`` with its id.
    """

    region: Region
    side: Side
    points: int = field(validator=whole(0, 100_000))
    origins: tuple[str, ...] = ()


def seconds_a_day(sessions: Iterable[Session]) -> float:
    """Return the seconds of all sessions of a day, as an average if sessions take turns.

    Args:
        sessions: The sessions of a plan.
    """
    turns: dict[int, list[Session]] = {}
    for session in sessions:
        turns.setdefault(session.number, []).append(session)
    return sum(map(_mean_seconds, turns.values()))


def _mean_seconds(turns: Sequence[Session]) -> float:
    """Return the mean duration of sessions with one number, each on its days."""
    days = [len(session.days) for session in turns]
    total = sum(session.seconds * count for session, count in zip(turns, days, strict=True))
    return total / max(1, sum(days))
