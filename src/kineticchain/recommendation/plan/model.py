"""What a plan is made of."""

from collections import Counter
from enum import StrEnum

from attrs import field, frozen

from kineticchain.domain.anatomy import Region, Side
from kineticchain.domain.evidence import Grade
from kineticchain.domain.exercises import Dose
from kineticchain.domain.facts import ReferralLevel
from kineticchain.domain.messages import Message
from kineticchain.domain.validators import boolean, each, identifier, text, whole


class Status(StrEnum):
    """What kind of plan it is."""

    READY = "ready"
    ASK_FIRST = "ask_first"
    REFER = "refer"


@frozen(kw_only=True, cache_hash=True)
class Reason:
    """Why something is as it is: the text, the rule if one said so, and what it rests on.

    `grade` is the weakest grade among its rows; a reason on sources alone is *expert*. `against`
    are rows that speak against it, or that are to be seen beside it.
    """

    message: Message
    rule: str | None = None
    evidence: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    grade: Grade | None = None
    confirmed: bool = True
    against: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The text, with grade and rows."""
        if self.grade is None:
            return self.message.text
        doubt = "" if self.confirmed else ", unconfirmed"
        rows = (
            ", ".join((*self.evidence, *self.sources))
            if not self.evidence
            else ", ".join(self.evidence)
        )
        return f"{self.message.text} [{self.grade}{doubt}; {rows}]"


@frozen(kw_only=True)
class Referral:
    """How urgently a professional should see the person, whom, and why."""

    level: ReferralLevel = ReferralLevel.NONE
    whom: tuple[Message, ...] = ()
    reasons: tuple[Reason, ...] = ()


@frozen(kw_only=True)
class Question:
    """A safety question that is still open; `id` is the name of the fact that answers it.

    `decisions` says how many referrals and exclusions hang on the answer.
    """

    id: str = field(validator=identifier())
    text: str = field(validator=text())
    decisions: int = field(default=1, validator=whole(1, 1_000_000))


@frozen(kw_only=True)
class Item:
    """One exercise of a session, on one side or both, with its dose.

    Attributes:
        exercise: The id of the exercise.
        title: Its title.
        side: The side; with `per_side` and `both`, one side after the other.
        per_side: True if the dose is for each side.
        dose: What to do.
        tempo_s: Seconds up, held and down for one repetition; None for no tempo.
        seconds: All that it takes, rests and side changes included.
        days: The days of the plan on which it is done, from 1 to `cycle_days`.
        starts: On days of the first cycle before this one it still rests (1-8).
        rest_days: The least days between two days of it (0-6).
        rests_with: Exercises that load the same tissue heavily; after them it rests, too.
        paired_with: The exercise of the session at the same time as which it is done, or two
            where the sides stand on different ones.
        whole_dose: The dose to reach before it grows, where it was cut for time.
        steps: How to do it.
        cues: What to pay attention to.
        cautions: What to take care of.
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
    whole_dose: Dose | None = None
    steps: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()

    @property
    def minutes(self) -> float:
        """The time in minutes, rounded down to hundredths."""
        return self.seconds * 100 // 60 / 100


@frozen(kw_only=True)
class Session:
    """A template for one session of a day; `number` is its slot.

    `habit_cue` is a moment of the day that suits it, where it is short. A `micro` session is one of
    those that were asked for on every day paired_with the longer ones.
    """

    number: int = field(validator=whole(1, 24))
    items: tuple[Item, ...]
    habit_cue: Message | None = None
    micro: bool = field(default=False, validator=boolean())

    @property
    def seconds(self) -> int:
        """The time of all items; of those done beside another only what takes longer than it."""
        taken: Counter[str] = Counter()
        for item in self.items:
            taken[item.exercise] += item.seconds
        return sum(
            max(0, item.seconds - sum(taken[host] for host in item.paired_with))
            for item in self.items
        )

    def on_day(self, day: int) -> tuple[Item, ...]:
        """The items that are done on a day of the plan, from 1 to its `cycle_days`."""
        return tuple(item for item in self.items if day in item.days)

    @property
    def minutes(self) -> float:
        """The time in minutes, rounded down to hundredths."""
        return self.seconds * 100 // 60 / 100


@frozen(kw_only=True)
class Coverage:
    """How much of its targets a plan covers, in points: the value that the choice maximises.

    No other choice is worth more than `most`; where `exact` is true this one is the best.
    """

    points: int = field(default=0, validator=whole(0, 10_000_000))
    most: int = field(default=0, validator=whole(0, 10_000_000))
    exact: bool = field(default=True, validator=boolean())


@frozen(kw_only=True)
class TargetRegion:
    """A region that the plan works for, its points, and where they come from.

    `origins` are such as ``complaint``, ``goal foot_pain``, ``asymmetry lunge_cm`` or
    ``rule`` with its id.
    """

    region: Region
    side: Side
    points: int = field(validator=whole(0, 100_000))
    origins: tuple[str, ...] = ()
