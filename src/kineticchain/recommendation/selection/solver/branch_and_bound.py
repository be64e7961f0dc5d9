"""Branch and bound: the best selection, or one with a proven distance to the best.

The objective is submodular: the gain of a candidate only shrinks as other candidates are taken. So
the sum of the gains that some candidates have individually is an upper bound of their joint gain. A
branch is pruned if this bound does not exceed the best value found so far, which never loses a
better selection. Where that is not enough, two relaxations give tighter bounds (`relaxation`).

All values are scaled integers, so that every product of shares is exact. Candidates are tried in
order of their gain, largest first, then of their number. Of equal selections the first one found
is returned.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from functools import partial
from itertools import count

from attrs import define, field

from kineticchain.recommendation.selection.solver.objective import IntegerObjective, ObjectiveState
from kineticchain.recommendation.selection.solver.problem import Candidate, Problem
from kineticchain.recommendation.selection.solver.relaxation import Relaxation
from kineticchain.recommendation.selection.solver.search_node import SearchNode
from kineticchain.recommendation.selection.solver.solution import Solution
from kineticchain.recommendation.selection.solver.symmetry import needed, symmetry_classes
from kineticchain.recommendation.selection.solver.upper_bounds import (
    NO_REST,
    LazyBounds,
    RemainingBound,
    Scored,
)
from kineticchain.recommendation.selection.solver.warm_start import value_of, warm_start

ALWAYS_EXACT = 14
"""The most candidates for which the search is never cut short by default."""

EASY_WORK = 3_000
"""The work limit of the first search, in computed gains: most problems need less."""

MAX_WORK = 20_000
"""The default work limit of the second search for more candidates."""


def solve(
    problem: Problem,
    most_work: int | None = None,
    *,
    scale: IntegerObjective | None = None,
    easy_work: int = EASY_WORK,
) -> Solution:
    """Return the best picks; if the work limit is reached, the best ones found and a bound.

    Most problems are solved by the bound of gains alone, in less time than the other bounds take
    to prepare. Only if that search reaches its limit, a second search starts from a greedy
    selection and uses all bounds.

    Args:
        problem: The candidates and the constraints.
        most_work: The work limit, in computed gains. The default is no limit for up to 14
            candidates, and 20 000 gains in the second search for more.
        scale: The integer objective of the problem, if it was computed before.
        easy_work: The work limit of the first search, in computed gains.
    """
    if most_work is None and len(problem.candidates) > ALWAYS_EXACT:
        most_work = MAX_WORK
    scale = scale or IntegerObjective.of(problem)
    nothing = SearchNode.empty(scale.nothing, problem.cell_seconds)
    easy = easy_work if most_work is None else min(easy_work, most_work)
    search = _SelectionSearch(scale, easy, nothing)
    search.run(problem.max_items_that_fit)
    if search.is_cut_short and easy != most_work:
        relaxation = Relaxation.of(scale)
        start = max(warm_start(relaxation, nothing), search.found, key=value_of)
        search = _SelectionSearch(scale, most_work, start, relaxation, start.tally.value - 1)
        search.run(problem.max_items_that_fit)
    return Solution(
        picks=search.found.picks,
        points=scale.points(search.found.tally.value),
        bound=scale.points(max(search.found.tally.value, search.open)),
    )


@define(eq=False)
class _SelectionSearch:
    """The state of one search.

    Attributes:
        scale: The integer objective.
        most_work: The work limit, in computed gains; None for no limit.
        found: The best node found.
        relaxation: Further bounds; None to do without.
        best: The value that a selection has to exceed, which only grows.
        open: The largest upper bound of a branch that was not explored for lack of work; 0 if all
            branches were explored.
        work: The gains computed so far.
        candidates: The candidates of the problem.
        classes: For each candidate the number of the first interchangeable one.
        alike: The numbers of the candidates that have an interchangeable one.
    """

    scale: IntegerObjective
    most_work: int | None
    found: SearchNode
    relaxation: Relaxation | None = None
    best: int = 0
    open: int = 0
    work: int = 0
    candidates: tuple[Candidate, ...] = field(init=False)
    classes: list[int] = field(init=False)
    alike: frozenset[int] = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Compute what stays constant during the search."""
        self.candidates = self.scale.problem.candidates
        self.classes = symmetry_classes(self.candidates)
        sizes = Counter(self.classes)
        self.alike = frozenset(
            [
                number
                for number, symmetry_class in enumerate(self.classes)
                if sizes[symmetry_class] > 1
            ]
        )

    @property
    def is_cut_short(self) -> bool:
        """True if a branch was not explored for lack of work."""
        return self.open > 0

    def run(self, most: int) -> None:
        """Search from the empty selection for at most `most` candidates."""
        if most:
            enough = needed(self.classes, most)
            unweighed = [(0, number) for number in enough]
            nothing = SearchNode.empty(self.scale.nothing, self.scale.problem.cell_seconds)
            bounds = sorted(self.scale.weighed(nothing.tally, unweighed))
            self._explore(nothing, bounds, most, 0)

    def _explore(self, node: SearchNode, bounds: Iterable[Scored], slots: int, bound: int) -> None:
        """Explore all selections that extend a node and that may be better than the best.

        Args:
            node: The selection so far.
            bounds: The candidates that may be added, with upper bounds of their gains, the largest
                first.
            slots: The most candidates that may be added.
            bound: An upper bound of the value of all selections explored here.
        """
        if self._gives_up(bound):
            return
        # Rank the candidates by their gain at this node. Every selection of them is explored
        # exactly once, in the branch of its highest-ranked candidate: that branch adds only
        # candidates of lower rank.
        if slots > 1 and self.relaxation is not None:
            bounds = list(bounds)
            if self.relaxation.covers_no_more(node, bounds, slots, self.best):
                return
        ranked = LazyBounds(bounds, partial(self._weighed, node.tally))
        if (
            slots > 1
            and self.relaxation is not None
            and self.relaxation.gains_no_more(node, ranked, slots, self.best)
        ):
            return
        classes, tried, value = self.classes, set[int](), node.tally.value
        known = ranked.known
        for place in count(1):
            if place > len(known) and place > len(ranked.reach(place)):
                return
            minus, number = known[place - 1]
            # Symmetry: skip a candidate if an interchangeable one was tried at this node.
            # Exchanging the two changes no value, and the earlier branch covers all selections with
            # both.
            if classes[number] in tried:
                continue
            # The branch is worth at most the gain of this candidate and the largest gains of lower
            # rank, one for each further slot. Along the ranking this bound only decreases, so the
            # first branch that cannot improve on the best ends the loop.
            rest = RemainingBound(ranked, place, slots - 1) if slots > 1 else NO_REST
            most = value - minus + rest.most
            if most <= self.best or self._gives_up(most):
                return
            self._take(node, number, -minus, rest, tried)
            if number in self.alike:
                tried.add(classes[number])

    def _weighed(self, tally: ObjectiveState, bounds: list[Scored]) -> list[Scored]:
        """Return the gains of some candidates, and count them as work."""
        self.work += len(bounds)
        return self.scale.weighed(tally, bounds)

    def _gives_up(self, bound: int) -> bool:
        """Return whether the work limit is reached, and then record the bound of the branch."""
        if self.most_work is None or self.work < self.most_work or not self.best:
            return False
        self.open = max(self.open, bound)
        return True

    def _take(
        self,
        node: SearchNode,
        number: int,
        full_gain: int,
        rest: RemainingBound,
        tried: Collection[int],
    ) -> None:
        """Add a candidate in each version and placement, and explore each resulting node.

        Args:
            node: The selection so far.
            number: The candidate.
            full_gain: Its gain in its first version.
            rest: The candidates of lower rank.
            tried: The classes that were tried before and must not be added.
        """
        candidates = self.candidates
        candidate = candidates[number]
        for index, version in enumerate(candidate.versions):
            gain = full_gain if index == 0 else self.scale.gain(node.tally, number, version)
            value = node.tally.value + gain
            # Versions are ordered by size, so later ones gain no more.
            if value + rest.most <= self.best:
                return
            for placement in node.placements(self.scale.problem, number, version):
                tally = self.scale.taken(node.tally, number, version, value)
                child = node.with_pick(self.scale.problem, number, index, placement, tally)
                if value > self.best:
                    self.best, self.found = value, child
                if rest.is_empty:
                    return  # nothing can follow, so no other version or placement is better
                # A candidate can improve the best value only if its gain exceeds the missing value
                # minus the largest gains of the other slots.
                bounds = rest.above(self.best - value - rest.most_but_one)
                self._explore(
                    child,
                    self._compatible(bounds, candidate, tried),
                    rest.slots,
                    value + rest.most,
                )

    def _compatible(
        self, bounds: Iterable[Scored], taken: Candidate, tried: Collection[int]
    ) -> Iterable[Scored]:
        """Return the candidates that share no claim with a taken one and are of no tried class.

        A list gives a list, whose length `LazyBounds` uses.
        """
        claims, candidates, classes = taken.claims, self.candidates, self.classes
        if not bounds or not (claims or tried):
            return bounds
        compatible = (
            scored
            for scored in bounds
            if classes[scored[1]] not in tried and claims.isdisjoint(candidates[scored[1]].claims)
        )
        return list(compatible) if isinstance(bounds, list) else compatible
