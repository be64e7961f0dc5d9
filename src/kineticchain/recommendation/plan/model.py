"""What a plan is made of."""

from collections import Counter
from enum import StrEnum

from attrs import field, frozen

from kineticchain.domain.anatomy import Region, Side
from kineticchain.domain.evidence import Evidence, Grade
from kineticchain.domain.exercises import Dose
from kineticchain.domain.messages import Message
from kineticchain.domain.validators import boolean, each, identifier, text, whole
from kineticchain.progression import Standing
from kineticchain.rules import Firing, ReferralLevel


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
    """One exercise of a session, on one side or both, with its dose and its reasons.

    `tempo_s` is seconds up, held and down for one repetition.
    Where `per_side` is true the dose is for each side. `days` are days of the plan from 1 to
    its `cycle_days`; on days of the first cycle before `starts` it still rests, and `rest_days` lie
    between two days of it at least. `seconds` counts all that the prescription takes, rests
    and side changes included. `rests_with` are exercises that load the same tissue heavily: after
    them, too, it rests. `beside` names the exercise of the session at the same time as which it
    is done, or two where the sides stand on different ones. Where the dose was cut for time
    `whole_dose` is the one that is to be reached before it grows.
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
    beside: tuple[str, ...] = field(default=(), validator=each(identifier()))
    whole_dose: Dose | None = None
    reasons: tuple[Reason, ...]
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

    `moment` is a moment of the day that suits it, where it is short. A `micro` session is one of
    those that were asked for on every day beside the longer ones.
    """

    number: int = field(validator=whole(1, 24))
    items: tuple[Item, ...]
    moment: Message | None = None
    micro: bool = field(default=False, validator=boolean())

    @property
    def seconds(self) -> int:
        """The time of all items; of those beside another only what takes longer than it."""
        taken: Counter[str] = Counter()
        for item in self.items:
            taken[item.exercise] += item.seconds
        return sum(
            max(0, item.seconds - sum(taken[host] for host in item.beside)) for item in self.items
        )

    def on_day(self, day: int) -> tuple[Item, ...]:
        """The items that are done on a day of the plan, from 1 to its `cycle_days`."""
        return tuple(item for item in self.items if day in item.days)

    @property
    def minutes(self) -> float:
        """The time in minutes, rounded down to hundredths."""
        return self.seconds * 100 // 60 / 100


@frozen(kw_only=True)
class Omission:
    """An exercise that is not in the plan, on a side, and why.

    `code` is the id of the message; `rule` names the rule where one excluded it.
    """

    exercise: str = field(validator=identifier())
    side: Side
    reason: Reason

    @property
    def code(self) -> str:
        """The kind of reason, such as `excluded_by_rule` or `no_time`."""
        return self.reason.message.id

    def __str__(self) -> str:
        """The reason in one line."""
        side = "" if self.side is Side.BOTH else f" ({self.side})"
        return f"{self.exercise}{side}: {self.reason}"


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


@frozen(kw_only=True)
class Why:
    """The answer to why, or why not: reasons with their evidence, and the evidence `against` them.

    `seen` tells of each rule among the reasons which values it saw. `preferred_to` are the
    exercises that were left out because this one ranks before them.
    """

    exercise: str = field(validator=identifier())
    reasons: tuple[Reason, ...]
    evidence: tuple[Evidence, ...] = ()
    against: tuple[Evidence, ...] = ()
    standings: tuple[Standing, ...] = ()
    seen: tuple[Firing, ...] = ()
    preferred_to: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Readable lines."""
        lines = [f"{self.exercise}:"]
        lines += [f"  - {reason}" for reason in self.reasons]
        lines += [f"  {one}" for one in self.seen]
        if self.preferred_to:
            lines.append(f"  comes before {', '.join(self.preferred_to)}")
        lines += [f"  {row.id} ({row.grade}): {row.statement}" for row in self.evidence]
        lines += [f"  but {row.id} ({row.grade}): {row.statement}" for row in self.against]
        return "\n".join(lines)
