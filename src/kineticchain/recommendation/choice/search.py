"""Branch and bound: the best choice, or one with a proven distance to the best.

Whole numbers throughout: values are scaled so that every share of a share is exact. Candidates
are tried with the largest gain first, then by key; of equal solutions the first found stays. A
branch is left when what its candidates could still add, each by itself, does not reach the best
so far: what one adds only shrinks as others are taken, so that no better one is ever left out.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import accumulate
from operator import itemgetter

from attrs import define, field, frozen

from kineticchain.quick_init import quick_init
from kineticchain.recommendation.choice.alikes import classes_of, needed
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


@quick_init
@frozen
class _Branch:
    """What has been taken so far, and what that leaves."""

    tally: Tally
    free: tuple[int, ...]
    inside: tuple[frozenset[int], ...]
    claimed: tuple[frozenset[str], ...]
    picks: tuple[Pick, ...]
    hosted: frozenset[int]


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

    def __attrs_post_init__(self) -> None:
        """Note what never changes."""
        for one in self.problem.candidates:
            shortest = min(version.seconds for version in one.versions)
            self.shortest.append(0 if one.beside else shortest)
        self.hosts = frozenset(host for one in self.problem.candidates for host in one.beside)
        self.classes = classes_of(self.problem.candidates)
        self.most = min(self.problem.most, self._most_that_fit())
        self.scale = Scale.of(self.problem, self.most)

    def _most_that_fit(self) -> int:
        free = self.problem.seconds * self.problem.sessions
        return sum(1 for total in accumulate(sorted(self.shortest)) if total <= free)

    def run(self) -> None:
        """Search from nothing taken."""
        problem = self.problem
        begin = _Branch(
            tally=self.scale.nothing,
            free=(problem.seconds,) * problem.sessions,
            inside=(frozenset(),) * problem.sessions,
            claimed=(frozenset(),) * problem.sessions,
            picks=(),
            hosted=frozenset(),
        )
        if self.most:
            gain = self.scale.weigher(begin.tally)
            enough = needed(self.classes, self.most)
            bounds = [(gain(number), number) for number in enough]
            bounds.sort(key=itemgetter(0), reverse=True)  # stable: of equal ones the first is first
            loose = [one for one in bounds if problem.candidates[one[1]].beside]
            firm = [one for one in bounds if not problem.candidates[one[1]].beside]
            self._explore(begin, firm, loose, self.most, 0)

    def _explore(
        self, at: _Branch, firm: Iterable[Scored], loose: Iterable[Scored], slots: int, bound: int
    ) -> None:
        """Take one more of the remaining candidates, in every way that may be better.

        Given are bounds of what they add: of the firm ones, and of those done beside another.
        """
        if self._gives_up(bound):
            return
        gain = self._weigher(at)
        ranked = Ranking(firm, gain, self.hosts)
        beside = Ranking(loose, gain, self.hosts) if self.hosts else NOTHING
        if slots > 1 and self._out_of_time(at, ranked, beside, slots):
            return
        self._take_in_turn(at, ranked, beside, slots)
        if beside is not NOTHING:
            self._take_in_turn(at, beside, NOTHING, slots)

    def _take_in_turn(self, at: _Branch, ranked: Ranking, loose: Ranking, slots: int) -> None:
        """Each of the ranked ones, the largest gain first, as long as it may be better."""
        classes, tried, value = self.classes, set[int](), at.tally.value
        place, one = 0, ranked.at(0)
        while one is not None:
            place += 1
            if classes[one[1]] not in tried:
                rest = Rest(ranked, place, loose, slots - 1) if slots > 1 else NO_REST
                most = value + max(one[0], 0) + rest.most
                if most <= self.best or self._gives_up(most):
                    break
                self._take(at, one, rest, tried)
                tried.add(classes[one[1]])
            one = ranked.at(place)

    def _weigher(self, at: _Branch) -> Callable[[int], int]:
        """What tells how much a candidate adds here, and counts the work."""
        gain = self.scale.weigher(at.tally)

        def counted(number: int) -> int:
            self.work += 1
            return gain(number)

        return counted

    def _gives_up(self, bound: int) -> bool:
        """Whether the work has run out; then what is left unseen is worth at most `bound`."""
        if self.most_work is None or self.work < self.most_work or not self.best_picks:
            return False
        self.open = max(self.open, bound)
        return True

    def _out_of_time(self, at: _Branch, firm: Ranking, loose: Ranking, slots: int) -> bool:
        """Whether the time left, filled with the best gains per second, is not enough."""
        free = sum(at.free)
        shortest = self.shortest
        if sum([shortest[one] for _, one in firm.first(slots)]) <= free:
            return False
        value = at.tally.value
        rates = [
            (gain // max(1, shortest[one]), gain, shortest[one])
            for gain, one in (*firm.all(), *loose.all())
            if gain > 0
        ]
        for rate, gain, taken in sorted(rates, reverse=True):
            if taken > free:
                return value + (rate + 1) * (free + 1) <= self.best
            value += gain
            free -= taken
        return value + sum(at.free) <= self.best

    def _take(self, at: _Branch, scored: Scored, rest: Rest, tried: Collection[int]) -> None:
        """Take a candidate in each version, session and company, and go on from there."""
        most, number = scored
        candidate = self.problem.candidates[number]
        for version, how in enumerate(candidate.versions):
            whole = how.eighths == WHOLE_DOSE
            gain = most if whole else self.scale.gain(at.tally, number, how.eighths)
            value = at.tally.value + gain
            if value + rest.most <= self.best:
                return
            for session, beside, seconds in self._places(at, candidate, how.seconds):
                pick = Pick(number, version, session, beside)
                if value > self.best:
                    self.best, self.best_picks = value, (*at.picks, pick)
                if rest.is_empty:
                    return  # no version, session or company is worth more at the end
                after = self._after(at, pick, value, how.eighths, seconds)
                firm, loose = (
                    self._left_of(bounds, candidate, tried)
                    for bounds in rest.above(self.best - value - rest.most_but_one)
                )
                self._explore(after, firm, loose, rest.slots, value + rest.most)

    def _places(
        self, at: _Branch, candidate: Candidate, seconds: int
    ) -> Iterable[tuple[int, int | None, int]]:
        """Sessions in which it fits, alone and beside another; of equal ones the first."""
        if len(at.free) == 1 and not candidate.beside:
            if seconds <= at.free[0] and candidate.session_claims.isdisjoint(at.claimed[0]):
                yield 0, None, seconds
            return
        seen: set[tuple[int, frozenset[int]]] = set()
        sessions = zip(at.free, at.inside, at.claimed, strict=True)
        for session, (free, inside, claimed) in enumerate(sessions):
            if (free, inside) in seen or not candidate.session_claims.isdisjoint(claimed):
                continue
            seen.add((free, inside))
            for host in sorted(candidate.beside & inside - at.hosted):
                longer = max(0, seconds - self._seconds_of(at, host))
                if longer <= free:
                    yield session, host, longer
            if seconds <= free:
                yield session, None, seconds

    def _seconds_of(self, at: _Branch, host: int) -> int:
        version = next(one.version for one in at.picks if one.candidate == host)
        return self.problem.candidates[host].versions[version].seconds

    def _left_of(
        self, bounds: Iterator[Scored], taken: Candidate, tried: Collection[int]
    ) -> Iterator[Scored]:
        """Those that claim nothing that is taken now, and are not like one that was tried."""
        claims, candidates, classes = taken.claims, self.problem.candidates, self.classes
        if not claims and not tried:
            return bounds
        return (
            one
            for one in bounds
            if classes[one[1]] not in tried and claims.isdisjoint(candidates[one[1]].claims)
        )

    def _after(self, at: _Branch, pick: Pick, value: int, eighths: int, seconds: int) -> _Branch:
        candidate = self.problem.candidates[pick.candidate]
        free, inside, claimed = list(at.free), list(at.inside), list(at.claimed)
        free[pick.session] -= seconds
        inside[pick.session] |= {pick.candidate}
        claimed[pick.session] |= candidate.session_claims
        hosted = at.hosted
        if pick.beside is not None:
            hosted |= {pick.beside, pick.candidate}
        return _Branch(
            tally=self.scale.taken(at.tally, pick.candidate, eighths, value),
            free=tuple(free),
            inside=tuple(inside),
            claimed=tuple(claimed),
            picks=(*at.picks, pick),
            hosted=hosted,
        )
