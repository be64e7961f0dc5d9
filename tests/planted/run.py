"""Plant each bug of `bugs.toml` in a copy of the source, and require its named test to fail.

    python tests/planted/run.py [--jobs 2] [--family FAMILY]

A test that passes with the bug does not guard what it names. The tests run on the copy without the
bug first, since a test that fails anyway catches nothing.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue

from attrs import frozen

ROOT = Path(__file__).parents[2]
BUGS = Path(__file__).with_name("bugs.toml")
COPIED = (
    "src",
    "tests",
    "examples",
    "benchmarks",
    "conftest.py",
    "pyproject.toml",
    "README.md",
    "docs",
)
LONGEST_S = 600


@frozen(kw_only=True)
class Bug:
    """A bug that can be planted.

    Attributes:
        family: The kind of mistake.
        file: The module, under `src/kineticchain`.
        old: The text that is replaced; it occurs exactly once.
        new: The text with the bug.
        test: The id of the test that has to fail.
    """

    family: str
    file: str
    old: str
    new: str
    test: str


def bugs() -> list[Bug]:
    """Return all bugs."""
    return [Bug(**row) for row in tomllib.loads(BUGS.read_text(encoding="utf-8"))["bug"]]


def copy_of_the_source(folder: Path) -> Path:
    """Return a copy of what the tests need, in a folder."""
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__", "_build")
            shutil.copytree(source, folder / name, ignore=ignored)
        else:
            shutil.copy(source, folder / name)
    return folder


def passes(tests: list[str], folder: Path) -> bool:
    """Return whether tests pass on a copy of the source."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "src")},
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
        check=False,
    )
    if done.returncode not in {0, 1}:
        raise SystemExit(done.stdout + done.stderr)
    return done.returncode == 0


def is_caught(bug: Bug, folder: Path) -> bool:
    """Return whether the test of a bug fails while the bug is planted."""
    module = folder / "src" / "kineticchain" / bug.file
    text = module.read_text(encoding="utf-8")
    if text.count(bug.old) != 1:
        raise SystemExit(f"{bug.file}: {bug.old!r} does not occur exactly once")
    try:
        _write(module, text.replace(bug.old, bug.new))
        return not passes([bug.test], folder)
    finally:
        _write(module, text)


def _write(module: Path, text: str) -> None:
    """Write a module, and remove its bytecode, which can look up to date within a second."""
    module.write_text(text, encoding="utf-8")
    for compiled in (module.parent / "__pycache__").glob(f"{module.stem}.*.pyc"):
        compiled.unlink()


def caught(planted: Sequence[Bug], jobs: int) -> list[bool]:
    """Return for each bug whether its test catches it.

    Args:
        planted: The bugs.
        jobs: Copies of the source at a time.

    Raises:
        SystemExit: If a test fails without any bug.
    """
    with tempfile.TemporaryDirectory() as temporary:
        copies: Queue[Path] = Queue()
        for number in range(jobs):
            folder = Path(temporary) / str(number)
            folder.mkdir()
            copies.put(copy_of_the_source(folder))
        if not passes(sorted({bug.test for bug in planted}), copies.queue[0]):
            raise SystemExit("a test fails without any bug")

        def tried(bug: Bug) -> bool:
            folder = copies.get()
            try:
                return is_caught(bug, folder)
            finally:
                copies.put(folder)

        with ThreadPoolExecutor(jobs) as pool:
            return list(pool.map(tried, planted))


def main() -> None:
    """Plant the bugs, and exit with 1 if one is not caught."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=2, help="copies of the source at a time (2)")
    parser.add_argument("--family", help="plant the bugs of this family alone")
    options = parser.parse_args()
    planted = [bug for bug in bugs() if options.family in {None, bug.family}]
    start = time.perf_counter()
    results = caught(planted, options.jobs)
    for bug, is_found in zip(planted, results, strict=True):
        if not is_found:
            print(f"NOT CAUGHT: {bug.family}, {bug.file}, by {bug.test}")
    families = len({bug.family for bug in planted})
    print(
        f"{sum(results)} of {len(planted)} planted bugs of {families} families caught,"
        f" {time.perf_counter() - start:.0f} s"
    )
    sys.exit(not all(results))


if __name__ == "__main__":
    main()
