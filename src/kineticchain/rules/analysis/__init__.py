"""Proof at load: what rules come to over all people, exactly and without a solver."""

from kineticchain.rules.analysis.comparison import Change, Comparison, compare
from kineticchain.rules.analysis.findings import Finding, FindingKind, analyse, never_hold
from kineticchain.rules.analysis.satisfiability import Verdict
from kineticchain.rules.analysis.witness import Witness

__all__ = [
    "Change",
    "Comparison",
    "Finding",
    "FindingKind",
    "Verdict",
    "Witness",
    "analyse",
    "compare",
    "never_hold",
]
