"""The answers of an unfinished intake as plain JSON, for apps that keep no state in memory."""

import datetime
from collections.abc import Mapping
from typing import TypeAlias

from attrs import frozen

from kineticchain.domain.facts import Section, Value
from kineticchain.domain.facts.fact_values import Facts
from kineticchain.domain.validators import repr_short
from kineticchain.errors import Fault, InvalidInput
from kineticchain.knowledge import Knowledge
from kineticchain.recommendation.intake.person_questions import form_questions, read_person_answer
from kineticchain.recommendation.intake.question import PersonAnswers, PlainValue
from kineticchain.recommendation.intake.stored_answers import given_values

SavedIntake: TypeAlias = Mapping[str, object]
"""The answers of an unfinished intake: the value of `Intake.saved`."""

_WHERE = "saved"
_REMEDY = "give what `Intake.saved` returned"


@frozen
class SavedAnswers:
    """The answers of an unfinished intake, as read from JSON.

    Attributes:
        on: The day of the answers; None without one.
        facts: The answers by the name of the fact; None is *unsure*.
        own: The answers about the person and the request.
        changed: The sections in which something has changed.
        reopened: The facts that are asked for although no rule or condition requires it.
        renewed: True if the question whether something has changed was answered.
        screens_done: The number of screens that were answered.
        about_you: True if the sex is asked for.
        wishes: True if goal, time and equipment are asked for.
    """

    on: datetime.date | None
    facts: Mapping[str, Value | None]
    own: PersonAnswers
    changed: frozenset[Section]
    reopened: frozenset[str]
    renewed: bool
    screens_done: int
    about_you: bool
    wishes: bool

    def as_json(self) -> SavedIntake:
        """Return the answers as plain JSON."""
        return {
            "on": None if self.on is None else self.on.isoformat(),
            "facts": given_values(self.facts),
            "own": {
                name: list(value) if isinstance(value, tuple) else value
                for name, value in self.own.items()
            },
            "changed": sorted(self.changed),
            "reopened": sorted(self.reopened),
            "renewed": self.renewed,
            "screens_done": self.screens_done,
            "about_you": self.about_you,
            "wishes": self.wishes,
        }


def read_saved(saved: object, knowledge: Knowledge) -> SavedAnswers:
    """Return the answers that an app has stored.

    Args:
        saved: The value of `Intake.saved`, as read from JSON.
        knowledge: The vocabulary of the facts.

    Raises:
        InvalidInput: If the value is no saved intake, or if the knowledge lacks one of its facts.
    """
    if not isinstance(saved, Mapping) or set(saved) != _KEYS:
        raise InvalidInput(Fault(f"{repr_short(saved)} is no saved intake", _WHERE, _REMEDY))
    facts, own, changed = saved["facts"], saved["own"], saved["changed"]
    reopened = saved["reopened"]
    flags = [saved["about_you"], saved["wishes"], saved["renewed"]]
    count = saved["screens_done"]
    fits = (
        isinstance(facts, Mapping)
        and isinstance(own, Mapping)
        and isinstance(changed, list)
        and isinstance(reopened, list)
        and type(count) is int
        and all(type(flag) is bool for flag in flags)
    )
    if not fits:
        raise InvalidInput(Fault("a part of the saved intake is broken", _WHERE, _REMEDY))
    unknown = [name for name in changed if name not in list(Section)]
    unknown += [name for name in reopened if name not in list(knowledge.vocabulary.by_id)]
    given = Facts(facts)
    faults = [fault.under(f"{_WHERE}.facts") for fault in knowledge.vocabulary.faults_in(given)]
    values: dict[str, PlainValue] = {}
    questions = form_questions(knowledge)
    for name, value in own.items():
        question = questions.get(name) if isinstance(name, str) else None
        if question is None:
            unknown.append(name)
            continue
        try:
            values[name] = None if value is None else read_person_answer(value, question)
        except InvalidInput as error:
            faults += [fault.under(f"{_WHERE}.own.{name}") for fault in error.faults]
    faults += [Fault(f"{repr_short(name)} is not known here", _WHERE, _REMEDY) for name in unknown]
    if faults:
        raise InvalidInput(*faults)
    return SavedAnswers(
        on=_day(saved["on"]),
        facts=given.given(),
        own=values,
        changed=frozenset(map(Section, changed)),
        reopened=frozenset(reopened),
        renewed=flags[2],
        screens_done=max(0, count),
        about_you=flags[0],
        wishes=flags[1],
    )


_KEYS = {
    "on",
    "facts",
    "own",
    "changed",
    "reopened",
    "renewed",
    "screens_done",
    "about_you",
    "wishes",
}


def _day(value: object) -> datetime.date | None:
    if value is None:
        return None
    try:
        return datetime.date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        what = f"{repr_short(value)} is no day"
        raise InvalidInput(Fault(what, f"{_WHERE}.on", _REMEDY)) from None
