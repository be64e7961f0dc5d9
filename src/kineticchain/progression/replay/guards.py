"""The transition tables of a course, with their guards compiled for what they read."""

import datetime
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TypeAlias

from kineticchain.domain.facts import Value
from kineticchain.progression.model.policy import Policy
from kineticchain.progression.model.track import Track
from kineticchain.progression.model.transition import Transition, Trigger
from kineticchain.progression.replay.guard_facts import (
    ARGUMENTS,
    STORED_FACTS,
    ReviewContext,
    maker_of,
)
from kineticchain.progression.replay.replay_context import ReplayContext
from kineticchain.progression.replay.transition_table import TransitionTable
from kineticchain.rules.matching.decision_list import FactReader

TrackTable: TypeAlias = TransitionTable[[Track, datetime.date, ReplayContext, ReviewContext]]
FactsTable: TypeAlias = TransitionTable[[Mapping[str, Value]]]


def _looked_up(name: str) -> Callable[[Mapping[str, Value]], Value | None]:
    return lambda facts: facts.get(name)


OF_TRACK = FactReader(parameters=ARGUMENTS, told=STORED_FACTS, made=maker_of)
OF_FACTS = FactReader(parameters=("facts",), made=_looked_up)


_READINGS: Mapping[Trigger, FactReader[...]] = {
    Trigger.REVIEW: OF_TRACK,
    Trigger.RETURN: OF_TRACK,
    Trigger.RESULT: OF_FACTS,
}
"""What guards read at each moment; of a clinician's result its finding alone."""


def reviews(course: ReplayContext) -> TrackTable:
    """The transitions after news of a session."""
    return course.tables.get(Trigger.REVIEW) or _kept(course, Trigger.REVIEW)


def returns(course: ReplayContext) -> TrackTable:
    """The transitions on the return from a break."""
    return course.tables.get(Trigger.RETURN) or _kept(course, Trigger.RETURN)


def results(course: ReplayContext) -> FactsTable:
    """The transitions when a clinician's result is told."""
    return course.tables.get(Trigger.RESULT) or _kept(course, Trigger.RESULT)


def _kept(course: ReplayContext, moment: Trigger) -> TransitionTable[...]:
    book = course.book
    table = _table(book.transitions, moment, book.policy, course.pain_ceiling)
    course.tables[moment] = table
    return table


@lru_cache(maxsize=256)
def _table(
    transitions: tuple[Transition, ...], moment: Trigger, policy: Policy, pain_ceiling: int
) -> TransitionTable[...]:
    """The table of a moment, with a pain ceiling that rules may have lowered."""
    constants = {**policy.numbers(), "pain_ceiling": pain_ceiling}
    return TransitionTable(transitions, moment, constants, _READINGS[moment])
