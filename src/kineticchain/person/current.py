"""The person as findings left them: answers, complaints and screening up to a day."""

import datetime
from collections.abc import Mapping
from itertools import groupby

from attrs import evolve

from kineticchain.anatomy import Region, Side
from kineticchain.constraints import is_number
from kineticchain.facts import FactClass, FactKind, Facts, FactType, Value, Vocabulary
from kineticchain.person.complaint import Complaint
from kineticchain.person.event import Finding
from kineticchain.person.history import History
from kineticchain.person.person import Person

RESULT = "clinician_result"
RUPTURE = "rupture_boot"
REVIEWED = "progress_reviewed"


def current_person(
    person: Person, history: History, on: datetime.date | None, vocabulary: Vocabulary
) -> Person:
    """The person with all findings up to that day applied, the first one first.

    Of findings of the same day and slot that differ, the less reassuring answer counts.
    """
    findings = [
        finding
        for finding in history.findings
        if (on is None or finding.on <= on) and (person.as_of is None or finding.on >= person.as_of)
    ]
    for _, rivals in groupby(findings, key=lambda one: (one.on, one.slot)):
        person = _apply(person, list(rivals), vocabulary)
    return person


def _apply(person: Person, findings: list[Finding], vocabulary: Vocabulary) -> Person:
    """The person after the findings of one slot.

    A clinician's result settles only what is older: a later answer that is not reassuring
    takes it away, unless it comes with a result of its own.
    """
    answers: dict[str, list[Value | None]] = {}
    for finding in findings:
        for name, value in finding.facts.given().items():
            answers.setdefault(name, []).append(value)
    newer = {
        name: _most_cautious(values, vocabulary.type_of(name)) for name, values in answers.items()
    }
    known = person.facts
    if RESULT in newer and known.get(RESULT) == RUPTURE:
        newer[RESULT] = RUPTURE
    elif RESULT not in newer and any(_alarms(name, newer, vocabulary) for name in newer):
        newer[RESULT] = None
    told: dict[tuple[Region, Side], Complaint] = {}
    for one in (complaint for finding in findings for complaint in finding.complaints):
        other = told.get((one.region, one.side))
        if other is None or _worse(one, other):
            told[one.region, one.side] = one
    kept = [one for one in person.complaints if (one.region, one.side) not in told]
    screening = person.screening
    for finding in findings:
        dated = evolve(finding.screening, on=finding.screening.on or finding.on)
        asked = finding.screening.everything or finding.screening.asked
        screening = screening.joined(dated) if asked else screening
    return evolve(
        person,
        facts=known.updated(newer),
        complaints=[*kept, *(one for one in told.values() if one.pain != 0)],
        screening=screening,
    )


def _alarms(name: str, facts: Mapping[str, Value | None], vocabulary: Vocabulary) -> bool:
    """Whether an answer is one to a screening question, and not the reassuring one."""
    fact = vocabulary.type_of(name)
    asked = fact is not None and fact.fact_class is FactClass.SCREENING
    return asked and fact is not None and facts[name] != fact.reassuring


def _worse(one: Complaint, other: Complaint) -> bool:
    """Whether a complaint hurts more than another; unknown pain counts as the worst."""
    return (11 if one.pain is None else one.pain) > (11 if other.pain is None else other.pain)


def _most_cautious(answers: list[Value | None], fact: FactType | None) -> Value | None:
    """Of answers that differ, the one that calls for more caution.

    Unknown before known; then what is farthest from reassuring; of measures the least.
    """
    known = [answer for answer in answers if answer is not None]
    if len(known) < len(answers):
        return None
    if fact is not None and fact.kind is FactKind.NUMBER:
        numbers = [answer for answer in known if is_number(answer)]
        return min(numbers) if fact.reassuring is None else max(numbers)
    reassuring = None if fact is None else fact.reassuring
    ordered = sorted(known, key=lambda value: Facts({"value": value}).canonical())
    return next((value for value in reversed(ordered) if value != reassuring), ordered[-1])


def was_looked_at(finding: Finding) -> bool:
    """Whether a finding tells that a professional has looked at it: a result, or a review."""
    result = finding.facts.get(RESULT)
    return result not in {None, "none"} or finding.facts.get(REVIEWED) is True
