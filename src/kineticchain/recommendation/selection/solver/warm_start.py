"""A good initial selection, found quickly, which gives a search its first value to exceed.

A greedy selection takes the candidate and the version that are worth most after the price of
their time, again and again. A low price leads to few exercises in whole doses, a high one to many
in small doses, so a few prices are tried. One more selection begins with the candidates that lose
points if cut, each in its shortest version that is not cut: continued exercises often just fit that
way. Each of these selections is then improved by changing one version at a time.

The search uses the value alone. Branches that cannot exceed it are pruned, and the search still
finds the selection that it would have found without.
"""

from collections.abc import Iterator
from functools import partial
from itertools import islice

from kineticchain.recommendation.selection.solver.objective import IntegerObjective
from kineticchain.recommendation.selection.solver.problem import Problem
from kineticchain.recommendation.selection.solver.relaxation import Relaxation
from kineticchain.recommendation.selection.solver.search_node import SearchNode
from kineticchain.recommendation.selection.solver.time_prices import PricedCosts, Versions

_LOOKED_AT = 8
"""The candidates whose versions are compared in each step, the most promising first."""

_ROUNDS = 3
"""The most rounds of improvement."""


def warm_start(relaxation: Relaxation, nothing: SearchNode) -> SearchNode:
    """Return the best selection of a few greedy ones, improved.

    Args:
        relaxation: The bounds of the problem, with the prices of a second to try.
        nothing: The empty selection.
    """
    scale = relaxation.scale
    uncut = _uncut(scale, nothing)
    greedy = partial(_greedy, scale, relaxation.versions)
    starts = [*(greedy(at, nothing) for at in relaxation.prices)]
    if uncut.taken:
        starts.append(greedy(relaxation.prices[0], uncut))
    return max((_improved(scale, start, nothing) for start in starts), key=value_of)


def value_of(node: SearchNode) -> int:
    """Return the scaled value of a selection."""
    return node.tally.value


def _uncut(scale: IntegerObjective, nothing: SearchNode) -> SearchNode:
    """Return a selection of candidates that lose points if cut, each in its shortest uncut version.

    Candidates with more points at any dose are taken first.
    """
    problem, node = scale.problem, nothing
    costly_to_cut = [number for number, candidate in enumerate(problem.candidates) if candidate.cut]
    for number in sorted(costly_to_cut, key=lambda number: -problem.candidates[number].favour):
        candidate = problem.candidates[number]
        claimed = _claimed(problem, node)
        if len(node.taken) == problem.most or not candidate.claims.isdisjoint(claimed):
            continue
        index = max(index for index, version in enumerate(candidate.versions) if not version.is_cut)
        node = _with(scale, node, number, index) or node
    return node


def _claimed(problem: Problem, node: SearchNode) -> frozenset[str]:
    """Return the claims of the candidates of a node."""
    claims = [problem.candidates[pick.candidate].claims for pick in node.taken]
    return frozenset[str]().union(*claims)


def _greedy(
    scale: IntegerObjective, versions: Versions, priced_costs: PricedCosts, start: SearchNode
) -> SearchNode:
    """Extend a start by the candidate that is worth most after the price of its time, repeatedly.

    The selection is complete when no candidate with a gain fits.
    """
    problem, node = scale.problem, start
    taken = [pick.candidate for pick in start.taken]
    claimed = _claimed(problem, start)
    candidates = [
        number
        for number, candidate in enumerate(problem.candidates)
        if number not in taken and claimed.isdisjoint(candidate.claims)
    ]
    for _ in range(problem.max_items_that_fit - len(taken)):
        best: tuple[int, int, SearchNode] | None = None
        ranked = sorted(
            (minus + priced_costs.costs[number], number)
            for minus, number in scale.weighed(node.tally, [(0, number) for number in candidates])
        )
        for minus, number in islice(ranked, _LOOKED_AT):
            if minus >= 0 or (best is not None and -minus <= best[0]):
                break
            for index, version in enumerate(problem.candidates[number].versions):
                gain = scale.gain(node.tally, number, version)
                net = gain - priced_costs.price * versions[number][index][0]
                if gain <= 0 or (best is not None and net <= best[0]):
                    continue
                grown = _with(scale, node, number, index)
                if grown is not None:
                    best = net, number, grown
        if best is None:
            break
        _, number, node = best
        claims = problem.candidates[number].claims
        candidates = [
            remaining
            for remaining in candidates
            if remaining != number and claims.isdisjoint(problem.candidates[remaining].claims)
        ]
    return node


def _improved(scale: IntegerObjective, node: SearchNode, nothing: SearchNode) -> SearchNode:
    """Return a selection improved by changing one version at a time, up to `_ROUNDS` times."""
    for _ in range(_ROUNDS):
        better = max(_neighbours(scale, node, nothing), key=value_of, default=node)
        if better.tally.value <= node.tally.value:
            break
        node = better
    return node


def _neighbours(
    scale: IntegerObjective, node: SearchNode, nothing: SearchNode
) -> Iterator[SearchNode]:
    picks = [(pick.candidate, pick.version) for pick in node.taken]
    for place, (number, current) in enumerate(picks):
        for index in range(len(scale.problem.candidates[number].versions)):
            if index != current:
                neighbour: SearchNode | None = nothing
                for pick in (*picks[:place], (number, index), *picks[place + 1 :]):
                    neighbour = neighbour and _with(scale, neighbour, *pick)
                if neighbour is not None:
                    yield neighbour


def _with(scale: IntegerObjective, node: SearchNode, number: int, index: int) -> SearchNode | None:
    """Return a node with one more candidate in its first placement; None if there is none."""
    problem = scale.problem
    version = problem.candidates[number].versions[index]
    for placement in node.placements(problem, number, version):
        tally = scale.taken(node.tally, number, version)
        return node.with_pick(problem, number, index, placement, tally)
    return None
