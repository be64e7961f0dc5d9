"""The budget: the time of each session, and the largest number of exercises."""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence

from attrs import frozen

from kineticchain.domain.exercises import Exercise
from kineticchain.domain.exercises.timing import prescription_seconds
from kineticchain.domain.person import ExerciseLog, History, PlanIssued, Request
from kineticchain.recommendation.assessment.assessment import Assessment
from kineticchain.recommendation.plan.cycle import (
    WEEK,
    cycle_days,
    day_groups,
    every_day,
    longer_days,
    session_count,
)
from kineticchain.recommendation.plan.plan_input import PlanInput
from kineticchain.recommendation.planning.plan_context import PlanContext
from kineticchain.recommendation.selection.bonuses import (
    CURRENT,
    KEPT,
    OPENING,
    STEP_WAITS,
    Continuity,
)
from kineticchain.recommendation.selection.session_budget import SessionBudget
from kineticchain.recommendation.selection.solver.problem import MAX_TAKEN
from kineticchain.rules import LimitKind

IN_FORCE = datetime.timedelta(days=14)
"""The time after which an issued plan no longer tells which work was planned (a design choice)."""

MOST_NEW = 2
"""The most exercises that are new in a week after the first. A design choice."""


def session_budget(
    request: Request,
    assessment: Assessment,
    weekly_limits: Mapping[str, int],
    continuity: Continuity,
) -> SessionBudget:
    """Return the budget of a request, within the limits of rules.

    Args:
        request: The minutes and sessions asked for.
        assessment: The decision, and the standings with their days a week.
        weekly_limits: The most days a week of ladders trained for longer than a week.
        continuity: The continued ladders; at most two new ladders join those of the last cycle.
    """
    decision = assessment.decision
    minutes = decision.tightest(LimitKind.MINUTES)
    most = decision.tightest(LimitKind.EXERCISES)
    return SessionBudget(
        sessions=tuple(
            60 * (asked if minutes is None else min(asked, minutes)) for asked in request.sessions
        ),
        exercises=min(MAX_TAKEN if most is None else most, _with_new_ones(assessment, continuity)),
        micro=request.micro_sessions_per_day,
        days=session_count(request),
        often=_days_a_week(assessment, weekly_limits),
        apart=request.every_other_day and not request.micro_sessions_per_day,
        groups=_groups(request),
        cycle=cycle_days(request),
    )


def _groups(request: Request) -> tuple[tuple[tuple[int, ...], ...], tuple[tuple[int, ...], ...]]:
    """Return the days of longer sessions and of micro-sessions, in groups.

    The days of a programme form a single group, so that its sessions stay as stated.
    """
    longer, micro = longer_days(request), every_day(request)
    if request.programme is not None:
        return (longer,), (micro,)
    cycle = cycle_days(request)
    return day_groups(longer, cycle), day_groups(micro, cycle)


def _with_new_ones(assessment: Assessment, continuity: Continuity) -> int:
    """Return how many exercises a plan may have: those of the last cycle, and some new ones.

    Only feasible exercises of the last cycle count. Without any, the limit is `MAX_TAKEN`.
    """
    going_on = sum(
        code in {CURRENT, STEP_WAITS, OPENING, KEPT} and bool(assessment.feasible.on_ladder[ladder])
        for ladder, code in continuity.items()
    )
    return going_on + MOST_NEW if going_on else MAX_TAKEN


def _days_a_week(assessment: Assessment, weekly_limits: Mapping[str, int]) -> Mapping[str, int]:
    """Return the largest number of training days a week of each ladder."""
    days = dict(weekly_limits)
    for standing in assessment.standings:
        days[standing.ladder] = min(days.get(standing.ladder, WEEK), standing.days_a_week)
    return days


@frozen
class DayDone:
    """The exercises that were done on the day of a plan before the plan was made.

    Attributes:
        exercises: The ids of the exercises that were done.
        ladders: The ids of the ladders of these exercises.
        fitting: The ids of planned exercises that were not done and for which the day has time
            left.
    """

    exercises: frozenset[str]
    ladders: frozenset[str]
    fitting: frozenset[str]

    @classmethod
    def of(
        cls,
        context: PlanContext,
        plan_input: PlanInput,
        groups_of: Callable[[int], Sequence[Sequence[int]]],
    ) -> "DayDone":
        """Return the exercises done on the day of a plan; none for a plan without a day.

        Work that no plan asks for, such as a longer walk, does not use up the time of the day.

        Args:
            context: The assessment and the selection of the plan.
            plan_input: The history and the day.
            groups_of: Returns the days of a session in their groups.
        """
        knowledge = context.knowledge
        done = [
            (knowledge.exercises[line.performed], line)
            for session in plan_input.history.sessions
            if session.on == plan_input.on
            for line in session.lines
            if line.performed is not None and line.performed in knowledge.exercises
        ]
        exercises = frozenset(exercise.id for exercise, _ in done)
        ladders = frozenset(knowledge.ladder_of(name).id for name in exercises)
        if not done or plan_input.on is None:
            return cls(frozenset(), frozenset(), frozenset())
        seconds = _planned_seconds(done, context, plan_input.history, plan_input.on)
        room_s = 60 * sum(context.request.sessions)
        fitting = set()
        for selected in context.selection.selected:
            group = selected.group
            is_due = group is None or 1 in groups_of(selected.session)[group]
            if not is_due or selected.offer.ladder.id in ladders:
                continue
            for item in selected.day_items:
                item_s = 0 if selected.beside else item.seconds  # done during another exercise
                if seconds + item_s <= room_s:
                    seconds += item_s
                    fitting.add(item.exercise.id)
        return cls(exercises, ladders, frozenset(fitting))

    def first_day_of(self, exercise: str, ladder: str) -> int:
        """Return the first day of an exercise: 2 if the exercise has to wait a day, else 1.

        After work on the day of the plan, an exercise that was not done waits if another exercise
        of its ladder was done, or if the day has no time left for it.

        Args:
            exercise: The id of the exercise.
            ladder: The id of its ladder.
        """
        if not self.exercises or exercise in self.exercises:
            return 1
        return 2 if ladder in self.ladders or exercise not in self.fitting else 1


def _planned_seconds(
    done: Iterable[tuple[Exercise, ExerciseLog]],
    context: PlanContext,
    history: History,
    on: datetime.date,
) -> int:
    """Return the time of the work done on a day, as far as a plan asks for the work.

    For each ladder at most its planned time counts. This is the time in the present plan, or else
    in the last plan that was issued in the two weeks before.
    """
    ladder_of, exercises = context.knowledge.ladder_of, context.knowledge.exercises
    issued = [
        event for event in history if isinstance(event, PlanIssued) and on - event.on <= IN_FORCE
    ]
    planned: dict[str, int] = {}
    for item in issued[-1].items if issued else ():
        if item.dose is not None:
            ladder = ladder_of(item.exercise).id
            seconds = prescription_seconds(exercises[item.exercise], item.dose, item.side)
            planned[ladder] = planned.get(ladder, 0) + seconds
    for selected in context.selection.selected:
        seconds = sum(item.seconds for item in selected.day_items)
        planned[selected.offer.ladder.id] = seconds if selected.beside is None else 0
    used: dict[str, int] = {}
    for exercise, line in done:
        if line.done is not None:
            ladder = ladder_of(exercise.id).id
            seconds = prescription_seconds(exercise, line.done, line.side)
            used[ladder] = used.get(ladder, 0) + seconds
    return sum(min(seconds, planned.get(ladder, 0)) for ladder, seconds in used.items())
