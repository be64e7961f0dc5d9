"""The plan: sessions, questions, referral and trace."""

import datetime
from operator import attrgetter

from attrs import evolve, field, frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.exercises import Dose
from kineticchain.domain.messages import LANGUAGES, MessageCatalog, catalog_in
from kineticchain.domain.person import History, PlanIssued, PlannedItem
from kineticchain.domain.validators import repr_short, whole
from kineticchain.domain.validators import text as a_text
from kineticchain.errors import Fault, InvalidInput
from kineticchain.progression import Standing
from kineticchain.recommendation.plan.calendar import dated
from kineticchain.recommendation.plan.cycle import CYCLE_OF_EVERY_OTHER_DAY, WEEK
from kineticchain.recommendation.plan.dated_session import DatedSession
from kineticchain.recommendation.plan.model import (
    Coverage,
    Item,
    Question,
    Reason,
    Referral,
    SelfTest,
    Session,
    Status,
    TargetRegion,
)
from kineticchain.recommendation.plan.plan_input import PlanInput
from kineticchain.recommendation.plan.trace import Trace
from kineticchain.recommendation.plan.view.html_format import sheet_fragment, sheet_page
from kineticchain.recommendation.plan.view.markdown_format import sheet_markdown
from kineticchain.recommendation.plan.view.patient_sheet import patient_sheet
from kineticchain.recommendation.plan.view.sheet import Sheet
from kineticchain.recommendation.plan.view.text_format import MIN_WIDTH, WIDTH, sheet_text
from kineticchain.rules import Failure

_YEAR = 365


@frozen(kw_only=True, repr=False)
class Plan:
    """A plan: sessions, open questions, referral, and a trace of its decisions.

    Equal inputs give equal plans. `Recommender.explain` returns reasons, rejections, evidence and
    conflicts, also for a plan that was read from JSON.

    Attributes:
        status: `ready`, `ask_first`, `refer`, or `rest` if nothing is left to do for now.
        referral: Whom to see, how soon, and why.
        questions: The open questions to ask next, first those that decide the most rules.
        further_questions: The number of further open questions; `Recommender.explain` returns all
            questions.
        sessions: The sessions of a day, with their exercises.
        self_tests: Measures that the person can take, since a next step waits for them.
        standings: The standings on ladders that the person has trained, or whose position
            follows from what was trained.
        precautions: The precautions for the planned exercises.
        advice: Advice of rules, and notes on the plan.
        targets: The target regions of the plan.
        coverage: How much of the targets the plan covers.
        trace: The facts and the rules from which the plan follows.
        failures: Rules written in Python that failed.
        disabled_rules: Rules that the app has disabled.
        pain_ceiling: The most pain that is allowed during exercise (0-10).
        on: The day of the plan.
        cycle_days: The days after which the plan repeats: 7, or 8 for a plan for every other day.
        language: The language of its texts, such as ``en``.
        fingerprint: The fingerprint of the knowledge that the plan was made with.
        version: The version of the library that made the plan.
        made_from: The input of the plan, for what-if questions in the same process. It contains
            the person, so it is never written or shown.
    """

    status: Status
    referral: Referral = field(factory=Referral)
    questions: tuple[Question, ...] = ()
    further_questions: int = field(default=0, validator=whole(0, 100_000))
    sessions: tuple[Session, ...] = ()
    self_tests: tuple[SelfTest, ...] = ()
    standings: tuple[Standing, ...] = ()
    precautions: tuple[Reason, ...] = ()
    advice: tuple[Reason, ...] = ()
    targets: tuple[TargetRegion, ...] = ()
    coverage: Coverage = field(factory=Coverage)
    trace: Trace = field(factory=Trace)
    failures: tuple[Failure, ...] = ()
    disabled_rules: tuple[str, ...] = ()
    pain_ceiling: int = field(default=5, validator=whole(0, 10))
    on: datetime.date | None = None
    cycle_days: int = field(default=WEEK, validator=whole(WEEK, CYCLE_OF_EVERY_OTHER_DAY, "days"))
    language: str = field(default="en", validator=a_text())
    fingerprint: str = field(validator=a_text())
    version: str = field(validator=a_text())
    made_from: PlanInput | None = field(
        default=None, eq=False, metadata={"unwritten": "it tells of the person"}
    )

    def __attrs_post_init__(self) -> None:
        """Reject exercises in a plan that is not ready, and a ready plan without exercises.

        Raises:
            InvalidInput: The status and the sessions contradict each other.
        """
        if (self.status is Status.READY) != bool(self.sessions):
            content = f"{len(self.sessions)} sessions" if self.sessions else "no session"
            remedy = "recommend again; a plan has sessions exactly if it is ready"
            raise InvalidInput(
                Fault(f"the plan is {self.status} with {content}", ".status", remedy)
            )

    def __repr__(self) -> str:
        """Return status, referral, and the number of questions and exercises in one line."""
        day = "" if self.on is None else f" on {self.on.isoformat()}"
        questions = len(self.questions) + self.further_questions
        return (
            f"<Plan{day}: {self.status}, referral {self.referral.level}, "
            f"{questions} questions, {len(self.items)} exercises>"
        )

    @property
    def catalog(self) -> MessageCatalog:
        """The messages in the language of the plan if the library has it, else in English."""
        return catalog_in(self.language if self.language in LANGUAGES else "en")

    @property
    def items(self) -> tuple[Item, ...]:
        """The items of all sessions by exercise and side, each with its days in all sessions."""
        items: dict[tuple[str, Side], Item] = {}
        for session in self.sessions:
            for item in session.items:
                before = items.get((item.exercise, item.side), item).days
                days = tuple(sorted({*before, *item.days}))
                is_whole = before == item.days
                items[item.exercise, item.side] = item if is_whole else evolve(item, days=days)
        return tuple(items.values())

    def to_rows(self) -> list[dict[str, str | int | None]]:
        """Return a row for each exercise of each session, for a table such as a data frame.

        Amounts that an exercise does not have are None. The days of the plan are numbers from 1,
        joined by spaces.
        """
        return [
            {
                "session": session.number,
                "exercise": item.exercise,
                "title": item.title,
                "side": item.side.value,
                **{axis: getattr(item.dose, axis) for axis in item.dose.AXES},
                "variations": item.dose.variations,
                "seconds": item.seconds,
                "days": " ".join(map(str, item.days)),
            }
            for session in self.sessions
            for item in session.items
        ]

    def calendar(
        self,
        start: datetime.date,
        weeks: int = 1,
        *,
        history: History | None = None,
        today: datetime.date | None = None,
    ) -> tuple[DatedSession, ...]:
        """Return the dated sessions of some weeks, in order.

        Args:
            start: The plan's first day.
            weeks: The number of weeks, from 1 on.
            history: The events so far. With `history` and `today`, the sessions from today on are
                returned, and items that were missed in the week before move to the first day with
                enough room and rest.
            today: The current day.

        Raises:
            InvalidInput: If an argument is of the wrong type or out of range.
        """
        return dated(self.sessions, self.cycle_days, start, weeks, history, today)

    def today(self, history: History, on: datetime.date | None = None) -> tuple[DatedSession, ...]:
        """Return the sessions that are still to be done on a day, with items missed before.

        Args:
            history: The events so far.
            on: A day within a year from the day of the plan; the day of the plan by default.

        Raises:
            InvalidInput: If the plan has no day, or if `on` is not within a year from that day.
        """
        if self.on is None:
            remedy = "give on=date(...) to recommend"
            raise InvalidInput(Fault("the plan has no day", "on", remedy))
        day = self.on if on is None else on
        if type(day) is not datetime.date or not 0 <= (day - self.on).days < _YEAR:
            remedy = f"give a day from {self.on} on, within a year"
            raise InvalidInput(Fault(f"{repr_short(day)} is not a day of the plan", "on", remedy))
        weeks = (day - self.on).days // WEEK + 1
        sessions = self.calendar(self.on, weeks, history=history, today=day)
        return tuple(session for session in sessions if session.on == day)

    def issued(self, on: datetime.date) -> PlanIssued:
        """Return the event for the history that this plan was issued.

        A dose that was cut for time is recorded in full, so that the dose does not grow before all
        of it is done. The dose of the stronger side, which the plan lowers to that of the weaker
        side, is recorded in full as well. Micro-sessions beside longer sessions are not counted
        among the planned sessions.

        Args:
            on: The day on which the plan was issued.
        """
        items = [
            PlannedItem(
                item.exercise,
                side,
                dose,
                -(-len(item.days) * WEEK // self.cycle_days),
            )
            for item in self.items
            for side, dose in self._asked(item)
        ]
        longer = [session for session in self.sessions if not session.micro] or self.sessions
        days = sum(len(session.days) for session in longer)
        return PlanIssued(
            on=on,
            items=items,
            sessions_per_week=-(-days * WEEK // self.cycle_days),
            sessions_per_day=len({session.number for session in longer}) or None,
            pain_ceiling=self.pain_ceiling,
            goal=self.trace.request.goal,
            programme=self.trace.request.programme,
        )

    def _asked(self, item: Item) -> list[tuple[Side, Dose]]:
        """Return the dose that has to be done before it grows, by side if the sides differ."""
        standing_of_side = {
            standing.side: standing
            for standing in self.standings
            if standing.exercise == item.exercise and standing.side.meets(item.side)
        }
        due_doses = []
        for side in item.side.each:
            standing = standing_of_side.get(side)
            other_side_lags = standing is not None and any(
                other.lags and other.ladder == standing.ladder and other.side is not side
                for other in self.standings
            )
            due = item.due_dose
            if other_side_lags and standing is not None and standing.dose is not None:
                due = max(due, standing.dose, key=attrgetter("volume"))
            due_doses.append((side, due))
        doses = {dose for _, dose in due_doses}
        return [(item.side, doses.pop())] if len(doses) == 1 else due_doses

    def __str__(self) -> str:
        """Return the patient's view as text, in the language of the plan."""
        return self.text()

    def for_patient(self, catalog: MessageCatalog | str | None = None) -> Sheet:
        """Return what a patient reads: what to do, and every caution; no ids and no grades.

        Args:
            catalog: The messages of the frame, such as headings, or a language. Texts of exercises
                and reasons stay in the language in which the plan was made.
        """
        messages = self.catalog if catalog is None else catalog
        if not isinstance(messages, MessageCatalog):
            messages = catalog_in(messages)
        return patient_sheet(self, messages)

    def text(
        self,
        catalog: MessageCatalog | str | None = None,
        *,
        width: int = WIDTH,
        steps: bool = False,
    ) -> str:
        """Return the patient's view as plain lines.

        Args:
            catalog: The messages of its frame, or a language, as for `for_patient`.
            width: The most characters of a line, from 20 on.
            steps: True to include the steps of each exercise. Otherwise the view is short: the
                amounts, the main cue and every caution.

        Raises:
            InvalidInput: If the width is no whole number from 20 on.
        """
        if type(width) is not int or width < MIN_WIDTH:
            remedy = f"give a whole number from {MIN_WIDTH} on"
            raise InvalidInput(Fault(f"{repr_short(width)} is no width", "width", remedy))
        return sheet_text(self.for_patient(catalog), width, steps=steps)

    def markdown(self, catalog: MessageCatalog | str | None = None) -> str:
        """Return the patient's view as Markdown, with a table of the week to tick off.

        Args:
            catalog: The messages of its frame, or a language, as for `for_patient`.
        """
        return sheet_markdown(self.for_patient(catalog))

    def html(self, catalog: MessageCatalog | str | None = None) -> str:
        """Return the patient's view as a page that needs no network and no script.

        Args:
            catalog: The messages of its frame, or a language, as for `for_patient`.
        """
        return sheet_page(self.for_patient(catalog))

    def _repr_html_(self) -> str:
        """Return the patient's view for a notebook."""
        return sheet_fragment(self.for_patient())

    def _repr_markdown_(self) -> str:
        """Return the patient's view for a notebook."""
        return self.markdown()


def check_plan(plan: object, where: str) -> None:
    """Raise `InvalidInput` if a value is no plan."""
    if not isinstance(plan, Plan):
        remedy = "give what recommend returned"
        raise InvalidInput(Fault(f"{repr_short(plan)} is no plan", where, remedy))
