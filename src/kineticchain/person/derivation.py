"""From person, request and history to facts: the one place where they are worked out."""

import datetime
from collections.abc import Iterable, Mapping
from enum import StrEnum
from itertools import pairwise

from attrs import evolve, field, frozen

from kineticchain.anatomy import Region, Side
from kineticchain.exercises import Equipment, equipment_at_hand
from kineticchain.facts import Facts, FactType, Value, Vocabulary
from kineticchain.facts.fact_values import sided
from kineticchain.person.complaint import Complaint, Injury, Surgery
from kineticchain.person.event import Finding
from kineticchain.person.history import History
from kineticchain.person.person import Person
from kineticchain.person.request import Request

_RISING_SESSIONS = 3


class Occasion(StrEnum):
    """What a rule may run over, with `here` bound to each in turn."""

    COMPLAINT = "complaint"
    INJURY = "injury"
    SURGERY = "surgery"


@frozen
class Here:
    """One complaint, injury or surgery, as a rule that runs over each of them sees it."""

    occasion: Occasion
    region: Region
    side: Side
    values: Mapping[str, Value] = field(eq=False)


@frozen
class Situation:
    """All that rules may know: facts by name, and each complaint, injury and surgery."""

    person: Person
    facts: Mapping[str, Value] = field(repr=False)
    heres: tuple[Here, ...]

    def over(self, occasion: Occasion) -> tuple[Here, ...]:
        """The complaints, the injuries or the surgeries."""
        return tuple(here for here in self.heres if here.occasion is occasion)


def derive(
    person: Person,
    request: Request,
    history: History,
    on: datetime.date | None,
    vocabulary: Vocabulary,
    equipment: Iterable[Equipment],
) -> Situation:
    """The situation of a person on a day.

    Findings up to that day are applied first. Questions that were asked and are not
    answered otherwise get their reassuring value; all else that is not given is unknown.
    """
    now = current_person(person, history, on, vocabulary)
    facts: dict[str, Value] = vocabulary.spread(now.facts)
    for fact in vocabulary.screening:
        if now.screening.covers(fact.id, by_clear=fact.by_clear):
            _reassure(fact, facts)
    owned = now.equipment if request.equipment is None else request.equipment
    facts["equipment"] = equipment_at_hand(owned, equipment)
    facts.update(_own_facts(now, request))
    facts.update(_history_facts(history if on is None else history.until(on)))
    return Situation(now, dict(sorted(facts.items())), _heres(now, on))


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
    for finding in sorted(findings, key=lambda one: (one.on, one.slot)):
        rivals = [one for one in findings if (one.on, one.slot) == (finding.on, finding.slot)]
        person = _apply(person, finding, rivals, vocabulary)
    return person


def _apply(
    person: Person, finding: Finding, rivals: list[Finding], vocabulary: Vocabulary
) -> Person:
    facts = person.facts
    for name in finding.facts:
        answers = [one.facts[name] for one in rivals if name in one.facts]
        fact = vocabulary.type_of(name)
        facts = facts.updated({name: _least_reassuring(answers, fact)})
    told = {(one.region, one.side) for one in finding.complaints}
    kept = [one for one in person.complaints if (one.region, one.side) not in told]
    new = [one for one in finding.complaints if one.pain != 0]
    return evolve(
        person,
        facts=facts,
        complaints=[*kept, *new],
        screening=person.screening.joined(finding.screening),
    )


def _least_reassuring(answers: list[Value], fact: FactType | None) -> Value:
    reassuring = None if fact is None else fact.reassuring
    ordered = sorted(answers, key=lambda value: Facts({"value": value}).canonical())
    return next((value for value in ordered if value != reassuring), ordered[0])


def _reassure(fact: FactType, facts: dict[str, Value]) -> None:
    if fact.reassuring is None:
        return
    names = [sided(fact.id, side) for side in Side.BOTH.each] if fact.per_side else [fact.id]
    for name in names:
        facts.setdefault(name, fact.reassuring)


def _own_facts(person: Person, request: Request) -> dict[str, Value]:
    painful = [one for one in person.complaints if one.pain != 0]
    facts: dict[str, Value] = {
        "minutes": request.minutes,
        "painful_regions": frozenset(one.region for one in painful),
        "painful_parts": frozenset(one.region.part for one in painful),
        "injured_regions": frozenset(one.region for one in person.injuries),
        "operated_regions": frozenset(one.region for one in person.surgeries),
    }
    pains = [one.pain for one in person.complaints]
    if None not in pains:
        facts["worst_pain"] = max((pain for pain in pains if pain is not None), default=0)
    optional = {"age": person.age, "sex": person.sex, "goal": request.goal}
    facts.update({name: value for name, value in optional.items() if value is not None})
    return facts


def _history_facts(history: History) -> dict[str, Value]:
    """Pain in the sessions so far: the last one's, and whether three in a row rose."""
    worst = [
        max(pains)
        for session in history.sessions
        if (pains := [line.pain for line in session.lines if line.pain is not None])
    ]
    last = worst[-_RISING_SESSIONS:]
    rising = len(last) == _RISING_SESSIONS and all(a < b for a, b in pairwise(last))
    facts: dict[str, Value] = {
        "has_history": bool(history.sessions),
        "pain_rising_three_sessions": rising,
    }
    if worst:
        facts["last_session_pain"] = worst[-1]
    return facts


def _heres(person: Person, on: datetime.date | None) -> tuple[Here, ...]:
    aged = 0 if on is None or person.as_of is None else max(0, (on - person.as_of).days)
    return tuple(
        [_here(Occasion.COMPLAINT, one, _complaint_values(one, aged)) for one in person.complaints]
        + [
            _here(Occasion.INJURY, one, {"here.days_ago": _plus(one.days_ago, aged)})
            for one in person.injuries
        ]
        + [_here(Occasion.SURGERY, one, _surgery_values(one, aged)) for one in person.surgeries]
    )


def _here(
    occasion: Occasion, thing: Complaint | Injury | Surgery, values: Mapping[str, Value | None]
) -> Here:
    own: dict[str, Value] = {
        "here.region": thing.region,
        "here.part": thing.region.part,
        "here.side": thing.side,
    }
    own.update({name: value for name, value in values.items() if value is not None})
    return Here(occasion, thing.region, thing.side, own)


def _complaint_values(complaint: Complaint, aged: int) -> dict[str, Value | None]:
    weeks = complaint.weeks
    if complaint.days is not None:
        weeks = (complaint.days + aged) // 7
    elif weeks is not None:
        weeks += aged // 7
    return {"here.pain": complaint.pain, "here.weeks": weeks, "here.joint": complaint.joint}


def _surgery_values(surgery: Surgery, aged: int) -> dict[str, Value | None]:
    return {
        "here.weeks_ago": _plus(surgery.weeks_ago, aged // 7),
        "here.weight_bearing": surgery.weight_bearing,
        "here.cleared": surgery.cleared,
    }


def _plus(value: int | None, more: int) -> int | None:
    return None if value is None else value + more
