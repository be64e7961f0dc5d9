"""From person, request and history to facts: the one place where they are worked out."""

import datetime
from collections.abc import Iterable, Mapping
from itertools import groupby, pairwise
from types import MappingProxyType

from kineticchain.chain import KineticChain
from kineticchain.constraints import is_number
from kineticchain.exercises import Equipment, equipment_at_hand
from kineticchain.facts import Value, Vocabulary
from kineticchain.facts.fact_values import stem
from kineticchain.person.attendance import Attendance
from kineticchain.person.binding import heres_of
from kineticchain.person.current import RESULT, current_person, was_looked_at
from kineticchain.person.history import History
from kineticchain.person.person import Person
from kineticchain.person.request import Request
from kineticchain.person.situation import Situation

_RISING_SESSIONS = 3
_PAIN_OF_CONCERN = 5
"""Pain during above this counts towards `painful_days_in_a_row` (C01)."""

RESCREEN_AFTER_DAYS = 14
"""After more days without a session the safety questions are asked anew (C36, C37)."""

RECENT_SURGERY_WEEKS = 12

WARNINGS: Mapping[str, Value] = MappingProxyType(
    {"night_pain": True, "giving_way": True, "sensation_intact": False}
)
"""Signs that stop training where they are new (night pain, giving way, numbness)."""


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
    facts = _reassured_of_others(facts, now, vocabulary)
    lapsed = _screening_has_lapsed(now, so_far, on)
    if not lapsed:
        facts = _reassured(facts, now, vocabulary)
    if facts.get(RESULT) == "dvt_treated_anticoagulant":
        facts |= {"anticoagulant": True, "previous_dvt": True}
    owned = now.equipment if request.equipment is None else request.equipment
    facts["equipment"] = equipment_at_hand(owned, equipment)
    facts.update(_own_facts(now, request))
    facts.update(_history_facts(so_far, on))
    facts.update(_course_facts(person, now, so_far, on))
    facts["screening_lapsed"] = lapsed
    heres = heres_of(now, on, facts, vocabulary)
    return Situation(now, facts, heres)


def along_chain(situation: Situation, chain: KineticChain) -> Situation:
    """The situation with the regions that lie one link and two links from a painful one.

    From here on the facts are in the order of their names.
    """
    painful = {one.region for one in situation.person.complaints if one.pain != 0}
    near: dict[str, Value] = {
        f"painful_regions.within_{links}": chain.within(painful, links) for links in (1, 2)
    }
    facts = dict(sorted({**situation.facts, **near}.items()))
    return Situation(situation.person, facts, situation.heres)


def _screening_has_lapsed(person: Person, history: History, on: datetime.date | None) -> bool:
    """Whether a long break calls for the safety questions anew."""
    trained = [one.on for one in history.sessions if one.trained]
    if on is None or not trained:
        return False
    last = trained[-1]
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
    for fact in vocabulary.growing:
        day = stated.get(fact.id, person.as_of)
        value = facts.get(fact.id)
        if day is None or value == fact.reassuring:
            continue
        if is_number(value):
            facts[fact.id] = min(fact.high, value + max(0, (on - day).days) // fact.grows_days)
    return facts


def _reassured(facts: dict[str, Value], person: Person, vocabulary: Vocabulary) -> dict[str, Value]:
    """With the reassuring value where a question was asked and nothing else was answered.

    None is put where the answer was said to be unknown.
    """
    screening, unknown = person.screening, person.facts.unknown
    calm = dict(vocabulary.cleared) if screening.everything else {}
    for fact in vocabulary.screening:
        if fact.id in screening.asked and fact.reassuring is not None:
            calm.update(dict.fromkeys(fact.names, fact.reassuring))
    if unknown:
        calm = {name: calm[name] for name in calm if unknown.isdisjoint({name, stem(name)})}
    return {**calm, **facts}


def _reassured_of_others(
    facts: dict[str, Value], person: Person, vocabulary: Vocabulary
) -> dict[str, Value]:
    """With the reassuring value of questions that concern another age or sex."""
    unknown = person.facts.unknown
    calm = {
        name: fact.reassuring
        for fact in vocabulary.selective
        if fact.reassuring is not None and not fact.concerns(person.age, person.sex)
        for name in fact.names
        if unknown.isdisjoint({name, fact.id})
    }
    return {**calm, **facts} if calm else facts


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
    trained = {session.on for session in history.sessions if session.trained}
    last = worst[-_RISING_SESSIONS:]
    rising = len(last) == _RISING_SESSIONS and all(a < b for a, b in pairwise(last))
    facts: dict[str, Value] = {
        "training_days": len(trained),
        "pain_rising_three_sessions": rising,
    }
    if worst:
        facts["last_session_pain"] = worst[-1]
        quiet = (count for count, pain in enumerate(reversed(worst)) if pain <= _PAIN_OF_CONCERN)
        facts["painful_days_in_a_row"] = next(quiet, len(worst))
    if trained and on is not None:
        facts["days_since_last_session"] = (on - max(trained)).days
    return facts


def _course_facts(
    person: Person, now: Person, history: History, on: datetime.date | None
) -> dict[str, Value]:
    """How much of the plan was done, for how long, and what it has done for the worst pain.

    Pain counts as told anew only by a finding after the first session.
    """
    new = {name: value for name, value in WARNINGS.items() if person.facts.get(name) != value}
    facts: dict[str, Value] = {
        "fell_in_training": _told_in_training(history, {"fall_last_12m": True}),
        "warning_in_training": _told_in_training(history, new),
    }
    sessions = [one for one in history.sessions if one.trained]
    if on is None or not sessions:
        return facts
    attendance = Attendance()
    for event in history:
        attendance = attendance.after(event)
    share = attendance.share(on)
    if share is not None:
        facts["attendance"] = share
    facts["weeks_in_training"] = (on - sessions[0].on).days // 7
    told_anew = any(one.complaints and one.on > sessions[0].on for one in history.findings)
    before, after = _worst_pain(person), _worst_pain(now)
    if told_anew and before is not None and after is not None:
        facts["pain_relieved"] = before - after
    return facts


def _told_in_training(history: History, alarming: Mapping[str, Value]) -> bool:
    """Whether one of these was told since training began, and nobody has looked at it since."""
    sessions, findings = history.sessions, history.findings
    told = [
        one.on
        for one in findings
        if sessions
        and one.on > sessions[0].on
        and any(one.facts.get(name) == value for name, value in alarming.items())
    ]
    results = [one.on for one in findings if was_looked_at(one)]
    return bool(told) and not any(day >= told[-1] for day in results)


def _worst_pain(person: Person) -> int | None:
    """The worst pain of all complaints; None where one is not known."""
    pains = [one.pain for one in person.complaints]
    known = [pain for pain in pains if pain is not None]
    return max(known, default=0) if len(known) == len(pains) else None
