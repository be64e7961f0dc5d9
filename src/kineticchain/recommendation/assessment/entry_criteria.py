"""Entry criteria of rungs, in words."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from kineticchain.domain.exercises import Rung
from kineticchain.domain.facts import Condition, Value, condition_text
from kineticchain.domain.facts.condition import All, AnyOf, Compare, Contains, Name, Operator
from kineticchain.domain.person import History
from kineticchain.knowledge import Knowledge
from kineticchain.progression import LadderIndex
from kineticchain.progression.model.track import TrackKey


def criteria_text(rungs: Iterable[Rung], knowledge: Knowledge) -> str:
    """Return the entry criteria of rungs as text; empty if no rung has any."""
    asked = [_said(rung.needs, knowledge) for rung in rungs if rung.needs is not None]
    return _joined("and", dict.fromkeys(asked), knowledge)


def _said(condition: Condition, knowledge: Knowledge) -> str:
    match condition:
        case All(parts):
            return _joined("and", (_said(part, knowledge) for part in parts), knowledge)
        case AnyOf(parts):
            return _joined("or", (_said(part, knowledge) for part in parts), knowledge)
        case Contains(member, name) if name.id == "mastered":
            title = knowledge.title(str(member))
            return knowledge.catalog.text("asks_for_mastery", exercise=title)
        case Compare(name, Operator.AT_LEAST, value) if not isinstance(value, Name):
            fact = knowledge.vocabulary.type_of(name.id)
            question = name.id if fact is None else knowledge.catalog.translated(fact.question)
            return knowledge.catalog.text("asks_for_measure", question=question, value=str(value))
        case _:
            return condition_text(condition)


def _joined(word: str, parts: Iterable[str], knowledge: Knowledge) -> str:
    """Join parts with a conjunction in the language of the catalog."""
    return f" {knowledge.catalog.text(word)} ".join(parts)


FactsOn: TypeAlias = Callable[[datetime.date], Mapping[str, Value]]


def baseline_facts(
    history: History, ladder_index: LadderIndex, facts_on: FactsOn
) -> dict[TrackKey, Mapping[str, Value]]:
    """For ladders and sides trained before facts changed, the facts of the first such day.

    `facts_on` tells the facts of the person as of a day.
    """
    changes = [finding.on for finding in history.findings if finding.facts]
    if not changes:
        return {}
    known: dict[int, Mapping[str, Value]] = {}
    criteria = {}
    for key, first in _first_days(history, ladder_index).items():
        if first < changes[-1]:
            segment = sum(change <= first for change in changes)
            if segment not in known:
                known[segment] = facts_on(first)
            criteria[key] = known[segment]
    return criteria


def _first_days(history: History, ladder_index: LadderIndex) -> dict[TrackKey, datetime.date]:
    first: dict[TrackKey, datetime.date] = {}
    for session in history.sessions:
        for line in session.lines:
            if line.performed is not None:
                for key in ladder_index.keys_of(line.performed, line.side):
                    first.setdefault(key, session.on)
    return first
