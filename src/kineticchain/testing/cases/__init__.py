"""Test cases in files: a person, and the expected plan and progression."""

from kineticchain.testing.cases.case import Case, Expectation, Found, Future, Notes
from kineticchain.testing.cases.running import CaseResult, case_differences, read_case, run_case

__all__ = [
    "Case",
    "CaseResult",
    "Expectation",
    "Found",
    "Future",
    "Notes",
    "case_differences",
    "read_case",
    "run_case",
]
