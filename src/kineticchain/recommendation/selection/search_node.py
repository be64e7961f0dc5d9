"""A branch of the search: what has been taken so far, and what that leaves."""

from collections.abc import Iterable, Sequence
from typing import TypeAlias, TypeVar

from attrs import frozen

from kineticchain.quick_init import quick_init
from kineticchain.recommendation.selection.objective import ObjectiveState
from kineticchain.recommendation.selection.problem import Candidate, Pick, Problem

T = TypeVar("T")

Placement: TypeAlias = tuple[int, int | None, int]
"""A session, what a candidate goes together with there, and the seconds that it takes of it."""


@quick_init
@frozen
class SearchNode:
    """What was taken and is worth; by session the seconds left, what is inside, and claims.

    `primaries` tells beside what some of them are done. `borrowed_seconds` are the seconds of those that could
    still be done beside one that comes later, and would then take none.
    """

    tally: ObjectiveState
    free: tuple[int, ...]
    inside: tuple[frozenset[int], ...]
    claimed: tuple[frozenset[str], ...]
    taken: tuple[Pick, ...] = ()
    primaries: tuple[tuple[int, int], ...] = ()
    borrowed_seconds: int = 0

    @classmethod
    def empty(cls, tally: ObjectiveState, sessions: tuple[int, ...]) -> "SearchNode":
        """Nothing taken, and so many seconds left of each session."""
        nothing = (frozenset[int](),) * len(sessions), (frozenset[str](),) * len(sessions)
        return cls(tally, sessions, *nothing)

    @property
    def picks(self) -> tuple[Pick, ...]:
        """What was taken, each with what it is done beside."""
        primaries = dict(self.primaries)
        return tuple(
            Pick(one.candidate, one.version, one.session, primaries.get(one.candidate))
            for one in self.taken
        )

    def rooms(self, problem: Problem, number: int, seconds: int) -> Iterable[Placement]:
        """Where so many seconds of a candidate fit in, with another first; of equal ones one."""
        candidate = problem.candidates[number]
        if len(self.free) == 1 and not candidate.beside and not self.borrowed_seconds:
            fits = seconds <= self.free[0]
            if fits and candidate.session_claims.isdisjoint(self.claimed[0]):
                return ((0, None, seconds),)
            return ()
        return self._rooms(problem, number, seconds)

    def _rooms(self, problem: Problem, number: int, seconds: int) -> Iterable[Placement]:
        candidates = problem.candidates
        candidate = candidates[number]
        seen: set[tuple[int, frozenset[int]]] = set()
        for session in problem.order[candidate.micro_first]:
            free, inside = self.free[session], self.inside[session]
            shared = candidate.session_claims & self.claimed[session]
            if shared or (free, inside) in seen:
                continue
            seen.add((free, inside))
            for other in sorted(inside.difference(*self.primaries)):
                if other in candidate.beside or number in candidates[other].beside:
                    longer = max(0, seconds - self._seconds_of(candidates, other))
                    if longer <= free:
                        yield session, other, longer
            if seconds <= free:
                yield session, None, seconds

    def _seconds_of(self, candidates: Sequence[Candidate], number: int) -> int:
        version = next(one.version for one in self.taken if one.candidate == number)
        return candidates[number].versions[version].seconds

    def with_pick(
        self,
        candidates: Sequence[Candidate],
        number: int,
        version: int,
        room: Placement,
        tally: ObjectiveState,
    ) -> "SearchNode":
        """One more taken, into a room."""
        session, other, seconds = room
        claimed, primaries, borrowed_seconds = self.claimed, self.primaries, self.borrowed_seconds
        candidate = candidates[number]
        if candidate.session_claims:
            more = claimed[session] | candidate.session_claims
            claimed = _replaced(claimed, session, more)
        if other is None:
            borrowed_seconds += seconds if candidate.beside else 0
        elif candidate.beside:
            primaries = (*primaries, (number, other))
        else:
            primaries = (*primaries, (other, number))
            borrowed_seconds -= self._seconds_of(candidates, other)
        return SearchNode(
            tally,
            _replaced(self.free, session, self.free[session] - seconds),
            _replaced(self.inside, session, self.inside[session] | {number}),
            claimed,
            (*self.taken, Pick(number, version, session)),
            primaries,
            borrowed_seconds,
        )


def _replaced(each: tuple[T, ...], place: int, one: T) -> tuple[T, ...]:
    return (*each[:place], one, *each[place + 1 :]) if len(each) > 1 else (one,)
