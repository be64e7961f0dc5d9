"""A person, what they ask for, what they have done, and the facts that follow from it."""

from kineticchain.person.complaint import Complaint, Injury, Surgery, WeightBearing
from kineticchain.person.derivation import along_chain, derive
from kineticchain.person.event import (
    Event,
    ExerciseLog,
    Finding,
    MorningAfter,
    PlanIssued,
    PlannedItem,
    SessionLog,
)
from kineticchain.person.history import History
from kineticchain.person.person import Person, Sex
from kineticchain.person.request import Request
from kineticchain.person.screening import Screening
from kineticchain.person.situation import Here, Situation

__all__ = [
    "Complaint",
    "Event",
    "ExerciseLog",
    "Finding",
    "Here",
    "History",
    "Injury",
    "MorningAfter",
    "Person",
    "PlanIssued",
    "PlannedItem",
    "Request",
    "Screening",
    "SessionLog",
    "Sex",
    "Situation",
    "Surgery",
    "WeightBearing",
    "along_chain",
    "derive",
]
