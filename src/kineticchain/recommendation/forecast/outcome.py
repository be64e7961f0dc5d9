"""Kinds of outcomes of a training day, as the events that an app would record."""

import datetime
from enum import StrEnum

from attrs import evolve, frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.exercises import Dose
from kineticchain.domain.person import Event, ExerciseLog, MorningAfter, SessionLog
from kineticchain.knowledge import Knowledge

NEXT_DAY = datetime.timedelta(days=1)


class Outcome(StrEnum):
    """How a training day, or a week without one, turns out."""

    EASY = "easy"
    AS_PLANNED = "as_planned"
    HARD = "hard"
    HURT = "hurt"
    WORSE_MORNING = "worse_morning"
    SKIPPED_WEEK = "skipped_week"


@frozen
class Task:
    """What was to be done: an exercise on a side, with its dose."""

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
    """The session of a day and its next morning; nothing for a week that was skipped.

    *Easy* is as much as mastery asks for, with little effort; *as planned* is the dose with
    little pain; *hard* is an effort above the policy's safe one; *hurt* is pain above the
    ceiling; after *worse morning* the next morning is two points worse.
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
    """The line of a session for one task."""
    policy = knowledge.policy
    pain = {Outcome.EASY: 0, Outcome.HURT: min(10, pain_ceiling + 1)}.get(
        outcome, min(1, policy.pain_safe)
    )
    effort = {Outcome.EASY: 2, Outcome.HARD: min(10, policy.effort_safe + 2)}.get(
        outcome, min(5, policy.effort_safe)
    )
    mastery = knowledge.ladder_index.masteries.get(task.exercise)
    done = task.dose
    if outcome is Outcome.EASY and mastery is not None:
        done = _as_much_as(done, *mastery)
    return ExerciseLog(
        task.exercise,
        task.side,
        done=done,
        pain=pain,
        effort=effort,
        form_ok=True,
        touches=0,
    )


def _as_much_as(dose: Dose, sets: int, other: Dose) -> Dose:
    wanted = {**dict(other.amounts()), "sets": sets}
    return evolve(dose, **{name: max(mine, wanted.get(name, 0)) for name, mine in dose.amounts()})
