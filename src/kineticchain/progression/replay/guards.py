"""The transition tables of a course, with their guards compiled for what they read."""

import datetime
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TypeAlias

from kineticchain.domain.facts import Value
from kineticchain.progression.model.policy import Policy
from kineticchain.progression.model.track import Track
from kineticchain.progression.model.transition import Moment, Transition
from kineticchain.progression.replay.guard_facts import ARGUMENTS, TOLD, Seen, maker_of
from kineticchain.progression.replay.replay_context import Course
from kineticchain.progression.replay.transition_table import TransitionTable
from kineticchain.rules.matching.decision_list import Reading

TrackTable: TypeAlias = TransitionTable[[Track, datetime.date, Course, Seen]]
FactsTable: TypeAlias = TransitionTable[[Mapping[str, Value]]]


def _looked_up(name: str) -> Callable[[Mapping[str, Value]], Value | None]:
    return lambda facts: facts.get(name)


OF_TRACK = Reading(parameters=ARGUMENTS, told=TOLD, made=maker_of)
OF_FACTS = Reading(parameters=("facts",), made=_looked_up)


_READINGS: Mapping[Moment, Reading[...]] = {
    Moment.REVIEW: OF_TRACK,
    Moment.RETURN: OF_TRACK,
    Moment.RESULT: OF_FACTS,
}
"""What guards read at each moment; of a clinician's result its finding alone."""


def reviews(course: Course) -> TrackTable:
    """The transitions after news of a session."""
    return course.tables.get(Moment.REVIEW) or _kept(course, Moment.REVIEW)


def returns(course: Course) -> TrackTable:
    """The transitions on the return from a break."""
    return course.tables.get(Moment.RETURN) or _kept(course, Moment.RETURN)


def results(course: Course) -> FactsTable:
    """The transitions when a clinician's result is told."""
    return course.tables.get(Moment.RESULT) or _kept(course, Moment.RESULT)


def _kept(course: Course, moment: Moment) -> TransitionTable[...]:
    book = course.book
    table = _table(book.transitions, moment, book.policy, course.pain_ceiling)
    course.tables[moment] = table
    return table


@lru_cache(maxsize=256)
def _table(
    transitions: tuple[Transition, ...], moment: Moment, policy: Policy, pain_ceiling: int
) -> TransitionTable[...]:
    """The table of a moment, with a pain ceiling that rules may have lowered."""
    constants = {**policy.numbers(), "pain_ceiling": pain_ceiling}
    return TransitionTable(transitions, moment, constants, _READINGS[moment])
