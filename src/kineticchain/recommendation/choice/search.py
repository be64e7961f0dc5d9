"""Branch and bound: the best choice, or one with a proven distance to the best.

Whole numbers throughout: values are scaled so that every share of a share is exact. Candidates
are tried with the largest gain first, then by key; of equal solutions the first found stays. A
branch is left when what its candidates could still add, each by itself, does not reach the best
so far: what one adds only shrinks as others are taken, so that no better one is ever left out.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from functools import partial
from itertools import accumulate, count

from attrs import define, field

from kineticchain.recommendation.choice.alikes import classes_of, needed
from kineticchain.recommendation.choice.branch import Branch
from kineticchain.recommendation.choice.problem import (
    WHOLE_DOSE,
    Candidate,
    Pick,
    Problem,
    Solution,
)
from kineticchain.recommendation.choice.ranking import NO_REST, NOTHING, Ranking, Rest, Scored
from kineticchain.recommendation.choice.tally import Scale, Tally

ALWAYS_EXACT = 14
"""Up to so many candidates the search never gives up."""

MOST_WORK = 150_000
"""Beyond, it stops after so many gains were worked out, and tells its bound."""


def solve(problem: Problem, most_work: int | None = None) -> Solution:
    """The best picks; where the work runs out the best that were found, with their bound.

    `most_work` is how many gains may be worked out: without end for up to 14 candidates, and
    a number that a phone bears for more, unless it is given.
    """
    if most_work is None and len(problem.candidates) > ALWAYS_EXACT:
        most_work = MOST_WORK
    search = _Search(problem, most_work)
    search.run()
    return Solution(
        picks=tuple(search.best_picks),
        points=search.scale.points(search.best),
        bound=search.scale.points(max(search.best, search.open)),
    )


@define
class _Search:
    """The search itself; `best` only grows."""

    problem: Problem
    most_work: int | None
    work: int = field(init=False, default=0)
    most: int = field(init=False)
    scale: Scale = field(init=False)
    best: int = field(init=False, default=0)
    best_picks: tuple[Pick, ...] = field(init=False, default=())
    open: int = field(init=False, default=0)
    shortest: list[int] = field(init=False, factory=list)
    hosts: frozenset[int] = field(init=False, default=frozenset())
    classes: list[int] = field(init=False, factory=list)
    alike: frozenset[int] = field(init=False, default=frozenset())

    def __attrs_post_init__(self) -> None:
        """Note what never changes."""
        for one in self.problem.candidates:
            shortest = min(version.seconds for version in one.versions)
            self.shortest.append(0 if one.beside else shortest)
        self.hosts = frozenset(host for one in self.problem.candidates for host in one.beside)
        self.classes = classes_of(self.problem.candidates)
        times = Counter(self.classes)
        self.alike = frozenset(number for number, one in enumerate(self.classes) if times[one] > 1)
        self.most = min(self.problem.most, self._most_that_fit())
        self.scale = Scale.of(self.problem, self.most)

    def _most_that_fit(self) -> int:
        free = self.problem.seconds * self.problem.sessions
        return sum(1 for total in accumulate(sorted(self.shortest)) if total <= free)

    def run(self) -> None:
        """Search from nothing taken."""
        candidates = self.problem.candidates
        begin = Branch.empty(self.scale.nothing, self.problem.seconds, self.problem.sessions)
        if self.most:
            enough = needed(self.classes, self.most)
            gains = self.scale.gains(begin.tally, enough)
            bounds = sorted((-gain, one) for gain, one in zip(gains, enough, strict=True))
            loose = [one for one in bounds if candidates[one[1]].beside]
            firm = [one for one in bounds if not candidates[one[1]].beside]
            self._explore(begin, firm, loose, self.most, 0)

    def _explore(
        self, at: Branch, firm: Iterable[Scored], loose: Iterable[Scored], slots: int, bound: int
    ) -> None:
        """Take one more of the remaining candidates, in every way that may be better.

        Given are bounds of what they add: of the firm ones, and of those done beside another.
        """
        if self._gives_up(bound):
            return
        weigh = partial(self._weighed, at.tally)
        ranked = Ranking(firm, weigh)
        beside = Ranking(loose, weigh) if loose else NOTHING
        if slots > 1 and self._out_of_time(at, ranked, beside, slots):
            return
        self._take_in_turn(at, ranked, beside, slots)
        if beside is not NOTHING:
            self._take_in_turn(at, beside, NOTHING, slots)

    def _weighed(self, tally: Tally, bounds: list[Scored]) -> list[Scored]:
        """Those that add something, or that others are done beside; and count the work."""
        self.work += len(bounds)
        hosts, numbers = self.hosts, [one for _, one in bounds]
        gains = self.scale.gains(tally, numbers)
        return [
            (-gain, one)
            for gain, one in zip(gains, numbers, strict=True)
            if gain > 0 or one in hosts
        ]

    def _take_in_turn(self, at: Branch, ranked: Ranking, loose: Ranking, slots: int) -> None:
        """Each of the ranked ones, the largest gain first, as long as it may be better."""
        classes, tried, value = self.classes, set[int](), at.tally.value
        known = ranked.known
        for place in count():
            if place >= len(known) and place >= len(ranked.reach(place + 1)):
                return
            minus, number = known[place]
            if classes[number] in tried:
                continue
            rest = Rest(ranked, place + 1, loose, slots - 1) if slots > 1 else NO_REST
            most = value - min(minus, 0) + rest.most
            if most <= self.best or self._gives_up(most):
                return
            self._take(at, number, -minus, rest, tried)
            if number in self.alike:
                tried.add(classes[number])

    def _gives_up(self, bound: int) -> bool:
        """Whether the work has run out; then what is left unseen is worth at most `bound`."""
        if self.most_work is None or self.work < self.most_work or not self.best_picks:
            return False
        self.open = max(self.open, bound)
        return True

    def _out_of_time(self, at: Branch, firm: Ranking, loose: Ranking, slots: int) -> bool:
        """Whether the time left, filled with the best gains per second, is not enough."""
        free = sum(at.free)
        shortest = self.shortest
        if sum([shortest[one] for _, one in firm.reach(slots)[:slots]]) <= free:
            return False
        value = at.tally.value
        rates = [
            (-minus // max(1, shortest[one]), -minus, shortest[one])
            for minus, one in (*firm.reach(), *loose.reach())
            if minus < 0
        ]
        for rate, gain, taken in sorted(rates, reverse=True):
            if taken > free:
                return value + (rate + 1) * (free + 1) <= self.best
            value += gain
            free -= taken
        return value + sum(at.free) <= self.best

    def _take(
        self, at: Branch, number: int, whole: int, rest: Rest, tried: Collection[int]
    ) -> None:
        """Take a candidate in each version, session and company, and go on from there."""
        candidates = self.problem.candidates
        candidate = candidates[number]
        for version, how in enumerate(candidate.versions):
            eighths = how.eighths
            gain = whole if eighths == WHOLE_DOSE else self.scale.gain(at.tally, number, eighths)
            value = at.tally.value + gain
            if value + rest.most <= self.best:
                return
            for session, beside, seconds in at.rooms(candidates, number, how.seconds):
                pick = Pick(number, version, session, beside)
                if value > self.best:
                    self.best, self.best_picks = value, (*at.picks, pick)
                if rest.is_empty:
                    return  # no version, session or company is worth more at the end
                firm, loose = rest.above(self.best - value - rest.most_but_one)
                after = at.with_pick(
                    pick, candidate, seconds, self.scale.taken(at.tally, number, eighths, value)
                )
                self._explore(
                    after,
                    self._left_of(firm, candidate, tried),
                    self._left_of(loose, candidate, tried),
                    rest.slots,
                    value + rest.most,
                )

    def _left_of(
        self, bounds: Iterable[Scored], taken: Candidate, tried: Collection[int]
    ) -> Iterable[Scored]:
        """Those that claim nothing that is taken now, and are not like one that was tried.

        Of a list it makes a list, which shows whether anything is left.
        """
        claims, candidates, classes = taken.claims, self.problem.candidates, self.classes
        if not bounds or not (claims or tried):
            return bounds
        left = (
            one
            for one in bounds
            if classes[one[1]] not in tried and claims.isdisjoint(candidates[one[1]].claims)
        )
        return list(left) if isinstance(bounds, list) else left
