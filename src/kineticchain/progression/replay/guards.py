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
    Trigger.AFTER_SESSION: OF_TRACK,
    Trigger.AFTER_BREAK: OF_TRACK,
    Trigger.AFTER_CLEARANCE: OF_FACTS,
}
"""What guards read at each moment; of a clinician's result its finding alone."""


def reviews(context: ReplayContext) -> TrackTable:
    """The transitions after news of a session."""
    return context.tables.get(Trigger.AFTER_SESSION) or _kept(context, Trigger.AFTER_SESSION)


def returns(context: ReplayContext) -> TrackTable:
    """The transitions on the return from a break."""
    return context.tables.get(Trigger.AFTER_BREAK) or _kept(context, Trigger.AFTER_BREAK)


def results(context: ReplayContext) -> FactsTable:
    """The transitions when a clinician's result is told."""
    return context.tables.get(Trigger.AFTER_CLEARANCE) or _kept(context, Trigger.AFTER_CLEARANCE)


def _kept(context: ReplayContext, moment: Trigger) -> TransitionTable[...]:
    ladder_index = context.ladder_index
    table = _table(ladder_index.transitions, moment, ladder_index.policy, context.pain_ceiling)
    context.tables[moment] = table
    return table


@lru_cache(maxsize=256)
def _table(
    transitions: tuple[Transition, ...], moment: Trigger, policy: Policy, pain_ceiling: int
) -> TransitionTable[...]:
    """The table of a moment, with a pain ceiling that rules may have lowered."""
    constants = {**policy.numbers(), "pain_ceiling": pain_ceiling}
    return TransitionTable(transitions, moment, constants, _READINGS[moment])
