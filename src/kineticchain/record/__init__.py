"""The record of a person: what was said, since when, and what it comes to on a day."""

from kineticchain.record.derivation.binding import Here, Situation
from kineticchain.record.derivation.derivation import Terms, along_chain, derive, derive_on
from kineticchain.record.record import Record, answered_again
from kineticchain.record.state import State
from kineticchain.record.validity import RecordPolicy

__all__ = [
    "Here",
    "Record",
    "RecordPolicy",
    "Situation",
    "State",
    "Terms",
    "along_chain",
    "answered_again",
    "derive",
    "derive_on",
]
