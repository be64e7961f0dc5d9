"""Statements of the intake and of the events of a record, each with its moment."""

import datetime
from collections.abc import Iterable, Iterator

from attrs import frozen

from kineticchain.domain.anatomy import sites_of
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
    """Answers, complaints and screening that were stated at one moment.

    Attributes:
        moment: Moment of the statement.
        facts: Answers.
        complaints: Complaints.
        screening: Questions asked.
        asked_at: Moment at which the questions were asked.

    """

    moment: Moment
    facts: Facts
    complaints: tuple[Complaint, ...]
    screening: Screening
    asked_at: Moment


def statements_of(
    person: Person, intake: Moment, events: Iterable[Event], day: datetime.date
) -> Iterator[Statement]:
    """Yield the statements of the intake and of each finding.

    Args:
        person: Person as described at intake.
        intake: Moment of the intake.
        events: Events in order.
        day: Day of the reading; a later screening of the intake counts as of this day.

    """
    asked_on = person.screening.on
    asked_at = intake if asked_on is None else (min(asked_on, day), INTAKE_SLOT)
    yield Statement(intake, person.facts, person.complaints, person.screening, asked_at)
    for event in events:
        if isinstance(event, Finding):
            moment = moment_of(event)
            on = event.screening.on
            asked_at = moment if on is None else (on, event.slot)
            yield Statement(moment, event.facts, event.complaints, event.screening, asked_at)


def results_of(statements: Iterable[Statement], events: Iterable[Event]) -> Iterator[Result]:
    """Yield clinicians' results, from the fact `clinician_result` and from events."""
    for statement in statements:
        result = result_of_word(statement.facts.get(RESULT), statement.moment)
        if result is not None:
            yield result
    for event in events:
        if isinstance(event, ClinicianResult):
            yield Result(event, moment_of(event))


def injuries_of(person: Person, intake: Moment, events: Iterable[Event]) -> Iterator[Harm]:
    """Yield the injuries of the intake and of the events.

    Args:
        person: Person as described at intake.
        intake: Moment of the intake; days since an injury are counted back from it.
        events: Events in order.

    """
    for injury in person.injuries:
        day = _days_before(intake, injury.days_ago)
        moment = intake if day is None else (day, INTAKE_SLOT)
        yield Harm(injury.region, injury.side, day, min(moment, intake))
    for event in events:
        if isinstance(event, InjuryHappened):
            yield Harm(event.region, event.side, event.on, moment_of(event))


def operations_of(person: Person, intake: Moment, events: Iterable[Event]) -> Iterator[Operation]:
    """Yield the operations of the intake and of the events, with their orders.

    An operation on both sides is one on each side, since clinicians report on one side or on both.

    Args:
        person: Person as described at intake.
        intake: Moment of the intake; weeks since an operation are counted back from it.
        events: Events in order.

    """
    for surgery in person.surgeries:
        days = None if surgery.weeks_ago is None else 7 * surgery.weeks_ago
        order = Order(surgery.weight_bearing, surgery.cleared, intake)
        for region, side in sites_of(surgery.region, surgery.side):
            yield Operation(region, side, _days_before(intake, days), order)
    for event in events:
        if isinstance(event, SurgeryDone):
            order = Order(event.weight_bearing, event.cleared, moment_of(event))
            for region, side in sites_of(event.region, event.side):
                yield Operation(region, side, event.on, order)


def _days_before(moment: Moment, days: int | None) -> Happened:
    """Return the day a number of days before a moment; None for an unknown number."""
    return None if days is None else moment[0] - datetime.timedelta(days=days)
