"""The plan: pure data that can answer for itself."""

import datetime
from collections.abc import Iterator

from attrs import evolve, field, frozen

from kineticchain.domain.evidence import Conflict, Evidence, Source
from kineticchain.domain.messages import LANGUAGES, MessageCatalog, catalog_in
from kineticchain.domain.person import History, PlanIssued, PlannedItem
from kineticchain.domain.validators import repr_short, whole
from kineticchain.domain.validators import text as a_text
from kineticchain.errors import Fault, InvalidInput, UnknownName, likely
from kineticchain.progression import Standing
from kineticchain.recommendation.plan.calendar import dated
from kineticchain.recommendation.plan.cycle import CYCLE_OF_EVERY_OTHER_DAY, WEEK
from kineticchain.recommendation.plan.dated_session import DatedSession
from kineticchain.recommendation.plan.model import (
    Coverage,
    Item,
    Omission,
    Question,
    Reason,
    Referral,
    Session,
    Status,
    TargetRegion,
    Why,
)
from kineticchain.recommendation.plan.plan_input import PlanInput
from kineticchain.recommendation.plan.text import MIN_WIDTH, WIDTH, plan_text
from kineticchain.rules import Failure, Firing

_OUTRANKED = frozenset({"outranked", "outranked_by_little"})
"""Codes of what every exercise of the plan comes before."""

_CLASHING = frozenset({"same_tissue", "one_a_session"})
"""Codes of what the exercise that they name comes before."""
"""The reasons that name what an exercise was outranked by."""

_WHOLE_PLAN = ("plan_refers", "plan_asks")
"""The reasons that keep every exercise out."""


@frozen(kw_only=True)
class Plan:
    """What to do, whom to see, what is still to be asked, and why.

    Printing it gives a text that fits a phone. `fingerprint` names the knowledge and the
    version that made it; the same input gives the same plan. `asked` is what it was asked for
    with, for what-if questions in the same process: it is never written, nor shown. After
    `cycle_days` its days begin anew: after a week, or after eight days for every other day.
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
    coverage: Coverage = field(factory=Coverage)
    evidence: tuple[Evidence, ...] = ()
    sources: tuple[Source, ...] = ()
    trace: tuple[Firing, ...] = ()
    failures: tuple[Failure, ...] = ()
    left_out: tuple[str, ...] = ()
    pain_ceiling: int = field(default=5, validator=whole(0, 10))
    on: datetime.date | None = None
    cycle_days: int = field(default=WEEK, validator=whole(WEEK, CYCLE_OF_EVERY_OTHER_DAY, "days"))
    language: str = field(default="en", validator=a_text())
    asked: PlanInput | None = field(
        default=None, eq=False, repr=False, metadata={"unwritten": "it tells of the person"}
    )
    fingerprint: str = field(validator=a_text())
    version: str = field(validator=a_text())

    @property
    def catalog(self) -> MessageCatalog:
        """Those of its language where the library has it, else English ones."""
        return catalog_in(self.language if self.language in LANGUAGES else "en")

    @property
    def items(self) -> tuple[Item, ...]:
        """All items of all sessions, each exercise and side once."""
        found = {
            (item.exercise, item.side): item for session in self.sessions for item in session.items
        }
        return tuple(found.values())

    def why(self, exercise: str) -> Why:
        """Why an exercise is in the plan. Raises `UnknownName` if it is not."""
        _check_name(exercise)
        items = [item for item in self.items if item.exercise == exercise]
        if not items:
            left_out = {one.exercise for one in (*self.exclusions, *self.omissions)}
            remedy = likely(exercise, {item.exercise for item in self.items})
            if exercise in left_out or not remedy:
                remedy = "ask why_not"
            raise UnknownName("item of this plan", exercise, remedy)
        reasons = tuple(dict.fromkeys(reason for item in items for reason in item.reasons))
        standings = [one for one in self.standings if one.exercise == exercise]
        behind = [one.exercise for one in self.omissions if _ranks_behind(one, items[0].title)]
        answer = self._answer(exercise, reasons, tuple(standings))
        return evolve(answer, preferred_to=tuple(dict.fromkeys(behind)))

    def why_not(self, exercise: str) -> Why:
        """Why an exercise, or one of its sides, is left out.

        Where the plan refers or asks first, that is the first reason; so is that it is in the
        plan, or one of its sides. Raises `UnknownName` for an id that the plan's knowledge does
        not hold.
        """
        _check_name(exercise)
        known = {one.exercise for one in (*self.exclusions, *self.omissions)}
        known |= {item.exercise for item in self.items}
        if exercise not in known:
            raise UnknownName("exercise", exercise, likely(exercise, known))
        out = [one for one in (*self.exclusions, *self.omissions) if one.exercise == exercise]
        out.sort(key=lambda one: one.code not in _WHOLE_PLAN)
        reasons = [*self._inside(exercise, whole=not out), *(one.reason for one in out)]
        return self._answer(exercise, tuple(dict.fromkeys(reasons)), ())

    def _inside(self, exercise: str, *, whole: bool) -> Iterator[Reason]:
        """That an exercise is in the plan, or on which side it is."""
        sides = {item.side for item in self.items if item.exercise == exercise}
        if sides and whole:
            yield Reason(message=self.catalog.say("in_plan"))
        elif sides:
            said = ", ".join(self.catalog.text(f"side_{side}") for side in sorted(sides))
            yield Reason(message=self.catalog.say("in_plan_on", side=said))

    def calendar(
        self,
        start: datetime.date,
        weeks: int = 1,
        *,
        history: History | None = None,
        today: datetime.date | None = None,
    ) -> tuple[DatedSession, ...]:
        """The sessions of some weeks from `start`, the plan's first day, in order.

        With a history and today's date only sessions from today on are told; what was missed
        in the week before moves to the first day that has room and rest enough for it. Raises
        `InvalidInput` for what is no date or number of weeks.
        """
        return dated(self.sessions, self.cycle_days, start, weeks, history, today)

    def issued(self, on: datetime.date) -> PlanIssued:
        """The event that this plan was handed out on a day, for the history.

        Of a dose that was cut for time the whole one is asked for, so that it does not grow before
        all of it is done. Micro-sessions beside longer ones are no sessions that have to be kept.
        """
        items = [
            PlannedItem(item.exercise, item.side, item.whole_dose or item.dose)
            for item in self.items
        ]
        longer = [session for session in self.sessions if not session.micro] or self.sessions
        days = sum(len({day for item in one.items for day in item.days}) for one in longer)
        return PlanIssued(
            on=on,
            items=items,
            sessions_per_week=-(-days * WEEK // self.cycle_days),
            pain_ceiling=self.pain_ceiling,
        )

    def _answer(
        self, exercise: str, reasons: tuple[Reason, ...], standings: tuple[Standing, ...]
    ) -> Why:
        cited = {name for reason in reasons for name in reason.evidence}
        rows = tuple(row for row in self.evidence if row.id in cited)
        weighed = {name for reason in reasons for name in reason.against} - cited
        against = tuple(row for row in self.evidence if row.id in weighed)
        rules = {reason.rule for reason in reasons}
        seen = tuple(one for one in self.trace if one.rule in rules and one.seen)
        return Why(
            exercise=exercise,
            reasons=reasons,
            evidence=rows,
            against=against,
            standings=standings,
            seen=seen,
        )

    def __str__(self) -> str:
        """The plan as a person reads it, in its language where the library has it."""
        return self.text()

    def text(self, catalog: MessageCatalog | str | None = None, *, width: int = WIDTH) -> str:
        """The plan in plain lines, its frame in a language or in a table of one's own.

        What it says of exercises, and why, stays in the language that it was made in. `width` is
        the most characters of a line, from 20 on. Raises `InvalidInput` for another width.
        """
        if type(width) is not int or width < MIN_WIDTH:
            remedy = f"give a whole number from {MIN_WIDTH} on"
            raise InvalidInput(Fault(f"{repr_short(width)} is no width", "width", remedy))
        table = self.catalog if catalog is None else catalog
        return plan_text(
            self, table if isinstance(table, MessageCatalog) else catalog_in(table), width
        )


def _ranks_behind(omission: Omission, title: str) -> bool:
    """Whether something was left out for an exercise of this title."""
    if omission.code in _OUTRANKED:
        return True
    named = dict(omission.reason.message.args).get("exercise", "")
    return omission.code in _CLASHING and title in str(named).split(" / ")


def _check_name(exercise: object) -> None:
    if not isinstance(exercise, str):
        remedy = "give the id of an exercise"
        raise InvalidInput(Fault(f"{repr_short(exercise)} is no id", "exercise", remedy))


def check_plan(plan: object, where: str) -> None:
    """Raise `InvalidInput` for what is no plan."""
    if not isinstance(plan, Plan):
        remedy = "give what recommend returned"
        raise InvalidInput(Fault(f"{repr_short(plan)} is no plan", where, remedy))
