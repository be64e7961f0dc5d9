"""From person, request and history to facts: the one place where they are worked out."""

import datetime
from collections.abc import Iterable, Mapping
from enum import StrEnum
from itertools import groupby, pairwise

from attrs import evolve, field, frozen

from kineticchain.anatomy import Region, Side
from kineticchain.chain import KineticChain
from kineticchain.constraints import is_number
from kineticchain.exercises import Equipment, equipment_at_hand
from kineticchain.facts import FactClass, FactKind, Facts, FactType, Value, Vocabulary
from kineticchain.facts.fact_values import at_region
from kineticchain.person.complaint import Complaint, Injury, Surgery
from kineticchain.person.event import Finding
from kineticchain.person.history import History
from kineticchain.person.person import Person
from kineticchain.person.request import Request

_RISING_SESSIONS = 3
RESCREEN_AFTER_DAYS = 28
"""After so many days without a session the safety questions are asked anew (C33–C36)."""

RECENT_SURGERY_WEEKS = 12
RESULT = "clinician_result"
RUPTURE = "rupture_boot"


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

    @property
    def at_hand(self) -> frozenset[str]:
        """What the equipment counts as, substitutes included."""
        owned = self.facts["equipment"]
        assert isinstance(owned, frozenset)  # noqa: S101 - derived so
        return owned

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
    facts: dict[str, Value] = _grown(vocabulary.spread(now.facts), person, history, on, vocabulary)
    so_far = history if on is None else history.until(on)
    if not _screening_is_stale(now, so_far, on):
        for fact in vocabulary.screening:
            if now.screening.covers(fact.id, by_clear=fact.by_clear):
                _reassure(fact, facts, now.facts.unknown)
    if facts.get(RESULT) == "dvt_treated_anticoagulant":
        facts["anticoagulant"] = True
    owned = now.equipment if request.equipment is None else request.equipment
    facts["equipment"] = equipment_at_hand(owned, equipment)
    facts.update(_own_facts(now, request))
    facts.update(_history_facts(so_far, on))
    heres = _heres(now, on, facts, vocabulary)
    return Situation(now, dict(sorted(facts.items())), heres)


def along_chain(situation: Situation, chain: KineticChain) -> Situation:
    """The situation with the regions that lie one link and two links from a painful one."""
    painful = {one.region for one in situation.person.complaints if one.pain != 0}
    near: dict[str, Value] = {
        f"painful_regions.within_{links}": chain.within(painful, links) for links in (1, 2)
    }
    return evolve(situation, facts=dict(sorted({**situation.facts, **near}.items())))


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


def _screening_is_stale(person: Person, history: History, on: datetime.date | None) -> bool:
    """Whether a long break calls for the safety questions anew."""
    if on is None or not history.sessions:
        return False
    last = history.sessions[-1].on
    asked_on = person.screening.on or person.as_of
    asked_since = asked_on is not None and asked_on > last
    return (on - last).days > RESCREEN_AFTER_DAYS and not asked_since


def _grown(
    facts: dict[str, Value],
    person: Person,
    history: History,
    on: datetime.date | None,
    vocabulary: Vocabulary,
) -> dict[str, Value]:
    """The facts that grow with time, as of the day: weeks since an event, weeks of pregnancy."""
    if on is None:
        return facts
    stated = {
        name: finding.on
        for finding in history.findings
        if finding.on <= on
        for name in finding.facts
    }
    for fact in vocabulary.types:
        day = stated.get(fact.id, person.as_of)
        value = facts.get(fact.id)
        if not fact.grows_days or day is None or value == fact.reassuring:
            continue
        if is_number(value):
            facts[fact.id] = min(fact.high, value + max(0, (on - day).days) // fact.grows_days)
    return facts


def _reassure(fact: FactType, facts: dict[str, Value], unknown: frozenset[str]) -> None:
    """Put the reassuring value where none was given, and none was said to be unknown."""
    if fact.reassuring is None or fact.id in unknown:
        return
    for name in fact.names:
        if name not in unknown:
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
    weeks = [one.weeks_ago for one in person.surgeries]
    if any(one is not None and one <= RECENT_SURGERY_WEEKS for one in weeks):
        facts["operated_within_12_weeks"] = True
    elif None not in weeks:
        facts["operated_within_12_weeks"] = False
    pains = [one.pain for one in person.complaints]
    if None not in pains:
        facts["worst_pain"] = max((pain for pain in pains if pain is not None), default=0)
    optional = {"age": person.age, "sex": person.sex, "goal": request.goal}
    facts.update({name: value for name, value in optional.items() if value is not None})
    return facts


def _history_facts(history: History, on: datetime.date | None) -> dict[str, Value]:
    """Pain on the training days so far: the last one's worst, and whether three days rose."""
    worst = [
        max(pains)
        for _, sessions in groupby(history.sessions, key=lambda session: session.on)
        if (
            pains := [
                line.pain for session in sessions for line in session.lines if line.pain is not None
            ]
        )
    ]
    trained = {
        session.on
        for session in history.sessions
        if any(line.skipped is None for line in session.lines)
    }
    last = worst[-_RISING_SESSIONS:]
    rising = len(last) == _RISING_SESSIONS and all(a < b for a, b in pairwise(last))
    facts: dict[str, Value] = {
        "training_days": len(trained),
        "pain_rising_three_sessions": rising,
    }
    if worst:
        facts["last_session_pain"] = worst[-1]
    if trained and on is not None:
        facts["days_since_last_session"] = (on - max(trained)).days
    return facts


def _heres(
    person: Person,
    on: datetime.date | None,
    facts: Mapping[str, Value],
    vocabulary: Vocabulary,
) -> tuple[Here, ...]:
    """Each complaint, injury and surgery, with the facts of its region."""
    regional = [fact.id for fact in vocabulary.types if fact.per_region]
    found = _bound(person, on)
    if not regional:
        return found
    return tuple(evolve(one, values={**one.values, **_of(one, regional, facts)}) for one in found)


def _of(here: Here, regional: Iterable[str], facts: Mapping[str, Value]) -> dict[str, Value]:
    places = ((name, at_region(name, here.region)) for name in regional)
    return {f"here.{name}": facts[place] for name, place in places if place in facts}


def _bound(person: Person, on: datetime.date | None) -> tuple[Here, ...]:
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
