"""The answers of an unfinished intake as plain JSON, for apps that keep no state in memory."""

from collections.abc import Mapping
from typing import TypeAlias

from attrs import frozen

from kineticchain.domain.facts import Section, Value
from kineticchain.domain.facts.fact_values import Facts
from kineticchain.domain.validators import repr_short
from kineticchain.errors import Fault, InvalidInput
from kineticchain.knowledge import Knowledge
from kineticchain.recommendation.intake.person_questions import (
    PersonAnswers,
    PlainValue,
    is_about_the_person,
)

SavedIntake: TypeAlias = Mapping[str, object]
"""The answers of an unfinished intake: what `Intake.saved` returns."""

_WHERE = "saved"
_REMEDY = "give what `Intake.saved` returned"


@frozen
class SavedAnswers:
    """The answers of an unfinished intake, read.

    Attributes:
        facts: The answers by the name of the fact; None is *unsure*.
        own: The answers about the person and the request.
        changed: The sections in which something has changed.
        screens_done: The number of screens that were answered.
        about_you: True if sex, complaints and injuries are asked for.
        wishes: True if goal, time and equipment are asked for.
    """

    facts: Mapping[str, Value | None]
    own: PersonAnswers
    changed: frozenset[Section]
    screens_done: int
    about_you: bool
    wishes: bool

    def as_json(self) -> SavedIntake:
        """Return the answers as plain JSON."""
        return {
            "facts": {
                name: sorted(value) if isinstance(value, frozenset) else value
                for name, value in self.facts.items()
            },
            "own": {
                name: list(value) if isinstance(value, tuple) else value
                for name, value in self.own.items()
            },
            "changed": sorted(self.changed),
            "screens_done": self.screens_done,
            "about_you": self.about_you,
            "wishes": self.wishes,
        }


def read_saved(saved: object, knowledge: Knowledge) -> SavedAnswers:
    """Return the answers that an app has stored.

    Args:
        saved: What `Intake.saved` returned, as read from JSON.
        knowledge: The vocabulary of the facts.

    Raises:
        InvalidInput: For anything else, and for facts that the knowledge does not hold.
    """
    if not isinstance(saved, Mapping) or set(saved) != _KEYS:
        raise InvalidInput(Fault(f"{repr_short(saved)} is no saved intake", _WHERE, _REMEDY))
    facts, own, changed = saved["facts"], saved["own"], saved["changed"]
    flags = [saved["about_you"], saved["wishes"]]
    count = saved["screens_done"]
    fits = (
        isinstance(facts, Mapping)
        and isinstance(own, Mapping)
        and isinstance(changed, list)
        and type(count) is int
        and all(type(flag) is bool for flag in flags)
    )
    if not fits:
        raise InvalidInput(Fault("a part of the saved intake is broken", _WHERE, _REMEDY))
    unknown = [name for name in changed if name not in list(Section)]
    unknown += [name for name in own if not (isinstance(name, str) and is_about_the_person(name))]
    given = Facts(facts)
    faults = [fault.under(f"{_WHERE}.facts") for fault in knowledge.vocabulary.faults_in(given)]
    faults += [Fault(f"{repr_short(name)} is not known here", _WHERE, _REMEDY) for name in unknown]
    values = {name: _own_value(value) for name, value in own.items()}
    if faults:
        raise InvalidInput(*faults)
    return SavedAnswers(
        facts=given.given(),
        own=values,
        changed=frozenset(map(Section, changed)),
        screens_done=max(0, count),
        about_you=flags[0],
        wishes=flags[1],
    )


_KEYS = {"facts", "own", "changed", "screens_done", "about_you", "wishes"}


def _own_value(value: object) -> PlainValue:
    if isinstance(value, list) and all(isinstance(word, str) for word in value):
        return tuple(value)
    if value is None or (isinstance(value, (int, float, str)) and not isinstance(value, bool)):
        return value
    raise InvalidInput(Fault(f"{repr_short(value)} is no answer", f"{_WHERE}.own", _REMEDY))
