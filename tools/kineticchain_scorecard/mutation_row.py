"""The row about mutants: small changes of the safety core, each of which a test has to notice.

The mutants are made and run by mutmut, on a copy of the source. Time-outs are counted separately.
Mutants that change nothing are listed one by one in `mutants.toml`.
"""

import json
import os
import random  # noqa: TID251 - a sample, from a seed
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from kineticchain_scorecard.row import Figures, Size, number_of
from kineticchain_scorecard.script_runs import JOBS
from kineticchain_scorecard.test_runs import ROOT

TABLE = Path(__file__).with_name("mutants.toml")
COPIED = ("src", "tests", "docs", "examples", "benchmarks")
_SINGLE = ("pyproject.toml", "hatch_build.py", "README.md", "CHANGELOG.md", "conftest.py")
_KILLED, _SURVIVED, _NO_TESTS = 1, 0, 33
"""Exit codes that mutmut records for a mutant; all other codes are time-outs and crashes."""

_NO_MUTANT = "no.mutant.is.called.this"
"""A name with which mutmut makes all mutants but runs none."""


def mutants(size: Size, profile: str) -> Figures:
    """Make mutants of the safety core, and run the tests that reach each of them.

    Args:
        size: `sample`: how many mutants are drawn; the seed is the number of all mutants.
        profile: Unused: the tests run in the profile `quick`, as with the README's command.
    """
    del profile
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        _copy_source(folder, table)
        _run(folder, _NO_MUTANT)  # makes the mutants, and records which tests reach which function
        names = sorted(_results(folder))
        rng = random.Random(len(names))  # noqa: S311 - no secret
        drawn = rng.sample(names, min(number_of(size, "sample"), len(names)))
        _run(folder, *drawn)
        codes = _results(folder)
        results = {name: codes[name] for name in sorted(drawn)}
        alive = [name for name, code in results.items() if code in {_SURVIVED, _NO_TESTS}]
        diffs = {name: _diff(folder, name) for name in alive}
    equivalent = {name for name, diff in diffs.items() if is_equivalent(name, diff, table)}
    for name, diff in diffs.items():
        if name not in equivalent:
            print(diff, file=sys.stderr)
    return _figures(results, len(names), len(equivalent))


def _figures(results: Mapping[str, int | None], all_mutants: int, equivalent: int) -> Figures:
    codes = Counter(results.values())
    counted = len(results) - equivalent
    killed = codes[_KILLED]
    survived = codes[_SURVIVED] + codes[_NO_TESTS] - equivalent
    return {
        "made": all_mutants,
        "mutants": len(results),
        "equivalent": equivalent,
        "killed": killed,
        "survived": survived,
        "timed_out": counted - killed - survived,
        "killed_percent": round(100 * killed / counted, 1),
    }


def _copy_source(folder: Path, table: Mapping[str, list[str]]) -> None:
    """Copy the source, with the settings of mutmut."""
    for name in COPIED:
        ignored = shutil.ignore_patterns("__pycache__", "_build")
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    for name in _SINGLE:
        shutil.copy(ROOT / name, folder / name)
    settings = {
        "source_paths": ["src"],
        "only_mutate": table["modules"],
        "also_copy": [*COPIED[1:], *_SINGLE],
        "pytest_add_cli_args_test_selection": table["tests"],
        "pytest_add_cli_args": ["-x", "-q", "-p", "no:cacheprovider"],
    }
    lines = [f"{name} = {json.dumps(value)}" for name, value in settings.items()]
    with (folder / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write("\n[tool.mutmut]\n" + "\n".join(lines) + "\n")


def _run(folder: Path, *names: str) -> None:
    """Run mutmut for some mutants."""
    command = [sys.executable, "-m", "mutmut", "run", "--max-children", str(JOBS), *names]
    subprocess.run(command, cwd=folder, env=_environment(), capture_output=True, check=False)


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": ""}


def _results(folder: Path) -> dict[str, int | None]:
    """Return the exit code of each mutant; None for a mutant that was not run."""
    results: dict[str, int | None] = {}
    for path in sorted((folder / "mutants").rglob("*.meta")):
        results |= json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"]
    return results


def _diff(folder: Path, name: str) -> str:
    command = [sys.executable, "-m", "mutmut", "show", name]
    shown = subprocess.run(
        command, cwd=folder, env=_environment(), capture_output=True, text=True, check=False
    )
    return shown.stdout


def is_equivalent(name: str, diff: str, table: Mapping[str, list[Mapping[str, str]]]) -> bool:
    """Return whether `mutants.toml` lists a mutant as one that changes nothing.

    Args:
        name: The name of the mutant, which ends with its function and a number.
        diff: The change, as mutmut shows it.
        table: The content of `mutants.toml`.
    """
    lines = [line for line in diff.splitlines() if not line.startswith(("---", "+++"))]
    removed = [line[1:].strip() for line in lines if line.startswith("-")]
    added = [line[1:].strip() for line in lines if line.startswith("+")]
    function = name.rsplit("__mutmut_", 1)[0]
    return any(
        function.endswith(row["function"])
        and [row["removed"]] == removed
        and [row["added"]] == added
        for row in table["equivalent"]
    )
