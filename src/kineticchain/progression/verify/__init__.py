"""Model checking of ladders: every state reachable under binned inputs is checked for the laws.

The search is breadth first and runs the real replay of events, not a model of it. Apps with their
own ladders, constants or transition tables check them with the same functions.
"""

from collections.abc import Iterator

from kineticchain.progression.model.ladder_index import LadderIndex
from kineticchain.progression.verify.closed_loop import check_closed_loops
from kineticchain.progression.verify.exploration import Exploration, explore
from kineticchain.progression.verify.finding import Verification, Violation
from kineticchain.progression.verify.pairs import check_pairs
from kineticchain.progression.verify.path_laws import check_paths
from kineticchain.progression.verify.state_laws import StateLaws
from kineticchain.progression.verify.world import LadderModel

__all__ = [
    "Exploration",
    "LadderModel",
    "StateLaws",
    "Verification",
    "Violation",
    "check_closed_loops",
    "check_pairs",
    "check_paths",
    "explore",
    "verify",
    "verify_all",
]


def verify(ladder_index: LadderIndex, ladder: str) -> Verification:
    """Explore one ladder and check it for the laws.

    Args:
        ladder_index: Index with the ladder, its exercises, policy and transition table.
        ladder: Id of the ladder.

    Returns:
        The numbers of states, transitions and closed loops, and the violations.

    Raises:
        UnknownName: The index has no such ladder.

    """
    world = LadderModel(ladder_index, ladder)
    laws = StateLaws()
    explored = explore(world, laws)
    loops = check_closed_loops(world)
    violations = [*laws.violations, *check_paths(explored), *loops.violations]
    return Verification(
        ladder=ladder,
        states=len(explored.edges),
        transitions=sum(len(edges) for edges in explored.edges),
        loops=loops.loops,
        violations=tuple(violations),
    )


def verify_all(ladder_index: LadderIndex) -> Iterator[Verification]:
    """Yield the verification of every ladder, in alphabetical order."""
    for ladder in ladder_index.ladders:
        yield verify(ladder_index, ladder.id)
