"""Rows that run tests of this repository."""

import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

from kineticchain_scorecard.row import Figures, Size, number_of, texts_of

ROOT = Path(__file__).parents[2]
TOOLS = ROOT / "tools"


def tests(size: Size, profile: str) -> Figures:
    """Run tests, and count the tests and the examples that they tried.

    Args:
        size: `tests`: files and folders; `deselected`: an expression for the tests to leave out;
            `lives`: the number of lives of the second generator.
        profile: The profile of the scorecard, which is also the profile of Hypothesis.
    """
    environment = {"HYPOTHESIS_PROFILE": profile}
    if "lives" in size:
        environment["KINETICCHAIN_LIVES"] = str(size["lives"])
    options = ["-k", f"not ({size['deselected']})"] if "deselected" in size else []
    paths = texts_of(size, "tests")
    figures = run_tests([*options, *paths], environment)
    return {**figures, "lives": number_of(size, "lives")} if "lives" in size else figures


def run_tests(arguments: list[str], environment: dict[str, str]) -> dict[str, float]:
    """Run pytest in a process of its own, and return its counts.

    Raises:
        RuntimeError: If pytest could not run.
    """
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "junit.xml"
        command = [
            sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider",
            "-p", "kineticchain_scorecard.examples_plugin", f"--junitxml={report}", *arguments,
        ]  # fmt: skip
        paths = os.pathsep.join([str(TOOLS), os.environ.get("PYTHONPATH", "")])
        process = subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, **environment, "PYTHONPATH": paths},
            capture_output=True,
            text=True,
            check=False,
        )
        if not report.exists():
            raise RuntimeError((process.stdout + process.stderr)[-2000:])
        figures = counts(ET.parse(report))  # noqa: S314 - written by the process above
        if figures["failed"]:  # print the output, since a random example may not be drawn again
            print(process.stdout[-20_000:], file=sys.stderr)
        return figures


def counts(report: "ET.ElementTree[ET.Element[str]]") -> dict[str, float]:
    """Return the tests, failures and examples of a JUnit report."""
    cases = list(report.iter("testcase"))
    failed = [case for case in cases if case.find("failure") is not None]
    broken = [case for case in cases if case.find("error") is not None]
    examples = sum(
        int(row.get("value", "0"))
        for row in report.iter("property")
        if row.get("name") == "examples"
    )
    return {"tests": len(cases), "examples": examples, "failed": len(failed) + len(broken)}
