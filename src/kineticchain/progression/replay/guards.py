"""Transition tables of a context, with guards compiled for the facts that they read."""

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


def _fact_lookup(name: str) -> Callable[[Mapping[str, Value]], Value | None]:
    return lambda facts: facts.get(name)


OF_TRACK = FactReader(parameters=ARGUMENTS, told=STORED_FACTS, made=maker_of)
"""Reads the review facts of a track."""

OF_FACTS = FactReader(parameters=("facts",), made=_fact_lookup)
"""Reads facts from a mapping."""


_READERS: Mapping[Trigger, FactReader[...]] = {
    Trigger.AFTER_SESSION: OF_TRACK,
    Trigger.AFTER_BREAK: OF_TRACK,
    Trigger.AFTER_CLEARANCE: OF_FACTS,
}
"""The reader of each trigger; guards of `AFTER_CLEARANCE` read the clinician's finding alone."""


def reviews(context: ReplayContext) -> TrackTable:
    """Return the transitions after news of a session."""
    return context.tables.get(Trigger.AFTER_SESSION) or _new_table(context, Trigger.AFTER_SESSION)


def returns(context: ReplayContext) -> TrackTable:
    """Return the transitions on the return from a break."""
    return context.tables.get(Trigger.AFTER_BREAK) or _new_table(context, Trigger.AFTER_BREAK)


def results(context: ReplayContext) -> FactsTable:
    """Return the transitions after a clinician's result."""
    table = context.tables.get(Trigger.AFTER_CLEARANCE)
    return table or _new_table(context, Trigger.AFTER_CLEARANCE)


def _new_table(context: ReplayContext, trigger: Trigger) -> TransitionTable[...]:
    """The table of a trigger, stored in the context."""
    ladder_index = context.ladder_index
    table = _table(ladder_index.transitions, trigger, ladder_index.policy, context.pain_ceiling)
    context.tables[trigger] = table
    return table


@lru_cache(maxsize=256)
def _table(
    transitions: tuple[Transition, ...], trigger: Trigger, policy: Policy, pain_ceiling: int
) -> TransitionTable[...]:
    """The table of a trigger; `pain_ceiling` (0-10) replaces the policy's own."""
    constants = {**policy.numbers(), "pain_ceiling": pain_ceiling}
    return TransitionTable(transitions, trigger, constants, _READERS[trigger])
