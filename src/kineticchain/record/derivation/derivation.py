"""From record, request and history to facts: the one place where they are worked out."""

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import groupby, pairwise
from types import MappingProxyType

from attrs import field, frozen

from kineticchain.domain.anatomy import KineticChain, Region
from kineticchain.domain.exercises import Equipment, equipment_at_hand
from kineticchain.domain.facts import Value, Vocabulary
from kineticchain.domain.person.clinician_result import ClinicianResult
from kineticchain.domain.person.complaint import Complaint
from kineticchain.domain.person.event import Event, Finding
from kineticchain.domain.person.history import History
from kineticchain.domain.person.person import Person
from kineticchain.domain.person.request import Request
from kineticchain.record.clinician.result import CLOT, NO_FRACTURE, RESULT, REVIEWED
from kineticchain.record.derivation.attendance import Attendance
from kineticchain.record.derivation.binding import Situation, bindings_of
from kineticchain.record.observation import Moment, moment_of
from kineticchain.record.record import Record
from kineticchain.record.state import State
from kineticchain.record.validity import RecordPolicy

_RISING_SESSIONS = 3
_PAIN_OF_CONCERN = 5
"""Pain during above this counts towards `painful_days_in_a_row` (C01)."""

RECENT_SURGERY_WEEKS = 12

WARNINGS: Mapping[str, Value] = MappingProxyType(
    {"night_pain": True, "giving_way": True, "sensation_intact": False}
)
"""Signs that stop training where they are new (night pain, giving way, numbness)."""


@frozen(kw_only=True)
class DerivationTerms:
    """What a record is read with.

    `goals` tells for each goal that is about a pain which regions hurt, how much is not known.
    """

    vocabulary: Vocabulary
    equipment: tuple[Equipment, ...] = ()
    goals: Mapping[str, tuple[Region, ...]] = field(factory=dict)
    policy: RecordPolicy = field(factory=RecordPolicy)


def derive(
    person: Person,
    request: Request,
    history: History,
    on: datetime.date | None,
    terms: DerivationTerms,
) -> Situation:
    """The situation of a person on a day: the state of the record, and what follows from it.

    What is not known has no value.
    """
    return derive_on(Record.of(person, history, on), request, history, on, terms)


def derive_on(
    record: Record,
    request: Request,
    history: History,
    on: datetime.date | None,
    terms: DerivationTerms,
) -> Situation:
    """The situation on a day that lies within a record, such as the first day of training."""
    state = record.state_on(on, terms.vocabulary, terms.policy)
    so_far = history if on is None or not history else history.until(on)
    implied = tuple(_implied(state, request, record.intake, terms))
    facts = dict(state.facts)
    facts["diagnosed"] = state.results.found
    facts["not_cleared"] = state.not_cleared
    if CLOT in state.results.found:
        facts["previous_dvt"] = True
    treated = [
        by.moment for diagnosis, by in state.results.found_at if by.treated and diagnosis == CLOT
    ]
    if treated and max(treated) >= state.stated.get("anticoagulant", min(treated)):
        facts["anticoagulant"] = True
    owned = state.equipment if request.equipment is None else request.equipment
    facts["equipment"] = equipment_at_hand(owned, terms.equipment)
    facts.update(_own_facts(state, request, [region for region, _ in implied]))
    facts.update(_history_facts(so_far, on))
    facts.update(_course_facts(record.person, state, so_far, on, terms.vocabulary))
    facts["screening_lapsed"] = state.run_out
    return Situation(state, facts, bindings_of(state, implied, facts, terms.vocabulary))


def _implied(
    state: State, request: Request, intake: Moment, terms: DerivationTerms
) -> Iterator[tuple[Region, Moment]]:
    """Regions that a symptom or the goal says to hurt, where no complaint states how much.

    A goal speaks of its region only where nothing in the same part of the body was stated to hurt.
    """
    yield from state.implied
    stated = {one.region.part for one in state.hurting}
    known = {region for region, _ in state.implied}
    for region in terms.goals.get(request.goal or "", ()):
        if region.part not in stated and region not in known:
            yield region, intake


def along_chain(situation: Situation, chain: KineticChain) -> Situation:
    """The situation with the regions that lie one link and two links from a painful one.

    From here on the facts are in the order of their names.
    """
    painful = situation.facts["painful_regions"]
    assert isinstance(painful, frozenset)  # noqa: S101 - derived so
    near: dict[str, Value] = {
        f"painful_regions.within_{links}": chain.within(map(Region, painful), links)
        for links in (1, 2)
    }
    facts = dict(sorted({**situation.facts, **near}.items()))
    return Situation(situation.state, facts, situation.heres)


def _own_facts(state: State, request: Request, implied: Collection[Region]) -> dict[str, Value]:
    painful = frozenset([*(one.region for one in state.hurting), *implied])
    facts: dict[str, Value] = {
        "minutes": request.minutes,
        "painful_regions": painful,
        "painful_parts": frozenset(region.part for region in painful),
        "injured_regions": frozenset(one.region for one in state.injuries),
        "operated_regions": frozenset(one.region for one in state.surgeries),
    }
    weeks = [one.weeks_ago for one in state.surgeries]
    if any(one is not None and one <= RECENT_SURGERY_WEEKS for one in weeks):
        facts["operated_within_12_weeks"] = True
    elif None not in weeks:
        facts["operated_within_12_weeks"] = False
    worst = _worst_pain(state.hurting)
    if worst is not None and not implied:
        facts["worst_pain"] = worst
    optional = {"age": state.age, "sex": state.sex, "goal": request.goal}
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
    person: Person,
    state: State,
    history: History,
    on: datetime.date | None,
    vocabulary: Vocabulary,
) -> dict[str, Value]:
    """How much of the plan was done, for how long, and what it has done for the worst pain.

    Pain counts as stated anew only by a finding after the first session.
    """
    facts: dict[str, Value] = {
        "fell_in_training": any(
            _told_in_training(history, moments.get(name), ())
            for name, moments in (("fall_last_12m", state.stated), ("falls_n", state.begun))
            if state.facts.get(name)
        ),
        "warning_in_training": any(
            _told_in_training(history, state.begun.get(name), _regions_of(name, vocabulary))
            for name, value in WARNINGS.items()
            if state.facts.get(name) == value
        ),
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
    anew = any(one.complaints and one.on > sessions[0].on for one in history.findings)
    before, after = _worst_pain(person.complaints), _worst_pain(state.hurting)
    if anew and before is not None and after is not None:
        facts["pain_relieved"] = before - after
    return facts


def _regions_of(name: str, vocabulary: Vocabulary) -> tuple[Region, ...]:
    fact = vocabulary.type_of(name)
    return () if fact is None else fact.regions


def _told_in_training(history: History, moment: Moment | None, regions: Collection[Region]) -> bool:
    """Whether something was said since training began, and nobody has looked at it since."""
    sessions = history.sessions
    if moment is None or not sessions or moment[0] <= sessions[0].on:
        return False
    return not any(
        was_looked_at(event, regions) and moment_of(event) >= moment for event in history
    )


def was_looked_at(event: Event, regions: Collection[Region] | None = None) -> bool:
    """Whether an event says that a professional has looked at the person, and nothing is wrong.

    That is an examination, a clearance, an allowance, or something ruled out. With `regions` it has
    to be about one of them, or about the whole person.
    """
    match event:
        case ClinicianResult(region=None):
            return _looked(event)
        case ClinicianResult(region=region):
            about = regions is None or region in regions
            return about and (_looked(event) or bool(event.ruled_out))
        case Finding(facts=facts):
            return facts.get(RESULT) == NO_FRACTURE or facts.get(REVIEWED) is True
        case _:
            return False


def _looked(event: ClinicianResult) -> bool:
    """Whether it examined, cleared or allows, and finds nothing."""
    said = event.examined or event.cleared is True or event.allows is not None
    return said and not event.found


def _worst_pain(complaints: Iterable[Complaint]) -> int | None:
    """The worst pain of all complaints; None where one is not known."""
    pains = [one.pain for one in complaints]
    known = [pain for pain in pains if pain is not None]
    return max(known, default=0) if len(known) == len(pains) else None
