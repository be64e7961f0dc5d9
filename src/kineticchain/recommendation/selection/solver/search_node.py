"""Nodes of the search: a partial selection, and the time that it leaves."""

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import TypeAlias, TypeVar

from attrs import evolve, frozen

from kineticchain.recommendation.selection.solver.objective import ObjectiveState
from kineticchain.recommendation.selection.solver.problem import Candidate, Problem, Version
from kineticchain.recommendation.selection.solver.solution import Pick

T = TypeVar("T")

Placement: TypeAlias = tuple[tuple[int, ...], int | None, int | None, int]
"""Where a candidate is placed: the sessions, the group of days (None for all days), the candidate
that it is paired with (None without one), and the seconds that it adds to each session."""


@frozen
class SearchNode:
    """A partial selection with its value and the time that is left.

    A candidate may be done during another candidate (its primary). The pair then takes only
    the time of the longer one.

    Attributes:
        tally: The state of the objective.
        free: The seconds left of each cell: a session on a group of its days.
        inside: The numbers of the candidates in each cell.
        claimed: The session claims made in each cell.
        taken: The picks in the order in which they were made, without pairings.
        primaries: The pairings, each as a candidate and its primary.
        borrowed_seconds: The seconds, over all cells, of taken candidates that may be paired but
            have no primary yet. A later primary can give these seconds back.
    """

    tally: ObjectiveState
    free: tuple[int, ...]
    inside: tuple[frozenset[int], ...]
    claimed: tuple[frozenset[str], ...]
    taken: tuple[Pick, ...] = ()
    primaries: tuple[tuple[int, int], ...] = ()
    borrowed_seconds: int = 0

    @classmethod
    def empty(cls, tally: ObjectiveState, cell_seconds: tuple[int, ...]) -> "SearchNode":
        """Return the empty selection.

        Args:
            tally: The objective of the empty selection.
            cell_seconds: The seconds of each cell.
        """
        inside, claimed = (
            (frozenset[int](),) * len(cell_seconds),
            (frozenset[str](),) * len(cell_seconds),
        )
        return cls(tally, cell_seconds, inside, claimed)

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
            return self._spread(problem, number, version)
        # One cell without a possible pairing is the common case and needs no search.
        if len(self.free) == 1 and not candidate.beside and not self.borrowed_seconds:
            fits = seconds <= self.free[0]
            if fits and candidate.session_claims.isdisjoint(self.claimed[0]):
                return (((0,), None, None, seconds),)
            return ()
        return self._placements(problem, number, seconds)

    def _placements(self, problem: Problem, number: int, seconds: int) -> Iterable[Placement]:
        candidates = problem.candidates
        candidate = candidates[number]
        unpairable = self._spread_candidates.union(*self.primaries)
        seen: set[tuple[int | None, tuple[object, ...]]] = set()
        for session, group in self._choices(problem, number):
            cells = problem.cells_of(session, group)
            # Sessions with equal content and equal free time are interchangeable (usually empty
            # ones), so one of them is enough.
            state = tuple([(self.free[cell], self.inside[cell]) for cell in problem.cells[session]])
            if (group, state) in seen or not self._claims_fit(candidate, cells):
                continue
            seen.add((group, state))
            free = min([self.free[cell] for cell in cells])
            # Pair with a candidate on the same days that is in no pair yet, in either role. Add
            # only the time by which this candidate is longer.
            for partner in sorted(self.inside[cells[0]] - unpairable):
                if (
                    partner in candidate.beside or number in candidates[partner].beside
                ) and self._pick_of(partner).group == group:
                    longer = max(0, seconds - self._seconds_of(candidates, partner))
                    if longer <= free:
                        yield (session,), group, partner, longer
            if seconds <= free:
                yield (session,), group, None, seconds

    def _choices(self, problem: Problem, number: int) -> Iterable[tuple[int, int | None]]:
        """Yield the sessions and groups of days for a candidate, all days before one group."""
        candidate = problem.candidates[number]
        # If all sessions look the same on the days of each group, one group is enough.
        alike = (
            any(candidate.groups)
            and problem.alike_groups
            and all(
                self.free[cell] == self.free[cells[0]]
                and self.inside[cell] == self.inside[cells[0]]
                for cells in problem.cells
                for cell in cells
            )
        )
        for session in problem.order[candidate.micro_first]:
            for group in problem.groups_of(number, session):
                if not (alike and group):
                    yield session, group

    def _claims_fit(self, candidate: Candidate, cells: Iterable[int]) -> bool:
        """Return whether a candidate's session claims are free in some cells."""
        claims = candidate.session_claims
        return not claims or all(claims.isdisjoint(self.claimed[cell]) for cell in cells)

    def _spread(self, problem: Problem, number: int, version: Version) -> Iterable[Placement]:
        """Yield the placements of a dose that is spread over several sessions."""
        candidate = problem.candidates[number]
        with_room: dict[tuple[bool, int | None], list[int]] = {}
        for session, group in self._choices(problem, number):
            cells = problem.cells_of(session, group)
            if self._claims_fit(candidate, cells) and all(
                version.seconds <= self.free[cell] for cell in cells
            ):
                with_room.setdefault((problem.is_micro(session), group), []).append(session)
        for (_, group), sessions in with_room.items():
            for combination in combinations(sessions, version.sessions):
                yield tuple(sorted(combination)), group, None, version.seconds

    @property
    def _spread_candidates(self) -> frozenset[int]:
        """The numbers of the candidates whose dose is spread over several sessions."""
        return frozenset([pick.candidate for pick in self.taken if pick.further])

    def _seconds_of(self, candidates: Sequence[Candidate], number: int) -> int:
        """Return the seconds of a taken candidate in its version."""
        return candidates[number].versions[self._pick_of(number).version].seconds

    def _pick_of(self, number: int) -> Pick:
        """Return the pick of a taken candidate."""
        return next(pick for pick in self.taken if pick.candidate == number)

    def with_pick(
        self,
        problem: Problem,
        number: int,
        version: int,
        placement: Placement,
        tally: ObjectiveState,
    ) -> "SearchNode":
        """Return the node with one more candidate.

        Args:
            problem: The candidates and the sessions.
            number: The candidate that is added.
            version: The index of its version.
            placement: Its placement.
            tally: The state of the objective with the candidate.
        """
        sessions, group, partner, seconds = placement
        claimed, free, inside = self.claimed, self.free, self.inside
        primaries, borrowed_seconds = self.primaries, self.borrowed_seconds
        candidate = problem.candidates[number]
        pick = Pick(number, version, sessions[0], further=sessions[1:], group=group)
        cells = problem.cells_of_pick(pick)
        for cell in cells:
            free = _replaced(free, cell, free[cell] - seconds)
            inside = _replaced(inside, cell, inside[cell] | {number})
            if candidate.session_claims:
                claims = claimed[cell] | candidate.session_claims
                claimed = _replaced(claimed, cell, claims)
        if partner is None:
            if candidate.beside and len(sessions) == 1:
                borrowed_seconds += seconds * len(cells)
        elif candidate.beside:
            primaries = (*primaries, (number, partner))
        else:
            # The partner was placed on its own before, and this candidate becomes its primary.
            primaries = (*primaries, (partner, number))
            borrowed_seconds -= self._seconds_of(problem.candidates, partner) * len(cells)
        return SearchNode(
            tally,
            free,
            inside,
            claimed,
            (*self.taken, pick),
            primaries,
            borrowed_seconds,
        )


def _replaced(values: tuple[T, ...], index: int, value: T) -> tuple[T, ...]:
    return (*values[:index], value, *values[index + 1 :]) if len(values) > 1 else (value,)
