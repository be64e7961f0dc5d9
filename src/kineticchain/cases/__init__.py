"""Cases: a person, and what a plan and its future must be, written without Python."""

from kineticchain.cases.case import Case, Expectation, Found, Future, Notes
from kineticchain.cases.running import Verdict, read_case, run_case

__all__ = ["Case", "Expectation", "Found", "Future", "Notes", "Verdict", "read_case", "run_case"]
