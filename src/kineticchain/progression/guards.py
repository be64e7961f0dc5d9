"""The transition tables of a course, with their guards compiled for what they read."""

import datetime
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TypeAlias

from kineticchain.facts import Value
from kineticchain.progression.course import Course
from kineticchain.progression.policy import Policy
from kineticchain.progression.seen_facts import ARGUMENTS, TOLD, Seen, maker_of
from kineticchain.progression.track import Track
from kineticchain.progression.transition import Moment, Transition
from kineticchain.progression.transition_table import TransitionTable
from kineticchain.rules.first_match import Reading

TrackTable: TypeAlias = TransitionTable[[Track, datetime.date, Course, Seen]]
FactsTable: TypeAlias = TransitionTable[[Mapping[str, Value]]]


def _looked_up(name: str) -> Callable[[Mapping[str, Value]], Value | None]:
    return lambda facts: facts.get(name)


OF_TRACK = Reading(parameters=ARGUMENTS, told=TOLD, made=maker_of)
OF_FACTS = Reading(parameters=("facts",), made=_looked_up)


def reviews(course: Course) -> TrackTable:
    """The transitions after news of a session."""
    return course.tables.get(Moment.REVIEW) or _kept(course, Moment.REVIEW)


def returns(course: Course) -> TrackTable:
    """The transitions on the return from a break."""
    return course.tables.get(Moment.RETURN) or _kept(course, Moment.RETURN)


def results(course: Course) -> FactsTable:
    """The transitions when a clinician's result is told."""
    table: FactsTable | None = course.tables.get(Moment.RESULT)
    if table is None:
        book = course.book
        table = _result_table(book.transitions, book.policy, course.pain_ceiling)
        course.tables[Moment.RESULT] = table
    return table


def _kept(course: Course, moment: Moment) -> TrackTable:
    book = course.book
    table = _track_table(book.transitions, moment, book.policy, course.pain_ceiling)
    course.tables[moment] = table
    return table


@lru_cache(maxsize=256)
def _track_table(
    transitions: tuple[Transition, ...], moment: Moment, policy: Policy, pain_ceiling: int
) -> TrackTable:
    return TransitionTable(transitions, moment, _constants(policy, pain_ceiling), OF_TRACK)


@lru_cache(maxsize=256)
def _result_table(
    transitions: tuple[Transition, ...], policy: Policy, pain_ceiling: int
) -> FactsTable:
    constants = _constants(policy, pain_ceiling)
    return TransitionTable(transitions, Moment.RESULT, constants, OF_FACTS)


def _constants(policy: Policy, pain_ceiling: int) -> Mapping[str, int]:
    """The constants of a policy, with a pain ceiling that rules may have lowered."""
    return {**policy.numbers(), "pain_ceiling": pain_ceiling}
