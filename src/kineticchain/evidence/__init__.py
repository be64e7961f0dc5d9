"""What the knowledge rests on: sources, graded rows of evidence, and conflicts between them."""

from kineticchain.evidence.conflict import Conflict
from kineticchain.evidence.grade import Grade
from kineticchain.evidence.row import Evidence
from kineticchain.evidence.source import Reading, Source

__all__ = ["Conflict", "Evidence", "Grade", "Reading", "Source"]
