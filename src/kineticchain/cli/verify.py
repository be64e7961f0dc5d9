"""``verify``: model checking of ladders."""

import argparse
import hashlib
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from kineticchain.cli.commands import Commands, add_packs, knowledge_of
from kineticchain.errors import Fault, InvalidKnowledge
from kineticchain.progression.verify import verify


def add_to(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add_parser("verify", help="check every state that a ladder can be in")
    parser.add_argument("ladders", nargs="*", metavar="LADDER", help="all, if none is named")
    parser.add_argument("--jobs", type=int, default=1, help="processes to share the work (1)")
    parser.add_argument(
        "--sample", type=int, metavar="N", help="so many ladders, which each change draws anew"
    )
    add_packs(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> str:
    """Verify ladders, and return a line of figures for each.

    Args:
        options: `ladders` names the ladders; if it is empty, all are verified. `sample` is the
            number of ladders to draw from these, with the fingerprint of the knowledge as the seed.
            `jobs` is the number of processes.

    Raises:
        InvalidKnowledge: With a trace for each law that does not hold.
        UnknownName: If a name belongs to no ladder.
    """
    knowledge = knowledge_of(options)
    index = knowledge.ladder_index
    by_id = index.by_id
    # ladders with many doses take longest: they start first, so that all processes end together
    largest_first = sorted(
        by_id, key=lambda name: -sum(len(rung.axis) for rung in by_id[name].rungs)
    )
    ladders = options.ladders or largest_first
    if options.sample:
        drawn = set(_drawn(ladders, options.sample, knowledge.fingerprint))
        ladders = [ladder for ladder in ladders if ladder in drawn]
    start = time.perf_counter()
    if options.jobs > 1:
        with ProcessPoolExecutor(options.jobs) as executor:
            results = list(executor.map(partial(verify, index), ladders))
    else:
        results = [verify(index, ladder) for ladder in ladders]
    faults = [Fault(str(result), result.ladder) for result in results if not result.holds]
    if faults:
        raise InvalidKnowledge(*faults)
    states = sum(result.states for result in results)
    transitions = sum(result.transitions for result in results)
    loops = sum(result.loops for result in results)
    count = "1 ladder" if len(results) == 1 else f"{len(results)} ladders"
    total = (
        f"{count}: {states:,} states, {transitions:,} transitions, {loops} closed "
        f"loops, no law broken, {time.perf_counter() - start:.0f} s"
    )
    by_ladder = sorted(results, key=lambda result: result.ladder)
    return "\n".join([*(str(result) for result in by_ladder), total])


def _drawn(ladders: Sequence[str], count: int, seed: str) -> Sequence[str]:
    """Return `count` ladders drawn at random; the same seed yields the same ladders."""

    def sort_key(ladder: str) -> str:
        return hashlib.sha256(f"{seed} {ladder}".encode()).hexdigest()

    return sorted(ladders, key=sort_key)[:count]
