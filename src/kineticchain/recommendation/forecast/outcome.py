"""Outcomes of a training day, and the events that an app would record for them."""

import datetime
from enum import StrEnum

from attrs import frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.exercises import Dose
from kineticchain.domain.person import Event, ExerciseLog, MorningAfter, SessionLog
from kineticchain.knowledge import Knowledge

NEXT_DAY = datetime.timedelta(days=1)


class Outcome(StrEnum):
    """The outcome of a training day, or of a week without training."""

    EASY = "easy"
    AS_PLANNED = "as_planned"
    HARD = "hard"
    HURT = "hurt"
    WORSE_MORNING = "worse_morning"
    SKIPPED_WEEK = "skipped_week"


@frozen
class Task:
    """A planned exercise on a side, with its dose."""

    exercise: str
    side: Side
    dose: Dose


def events_of(
    outcome: Outcome,
    tasks: tuple[Task, ...],
    on: datetime.date,
    knowledge: Knowledge,
    pain_ceiling: int,
    *,
    slot: int = 1,
) -> tuple[Event, ...]:
    """Return the session of a day and its next morning; nothing for a skipped week.

    *Easy* is at least the volume of mastery with low effort. *As planned* is the dose with low
    pain. *Hard* is an effort above the safe limit of the policy. *Hurt* is pain above the ceiling.
    After *worse morning* the next morning is two points worse.

    Args:
        outcome: The outcome of all tasks.
        tasks: The exercises of the session.
        on: The day of the session.
        knowledge: The policy, and the mastery criteria of exercises.
        pain_ceiling: The largest acceptable pain, 0-10.
        slot: The number of the session on its day, from 1.
    """
    if outcome is Outcome.SKIPPED_WEEK or not tasks:
        return ()
    lines = [line_of(outcome, task, knowledge, pain_ceiling) for task in tasks]
    change = 2 if outcome is Outcome.WORSE_MORNING else 0
    return (
        SessionLog(on=on, slot=slot, lines=lines),
        MorningAfter(on=on + NEXT_DAY, change=change),
    )


def line_of(outcome: Outcome, task: Task, knowledge: Knowledge, pain_ceiling: int) -> ExerciseLog:
    """Return the line of a session for one task.

    Args:
        outcome: The outcome of the task.
        task: The exercise with its side and dose.
        knowledge: The policy, and the mastery criteria of exercises.
        pain_ceiling: The largest acceptable pain, 0-10.
    """
    policy = knowledge.ladder_index.policy_for(task.exercise)
    pain = {Outcome.EASY: 0, Outcome.HURT: min(10, pain_ceiling + 1)}.get(
        outcome, min(1, policy.pain_safe)
    )
    effort = {Outcome.EASY: 2, Outcome.HARD: min(10, policy.effort_safe + 2)}.get(
        outcome, min(5, policy.effort_safe)
    )
    mastery = knowledge.ladder_index.masteries.get(task.exercise)
    done = task.dose
    if outcome is Outcome.EASY and mastery is not None:
        done = done.greater(mastery)
    return ExerciseLog(
        task.exercise,
        task.side,
        done=done,
        pain=pain,
        effort=effort,
        form_ok=True,
        touches=0,
    )
