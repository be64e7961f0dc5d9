"""A person, the request for a plan, and the history of events."""

from kineticchain.domain.person.clinician_result import Allowance, ClinicianResult
from kineticchain.domain.person.complaint import Complaint, Injury, Surgery, WeightBearing
from kineticchain.domain.person.event import (
    Event,
    ExerciseLog,
    Finding,
    InjuryHappened,
    MorningAfter,
    PlanIssued,
    PlannedItem,
    SessionLog,
    SurgeryDone,
)
from kineticchain.domain.person.history import History
from kineticchain.domain.person.person import Person, Sex
from kineticchain.domain.person.request import Request
from kineticchain.domain.person.screening import Screening

__all__ = [
    "Allowance",
    "ClinicianResult",
    "Complaint",
    "Event",
    "ExerciseLog",
    "Finding",
    "History",
    "Injury",
    "InjuryHappened",
    "MorningAfter",
    "Person",
    "PlanIssued",
    "PlannedItem",
    "Request",
    "Screening",
    "SessionLog",
    "Sex",
    "Surgery",
    "SurgeryDone",
    "WeightBearing",
]
