"""Branch and bound: the best choice, or one with a proven distance to the best.

Whole numbers throughout: values are scaled so that every share of a share is exact. Candidates
are tried with the largest gain first, then by key; of equal solutions the first found stays. A
branch is left when what its candidates could still add, each by itself, does not reach the best
so far: what one adds only shrinks as others are taken, so that no better one is ever left out.
"""

from collections.abc import Iterable, Sequence
from itertools import accumulate
from operator import itemgetter
from typing import TypeAlias

from attrs import define, field, frozen

from kineticchain.recommendation.choice.problem import (
    WHOLE_DOSE,
    Candidate,
    Pick,
    Problem,
    Solution,
)
from kineticchain.recommendation.choice.tally import Scale, Tally

ALWAYS_EXACT = 14
"""Up to so many candidates the search never gives up."""

MOST_WORK = 150_000
"""Beyond, it stops after so many gains were worked out, and tells its bound."""

Scored: TypeAlias = tuple[int, int]
"""A gain, and the candidate."""


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
    work_left: int | None
    most: int = field(init=False)
    scale: Scale = field(init=False)
    best: int = field(init=False, default=0)
    best_picks: tuple[Pick, ...] = field(init=False, default=())
    open: int = field(init=False, default=0)
    shortest: list[int] = field(init=False, factory=list)
    hosts: frozenset[int] = field(init=False, default=frozenset())

    def __attrs_post_init__(self) -> None:
        """Note what never changes."""
        for one in self.problem.candidates:
            shortest = min(version.seconds for version in one.versions)
            self.shortest.append(0 if one.beside else shortest)
        self.hosts = frozenset(host for one in self.problem.candidates for host in one.beside)
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
            self._explore(begin, range(len(problem.candidates)), self.most, 0)

    def _explore(self, at: _Branch, remaining: Iterable[int], slots: int, bound: int) -> None:
        """Take one more of the remaining candidates, in every way that may be better."""
        if self._gives_up(bound):
            return
        scored = self._scored(at, remaining)
        if not scored or self._out_of_time(at, scored, slots):
            return
        firm = [one for one in scored if not self.problem.candidates[one[1]].beside]
        loose = [one for one in scored if self.problem.candidates[one[1]].beside]
        for number, (gain, candidate) in enumerate(firm):
            rest = _Rest(firm, number + 1, loose)
            others = rest.most(slots - 1)
            most = at.tally.value + max(gain, 0) + others
            if most <= self.best or self._gives_up(most):
                break
            self._take(at, (gain, candidate), rest, slots, others)
        for number, (gain, candidate) in enumerate(loose):
            rest = _Rest(loose, number + 1, ())
            others = rest.most(slots - 1)
            most = at.tally.value + gain + others
            if most <= self.best or self._gives_up(most):
                break
            self._take(at, (gain, candidate), rest, slots, others)

    def _gives_up(self, bound: int) -> bool:
        """Whether the work has run out; then what is left unseen is worth at most `bound`."""
        if self.work_left is None or self.work_left > 0 or not self.best_picks:
            return False
        self.open = max(self.open, bound)
        return True

    def _scored(self, at: _Branch, remaining: Iterable[int]) -> list[Scored]:
        """What each adds in its largest version, the most first.

        Those that add nothing are left out, unless another may be done beside them.
        """
        gains = self.scale.gains(at.tally, remaining)
        if self.work_left is not None:
            self.work_left -= len(gains)
        found = [one for one in gains if one[0] > 0 or one[1] in self.hosts]
        found.sort(key=itemgetter(1))
        found.sort(key=itemgetter(0), reverse=True)
        return found

    def _out_of_time(self, at: _Branch, scored: Sequence[Scored], slots: int) -> bool:
        """Whether the time left, filled with the best gains per second, is not enough."""
        free = sum(at.free)
        shortest = self.shortest
        if sum(shortest[one] for _, one in scored[:slots]) <= free:
            return False
        value = at.tally.value
        rates = [
            (gain // max(1, shortest[one]), gain, shortest[one]) for gain, one in scored if gain > 0
        ]
        for rate, gain, taken in sorted(rates, reverse=True):
            if taken > free:
                return value + (rate + 1) * (free + 1) <= self.best
            value += gain
            free -= taken
        return value + sum(at.free) <= self.best

    def _take(self, at: _Branch, scored: Scored, rest: "_Rest", slots: int, others: int) -> None:
        """Take a candidate in each version, session and company, and go on from there."""
        most, number = scored
        candidate = self.problem.candidates[number]
        for version, how in enumerate(candidate.versions):
            whole = how.eighths == WHOLE_DOSE
            gain = most if whole else self.scale.gain(at.tally, number, how.eighths)
            value = at.tally.value + gain
            if value + others <= self.best:
                return
            lasting = None
            for session, beside, seconds in self._places(at, candidate, how.seconds):
                pick = Pick(number, version, session, beside)
                if value > self.best:
                    self.best, self.best_picks = value, (*at.picks, pick)
                if slots == 1 or rest.is_empty:
                    return  # no version, session or company is worth more at the end
                if lasting is None:
                    lasting = self._lasting(rest, value, slots - 1, candidate)
                if lasting:
                    after = self._after(at, pick, value, how.eighths, seconds)
                    self._explore(after, lasting, slots - 1, value + others)

    def _places(
        self, at: _Branch, candidate: Candidate, seconds: int
    ) -> Iterable[tuple[int, int | None, int]]:
        """Sessions in which it fits, alone and beside another; of equal ones the first."""
        seen = set()
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

    def _lasting(self, rest: "_Rest", value: int, slots: int, taken: Candidate) -> list[int]:
        """Those of the rest with which the best so far may still be beaten."""
        claims, candidates = taken.claims, self.problem.candidates
        return [
            one
            for one in rest.above(self.best - value - rest.most(slots - 1))
            if not claims or claims.isdisjoint(candidates[one].claims)
        ]

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


@frozen
class _Rest:
    """What is left to be taken: the firm ones from a place on, the most first, and the loose."""

    firm: Sequence[Scored]
    begin: int
    loose: Sequence[Scored]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left."""
        return self.begin >= len(self.firm) and not self.loose

    def most(self, count: int) -> int:
        """The sum of so many of the largest gains, of those that add something."""
        firm = self.firm[self.begin : self.begin + count]
        gains = [gain for gain, _ in firm if gain > 0]
        if self.loose:
            gains += [gain for gain, _ in self.loose if gain > 0]
            gains.sort(reverse=True)
        return sum(gains[:count])

    def above(self, least: int) -> Iterable[int]:
        """The candidates that add more than so much."""
        for at in range(self.begin, len(self.firm)):
            gain, one = self.firm[at]
            if gain <= least:
                break
            yield one
        yield from (one for gain, one in self.loose if gain > least)
