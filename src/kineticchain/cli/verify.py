"""``verify``: model checking of the built-in ladders."""

import argparse
import time
from concurrent.futures import ProcessPoolExecutor

from kineticchain.cli.commands import Commands
from kineticchain.errors import Fault, InvalidKnowledge
from kineticchain.knowledge import Knowledge
from kineticchain.progression.verify import Verification, verify


def add_to(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add_parser("verify", help="check every state that a ladder can be in")
    parser.add_argument("ladders", nargs="*", metavar="LADDER", help="all, if none is named")
    parser.add_argument("--jobs", type=int, default=1, help="processes to share the work (1)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> str:
    """A line for each ladder; `InvalidKnowledge` with the traces where a law does not hold."""
    book = Knowledge.builtin().ladder_index
    known = sorted(book.by_id, key=lambda name: -sum(len(r.axis) for r in book.by_id[name].rungs))
    ladders = options.ladders or known
    begun = time.perf_counter()
    if options.jobs > 1:
        with ProcessPoolExecutor(options.jobs) as executor:
            found = list(executor.map(_verified, ladders))
    else:
        found = [_verified(ladder) for ladder in ladders]
    broken = [Fault(str(one), one.ladder) for one in found if not one.holds]
    if broken:
        raise InvalidKnowledge(*broken)
    states, transitions = sum(one.states for one in found), sum(one.transitions for one in found)
    loops = sum(one.loops for one in found)
    total = (
        f"{len(found)} ladders: {states:,} states, {transitions:,} transitions, {loops} closed "
        f"loops, no law broken, {time.perf_counter() - begun:.0f} s"
    )
    return "\n".join([*(str(one) for one in sorted(found, key=lambda one: one.ladder)), total])


def _verified(ladder: str) -> Verification:
    return verify(Knowledge.builtin().ladder_index, ladder)
