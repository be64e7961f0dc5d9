"""Upper bounds of what can be added to a selection. Each bound ignores one constraint.

The bound of gains ignores that candidates cover the same places: it adds up the largest gains, each
after the price of its time. It is tight where few candidates are left, or where they differ.

The bound of cover ignores that the points of a candidate come together with the places that the
candidate covers. It adds up the largest points after the price of their time, and covers each place
with the largest shares that any candidates have there. It is tight where many candidates cover the
same places, and needs no gains.
"""

from collections.abc import Sequence

from attrs import frozen

from kineticchain.recommendation.selection.solver.objective import IntegerObjective
from kineticchain.recommendation.selection.solver.search_node import SearchNode
from kineticchain.recommendation.selection.solver.time_prices import (
    PricedCosts,
    Versions,
    priced,
    versions_of,
)
from kineticchain.recommendation.selection.solver.upper_bounds import LazyBounds, Scored

_SHARE_BITS = 4
"""The binary digits of a share of a place: sixteenths."""


@frozen
class Relaxation:
    """Both bounds of a problem.

    Attributes:
        scale: The integer objective.
        versions: The least seconds and the loss of each version of each candidate.
        prices: The prices of a second that are tried for the bound of gains, the best one first.
        cover_prices: The prices for the bound of cover.
        extra: The points of each candidate at its whole dose, scaled.
        together: For each number of candidates and each place, the share that so many candidates
            with the largest shares cover together, times 16 to the power of the number.
        alone: For each kind, the largest value that a candidate covers alone.
    """

    scale: IntegerObjective
    versions: Versions
    prices: tuple[PricedCosts, ...]
    cover_prices: tuple[PricedCosts, ...]
    extra: tuple[int, ...]
    together: tuple[tuple[int, ...], ...]
    alone: tuple[int, ...]

    @classmethod
    def of(cls, scale: IntegerObjective) -> "Relaxation":
        """Return the bounds for a problem.

        Args:
            scale: The integer objective of the problem.
        """
        slots, free = scale.problem.max_items_that_fit, sum(scale.problem.cell_seconds)
        versions = versions_of(scale)
        gains = scale.weighed(scale.nothing, [(0, number) for number in range(len(versions))])
        extra = tuple([worth.extra for worth in scale.worth])
        points = [(-candidate_points, number) for number, candidate_points in enumerate(extra)]
        alone = [0] * len(scale.nothing.best_of_kind)
        for worth in scale.worth:
            alone[worth.kind] = max(alone[worth.kind], worth.alone)
        return cls(
            scale,
            versions,
            priced(versions, free, _largest(gains), lambda at: _most(at, gains, free, slots)),
            priced(versions, free, _largest(points), lambda at: _most(at, points, free, slots)),
            extra,
            tuple(_shares_together(scale, count) for count in range(slots + 1)),
            tuple(alone),
        )

    def covers_no_more(
        self, node: SearchNode, left: Sequence[Scored], slots: int, best: int
    ) -> bool:
        """Return whether the bound of cover does not exceed the best value.

        Args:
            node: The selection so far.
            left: The candidates that may be added; their bounds are not used.
            slots: The most candidates that may be added.
            best: A scaled value.
        """
        free, tally, bits = _free(node), node.tally, _SHARE_BITS * slots
        # Each term is rounded down. Adding one to each keeps the sum an upper bound.
        covered = [
            (still_open * share >> bits) + 1
            for still_open, share in zip(tally.still_open, self.together[slots], strict=True)
            if still_open and share
        ]
        kinds = [
            (most - best_of_kind >> 1) + 1
            for most, best_of_kind in zip(self.alone, tally.best_of_kind, strict=True)
            if most > best_of_kind
        ]
        missing = best - tally.value - sum(covered) - sum(kinds)
        if missing < 0:
            return False
        extra = self.extra
        points = [(-extra[number], number) for _, number in left]
        return any(_most(at, points, free, slots) <= missing for at in self.cover_prices)

    def gains_no_more(self, node: SearchNode, ranked: LazyBounds, slots: int, best: int) -> bool:
        """Return whether the bound of gains does not exceed the best value.

        Args:
            node: The selection so far.
            ranked: The candidates that may be added, ranked by their gains.
            slots: The most candidates that may be added.
            best: A scaled value.
        """
        free, versions = _free(node), self.versions
        # If the candidates with the largest gains fit into the free time at their whole doses, the
        # limit of time cannot lower the bound.
        if sum([versions[number][0][0] for _, number in ranked.reach(slots)[:slots]]) <= free:
            return False
        gains, missing = ranked.reach(), best - node.tally.value
        return any(_most(at, gains, free, slots) <= missing for at in self.prices)


def _free(node: SearchNode) -> int:
    return sum(node.free) + node.borrowed_seconds


def _largest(scored: Sequence[Scored]) -> int:
    return max([-minus for minus, _ in scored], default=0)


def _most(priced_costs: PricedCosts, scored: Sequence[Scored], free: int, slots: int) -> int:
    """Return the price of all free time, plus the largest values after the price of their time."""
    costs = priced_costs.costs
    net = sorted([minus + costs[number] for minus, number in scored])
    return priced_costs.price * free - sum([value for value in net[:slots] if value < 0])


def _shares_together(scale: IntegerObjective, count: int) -> tuple[int, ...]:
    """Return for each place what the `count` largest shares cover, times 16 to that power."""
    whole = 1 << _SHARE_BITS
    shares: list[list[int]] = [[] for _ in scale.nothing.still_open]
    for worth in scale.worth:
        for place, part in worth.shares:
            shares[place].append(part)
    together = []
    for place_shares in shares:
        largest = sorted(place_shares, reverse=True)[:count]
        still_open = whole ** (count - len(largest))
        for part in largest:
            still_open *= whole - part
        together.append(whole**count - still_open)
    return tuple(together)
