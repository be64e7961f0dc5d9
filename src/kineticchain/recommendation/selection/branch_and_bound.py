"""Branch and bound: the best choice, or one with a proven distance to the best.

Whole numbers throughout: values are scaled so that every share of a share is exact. Candidates
are tried with the largest gain first, then by key; of equal solutions the first found stays. A
branch is left when what its candidates could still add, each by itself, does not reach the best
so far: what one adds only shrinks as others are taken, so that no better one is ever left out.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from functools import partial
from itertools import count

from attrs import define, field

from kineticchain.recommendation.selection.candidates import classes_of, needed
from kineticchain.recommendation.selection.objective import IntegerObjective, ObjectiveState
from kineticchain.recommendation.selection.problem import WHOLE_DOSE, Candidate, Problem, Solution
from kineticchain.recommendation.selection.search_node import SearchNode
from kineticchain.recommendation.selection.upper_bounds import (
    NO_REST,
    LazyBounds,
    RemainingBound,
    Scored,
)

ALWAYS_EXACT = 14
"""Up to so many candidates the search never gives up."""

MAX_WORK = 150_000
"""Beyond, it stops after so many gains were worked out, and tells its bound."""


def solve(
    problem: Problem, most_work: int | None = None, *, scale: IntegerObjective | None = None
) -> Solution:
    """The best picks; where the work runs out the best that were found, with their bound.

    `most_work` is how many gains may be worked out: without end for up to 14 candidates, and
    a number that a phone bears for more, unless it is given. `scale` is the problem's own, where
    it is known.
    """
    if most_work is None and len(problem.candidates) > ALWAYS_EXACT:
        most_work = MAX_WORK
    scale = scale or IntegerObjective.of(problem)
    nothing = SearchNode.empty(scale.nothing, problem.sessions)
    search = _SelectionSearch(scale, most_work, nothing)
    search.run(problem.most_that_fit)
    return Solution(
        picks=search.found.picks,
        points=scale.points(search.best),
        bound=scale.points(max(search.best, search.open)),
    )


@define(eq=False)
class _SelectionSearch:
    """The search itself; `best` only grows, and `found` is worth as much."""

    scale: IntegerObjective
    most_work: int | None
    found: SearchNode
    best: int = 0
    open: int = 0
    work: int = 0
    candidates: tuple[Candidate, ...] = field(init=False)
    shortest: tuple[int, ...] = field(init=False)
    classes: list[int] = field(init=False)
    alike: frozenset[int] = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Note what never changes."""
        self.candidates = self.scale.problem.candidates
        self.shortest = self.scale.problem.shortest
        self.classes = classes_of(self.candidates)
        times = Counter(self.classes)
        self.alike = frozenset([one for one, first in enumerate(self.classes) if times[first] > 1])

    def run(self, most: int) -> None:
        """Search from nothing taken, for so many at the most."""
        if most:
            enough = needed(self.classes, most)
            bounds = sorted(self.scale.weighed(self.found.tally, [(0, one) for one in enough]))
            self._explore(self.found, bounds, most, 0)

    def _explore(self, at: SearchNode, bounds: Iterable[Scored], slots: int, bound: int) -> None:
        """Take one more of the remaining candidates, in every way that may be better.

        Given are bounds of what they add, the largest first; of all of them together `bound`.
        """
        if self._gives_up(bound):
            return
        ranked = LazyBounds(bounds, partial(self._weighed, at.tally))
        if slots > 1 and self._out_of_time(at, ranked, slots):
            return
        classes, tried, value = self.classes, set[int](), at.tally.value
        known = ranked.known
        for place in count(1):
            if place > len(known) and place > len(ranked.reach(place)):
                return
            minus, number = known[place - 1]
            if classes[number] in tried:
                continue
            rest = RemainingBound(ranked, place, slots - 1) if slots > 1 else NO_REST
            most = value - minus + rest.most
            if most <= self.best or self._gives_up(most):
                return
            self._take(at, number, -minus, rest, tried)
            if number in self.alike:
                tried.add(classes[number])

    def _weighed(self, tally: ObjectiveState, bounds: list[Scored]) -> list[Scored]:
        """What they add; and count the work."""
        self.work += len(bounds)
        return self.scale.weighed(tally, bounds)

    def _gives_up(self, bound: int) -> bool:
        """Whether the work has run out; then what is left unseen is worth at most `bound`."""
        if self.most_work is None or self.work < self.most_work or not self.best:
            return False
        self.open = max(self.open, bound)
        return True

    def _out_of_time(self, at: SearchNode, ranked: LazyBounds, slots: int) -> bool:
        """Whether the time left, filled with the best gains per second, is not enough."""
        free = all_free = sum(at.free) + at.borrowed_seconds
        shortest = self.shortest
        if sum([shortest[one] for _, one in ranked.reach(slots)[:slots]]) <= free:
            return False
        value = at.tally.value
        rates = [
            (-minus // max(1, shortest[one]), -minus, shortest[one])
            for minus, one in ranked.reach()
        ]
        for rate, gain, taken in sorted(rates, reverse=True):
            if taken > free:
                return value + (rate + 1) * (free + 1) <= self.best
            value += gain
            free -= taken
        return value + all_free <= self.best

    def _take(
        self, at: SearchNode, number: int, whole: int, rest: RemainingBound, tried: Collection[int]
    ) -> None:
        """Take a candidate in each version, session and company, and go on from there."""
        candidates = self.candidates
        candidate = candidates[number]
        for version, how in enumerate(candidate.versions):
            dose_eighths = how.dose_eighths
            gain = (
                whole
                if dose_eighths == WHOLE_DOSE
                else self.scale.gain(at.tally, number, dose_eighths)
            )
            value = at.tally.value + gain
            if value + rest.most <= self.best:
                return
            for room in at.rooms(self.scale.problem, number, how.seconds):
                tally = self.scale.taken(at.tally, number, dose_eighths, value)
                after = at.with_pick(candidates, number, version, room, tally)
                if value > self.best:
                    self.best, self.found = value, after
                if rest.is_empty:
                    return  # no version, session or company is worth more at the end
                bounds = rest.above(self.best - value - rest.most_but_one)
                self._explore(
                    after,
                    self._left_of(bounds, candidate, tried),
                    rest.slots,
                    value + rest.most,
                )

    def _left_of(
        self, bounds: Iterable[Scored], taken: Candidate, tried: Collection[int]
    ) -> Iterable[Scored]:
        """Those that claim nothing that is taken now, and are not like one that was tried.

        Of a list it makes a list, which shows whether anything is left.
        """
        claims, candidates, classes = taken.claims, self.candidates, self.classes
        if not bounds or not (claims or tried):
            return bounds
        left = (
            one
            for one in bounds
            if classes[one[1]] not in tried and claims.isdisjoint(candidates[one[1]].claims)
        )
        return list(left) if isinstance(bounds, list) else left
