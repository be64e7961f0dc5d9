"""What was known of a person when they first trained a ladder: it places them there.

A measure told later opens ladders and rungs above; where the log has led by then, it has led.
"""

import datetime
from collections.abc import Callable, Mapping
from typing import TypeAlias

from kineticchain.facts import Value
from kineticchain.person import History
from kineticchain.progression import Ladderbook
from kineticchain.progression.track import Key

FactsOn: TypeAlias = Callable[[datetime.date], Mapping[str, Value]]


def facts_at_beginnings(
    history: History, book: Ladderbook, facts_on: FactsOn
) -> dict[Key, Mapping[str, Value]]:
    """For ladders and sides trained before facts changed, the facts of the first such day.

    `facts_on` tells the facts of the person as of a day.
    """
    changes = [finding.on for finding in history.findings if finding.facts]
    if not changes:
        return {}
    known: dict[int, Mapping[str, Value]] = {}
    found = {}
    for key, first in _first_days(history, book).items():
        if first < changes[-1]:
            segment = sum(change <= first for change in changes)
            if segment not in known:
                known[segment] = facts_on(first)
            found[key] = known[segment]
    return found


def _first_days(history: History, book: Ladderbook) -> dict[Key, datetime.date]:
    first: dict[Key, datetime.date] = {}
    for session in history.sessions:
        for line in session.lines:
            if line.performed is not None:
                for key in book.keys_of(line.performed, line.side):
                    first.setdefault(key, session.on)
    return first
