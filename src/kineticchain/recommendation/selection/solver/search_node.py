"""Nodes of the search: a partial selection, and the room that it leaves."""

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import TypeAlias, TypeVar

from attrs import evolve, frozen

from kineticchain.recommendation.selection.solver.objective import ObjectiveState
from kineticchain.recommendation.selection.solver.problem import Candidate, Pick, Problem, Version

T = TypeVar("T")

Placement: TypeAlias = tuple[tuple[int, ...], int | None, int]
"""The sessions, the candidate there that another one is paired with if any, and the seconds that
are added to each."""


@frozen
class SearchNode:
    """A partial selection with its value and the room that is left.

    A candidate may be done at the same time as another one (its primary). The pair then takes only
    the time of the longer one.

    Attributes:
        tally: The state of the objective.
        free: The seconds left of each session.
        inside: The numbers of the candidates in each session.
        claimed: The session claims made in each session.
        taken: The picks in the order in which they were made, without pairings.
        primaries: The pairings, each as a candidate and its primary.
        borrowed_seconds: The seconds of taken candidates that may be paired but have no primary
            yet. A later primary can give these seconds back.
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
        """Return the empty selection.

        Args:
            tally: The objective of the empty selection.
            sessions: The seconds of each session.
        """
        inside, claimed = (frozenset[int](),) * len(sessions), (frozenset[str](),) * len(sessions)
        return cls(tally, sessions, inside, claimed)

    @property
    def picks(self) -> tuple[Pick, ...]:
        """The picks with their pairings."""
        primaries = dict(self.primaries)
        return tuple(evolve(pick, beside=primaries.get(pick.candidate)) for pick in self.taken)

    def placements(self, problem: Problem, number: int, version: Version) -> Iterable[Placement]:
        """Return the placements of a candidate, pairings before placements on its own.

        Args:
            problem: The candidates and the sessions.
            number: The candidate.
            version: The version.
        """
        candidate, seconds = problem.candidates[number], version.seconds
        if version.sessions > 1:
            return self._spread(problem, candidate, version)
        # The common case of one session and no possible pairing needs no search.
        if len(self.free) == 1 and not candidate.beside and not self.borrowed_seconds:
            fits = seconds <= self.free[0]
            if fits and candidate.session_claims.isdisjoint(self.claimed[0]):
                return (((0,), None, seconds),)
            return ()
        return self._placements(problem, number, seconds)

    def _placements(self, problem: Problem, number: int, seconds: int) -> Iterable[Placement]:
        candidates = problem.candidates
        candidate = candidates[number]
        unpairable = self._spread_candidates.union(*self.primaries)
        seen: set[tuple[int, frozenset[int]]] = set()
        for session in problem.order[candidate.micro_first]:
            free, inside = self.free[session], self.inside[session]
            conflicts = candidate.session_claims & self.claimed[session]
            # Sessions with the same content and the same time left are interchangeable (in effect
            # empty ones), so one of them is enough.
            if conflicts or (free, inside) in seen:
                continue
            seen.add((free, inside))
            # Pair with a candidate in the session that is in no pair yet, in either role. Only the
            # time by which this candidate is longer is added.
            for partner in sorted(inside - unpairable):
                if partner in candidate.beside or number in candidates[partner].beside:
                    longer = max(0, seconds - self._seconds_of(candidates, partner))
                    if longer <= free:
                        yield (session,), partner, longer
            if seconds <= free:
                yield (session,), None, seconds

    def _spread(
        self, problem: Problem, candidate: Candidate, version: Version
    ) -> Iterable[Placement]:
        """Yield the placements of a dose that is spread over several sessions."""
        longer = len(self.free) - problem.micro
        with_room = [
            session
            for session in problem.order[candidate.micro_first]
            if version.seconds <= self.free[session]
            and candidate.session_claims.isdisjoint(self.claimed[session])
        ]
        for sessions in combinations(with_room, version.sessions):
            if len({session < longer for session in sessions}) == 1:
                yield tuple(sorted(sessions)), None, version.seconds

    @property
    def _spread_candidates(self) -> frozenset[int]:
        """The numbers of the candidates whose dose is spread over several sessions."""
        return frozenset([pick.candidate for pick in self.taken if pick.further])

    def _seconds_of(self, candidates: Sequence[Candidate], number: int) -> int:
        """Return the seconds of a taken candidate in its version."""
        version = next(pick.version for pick in self.taken if pick.candidate == number)
        return candidates[number].versions[version].seconds

    def with_pick(
        self,
        candidates: Sequence[Candidate],
        number: int,
        version: int,
        room: Placement,
        tally: ObjectiveState,
    ) -> "SearchNode":
        """Return the node with one more candidate.

        Args:
            candidates: The candidates of the problem.
            number: The candidate that is added.
            version: The index of its version.
            room: Its placement.
            tally: The state of the objective with the candidate.
        """
        sessions, partner, seconds = room
        claimed, free, inside = self.claimed, self.free, self.inside
        primaries, borrowed_seconds = self.primaries, self.borrowed_seconds
        candidate = candidates[number]
        for session in sessions:
            free = _replaced(free, session, free[session] - seconds)
            inside = _replaced(inside, session, inside[session] | {number})
            if candidate.session_claims:
                claims = claimed[session] | candidate.session_claims
                claimed = _replaced(claimed, session, claims)
        if partner is None:
            borrowed_seconds += seconds if candidate.beside and len(sessions) == 1 else 0
        elif candidate.beside:
            primaries = (*primaries, (number, partner))
        else:
            # The partner was placed on its own before, and this candidate becomes its primary.
            primaries = (*primaries, (partner, number))
            borrowed_seconds -= self._seconds_of(candidates, partner)
        return SearchNode(
            tally,
            free,
            inside,
            claimed,
            (*self.taken, Pick(number, version, sessions[0], further=sessions[1:])),
            primaries,
            borrowed_seconds,
        )


def _replaced(values: tuple[T, ...], index: int, value: T) -> tuple[T, ...]:
    return (*values[:index], value, *values[index + 1 :]) if len(values) > 1 else (value,)
