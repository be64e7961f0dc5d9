"""A person, what they ask for, and what they have done."""

from kineticchain.person.clinician_result import Allowance, ClinicianResult
from kineticchain.person.complaint import Complaint, Injury, Surgery, WeightBearing
from kineticchain.person.event import (
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
from kineticchain.person.history import History
from kineticchain.person.person import Person, Sex
from kineticchain.person.request import Request
from kineticchain.person.screening import Screening

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
