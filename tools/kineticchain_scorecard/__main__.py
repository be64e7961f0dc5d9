"""The command: measure, print, compare with the kept figures, and keep."""

import argparse
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor

from attrs import evolve

from kineticchain_scorecard.coverage_row import coverage
from kineticchain_scorecard.kept import keep, kept_figures, kept_rows
from kineticchain_scorecard.knowledge_rows import cells, findings
from kineticchain_scorecard.mutation_row import mutants
from kineticchain_scorecard.process_rows import environments, fingerprint, memory
from kineticchain_scorecard.row import PROFILES, Figures, MeasuredRow, Row, Size, rows
from kineticchain_scorecard.script_runs import fuzz, ladders, planned_lives, planted
from kineticchain_scorecard.table import table
from kineticchain_scorecard.test_runs import ROOT, tests

MEASURES: Mapping[str, Callable[[Size, str], Figures]] = {
    "cells": cells,
    "coverage": coverage,
    "environments": environments,
    "findings": findings,
    "fingerprint": fingerprint,
    "fuzz": fuzz,
    "ladders": ladders,
    "memory": memory,
    "mutants": mutants,
    "planned_lives": planned_lives,
    "planted": planted,
    "tests": tests,
}
"""The functions that `measure` names in `rows.toml`."""


def measured(row: Row, profile: str) -> MeasuredRow:
    """Measure a row. If the measurement fails, the row is not met.

    Args:
        row: The row.
        profile: The profile.
    """
    start = time.perf_counter()
    try:
        figures, error = MEASURES[row.measure](row.sizes[profile], profile), ""
    except Exception as failure:  # noqa: BLE001 - one row must not end the others
        figures, error = {}, f"{type(failure).__name__}: {failure}"[-500:]
    seconds = time.perf_counter() - start
    return MeasuredRow(row=row, figures=figures, seconds=seconds, error=error)


def measured_all(chosen: Sequence[Row], profile: str, jobs: int) -> list[MeasuredRow]:
    """Measure rows in parallel, starting with the rows that took longest in the kept run.

    Args:
        chosen: The rows.
        profile: The profile.
        jobs: The number of rows that are measured at the same time.

    Returns:
        The measured rows, in the order of `chosen`.
    """
    seconds = {name: row["seconds"] for name, row in kept_rows(profile).items()}
    longest_first = sorted(chosen, key=lambda row: -seconds.get(row.id, 0))
    with ProcessPoolExecutor(jobs) as pool:
        finished = pool.map(measured, longest_first, [profile] * len(chosen))
        by_id = {measurement.row.id: measurement for measurement in finished}
    return [by_id[row.id] for row in chosen]


def with_falls(measurement: MeasuredRow, profile: str, kept: Mapping[str, Figures]) -> MeasuredRow:
    """Return a measured row with a text for each figure that is worse than the kept figure.

    Args:
        measurement: The row.
        profile: The profile.
        kept: The kept figures of each row.
    """
    before = kept.get(measurement.row.id, {})
    bars = measurement.row.bars[profile]
    texts = [bar.fall(measurement.figures, before) for bar in bars]
    return evolve(measurement, falls=tuple(text for text in texts if text is not None))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        arguments: The arguments of the command line; None for the arguments of the process.

    Returns:
        0 if every row is met and no figure falls; else 1.
    """
    parser = argparse.ArgumentParser("kineticchain_scorecard", description=__doc__)
    parser.add_argument("--profile", choices=PROFILES, default="gate")
    parser.add_argument("--rows", help="measure these rows alone, as ids with commas between them")
    parser.add_argument("--jobs", type=int, default=2, help="rows at a time (2)")
    parser.add_argument("--keep", action="store_true", help="keep the figures in the repository")
    options = parser.parse_args(arguments)
    profile = options.profile
    row_ids = None if options.rows is None else set(options.rows.split(","))
    chosen = [
        row for row in rows() if profile in row.sizes and (row_ids is None or row.id in row_ids)
    ]
    unknown = (row_ids or set()) - {row.id for row in chosen}
    if unknown or not chosen:
        parser.error(f"no row of the profile {profile} is called {', '.join(sorted(unknown))}")
    finished = measured_all(chosen, profile, options.jobs)
    kept = kept_figures(profile)
    card = [with_falls(measurement, profile, kept) for measurement in finished]
    print(table(profile, card))
    if options.keep:
        print(f"kept in {keep(profile, card, _commit()).relative_to(ROOT)}")
    return int(any(measurement.shortfalls(profile) or measurement.falls for measurement in card))


def _commit() -> str:
    git = ["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"]
    return subprocess.run(git, capture_output=True, text=True, check=True).stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
