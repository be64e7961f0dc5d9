"""Static analysis of rulebooks: exact proofs over all people, without an external solver."""

from kineticchain.rules.analysis.comparison import DecisionChange, PackComparison, compare
from kineticchain.rules.analysis.finding import FindingKind, RuleFinding
from kineticchain.rules.analysis.findings import analyse, never_hold
from kineticchain.rules.analysis.satisfiability import Verdict
from kineticchain.rules.analysis.witness import Witness

__all__ = [
    "DecisionChange",
    "FindingKind",
    "PackComparison",
    "RuleFinding",
    "Verdict",
    "Witness",
    "analyse",
    "compare",
    "never_hold",
]
