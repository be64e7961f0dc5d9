"""A branch of the search: what has been taken so far, and what that leaves."""

from collections.abc import Iterable, Sequence
from typing import TypeAlias, TypeVar

from attrs import frozen

from kineticchain.quick_init import quick_init
from kineticchain.recommendation.choice.problem import Candidate, Pick
from kineticchain.recommendation.choice.tally import Tally

T = TypeVar("T")

Room: TypeAlias = tuple[int, int | None, int]
"""A session, what a candidate is done beside there, and the seconds that it takes of it."""


@quick_init
@frozen
class Branch:
    """The picks and what they are worth; by session the seconds left, what is inside, and claims.

    `hosted` are those that do one thing beside another.
    """

    tally: Tally
    free: tuple[int, ...]
    inside: tuple[frozenset[int], ...]
    claimed: tuple[frozenset[str], ...]
    picks: tuple[Pick, ...] = ()
    hosted: frozenset[int] = frozenset()

    @classmethod
    def empty(cls, tally: Tally, seconds: int, sessions: int) -> "Branch":
        """Nothing taken."""
        nothing = (frozenset[int](),) * sessions, (frozenset[str](),) * sessions
        return cls(tally, (seconds,) * sessions, *nothing)

    def rooms(self, candidates: Sequence[Candidate], number: int, seconds: int) -> Iterable[Room]:
        """Where so many seconds of a candidate fit in, beside another first; of equal ones one."""
        candidate = candidates[number]
        if len(self.free) == 1 and not candidate.beside:
            fits = seconds <= self.free[0]
            if fits and candidate.session_claims.isdisjoint(self.claimed[0]):
                return ((0, None, seconds),)
            return ()
        return self._rooms(candidates, candidate, seconds)

    def _rooms(
        self, candidates: Sequence[Candidate], candidate: Candidate, seconds: int
    ) -> Iterable[Room]:
        seen: set[tuple[int, frozenset[int]]] = set()
        sessions = zip(self.free, self.inside, self.claimed, strict=True)
        for session, (free, inside, claimed) in enumerate(sessions):
            if (free, inside) in seen or not candidate.session_claims.isdisjoint(claimed):
                continue
            seen.add((free, inside))
            for host in sorted(candidate.beside & inside - self.hosted):
                longer = max(0, seconds - self._seconds_of(candidates, host))
                if longer <= free:
                    yield session, host, longer
            if seconds <= free:
                yield session, None, seconds

    def _seconds_of(self, candidates: Sequence[Candidate], number: int) -> int:
        version = next(one.version for one in self.picks if one.candidate == number)
        return candidates[number].versions[version].seconds

    def with_pick(self, pick: Pick, candidate: Candidate, seconds: int, tally: Tally) -> "Branch":
        """One more taken, for so many seconds of its session."""
        session, claimed, hosted = pick.session, self.claimed, self.hosted
        if candidate.session_claims:
            more = claimed[session] | candidate.session_claims
            claimed = _replaced(claimed, session, more)
        if pick.beside is not None:
            hosted |= {pick.beside, pick.candidate}
        return Branch(
            tally,
            _replaced(self.free, session, self.free[session] - seconds),
            _replaced(self.inside, session, self.inside[session] | {pick.candidate}),
            claimed,
            (*self.picks, pick),
            hosted,
        )


def _replaced(each: tuple[T, ...], place: int, one: T) -> tuple[T, ...]:
    return (*each[:place], one, *each[place + 1 :]) if len(each) > 1 else (one,)
