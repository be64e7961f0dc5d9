"""The entry criteria of rungs as text, and the facts by which ladders were entered."""

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
    criteria = [_said(rung.needs, knowledge) for rung in rungs if rung.needs is not None]
    return _joined("and", dict.fromkeys(criteria), knowledge)


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
    """Return the facts of the first training day of ladders and sides.

    Only ladders and sides that were trained before facts changed have an entry. `facts_on` returns
    the facts of the person on a day.
    """
    changes = [finding.on for finding in history.findings if finding.facts]
    if not changes:
        return {}
    facts_of_segment: dict[int, Mapping[str, Value]] = {}
    baselines = {}
    for key, first_day in _first_days(history, ladder_index).items():
        if first_day < changes[-1]:
            segment = sum(change <= first_day for change in changes)
            if segment not in facts_of_segment:
                facts_of_segment[segment] = facts_on(first_day)
            baselines[key] = facts_of_segment[segment]
    return baselines


def _first_days(history: History, ladder_index: LadderIndex) -> dict[TrackKey, datetime.date]:
    first_days: dict[TrackKey, datetime.date] = {}
    for session in history.sessions:
        for line in session.lines:
            if line.performed is not None:
                for key in ladder_index.keys_of(line.performed, line.side):
                    first_days.setdefault(key, session.on)
    return first_days
