"""When an exercise comes at the earliest: the fold of good days, over days yet to come."""

import datetime
from collections.abc import Iterator

from attrs import evolve, frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.exercises import Ladder
from kineticchain.domain.person import Event, History, PlanIssued
from kineticchain.knowledge import Knowledge
from kineticchain.progression import advanced, begin
from kineticchain.progression.replay.checkpoint import ReplayState
from kineticchain.progression.replay.daily_update import weekly
from kineticchain.progression.replay.replay_context import ReplayContext
from kineticchain.recommendation.assessment.assessment import Assessment
from kineticchain.recommendation.counterfactual.change import Change
from kineticchain.recommendation.counterfactual.first_plan import FirstPlan
from kineticchain.recommendation.forecast.outcome import Outcome, Task, events_of
from kineticchain.recommendation.plan.cycle import WEEK, cycle_days, every_day
from kineticchain.recommendation.plan.plan_input import PlanInput
from kineticchain.recommendation.planning.schedule import session_days

LONGEST_DAYS = 730


@frozen
class EarliestDate:
    """At the earliest after so many training days, on a day, if all goes easily.

    `exercises` are those with which the training begins: of its ladder, and of others whose
    mastery is asked for on the way. `given` are changes that are asked for besides training,
    taken as made on the day of the plan. `arrival` tells which of the plans made anew every week
    holds it first, and is None where none does within half a year.
    """

    sessions: int
    on: datetime.date
    exercises: tuple[str, ...] = ()
    given: tuple[Change, ...] = ()
    arrival: FirstPlan | None = None
    lines: tuple[str, ...] = ()

    def capped_by_first_plan(self) -> "EarliestDate":
        """The same, no later than the plans come there.

        Plans may do so sooner, with two sessions on a day or sides that stand apart.
        """
        if self.arrival is None or self.on <= self.arrival.on:
            return self
        days = self.sessions - (self.on - self.arrival.on).days
        return evolve(self, on=self.arrival.on, sessions=max(1, days))

    def __str__(self) -> str:
        """Such as ``12 easy training days, on 2026-12-31 at the earliest``."""
        days = f"{self.sessions} easy training days, on {self.on} at the earliest"
        return "\n".join([days, *self.lines])


def earliest_date(
    knowledge: Knowledge, asked: PlanInput, assessment: Assessment, exercise: str
) -> EarliestDate | None:
    """When a person who finds it easy would stand on an exercise; None if never in two years.

    Trained are its ladder and those whose mastery it waits for, as often as they and the request
    allow, whatever the time; where something on the way is kept out, nothing leads there.
    """
    if asked.on is None:
        return None
    replay_context = assessment.replay_context
    if not replay_context.allows(exercise, Side.BOTH):
        return None
    ladder, rung = knowledge.ladder_index.rung_of[exercise]
    state = advanced(begin(replay_context), _unplanned(asked.history), replay_context)
    trained = tuple(_with_awaited(exercise, assessment, knowledge))
    begun_with: dict[str, None] = {}
    days = 0
    rested: dict[tuple[str, Side], datetime.date] = {}
    request, cycle = asked.request, cycle_days(asked.request)
    open_days = session_days(request, asked.history, asked.on)
    if request.micro_sessions_per_day:
        open_days = every_day(request)
    for number in range(LONGEST_DAYS):
        day = asked.on + datetime.timedelta(days=number)
        if _reached(state, ladder, rung, replay_context):
            return EarliestDate(days, day, tuple(begun_with))
        if number % cycle + 1 not in open_days:
            continue
        tasks = tuple(_tasks(state, trained, day, replay_context, rested))
        if tasks:
            days += 1
            begun = {knowledge.ladder_of(name).id for name in begun_with}
            begun_with |= {
                task.exercise: None
                for task in tasks
                if knowledge.ladder_of(task.exercise).id not in begun
            }
            lived: tuple[Event, ...] = events_of(
                Outcome.EASY, tasks, day, knowledge, replay_context.pain_ceiling, slot=24
            )
            state = advanced(state, lived, replay_context)
    return None


def _unplanned(history: History) -> Iterator[Event]:
    """The events without how many sessions were planned: here one a day is all of them."""
    for event in history:
        yield evolve(event, sessions_per_week=None) if isinstance(event, PlanIssued) else event


def _with_awaited(exercise: str, assessment: Assessment, knowledge: Knowledge) -> Iterator[Ladder]:
    """The ladder of an exercise, and those whose mastery rungs on the way wait for."""
    seen: set[str] = set()
    waiting = [exercise]
    while waiting:
        ladder, at = knowledge.ladder_index.rung_of[waiting.pop()]
        if ladder.id in seen:
            continue
        seen.add(ladder.id)
        yield ladder
        for standing in assessment.standings:
            if standing.ladder == ladder.id:
                begin = 0 if standing.rung is None else standing.rung + 1
                for rung in range(begin, at + 1):
                    waiting += assessment.pending_prerequisites(standing, rung)


def _reached(state: ReplayState, ladder: Ladder, rung: int, replay_context: ReplayContext) -> bool:
    tracks = [state.progress.track((ladder.id, side), replay_context) for side in ladder.sides()]
    return all(track is not None and track.place.rung >= rung for track in tracks)


def _tasks(
    state: ReplayState,
    ladders: tuple[Ladder, ...],
    day: datetime.date,
    replay_context: ReplayContext,
    rested: dict[tuple[str, Side], datetime.date],
) -> Iterator[Task]:
    """Return the exercises due on a day. `rested` holds the next possible day of each."""
    for ladder in ladders:
        for side in ladder.sides():
            track = state.progress.track((ladder.id, side), replay_context)
            if track is None or rested.get(track.key, day) > day:
                continue
            exercise = ladder.rungs[track.place.rung].exercise
            if not replay_context.allows(exercise, Side.BOTH):
                continue
            step = weekly(track, day, replay_context)
            gap = max(1, WEEK // step.days)
            rested[track.key] = day + datetime.timedelta(days=gap)
            yield Task(exercise, side, step.dose)
