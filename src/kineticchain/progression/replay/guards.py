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


OF_TRACK = FactReader(parameters=ARGUMENTS, attribute_paths=STORED_FACTS, computed_by=maker_of)
"""Reads the review facts of a track."""

OF_FACTS = FactReader(parameters=("facts",), computed_by=_fact_lookup)
"""Reads facts from a mapping."""


_READERS: Mapping[Trigger, FactReader[...]] = {
    Trigger.AFTER_SESSION: OF_TRACK,
    Trigger.AFTER_BREAK: OF_TRACK,
    Trigger.AFTER_CLEARANCE: OF_FACTS,
}
"""The reader of each trigger; guards of `AFTER_CLEARANCE` read only the facts of the report."""


def reviews(context: ReplayContext, ladder: str) -> TrackTable:
    """Return the transition table of a ladder for news of a session."""
    return _table_of(context, Trigger.AFTER_SESSION, ladder)


def returns(context: ReplayContext, ladder: str) -> TrackTable:
    """Return the transition table of a ladder for the return from a break."""
    return _table_of(context, Trigger.AFTER_BREAK, ladder)


def results(context: ReplayContext, ladder: str) -> FactsTable:
    """Return the transition table of a ladder for a clinician's result or the end of a stop."""
    return _table_of(context, Trigger.AFTER_CLEARANCE, ladder)


def _table_of(context: ReplayContext, trigger: Trigger, ladder: str) -> TransitionTable[...]:
    """Return the table of a trigger and a ladder, stored in the context on first use.

    Ladders without constants of their own share one table.
    """
    key = (trigger, ladder if ladder in context.ladder_index.policies else "")
    table = context.tables.get(key)
    if table is None:
        transitions, policy = context.ladder_index.transitions, context.policy_of(ladder)
        table = _table(transitions, trigger, policy, context.ceiling_of(ladder))
        context.tables[key] = table
    return table


@lru_cache(maxsize=256)
def _table(
    transitions: tuple[Transition, ...], trigger: Trigger, policy: Policy, pain_ceiling: int
) -> TransitionTable[...]:
    """Return the table of a trigger; `pain_ceiling` (0-10) replaces the ceiling of the policy."""
    constants = {**policy.numbers(), "pain_ceiling": pain_ceiling}
    return TransitionTable(transitions, trigger, constants, _READERS[trigger])
