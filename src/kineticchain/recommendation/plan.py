"""The plan: pure data that can answer for itself."""

import datetime
from enum import StrEnum

from attrs import field, frozen

from kineticchain.anatomy import Region, Side
from kineticchain.constraints import identifier, text, whole
from kineticchain.errors import UnknownName, likely
from kineticchain.evidence import Conflict, Evidence, Grade, Source
from kineticchain.exercises import Dose
from kineticchain.facts import Value
from kineticchain.messages import Message
from kineticchain.person import PlanIssued, PlannedItem
from kineticchain.progression import Standing
from kineticchain.rules import Failure, ReferralLevel


class Status(StrEnum):
    """What kind of plan it is."""

    READY = "ready"
    ASK_FIRST = "ask_first"
    REFER = "refer"


@frozen(kw_only=True)
class Reason:
    """Why something is as it is: the text, the rule if one said so, and what it rests on.

    `grade` is the weakest grade among its rows; a reason on sources alone is *expert*.
    """

    message: Message
    rule: str | None = None
    evidence: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    grade: Grade | None = None
    confirmed: bool = True

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
    """A safety question that is still open; `id` is the name of the fact that answers it."""

    id: str = field(validator=identifier())
    text: str = field(validator=text())


@frozen(kw_only=True)
class Item:
    """One exercise of a session, on one side or both, with its dose and its reasons.

    Where `per_side` is true the dose is for each side. `days` are days of the plan's week,
    from 1 to 7. `seconds` counts all that the
    prescription takes, rests and side changes included.
    """

    exercise: str = field(validator=identifier())
    title: str = field(validator=text())
    side: Side
    per_side: bool
    dose: Dose
    seconds: int = field(validator=whole(1, 86_400, "seconds"))
    days: tuple[int, ...]
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
    """A template for one session of a day; `number` is its slot."""

    number: int = field(validator=whole(1, 24))
    items: tuple[Item, ...]

    @property
    def seconds(self) -> int:
        """The time of all items."""
        return sum(item.seconds for item in self.items)

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
class TargetRegion:
    """A region that the plan works for, and its points."""

    region: Region
    side: Side
    points: int = field(validator=whole(0, 100_000))


@frozen(kw_only=True)
class TraceEntry:
    """A rule whose condition was not false: what it was bound to and the values it saw.

    `truth` is None where the condition stayed unknown. `region` and `side` tell the
    complaint, injury or surgery of a rule that runs over each of them.
    """

    rule: str = field(validator=identifier())
    truth: bool | None
    region: Region | None = None
    side: Side | None = None
    seen: tuple[tuple[str, Value | None], ...] = ()


@frozen(kw_only=True)
class Why:
    """The answer to why, or why not: reasons with their evidence."""

    exercise: str = field(validator=identifier())
    reasons: tuple[Reason, ...]
    evidence: tuple[Evidence, ...] = ()
    standings: tuple[Standing, ...] = ()

    def __str__(self) -> str:
        """Readable lines."""
        lines = [f"{self.exercise}:"]
        lines += [f"  - {reason}" for reason in self.reasons]
        lines += [f"  {row.id} ({row.grade}): {row.statement}" for row in self.evidence]
        return "\n".join(lines)


@frozen(kw_only=True)
class Plan:
    """What to do, whom to see, what is still to be asked, and why.

    Printing it gives a text that fits a phone. `fingerprint` names the knowledge and the
    version that made it; the same input gives the same plan.
    """

    status: Status
    referral: Referral = field(factory=Referral)
    questions: tuple[Question, ...] = ()
    sessions: tuple[Session, ...] = ()
    standings: tuple[Standing, ...] = ()
    exclusions: tuple[Omission, ...] = ()
    omissions: tuple[Omission, ...] = ()
    precautions: tuple[Reason, ...] = ()
    advice: tuple[Reason, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    targets: tuple[TargetRegion, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    sources: tuple[Source, ...] = ()
    trace: tuple[TraceEntry, ...] = ()
    failures: tuple[Failure, ...] = ()
    left_out: tuple[str, ...] = ()
    pain_ceiling: int = field(default=5, validator=whole(0, 10))
    on: datetime.date | None = None
    fingerprint: str = field(validator=text())
    version: str = field(validator=text())

    @property
    def items(self) -> tuple[Item, ...]:
        """All items of all sessions, each exercise and side once."""
        found = {
            (item.exercise, item.side): item for session in self.sessions for item in session.items
        }
        return tuple(found.values())

    def why(self, exercise: str) -> Why:
        """Why an exercise is in the plan. Raises `UnknownName` if it is not."""
        items = [item for item in self.items if item.exercise == exercise]
        if not items:
            remedy = likely(exercise, {item.exercise for item in self.items})
            raise UnknownName("item of this plan", exercise, remedy or "ask why_not")
        reasons = tuple(dict.fromkeys(reason for item in items for reason in item.reasons))
        standings = [one for one in self.standings if one.exercise == exercise]
        return self._answer(exercise, reasons, tuple(standings))

    def why_not(self, exercise: str) -> Why:
        """Why an exercise, or one of its sides, is left out.

        The reasons are empty where all of it is in the plan. Raises `UnknownName` for an id
        that the plan's knowledge does not hold.
        """
        known = {one.exercise for one in (*self.exclusions, *self.omissions)}
        known |= {item.exercise for item in self.items}
        if exercise not in known:
            raise UnknownName("exercise", exercise, likely(exercise, known))
        out = [one for one in (*self.exclusions, *self.omissions) if one.exercise == exercise]
        return self._answer(exercise, tuple(dict.fromkeys(one.reason for one in out)), ())

    def issued(self, on: datetime.date) -> PlanIssued:
        """The event that this plan was handed out on a day, for the history."""
        items = [PlannedItem(item.exercise, item.side, item.dose) for item in self.items]
        days = sum(
            max((len(item.days) for item in session.items), default=0) for session in self.sessions
        )
        return PlanIssued(on=on, items=items, sessions_per_week=days)

    def _answer(
        self, exercise: str, reasons: tuple[Reason, ...], standings: tuple[Standing, ...]
    ) -> Why:
        cited = {name for reason in reasons for name in reason.evidence}
        rows = tuple(row for row in self.evidence if row.id in cited)
        return Why(exercise=exercise, reasons=reasons, evidence=rows, standings=standings)

    def __str__(self) -> str:
        """The plan as a person reads it."""
        # imported here because the text is made from whole plans
        from kineticchain.recommendation.plan_text import plan_text  # noqa: PLC0415

        return plan_text(self)
