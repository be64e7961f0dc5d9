"""Statements: what the intake and the events of a record say, each with its moment."""

import datetime
from collections.abc import Iterable, Iterator

from attrs import frozen

from kineticchain.domain.facts import Facts
from kineticchain.domain.person.clinician_result import ClinicianResult
from kineticchain.domain.person.complaint import Complaint
from kineticchain.domain.person.event import Event, Finding, InjuryHappened, SurgeryDone
from kineticchain.domain.person.person import Person
from kineticchain.domain.person.screening import Screening
from kineticchain.record.clinician.order import Order
from kineticchain.record.clinician.result import RESULT, Result, result_of_word
from kineticchain.record.injuries import Happened, Harm, Operation
from kineticchain.record.observation import INTAKE_SLOT, Moment, moment_of


@frozen
class Statement:
    """What was said at one moment: answers, complaints, and which questions were asked."""

    moment: Moment
    facts: Facts
    complaints: tuple[Complaint, ...]
    screening: Screening
    asked_at: Moment


def statements_of(
    person: Person, intake: Moment, events: Iterable[Event], day: datetime.date
) -> Iterator[Statement]:
    """What the intake and each finding say, with their moments."""
    asked_on = person.screening.on
    asked_at = intake if asked_on is None else (min(asked_on, day), INTAKE_SLOT)
    yield Statement(intake, person.facts, person.complaints, person.screening, asked_at)
    for event in events:
        if isinstance(event, Finding):
            moment = moment_of(event)
            on = event.screening.on
            asked = moment if on is None else (on, event.slot)
            yield Statement(moment, event.facts, event.complaints, event.screening, asked)


def results_of(statements: Iterable[Statement], events: Iterable[Event]) -> Iterator[Result]:
    """The results of clinicians, told by a word or as events."""
    for one in statements:
        found = result_of_word(one.facts.get(RESULT), one.moment)
        if found is not None:
            yield found
    for event in events:
        if isinstance(event, ClinicianResult):
            yield Result(event, moment_of(event))


def injuries_of(person: Person, intake: Moment, events: Iterable[Event]) -> Iterator[Harm]:
    """The injuries of the intake and of the events."""
    for one in person.injuries:
        day = _days_before(intake, one.days_ago)
        moment = intake if day is None else (day, INTAKE_SLOT)
        yield Harm(one.region, one.side, day, min(moment, intake))
    for event in events:
        if isinstance(event, InjuryHappened):
            yield Harm(event.region, event.side, event.on, moment_of(event))


def operations_of(person: Person, intake: Moment, events: Iterable[Event]) -> Iterator[Operation]:
    """The operations of the intake and of the events, with their orders."""
    for one in person.surgeries:
        days = None if one.weeks_ago is None else 7 * one.weeks_ago
        order = Order(one.weight_bearing, one.cleared, intake)
        yield Operation(one.region, one.side, _days_before(intake, days), order)
    for event in events:
        if isinstance(event, SurgeryDone):
            order = Order(event.weight_bearing, event.cleared, moment_of(event))
            yield Operation(event.region, event.side, event.on, order)


def _days_before(moment: Moment, days: int | None) -> Happened:
    return None if days is None else moment[0] - datetime.timedelta(days=days)
