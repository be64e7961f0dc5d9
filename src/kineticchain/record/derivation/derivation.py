"""Derivation of facts from record, request and history; no other module derives them."""

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import groupby, pairwise
from types import MappingProxyType

from attrs import field, frozen

from kineticchain.domain.anatomy import KineticChain, Region, Side
from kineticchain.domain.exercises import Equipment, equipment_at_hand
from kineticchain.domain.facts import Value, Vocabulary
from kineticchain.domain.facts.fact_values import sided
from kineticchain.domain.person.history import History
from kineticchain.domain.person.person import Person
from kineticchain.domain.person.request import Request
from kineticchain.record.clinician.result import CLOT
from kineticchain.record.complaint_course import courses_of
from kineticchain.record.derivation.attendance import Attendance
from kineticchain.record.derivation.binding import Situation, bindings_of
from kineticchain.record.derivation.examination import was_looked_at
from kineticchain.record.derivation.presumption import presumed
from kineticchain.record.observation import Moment, answered_at, moment_of
from kineticchain.record.record import Record
from kineticchain.record.state import State
from kineticchain.record.statement import statements_of
from kineticchain.record.validity import RecordPolicy

_RISING_SESSIONS = 3
"""Number of latest training days whose pain must rise to set `pain_rising_three_sessions`."""

_RISING_DAYS = 28
"""Most days from the first to the last of these training days. A design choice."""

_SAFE_PAIN = 2
"""Pain during training (0-10) up to which rising pain is no concern (C01)."""

_PAIN_OF_CONCERN = 5
"""Pain during training (0-10) above which a day counts for `painful_days_in_a_row` (C01)."""

_RECOVERING_WEEKS = 52
"""Weeks after an operation up to which its side counts as recovering. A design choice."""

_RECOVERING_DAYS = 84
"""Days after an injury up to which its side counts as recovering. A design choice."""

RECENT_SURGERY_WEEKS = 12
"""Weeks up to which an operation counts as recent, inclusive."""

WARNINGS: Mapping[str, Value] = MappingProxyType(
    {"night_pain": True, "giving_way": True, "sensation_intact": False}
)
"""Warning signs that stop training if new, with the value that is the sign."""


@frozen(kw_only=True)
class DerivationTerms:
    """Knowledge that a record is read with.

    Attributes:
        vocabulary: Types of facts.
        equipment: Kinds of equipment, each with the equipment that it can substitute.
        goals: For each goal about pain, the regions that hurt. The pain itself is unknown.
        same_pain: For each goal, the regions whose complaint is about the pain of the goal.
        policy: Validity of answers.

    """

    vocabulary: Vocabulary
    equipment: tuple[Equipment, ...] = ()
    goals: Mapping[str, tuple[Region, ...]] = field(factory=dict)
    same_pain: Mapping[str, frozenset[Region]] = field(factory=dict)
    policy: RecordPolicy = field(factory=RecordPolicy)


def derive(
    person: Person,
    request: Request,
    history: History,
    on: datetime.date | None,
    terms: DerivationTerms,
) -> Situation:
    """Return the situation of a person on a day: the state of the record and the derived facts.

    Unknown facts have no value.

    Args:
        person: Person as described at intake.
        request: Request for a plan.
        history: All events; those after the day are ignored.
        on: Day of the situation; None for the last day of the record.
        terms: Knowledge that the record is read with.

    """
    return derive_on(Record.of(person, history, on), request, history, on, terms)


def derive_on(
    record: Record,
    request: Request,
    history: History,
    on: datetime.date | None,
    terms: DerivationTerms,
) -> Situation:
    """Return the situation on a day within a record, such as the first day of training.

    Args:
        record: Record of the person.
        request: Request for a plan.
        history: All events; those after the day are ignored.
        on: Day of the situation; None for the last day of the record.
        terms: Knowledge that the record is read with.

    """
    hurts = bool(terms.goals.get(request.goal or ""))
    state = record.state_on(on, terms.vocabulary, terms.policy, hurts=hurts)
    so_far = history if on is None or not history else history.until(on)
    implied = tuple(_implied(state, request, record.intake, terms))
    facts = dict(state.facts)
    facts["diagnosed"] = state.results.found
    facts["not_cleared"] = state.not_cleared
    if CLOT in state.results.found:
        facts["previous_dvt"] = True
    # A treated clot implies an anticoagulant, unless that question was answered later.
    treated = [
        result.moment
        for diagnosis, result in state.results.found_at
        if result.treated and diagnosis == CLOT
    ]
    if treated and max(treated) >= state.stated.get("anticoagulant", min(treated)):
        facts["anticoagulant"] = True
    owned = state.equipment if request.equipment is None else request.equipment
    facts["equipment"] = equipment_at_hand(owned, terms.equipment)
    facts.update(_present_facts(state, request, [region for region, _ in implied]))
    facts.update(_history_facts(so_far, on))
    facts.update(_course_facts(record, state, so_far, on, terms))
    facts["screening_lapsed"] = state.run_out
    facts.update(presumed(facts, state, terms.vocabulary))
    return Situation(state, facts, bindings_of(state, implied, facts, terms.vocabulary))


def _implied(
    state: State, request: Request, intake: Moment, terms: DerivationTerms
) -> Iterator[tuple[Region, Moment]]:
    """Yield painful regions of unknown pain that a symptom or the goal implies.

    A goal implies its regions, unless a complaint is about the pain of the goal.
    """
    yield from state.implied
    stated = {complaint.region for complaint in state.hurting}
    if stated & terms.same_pain.get(request.goal or "", frozenset()):
        return
    implied_regions = {region for region, _ in state.implied}
    for region in terms.goals.get(request.goal or "", ()):
        if region not in stated and region not in implied_regions:
            yield region, intake


def along_chain(situation: Situation, chain: KineticChain) -> Situation:
    """Return the situation with the regions within one and two links of a painful region added.

    Facts of the result are sorted by name.

    Args:
        situation: Situation with the fact `painful_regions`.
        chain: Kinetic chain whose links are followed.

    """
    painful = situation.facts["painful_regions"]
    assert isinstance(painful, frozenset)  # noqa: S101 - derived so
    regions_within: dict[str, Value] = {
        f"painful_regions.within_{links}": chain.within(map(Region, painful), links)
        for links in (1, 2)
    }
    facts = dict(sorted({**situation.facts, **regions_within}.items()))
    return Situation(situation.state, facts, situation.all_bindings)


def _present_facts(state: State, request: Request, implied: Collection[Region]) -> dict[str, Value]:
    """Return the facts of the person and the request, without history."""
    painful = frozenset([*(complaint.region for complaint in state.hurting), *implied])
    facts: dict[str, Value] = {
        "minutes": request.minutes,
        "painful_regions": painful,
        "painful_parts": frozenset(region.part for region in painful),
        "injured_regions": frozenset(injury.region for injury in state.injuries),
        "operated_regions": frozenset(surgery.region for surgery in state.surgeries),
    }
    concerned = [
        *painful,
        *(injury.region for injury in state.injuries),
        *(surgery.region for surgery in state.surgeries),
    ]
    facts["injured_parts"] = frozenset(injury.region.part for injury in state.injuries)
    facts["operated_parts"] = frozenset(surgery.region.part for surgery in state.surgeries)
    facts["concerned_regions"] = frozenset(concerned)
    facts["concerned_parts"] = frozenset(region.part for region in concerned)
    recovering = set(_recovering_sides(state))
    facts |= {sided("recovering", side): side in recovering for side in Side.BOTH.each}
    durations = [complaint.weeks for complaint in state.hurting]
    if not implied and None not in durations:
        facts["longest_complaint_weeks"] = max((weeks for weeks in durations if weeks), default=0)
    # True if one operation is known to be recent. False only if all are known to be older.
    weeks_ago = [surgery.weeks_ago for surgery in state.surgeries]
    if any(weeks is not None and weeks <= RECENT_SURGERY_WEEKS for weeks in weeks_ago):
        facts["operated_within_12_weeks"] = True
    elif None not in weeks_ago:
        facts["operated_within_12_weeks"] = False
    worst = _worst_pain(complaint.pain for complaint in state.hurting)
    if worst is not None and not implied:
        facts["worst_pain"] = worst
    optional = {"age": state.age, "sex": state.sex, "goal": request.goal}
    facts.update({name: value for name, value in optional.items() if value is not None})
    return facts


def _recovering_sides(state: State) -> Iterator[Side]:
    """Yield the sides of recent operations and injuries; one of unknown age counts as recent."""
    for surgery in state.surgeries:
        if surgery.weeks_ago is None or surgery.weeks_ago <= _RECOVERING_WEEKS:
            yield from surgery.side.each
    for injury in state.injuries:
        if injury.days_ago is None or injury.days_ago <= _RECOVERING_DAYS:
            yield from injury.side.each


def _history_facts(history: History, on: datetime.date | None) -> dict[str, Value]:
    """Return the facts about training days: their number, the last one, and the course of pain."""
    # The days whose sessions recorded pain, in order, and the worst pain of each.
    by_day = [
        (day, max(pains))
        for day, sessions in groupby(history.sessions, key=lambda session: session.on)
        if (pains := [session.worst_pain for session in sessions if session.worst_pain is not None])
    ]
    worst = [pain for _, pain in by_day]
    trained = {session.on for session in history.sessions if session.trained}
    latest = worst[-_RISING_SESSIONS:]
    rising = (
        len(latest) == _RISING_SESSIONS
        and all(a < b for a, b in pairwise(latest))
        and latest[-1] > _SAFE_PAIN
        and (by_day[-1][0] - by_day[-_RISING_SESSIONS][0]).days <= _RISING_DAYS
    )
    facts: dict[str, Value] = {
        "training_days": len(trained),
        "pain_rising_three_sessions": rising,
    }
    if worst:
        facts["last_session_pain"] = worst[-1]
        # The days are read backwards, from the latest one. The index of the first day without pain
        # of concern is the number of painful days after that day.
        quiet = (count for count, pain in enumerate(reversed(worst)) if pain <= _PAIN_OF_CONCERN)
        facts["painful_days_in_a_row"] = next(quiet, len(worst))
    if trained and on is not None:
        facts["days_since_last_session"] = (on - max(trained)).days
    return facts


def _course_facts(
    record: Record,
    state: State,
    history: History,
    on: datetime.date | None,
    terms: DerivationTerms,
) -> dict[str, Value]:
    """Return the facts about the course of training: new signs, attendance, weeks, pain relief.

    Pain relief is known if a finding after the day of the first session states complaints.
    """
    facts: dict[str, Value] = {
        "fell_in_training": any(
            _is_new_in_training(history, moments.get(name), ())
            for name, moments in (("fall_last_12m", state.stated), ("falls_n", state.begun))
            if state.facts.get(name)
        ),
        "warning_in_training": any(
            _is_new_in_training(history, state.begun.get(name), _regions_of(name, terms.vocabulary))
            for name, value in WARNINGS.items()
            if state.facts.get(name) == value
        ),
    }
    sessions = [session for session in history.sessions if session.trained]
    if on is None or not sessions:
        return facts
    attendance = Attendance()
    for event in history:
        attendance = attendance.after(event)
    share = attendance.share(on)
    if share is not None:
        facts["attendance"] = share
    facts["weeks_in_training"] = (on - sessions[0].on).days // 7
    restated = any(
        finding.complaints and finding.on > sessions[0].on for finding in history.findings
    )
    after = _worst_pain(complaint.pain for complaint in state.hurting)
    before = _first_pain(record, on, terms.policy) if restated and after is not None else None
    if before is not None and after is not None:
        facts["pain_relieved"] = before - after
    return facts


def _first_pain(record: Record, day: datetime.date, policy: RecordPolicy) -> int | None:
    """Return the worst pain at the first moment at which the pain of all complaints is known.

    The complaints of one moment may be stated in several findings, or in the intake and a finding.
    """
    stated = [
        (answered_at(statement.moment), complaint)
        for statement in statements_of(record.person, record.intake, record.events, day)
        for complaint in statement.complaints
    ]
    for moment in sorted({moment for moment, _ in stated}):
        so_far = [(at, complaint) for at, complaint in stated if at <= moment]
        pain = _worst_pain(course.pain for course in courses_of(so_far, policy).values())
        if pain is not None:
            return pain
    return None


def _regions_of(name: str, vocabulary: Vocabulary) -> tuple[Region, ...]:
    """Return the regions that the question of a fact is about."""
    fact = vocabulary.type_of(name)
    return () if fact is None else fact.regions


def _is_new_in_training(
    history: History, moment: Moment | None, regions: Collection[Region]
) -> bool:
    """Return whether a sign was reported after the first session's day and not examined since."""
    sessions = history.sessions
    if moment is None or not sessions or moment[0] <= sessions[0].on:
        return False
    return not any(
        moment_of(event) >= moment and was_looked_at(event, regions, history) for event in history
    )


def _worst_pain(pains: Iterable[int | None]) -> int | None:
    """Return the worst of some pains, 0 without any; None if one of them is unknown."""
    worst = 0
    for pain in pains:
        if pain is None:
            return None
        worst = max(worst, pain)
    return worst
