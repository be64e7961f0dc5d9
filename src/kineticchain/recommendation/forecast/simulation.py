"""Simulation of training with weekly plans under given outcomes."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from itertools import cycle, islice, pairwise
from typing import TypeAlias

from attrs import evolve, frozen

from kineticchain.domain.person import Event, ExerciseLog, History, MorningAfter, SessionLog
from kineticchain.domain.validators import repr_short
from kineticchain.errors import Fault, InvalidInput
from kineticchain.progression import Standing
from kineticchain.recommendation.assessment.assessment import Assessment
from kineticchain.recommendation.forecast.outcome import NEXT_DAY, Outcome, Task, line_of
from kineticchain.recommendation.plan.model import Item, Status
from kineticchain.recommendation.plan.plan import Plan
from kineticchain.recommendation.plan.plan_input import PlanInput
from kineticchain.recommendation.planning.planner import Planner
from kineticchain.record import Record, answered_again

MAX_WEEKS = 520
_SKIPS = "skipped"
"""The reason on the line of a skipped exercise."""

OutcomeChoice: TypeAlias = Callable[[Item, datetime.date], Outcome]
"""A function from an item of a plan and a day to its outcome."""

Outcomes: TypeAlias = Outcome | str | Iterable[Outcome | str] | OutcomeChoice
"""One outcome for all items, a script that repeats, or a function that returns each outcome."""


@frozen(kw_only=True)
class StandingChange:
    """A standing that changed its place from one plan to the next.

    Attributes:
        on: The day of the later plan.
        before: The standing in the earlier plan.
        after: The standing in the later plan.
    """

    on: datetime.date
    before: Standing
    after: Standing

    def __str__(self) -> str:
        """Return a line as ``2026-01-08 single_leg_balance, left: … → …: advance_variant. …``."""
        where = f"{self.on} {self.after.ladder}, {self.after.side}"
        steps = f"{self.before.exercise} → {self.after.exercise}"
        return f"{where}: {steps}: {self.after.action}. {self.after.reason}"


@frozen(kw_only=True)
class SimulatedCourse:
    """The result of a simulation.

    Attributes:
        history: All events, also from before the simulation.
        plans: Each plan with the day on which it was made.
        standings: The standings of all ladders and sides on each of these days.
    """

    history: History
    plans: tuple[tuple[datetime.date, Plan], ...]
    standings: tuple[tuple[Standing, ...], ...]

    @property
    def last(self) -> Plan:
        """The plan after the last simulated week."""
        return self.plans[-1][1]

    @property
    def moves(self) -> tuple[StandingChange, ...]:
        """All changes of a ladder position from one plan to the next."""
        return tuple(
            StandingChange(on=on, before=old, after=new)
            for (on, _), (before, after) in zip(
                self.plans[1:], pairwise(self.standings), strict=True
            )
            for old, new in zip(before, after, strict=True)
            if old.height != new.height
        )


def simulate(
    planner: Planner, plan_input: PlanInput, outcomes: Outcomes, weeks: int
) -> SimulatedCourse:
    """Simulate training by weekly plans with given outcomes of the items.

    A plan for every other day lasts eight days instead of a week.

    Args:
        planner: Makes the plans.
        plan_input: The person with history, request and the first day.
        outcomes: The outcomes of the items.
        weeks: The number of plans to follow, from 0 to 520.

    Raises:
        InvalidInput: The outcomes or the number of weeks are invalid.
    """
    if type(weeks) is not int or not 0 <= weeks <= MAX_WEEKS:
        remedy = f"give a whole number from 0 to {MAX_WEEKS}"
        raise InvalidInput(Fault(f"{repr_short(weeks)} is no number of weeks", "weeks", remedy))
    weekly = list(islice(weeks_of(planner, plan_input, _outcome_choice(outcomes)), weeks + 1))
    return SimulatedCourse(
        history=weekly[-1].history,
        plans=tuple((week.start, week.plan) for week in weekly),
        standings=tuple(week.assessment.standings for week in weekly),
    )


@frozen(eq=False)
class SimulatedWeek:
    """A plan of a simulation.

    Attributes:
        start: The day of the plan.
        plan: The plan.
        history: The events before the plan.
        assessment: The assessment of the plan.
    """

    start: datetime.date
    plan: Plan
    history: History
    assessment: Assessment


def weeks_of(
    planner: Planner, plan_input: PlanInput, answer: OutcomeChoice
) -> Iterator[SimulatedWeek]:
    """Yield the plan of each week, endlessly.

    Args:
        planner: Makes the plans.
        plan_input: The person with history, request and the first day.
        answer: Chooses the outcome of each item.
    """
    start, history, before = plan_input.day, plan_input.history, None
    while True:
        week = planned_anew(planner, evolve(plan_input, history=history, on=start), before)
        yield week
        issued = week.plan.issued(start)
        history = week.history.with_events(issued, *_week(planner, week.plan, start, answer))
        start += datetime.timedelta(days=week.plan.cycle_days)
        before = week.assessment


def planned_anew(
    planner: Planner, plan_input: PlanInput, before: Assessment | None = None
) -> SimulatedWeek:
    """Return the plan of a day, after expired answers are given again.

    Args:
        planner: Makes the plan.
        plan_input: The person, the request, the events before the day, and the day.
        before: The assessment of the plan before this one, if any.
    """
    start, history = plan_input.day, plan_input.history
    plan, assessment = planner.plan_after(plan_input, before)
    if plan.status is Status.ASK_FIRST:
        record = Record.of(plan_input.person, history, start)
        questions, vocabulary = assessment.decision.questions, planner.knowledge.vocabulary
        answers = answered_again(record, questions, start, vocabulary)
        if answers is not None:
            history = history.with_events(answers)
            answered = evolve(plan_input, history=history)
            plan, assessment = planner.plan_after(answered, assessment)
    return SimulatedWeek(start, plan, history, assessment)


def _outcome(value: object, where: str) -> Outcome:
    if isinstance(value, str) and value in list(Outcome):
        return Outcome(value)
    names = ", ".join(Outcome)
    raise InvalidInput(Fault(f"{value!r} is no outcome", where, f"known are {names}"))


def _outcome_choice(outcomes: Outcomes) -> OutcomeChoice:
    """Return the outcomes as a function of item and day."""
    if isinstance(outcomes, str):
        always = _outcome(outcomes, "outcomes")
        return lambda *_: always
    if callable(outcomes):
        return lambda item, on: _outcome(outcomes(item, on), "outcomes(…)")
    if not isinstance(outcomes, Iterable):
        raise InvalidInput(Fault("no outcomes", "outcomes", 'give ["as_planned", ...]'))
    script = tuple(_outcome(value, f"outcomes[{index}]") for index, value in enumerate(outcomes))
    if not script:
        raise InvalidInput(Fault("an empty script", "outcomes", 'give ["as_planned", ...]'))
    turns = cycle(script)
    return lambda *_: next(turns)


def _week(
    planner: Planner, plan: Plan, start: datetime.date, answer: OutcomeChoice
) -> Iterator[Event]:
    """Yield the sessions of one cycle of a plan, and the next morning after each trained day."""
    for number in range(1, plan.cycle_days + 1):
        day = start + datetime.timedelta(days=number - 1)
        morning_is_worse = is_trained = False
        for session in plan.sessions:
            items = [item for item in session.on_day(number) if number >= item.starts]
            answers = [(item, answer(item, day)) for item in items]
            if not answers:
                continue
            morning_is_worse = morning_is_worse or any(
                outcome is Outcome.WORSE_MORNING for _, outcome in answers
            )
            is_trained = is_trained or any(
                outcome is not Outcome.SKIPPED_WEEK for _, outcome in answers
            )
            lines = [_line(planner, plan, item, outcome) for item, outcome in answers]
            yield SessionLog(on=day, slot=session.number, lines=lines)
        if is_trained:
            yield MorningAfter(on=day + NEXT_DAY, change=2 if morning_is_worse else 0)


def _line(planner: Planner, plan: Plan, item: Item, outcome: Outcome) -> ExerciseLog:
    task = Task(item.exercise, item.side, item.dose)
    line = line_of(outcome, task, planner.knowledge, plan.pain_ceiling)
    return evolve(line, skipped=_SKIPS) if outcome is Outcome.SKIPPED_WEEK else line
