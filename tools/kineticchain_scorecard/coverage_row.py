"""The row about branch coverage."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from kineticchain_scorecard.row import Figures, Size, texts_of
from kineticchain_scorecard.test_runs import ROOT


def coverage(size: Size, profile: str) -> Figures:
    """Run tests, and measure their branch coverage, worker processes included.

    Args:
        size: `tests`: files and folders.
        profile: Unused: the tests run in the profile `quick`, as with the README's command.
    """
    del profile
    paths = texts_of(size, "tests")
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "coverage.json"
        environment = {**os.environ, "COVERAGE_FILE": str(Path(folder) / "coverage")}
        subprocess.run(
            [
                sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile",
                "-p", "no:cacheprovider", "--cov=kineticchain", "--cov-branch",
                f"--cov-report=json:{report}", *paths,
            ],
            cwd=ROOT, env=environment, capture_output=True, check=False,
        )  # fmt: skip
        totals = json.loads(report.read_text(encoding="utf-8"))["totals"]
    return {
        "covered_percent": round(totals["percent_covered"], 1),
        "branches": totals["num_branches"],
        "branches_missed": totals["num_branches"] - totals["covered_branches"],
    }
