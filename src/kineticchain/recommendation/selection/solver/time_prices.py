"""Prices of time, for upper bounds of selections that do not fit into their sessions.

With a price for each second the candidates no longer compete for time: each is counted in the
version that is worth most after the price of its seconds. The loss of a version in comparison with
the whole dose is known beforehand, except for the places that it covers. So the cheapest version of
a candidate is the same at every node of the search and is computed once.

Any price gives a valid bound. The best one for the empty selection is searched for; deeper nodes
have less time and fewer candidates, so half and twice that price are tried as well.
"""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from attrs import frozen

from kineticchain.recommendation.selection.solver.objective import IntegerObjective
from kineticchain.recommendation.selection.solver.problem import WHOLE_DOSE

_STEPS = 24
"""The steps of the search for the best price; each takes a third off the interval."""

Versions: TypeAlias = Sequence[Sequence[tuple[int, int]]]
"""For each candidate and version, its seconds and its loss in comparison with the whole dose."""


@frozen
class PricedCosts:
    """The costs of the candidates at one price.

    Attributes:
        price: The price of a second, in scaled points.
        costs: The least cost of each candidate: the price of the seconds of a version, plus the
            loss of this version in comparison with the whole dose.
    """

    price: int
    costs: tuple[int, ...]

    @classmethod
    def of(cls, versions: Versions, price: int) -> "PricedCosts":
        """Return the costs at a price."""
        least = [
            min([price * taken + loss for taken, loss in candidate_versions])
            for candidate_versions in versions
        ]
        return cls(price, tuple(least))


def versions_of(scale: IntegerObjective) -> Versions:
    """Return the least seconds and the loss of each version of each candidate."""
    return [_seconds_and_loss(scale, number) for number in range(len(scale.worth))]


def priced(
    versions: Versions, all_seconds: int, highest: int, bound: Callable[[PricedCosts], int]
) -> tuple[PricedCosts, ...]:
    """Return the costs at the best price for a bound, at half and at twice that price.

    The bound is convex in the price, so a ternary search finds its minimum.

    Args:
        versions: The versions of each candidate.
        all_seconds: The seconds of all cells.
        highest: A price above the best one.
        bound: Returns the bound at a price.

    Returns:
        The costs at the best price first. If all candidates fit, only the costs at price 0.
    """
    if sum(candidate_versions[0][0] for candidate_versions in versions) <= all_seconds:
        return (PricedCosts.of(versions, 0),)
    low, high = 0, highest
    for _ in range(_STEPS):
        third = (high - low) // 3
        if bound(PricedCosts.of(versions, low + third)) <= bound(
            PricedCosts.of(versions, high - third)
        ):
            high -= third
        else:
            low += third
    best = (low + high) // 2
    return tuple(PricedCosts.of(versions, price) for price in (best, best * 2, best // 2))


def _seconds_and_loss(scale: IntegerObjective, number: int) -> list[tuple[int, int]]:
    problem, worth = scale.problem, scale.worth[number]
    cells = problem.fewest_cells[number]
    return [
        (
            version.seconds_a_day * cells,
            (worth.growing * (WHOLE_DOSE - version.dose_eighths) >> 3)
            + (0 if version.has_growth_time else worth.no_growth_cost)
            + (worth.cut if version.is_cut else 0),
        )
        for version in problem.candidates[number].versions
    ]
