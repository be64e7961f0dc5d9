"""Rows that run the fuzzer, the planted bugs and the model checker."""

import random  # noqa: TID251 - a sample, from a seed
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import kineticchain as kc
from kineticchain.progression.verify import Verification, verify
from kineticchain_scorecard.row import Figures, Size, number_of, texts_of
from kineticchain_scorecard.test_runs import ROOT

SEED = 1
JOBS = 2


def _with_folder(folder: Path) -> None:
    """Make the scripts of a folder importable."""
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))


def fuzz(size: Size, profile: str) -> Figures:
    """Give corrupted documents to the loaders, and count the outcomes.

    Args:
        size: `inputs`: the number of documents.
        profile: Unused.
    """
    del profile
    _with_folder(ROOT / "tests" / "fuzz")
    from fuzz_loaders import Fuzzer  # noqa: PLC0415 - from the folder above

    tally = Fuzzer(SEED, 0.1).run(number_of(size, "inputs"))
    return {
        "inputs": tally.inputs,
        "valid_percent": round(100 * tally.valid / tally.inputs, 1),
        "error_kinds": len(tally.errors),
        "fault_kinds": len(tally.faults),
        "escapes": len(tally.escapes),
        "too_slow": len(tally.too_slow),
        "slowest_ms": round(tally.slowest * 1000),
    }


def planted(size: Size, profile: str) -> Figures:
    """Plant the bugs of `tests/planted/bugs.toml` in a copy of the source, and count the catches.

    Args:
        size: Unused.
        profile: Unused.
    """
    del size, profile
    _with_folder(ROOT / "tests" / "planted")
    from run import bugs, caught  # noqa: PLC0415 - from the folder above

    every_bug = bugs()
    caught_count = sum(caught(every_bug, JOBS))
    return {
        "planted": len(every_bug),
        "families": len({bug.family for bug in every_bug}),
        "caught_percent": round(100 * caught_count / len(every_bug), 1),
    }


def planned_lives(size: Size, profile: str) -> Figures:
    """Simulate lives with the planner in the loop, and count the breaches of laws 42 to 45.

    Args:
        size: `weeks`: the weeks of each life; `every`: with 10, every tenth life is
            simulated.
        profile: Unused.
    """
    del profile
    _with_folder(ROOT / "benchmarks")
    from lives import all_figures  # noqa: PLC0415 - from the folder above

    results = all_figures(number_of(size, "weeks"), every=number_of(size, "every"), processes=JOBS)
    unhindered = [life for life in results if life.as_planned and not life.has_barrier]
    weeks = {
        f"ball_of_foot_week_{times}x{minutes}": life.ball[1]
        for life in unhindered
        for times, minutes in [life.budget]
        if life.ball[1] is not None
    }
    return {
        "lives": len(results),
        "breaches": sum(len(life.broken) for life in results),
        "lives_broken": sum(bool(life.broken) for life in results),
        **weeks,
    }


def ladders(size: Size, profile: str) -> Figures:
    """Check ladders state by state.

    Args:
        size: `always`: ladders that are always checked; `sample`: how many other ladders are drawn,
            with the fingerprint of the knowledge as the seed.
        profile: Unused.
    """
    del profile
    index = kc.Knowledge.builtin().ladder_index
    always = texts_of(size, "always")
    other_ladders = sorted(set(index.by_id) - set(always))
    drawn = random.Random(index.fingerprint).sample(other_ladders, number_of(size, "sample"))  # noqa: S311
    with ProcessPoolExecutor(JOBS) as pool:
        verifications = list(pool.map(_verified, [*always, *drawn]))
    return {
        "ladders": len(verifications),
        "states": sum(verification.states for verification in verifications),
        "transitions": sum(verification.transitions for verification in verifications),
        "violations": sum(len(verification.violations) for verification in verifications),
    }


def _verified(ladder: str) -> Verification:
    return verify(kc.Knowledge.builtin().ladder_index, ladder)
