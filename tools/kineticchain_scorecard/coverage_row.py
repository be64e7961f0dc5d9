"""The row about the branches of the code that tests run."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from kineticchain_scorecard.row import Figures, Size, texts_of
from kineticchain_scorecard.test_runs import ROOT


def coverage(size: Size, profile: str) -> Figures:
    """Run tests with the coverage of branches, worker processes included.

    Args:
        size: `tests`: files and folders.
        profile: Unused: the figures are those of the profile that the README's command runs.
    """
    del profile
    named = texts_of(size, "tests")
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "coverage.json"
        environment = {**os.environ, "COVERAGE_FILE": str(Path(folder) / "coverage")}
        subprocess.run(
            [
                sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile",
                "-p", "no:cacheprovider", "--cov=kineticchain", "--cov-branch",
                f"--cov-report=json:{report}", *named,
            ],
            cwd=ROOT, env=environment, capture_output=True, check=False,
        )  # fmt: skip
        totals = json.loads(report.read_text(encoding="utf-8"))["totals"]
    return {
        "covered_percent": round(totals["percent_covered"], 1),
        "branches": totals["num_branches"],
        "branches_missed": totals["num_branches"] - totals["covered_branches"],
    }
