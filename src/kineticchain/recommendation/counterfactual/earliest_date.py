"""The earliest date on which training leads to an exercise, by a replay of easy future days."""

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
from kineticchain.recommendation.planning.schedule.session_days import session_days

LONGEST_DAYS = 730


@frozen
class EarliestDate:
    """The earliest date on which training leads to an exercise, if all training is easy.

    Attributes:
        sessions: The number of training days until then.
        on: The date.
        exercises: The exercises with which the training begins, on the ladder of the exercise and
            on the ladders of its prerequisites.
        given: The changes that are needed besides training, assumed for the day of the plan.
        arrival: The first weekly plan that contains the exercise; None if no plan within half a
            year contains it.
        lines: The answer in words.
    """

    sessions: int
    on: datetime.date
    exercises: tuple[str, ...] = ()
    given: tuple[Change, ...] = ()
    arrival: FirstPlan | None = None
    lines: tuple[str, ...] = ()

    def capped_by_first_plan(self) -> "EarliestDate":
        """Return this result with the date of the first plan with the exercise, if it is earlier.

        The sessions until then are fewer by the days between both dates. The first plan can come
        before the computed date if a day has two sessions, or if the sides stand on different
        rungs.
        """
        if self.arrival is None or self.on <= self.arrival.on:
            return self
        days = self.sessions - (self.on - self.arrival.on).days
        return evolve(self, on=self.arrival.on, sessions=max(1, days))

    def __str__(self) -> str:
        """Return lines such as ``12 easy training days, on 2026-12-31 at the earliest``."""
        days = f"{self.sessions} easy training days, on {self.on} at the earliest"
        return "\n".join([days, *self.lines])


def earliest_date(
    knowledge: Knowledge, asked: PlanInput, assessment: Assessment, exercise: str
) -> EarliestDate | None:
    """Return when a person whose training is easy would stand on an exercise.

    The ladder of the exercise and the ladders of its prerequisites are trained as often as they and
    the request allow, whatever time that takes. The result is None if training does not lead to the
    exercise within two years, for example because an exercise on the way is excluded.
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
            day_events: tuple[Event, ...] = events_of(
                Outcome.EASY, tasks, day, knowledge, replay_context.pain_ceiling, slot=24
            )
            state = advanced(state, day_events, replay_context)
    return None


def _unplanned(history: History) -> Iterator[Event]:
    """Yield the events without the planned number of sessions, since one a day is simulated."""
    for event in history:
        yield evolve(event, sessions_per_week=None) if isinstance(event, PlanIssued) else event


def _with_awaited(exercise: str, assessment: Assessment, knowledge: Knowledge) -> Iterator[Ladder]:
    """Yield the ladder of an exercise, and the ladders of all its prerequisites.

    Prerequisites are exercises whose mastery opens a rung between the standing and the exercise,
    and in turn the prerequisites of these exercises.
    """
    seen: set[str] = set()
    waiting = [exercise]
    while waiting:
        ladder, target_rung = knowledge.ladder_index.rung_of[waiting.pop()]
        if ladder.id in seen:
            continue
        seen.add(ladder.id)
        yield ladder
        for standing in assessment.standings:
            if standing.ladder == ladder.id:
                begin = 0 if standing.rung is None else standing.rung + 1
                for rung in range(begin, target_rung + 1):
                    waiting += assessment.pending_prerequisites(standing, rung)


def _reached(state: ReplayState, ladder: Ladder, rung: int, replay_context: ReplayContext) -> bool:
    first_tracks = replay_context.first_tracks
    tracks = [state.progress.track((ladder.id, side), first_tracks) for side in ladder.sides()]
    return all(track is not None and track.place.rung >= rung for track in tracks)


def _tasks(
    state: ReplayState,
    ladders: tuple[Ladder, ...],
    day: datetime.date,
    replay_context: ReplayContext,
    rested: dict[tuple[str, Side], datetime.date],
) -> Iterator[Task]:
    """Yield the exercises due on a day, and record in `rested` the next possible day of each."""
    for ladder in ladders:
        for side in ladder.sides():
            track = state.progress.track((ladder.id, side), replay_context.first_tracks)
            if track is None or rested.get(track.key, day) > day:
                continue
            exercise = ladder.rungs[track.place.rung].exercise
            if not replay_context.allows(exercise, Side.BOTH):
                continue
            step = weekly(track, day, replay_context)
            gap = max(1, WEEK // step.days)
            rested[track.key] = day + datetime.timedelta(days=gap)
            yield Task(exercise, side, step.dose)
