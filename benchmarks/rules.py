r"""Time "find all matching rules" for the library and its peers on one generated workload.

    python3 -m venv bench && bench/bin/pip install . datalogic-py zen-engine \
        common-expression-language clipspy cedarpy rule-engine business-rules
    bench/bin/python benchmarks/rules.py            # everything, about four minutes
    bench/bin/python benchmarks/rules.py --only ours --seconds 1

Every answer is checked against the oracle. Times are ratios to a generated `if` chain that is timed
in turn with the engine, round by round, so that noise affects both. The chain is also timed against
itself: the distance of that ratio from 1.00 shows how much of a ratio is noise. An engine that is
not installed is skipped, and a line says so.
"""

import argparse
import gc
import importlib.metadata
import os
import platform
import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from rule_engines import ENGINES, Chain, Engine, GuardedChain, Ours
from rule_workload import (
    FACTS,
    Answer,
    Profile,
    Rule,
    make_profile,
    make_rule,
    oracle_known,
    oracle_unknown,
    with_gaps,
    with_lists,
)

FEWEST_PROFILES = 20
FEWEST_ROUNDS, MAX_ROUNDS = 5, 51


@dataclass(frozen=True)
class Figure:
    """The measurement of one engine at one size.

    Attributes:
        us: The median time for one profile in microseconds.
        ratio: The median ratio to the baseline.
        load_ms: The median time to load the rules in milliseconds.
        profiles: The number of profiles timed in each round.
        rounds: The number of rounds.
    """

    us: float
    ratio: float
    load_ms: float
    profiles: int
    rounds: int


def check(
    label: str,
    match: Callable[[Profile], Any],
    profiles: Sequence[Profile],
    expected: Sequence[Any],
    seconds: float,
) -> tuple[int, float]:
    """Compare answers with the oracle's until the time is up; print the first difference.

    Returns:
        The number of profiles compared, and the seconds for one of them.
    """
    match(profiles[0])
    done = differences = 0
    start = time.perf_counter()
    for profile, right in zip(profiles, expected, strict=True):
        answer = match(profile)
        if answer != right:
            if not differences:
                print(f"  DISAGREEMENT {label}: profile {done}: {profile}")
                print(f"    oracle {str(right)[:150]}")
                print(f"    engine {str(answer)[:150]}")
            differences += 1
        done += 1
        if done >= FEWEST_PROFILES and time.perf_counter() - start > seconds:
            break
    each = (time.perf_counter() - start) / done
    verdict = "all as the oracle" if not differences else f"{differences} DIFFER"
    print(f"  {label}: {done} profiles checked, {verdict}", flush=True)
    return done, each


def time_once(match: Callable[[Profile], Any], profiles: Sequence[Profile]) -> float:
    """Return the nanoseconds for one profile, after one call that is not timed."""
    match(profiles[0])
    start = time.perf_counter_ns()
    for profile in profiles:
        match(profile)
    return (time.perf_counter_ns() - start) / len(profiles)


def time_pair(
    base: Callable[[Profile], Any],
    match: Callable[[Profile], Any],
    profiles: Sequence[Profile],
    each: float,
    seconds: float,
    base_profiles: Sequence[Profile] | None = None,
) -> tuple[float, float, int, int]:
    """Time an engine in turn with the baseline.

    Args:
        base: The baseline.
        match: The engine.
        profiles: The profiles to match.
        each: The seconds that the engine takes for one profile.
        seconds: The approximate time to spend on the engine.
        base_profiles: Profiles for the baseline; None for the same ones.

    Returns:
        The median of the microseconds for one profile, the median ratio of the rounds, and the
        number of profiles and of rounds.
    """
    count = max(FEWEST_PROFILES, min(len(profiles), int(seconds / FEWEST_ROUNDS / each)))
    rounds = max(FEWEST_ROUNDS, min(MAX_ROUNDS, int(seconds / (each * count))))
    sample = profiles[:count]
    base_sample = sample if base_profiles is None else base_profiles[:count]
    times, ratios = [], []
    gc.collect()
    gc.freeze()
    for number in range(rounds):
        if number % 2:
            ours = time_once(match, sample)
            theirs = time_once(base, base_sample)
        else:
            theirs = time_once(base, base_sample)
            ours = time_once(match, sample)
        times.append(ours)
        ratios.append(ours / theirs)
    gc.unfreeze()
    return statistics.median(times) / 1000, statistics.median(ratios), count, rounds


def load_timed(kind: type[Engine], rules: Sequence[Rule], times: int) -> tuple[Engine, float]:
    """Load the rules `times` times; return the last engine and the median milliseconds."""
    samples = []
    engine = kind()
    for _ in range(times):
        engine = kind()
        engine.prepare(rules)
        gc.collect()
        start = time.perf_counter_ns()
        engine.load(rules)
        samples.append((time.perf_counter_ns() - start) / 1e6)
    return engine, statistics.median(samples)


def measure(
    kind: type[Engine],
    base_kind: type[Engine],
    rules: Sequence[Rule],
    profiles: Sequence[Profile],
    expected: Sequence[Any],
    seconds: float,
    method: str,
) -> Figure | None:
    """Check and time one engine on one set of rules; return None if it fails."""
    label = f"{kind.name} at {len(rules)}"
    try:
        base, _ = load_timed(base_kind, rules, 1)
        engine, load_ms = load_timed(kind, rules, 3)
        match = getattr(engine, method)
        own = profiles if kind.takes_sets else [with_lists(profile) for profile in profiles]
        done, each = check(label, match, own, expected, seconds)
        fresh, _ = load_timed(kind, rules, 1)
        us, ratio, count, rounds = time_pair(
            getattr(base, method),
            getattr(fresh, method),
            own[:done],
            each,
            seconds,
            base_profiles=profiles[:done],
        )
    except Exception as error:
        print(f"  {label}: FAILED, {type(error).__name__}: {str(error)[:200]}", flush=True)
        return None
    return Figure(us, ratio, load_ms, count, rounds)


def gaps_line(
    kind: type[Engine],
    rules: Sequence[Rule],
    profiles: Sequence[Profile],
    expected: Sequence[Answer],
) -> str:
    """Describe how `match` treats profiles without some facts, compared to the certain matches."""
    if kind.gap_note:
        return f"{kind.name:<20} {kind.gap_note}"
    engine, _ = load_timed(kind, rules, 1)
    same = extra = missed = 0
    errors: dict[str, int] = {}
    for profile, (certain, _) in zip(profiles, expected, strict=True):
        try:
            answer = engine.match(profile if kind.takes_sets else with_lists(profile))
        except Exception as error:
            name = type(error).__name__
            errors[name] = errors.get(name, 0) + 1
            continue
        same += answer == certain
        extra += bool(set(answer) - set(certain))
        missed += bool(set(certain) - set(answer))
    raised = ", ".join(f"{name} on {count}" for name, count in errors.items()) or "no error"
    return (
        f"{kind.name:<20} exactly the certain matches on {same} of {len(profiles)}; "
        f"names others on {extra}, misses some on {missed}; {raised}"
    )


def version(package: str) -> str:
    """Return the version of a package, or an empty string."""
    try:
        return importlib.metadata.version(package) if package else ""
    except importlib.metadata.PackageNotFoundError:
        return ""


def print_table(
    title: str, sizes: Sequence[int], rows: dict[str, dict[int, Figure | None]], unit: str
) -> None:
    """Print one row for each engine."""
    last = sizes[-1]
    head = f"{'engine':<20}"
    for size in sizes:
        head += f"{f'µs @{size}':>13}{f'x {unit}':>10}"
    print(f"\n{title}\n\n{head}{f'load ms @{last}':>16}   profiles x rounds")
    for name, figures in rows.items():
        line = f"{name:<20}"
        for size in sizes:
            figure = figures.get(size)
            line += f"{figure.us:>13.1f}{figure.ratio:>10.2f}" if figure else f"{'-':>13}{'-':>10}"
        figure = figures.get(last)
        line += f"{figure.load_ms:>16.1f}" if figure else f"{'-':>16}"
        counts = [f"{f.profiles}x{f.rounds}" for f in figures.values() if f]
        print(line + "   " + " ".join(counts))


def print_workload(known: Sequence[Sequence[int]], sizes: Sequence[int]) -> None:
    """Print the share of profiles that the rules match."""
    print(f"{len(known)} profiles of {len(FACTS)} facts; a smaller set of rules is the")
    print("beginning of the largest one.  Share of the profiles that a rule matches:")
    for size in sizes:
        counts = [0] * size
        for numbers in known:
            for number in up_to(numbers, size):
                counts[number] += 1
        shares = sorted(100 * count / len(known) for count in counts)
        print(
            f"  {size} rules: mean {statistics.mean(shares):.1f} %, "
            f"median {statistics.median(shares):.1f} %, most {shares[-1]:.1f} %, "
            f"{shares.count(0.0)} rules match nobody"
        )


def up_to(numbers: Sequence[int], size: int) -> list[int]:
    """Return the numbers of the rules that are in the set of `size` rules."""
    return [number for number in numbers if number < size]


def installed(only: Sequence[str]) -> list[type[Engine]]:
    """Return the engines that can be imported, and print which ones cannot."""
    usable: list[type[Engine]] = []
    for kind in ENGINES:
        if only and kind is not Chain and not any(text in kind.name for text in only):
            continue
        try:
            kind()
        except ImportError as error:
            print(f"skipped {kind.name}: {error}")
            continue
        usable.append(kind)
        if kind.package:
            print(f"{kind.package} {version(kind.package)}")
    return usable


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description="Time rule engines against an if chain.")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--profiles", type=int, default=1000)
    parser.add_argument("--sizes", type=int, nargs="+", default=[50, 500, 5000])
    parser.add_argument("--seconds", type=float, default=3.0, help="for each check and timing")
    parser.add_argument("--only", nargs="+", default=[], help="engines whose name has this")
    options = parser.parse_args()
    sizes: list[int] = sorted(options.sizes)
    seconds: float = options.seconds

    rng = random.Random(options.seed)
    profiles = [make_profile(rng) for _ in range(max(FEWEST_PROFILES, options.profiles))]
    gapped = [with_gaps(rng, profile, 0.15) for profile in profiles]
    rules = [make_rule(rng) for _ in range(sizes[-1])]
    known = [oracle_known(rules, profile) for profile in profiles]
    unknown = [oracle_unknown(rules, profile) for profile in gapped]
    known_at = {size: [up_to(numbers, size) for numbers in known] for size in sizes}
    unknown_at = {
        size: [(up_to(certain, size), up_to(undecided, size)) for certain, undecided in unknown]
        for size in sizes
    }

    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, seed {options.seed}")
    print_workload(known, sizes)
    usable = installed(options.only)

    print("\nChecks on profiles with every fact known:")
    rows: dict[str, dict[int, Figure | None]] = {
        kind.name: {
            size: measure(kind, Chain, rules[:size], profiles, known_at[size], seconds, "match")
            for size in sizes
        }
        for kind in usable
    }

    print("\nChecks on profiles with unknown facts (certain matches and undecided rules):")
    gap_kinds: list[type[Engine]] = [GuardedChain, *(kind for kind in usable if kind.three_valued)]
    gap_rows: dict[str, dict[int, Figure | None]] = {
        kind.name: {
            size: measure(
                kind, GuardedChain, rules[:size], gapped, unknown_at[size], seconds, "match_unknown"
            )
            for size in sizes
        }
        for kind in gap_kinds
    }

    size = sizes[0]
    print(f"\n`match` with facts missing, {size} rules, {len(gapped[:200])} profiles:")
    for kind in usable:
        line = gaps_line(kind, rules[:size], gapped[:200], unknown_at[size][:200])
        print("  " + line, flush=True)

    title = "All facts known: µs a profile (median), ratio to the if chain (median of rounds)"
    print_table(title, sizes, rows, "chain")
    title = "Facts unknown: certain and undecided rules; ratio to the guarded if chain"
    print_table(title, sizes, gap_rows, "guarded")
    print("\nOurs with facts unknown, against the plain chain on the same people, all known:")
    for size in sizes:
        chain, ours = load_timed(Chain, rules[:size], 1)[0], load_timed(Ours, rules[:size], 1)[0]
        _, ratio, _, _ = time_pair(chain.match, ours.match_unknown, gapped, 1e-5, seconds, profiles)
        print(f"  {size} rules: {ratio:.2f} x chain")


if __name__ == "__main__":
    main()
