"""A plan's life under a simulated person, week by week."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from itertools import cycle, islice, pairwise
from typing import TypeAlias

from attrs import evolve, frozen

from kineticchain.domain.person import Event, ExerciseLog, History, MorningAfter, SessionLog
from kineticchain.domain.validators import repr_short
from kineticchain.errors import Fault, InvalidInput
from kineticchain.progression import Standing
from kineticchain.recommendation.forecast.outcome import NEXT_DAY, Outcome, Task, line_of
from kineticchain.recommendation.plan.model import Item, Status
from kineticchain.recommendation.plan.plan import Plan
from kineticchain.recommendation.planning.planner import Case, Planner
from kineticchain.record import Record, answered_again

MAX_WEEKS = 520
_SKIPS = "skipped"

OutcomeChoice: TypeAlias = Callable[[Item, datetime.date], Outcome]
"""How an item of a plan turns out on a day."""

Outcomes: TypeAlias = Outcome | str | Iterable[Outcome | str] | OutcomeChoice
"""One outcome for every item, a script that begins again at its end, or an answer to each."""


@frozen(kw_only=True)
class StandingChange:
    """From one week to the next a standing changed its place."""

    on: datetime.date
    before: Standing
    after: Standing

    def __str__(self) -> str:
        """Such as ``2026-01-08 single_leg_balance, left: … → …: advance_variant. …``."""
        where = f"{self.on} {self.after.ladder}, {self.after.side}"
        steps = f"{self.before.exercise} → {self.after.exercise}"
        return f"{where}: {steps}: {self.after.action}. {self.after.reason}"


@frozen(kw_only=True)
class SimulatedCourse:
    """What became of a person and a plan: all events, the plans with their days, and what moved."""

    history: History
    plans: tuple[tuple[datetime.date, Plan], ...]

    @property
    def last(self) -> Plan:
        """The plan after the last week."""
        return self.plans[-1][1]

    @property
    def moves(self) -> tuple[StandingChange, ...]:
        """Every change of place from one weekly plan to the next."""
        return tuple(
            StandingChange(on=on, before=old, after=new)
            for (_, before), (on, after) in pairwise(self.plans)
            for old, new in zip(before.standings, after.standings, strict=True)
            if old.height != new.height
        )


def simulate(planner: Planner, case: Case, outcomes: Outcomes, weeks: int) -> SimulatedCourse:
    """Weeks of training by weekly plans, each item turning out as the person answers.

    Where every other day is asked for, a plan lasts its eight days. Raises `InvalidInput` for
    a number of weeks that is none.
    """
    if type(weeks) is not int or not 0 <= weeks <= MAX_WEEKS:
        remedy = f"give a whole number from 0 to {MAX_WEEKS}"
        raise InvalidInput(Fault(f"{repr_short(weeks)} is no number of weeks", "weeks", remedy))
    lived = list(islice(weeks_of(planner, case, _answer(outcomes)), weeks + 1))
    plans = tuple((start, plan) for start, plan, _ in lived)
    return SimulatedCourse(history=lived[-1][2], plans=plans)


def weeks_of(
    planner: Planner, case: Case, answer: OutcomeChoice
) -> Iterator[tuple[datetime.date, Plan, History]]:
    """Each day on which a plan is made, the plan, and what happened before it; without an end."""
    start, history = case.on, case.history
    while True:
        plan, history = planned_anew(planner, case, history, start)
        yield start, plan, history
        history = history.with_events(plan.issued(start), *_week(planner, plan, start, answer))
        start += datetime.timedelta(days=plan.cycle_days)


def planned_anew(
    planner: Planner, case: Case, history: History, on: datetime.date
) -> tuple[Plan, History]:
    """The plan of a day, once questions whose answers have run out are answered as before."""
    plan = planner.recommend(case.person, history, request=case.request, on=on)
    if plan.status is not Status.ASK_FIRST:
        return plan, history
    record = Record.of(case.person, history, on)
    questions = [one.id for one in plan.questions]
    answers = answered_again(record, questions, on, planner.knowledge.vocabulary)
    if answers is None:
        return plan, history
    history = history.with_events(answers)
    return planner.recommend(case.person, history, request=case.request, on=on), history


def _outcome(value: object, where: str) -> Outcome:
    if isinstance(value, str) and value in list(Outcome):
        return Outcome(value)
    known = ", ".join(Outcome)
    raise InvalidInput(Fault(f"{value!r} is no outcome", where, f"known are {known}"))


def _answer(outcomes: Outcomes) -> OutcomeChoice:
    if isinstance(outcomes, str):
        always = _outcome(outcomes, "outcomes")
        return lambda *_: always
    if callable(outcomes):
        return lambda item, on: _outcome(outcomes(item, on), "outcomes(…)")
    if not isinstance(outcomes, Iterable):
        raise InvalidInput(Fault("no outcomes", "outcomes", 'give ["as_planned", ...]'))
    script = tuple(_outcome(one, f"outcomes[{at}]") for at, one in enumerate(outcomes))
    if not script:
        raise InvalidInput(Fault("an empty script", "outcomes", 'give ["as_planned", ...]'))
    turns = cycle(script)
    return lambda *_: next(turns)


def _week(
    planner: Planner, plan: Plan, start: datetime.date, answer: OutcomeChoice
) -> Iterator[Event]:
    """The sessions of a week as planned, each followed by its next morning."""
    for number in range(1, plan.cycle_days + 1):
        day = start + datetime.timedelta(days=number - 1)
        worse = trained = False
        for session in plan.sessions:
            items = [item for item in session.on_day(number) if number >= item.starts]
            answers = [(item, answer(item, day)) for item in items]
            if not answers:
                continue
            worse = worse or any(one is Outcome.WORSE_MORNING for _, one in answers)
            trained = trained or any(one is not Outcome.SKIPPED_WEEK for _, one in answers)
            lines = [_line(planner, plan, item, outcome) for item, outcome in answers]
            yield SessionLog(on=day, slot=session.number, lines=lines)
        if trained:
            yield MorningAfter(on=day + NEXT_DAY, change=2 if worse else 0)


def _line(planner: Planner, plan: Plan, item: Item, outcome: Outcome) -> ExerciseLog:
    task = Task(item.exercise, item.side, item.dose)
    line = line_of(outcome, task, planner.knowledge, plan.pain_ceiling)
    return evolve(line, skipped=_SKIPS) if outcome is Outcome.SKIPPED_WEEK else line
