"""The record of a person: dated statements, and the state that they give on a day."""

from kineticchain.record.derivation.binding import Binding, Situation
from kineticchain.record.derivation.derivation import (
    DerivationTerms,
    along_chain,
    derive,
    derive_on,
)
from kineticchain.record.record import Record, answered_again
from kineticchain.record.state import State
from kineticchain.record.validity import RecordPolicy

__all__ = [
    "Binding",
    "DerivationTerms",
    "Record",
    "RecordPolicy",
    "Situation",
    "State",
    "along_chain",
    "answered_again",
    "derive",
    "derive_on",
]
