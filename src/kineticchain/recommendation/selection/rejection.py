"""Reasons why offers were not selected, given the selection."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property

from attrs import frozen

from kineticchain.recommendation.selection.offers.offer import Offer
from kineticchain.recommendation.selection.solver.objective import IntegerObjective, ObjectiveState
from kineticchain.recommendation.selection.solver.problem import Candidate, Problem
from kineticchain.recommendation.selection.solver.solution import Pick
from kineticchain.recommendation.selection.solver.upper_bounds import Scored


@frozen
class Rejection:
    """An offer that was not selected, with the reason.

    Attributes:
        offer: The offer.
        code: The id of the message that states the reason.
        instead: The selected offer that keeps this offer out; None without one.
        points: The points by which the selection is worth more with `instead` than with this offer.
        most: The most exercises that may be selected; 0 unless `instead` is given.
        minutes: The minutes that a session would need for this offer; 0 unless time is missing.
    """

    offer: Offer
    code: str
    instead: Offer | None = None
    points: int = 0
    most: int = 0
    minutes: int = 0


@frozen
class RejectionExplainer:
    """Explains why a candidate was not picked, by comparison with the picks."""

    scale: IntegerObjective
    picks: tuple[Pick, ...]
    offers: Sequence[Offer]

    @property
    def problem(self) -> Problem:
        """The optimisation problem."""
        return self.scale.problem

    @property
    def is_full(self) -> bool:
        """True if as many exercises are selected as are allowed."""
        return len(self.picks) >= self.problem.most

    def all(self) -> Iterator[Rejection]:
        """Yield why each offer that is not among the picks was rejected."""
        selected = {pick.candidate for pick in self.picks}
        for number in range(len(self.offers)):
            if number not in selected:
                yield self.rejection(number)

    @property
    def outranks_some(self) -> bool:
        """True if a candidate is left out only because of the number of exercises."""
        selected = {pick.candidate for pick in self.picks}
        return any(
            self._reason(number)[0] == "outranked"
            for number in range(len(self.offers))
            if number not in selected
        )

    def rejection(self, number: int) -> Rejection:
        """Return the rejection of an offer, with the strongest reason that applies."""
        code, rivals = self._reason(number)
        if rivals:
            return self._outranked(number, code, rivals)
        minutes = self._minutes(number) if code == "no_time" else 0
        return Rejection(self.offers[number], code, minutes=minutes)

    def _reason(self, number: int) -> tuple[str, Sequence[int]]:
        """Return the code of the strongest reason, and the indices of the picks in the way."""
        candidate = self.problem.candidates[number]
        if self._gains_alone[number] <= 0:
            return "no_target", ()
        if candidate.claims:
            clashing = [
                index
                for index, taken_candidate in enumerate(self._taken)
                if not candidate.claims.isdisjoint(taken_candidate.claims)
            ]
            if clashing:
                return "same_tissue", clashing
        if candidate.session_claims:
            apart = [
                index
                for index, taken_candidate in enumerate(self._taken)
                if not candidate.session_claims.isdisjoint(taken_candidate.session_claims)
            ]
            held_cells = {
                cell for index in apart for cell in self.problem.cells_of_pick(self.picks[index])
            }
            if apart and self._bars(held_cells, number):
                return "one_a_session", apart
        if self._gains_besides[number] <= 0:
            return "covered", ()
        if self.is_full:
            return "outranked", range(len(self.picks))
        return "no_time", ()

    @cached_property
    def _taken(self) -> tuple[Candidate, ...]:
        return tuple(self.problem.candidates[pick.candidate] for pick in self.picks)

    def _outranked(self, number: int, code: str, picks: Iterable[int]) -> Rejection:
        """Return a rejection that names the pick that it could replace at the least loss."""
        instead_of = self._instead_of
        most, negated_index = max([(instead_of[pick][number], -pick) for pick in picks])
        lost = self._all.value - most
        return Rejection(
            self.offers[number],
            code,
            instead=self.offers[self.picks[-negated_index].candidate],
            points=max(0, -(-lost >> self.scale.bits)),
            most=self.problem.most,
        )

    def _bars(self, held_cells: Collection[int], number: int) -> bool:
        """Return whether a candidate has no possible session outside the held cells.

        A session is possible if it would have time for the candidate when empty.
        """
        problem, shortest = self.problem, self._shortest(number)
        return not any(
            shortest <= seconds and not set(problem.cells_of(session, group)) & set(held_cells)
            for session, seconds in enumerate(problem.sessions)
            for group in problem.groups_of(number, session)
        )

    def _shortest(self, number: int) -> int:
        """Return the seconds of the shortest version of a candidate, without a pairing."""
        return min(version.seconds for version in self.problem.candidates[number].versions)

    def _minutes(self, number: int) -> int:
        """Return the minutes that a session must last to have time for a candidate too.

        The candidate is in its shortest version, and the session is no micro-session.
        """
        problem = self.problem
        used = problem.seconds_by_cell(self.picks)
        least_used = min(
            [
                max([used[cell] for cell in problem.cells_of(session, group)])
                for session in range(len(problem.sessions) - problem.micro)
                for group in problem.groups_of(number, session)
            ],
            default=0,
        )
        return -(-(least_used + self._shortest(number)) // 60)

    @cached_property
    def _all(self) -> ObjectiveState:
        return self.scale.tally(self.picks)

    @cached_property
    def _gains_alone(self) -> Sequence[int]:
        return self._gains(self.scale.nothing)

    @cached_property
    def _gains_besides(self) -> Sequence[int]:
        return self._gains(self._all)

    def _gains(self, tally: ObjectiveState) -> list[int]:
        """Return the gain of each candidate."""
        return [-minus for minus, _ in self.scale.weighed(tally, self._every)]

    @cached_property
    def _every(self) -> list[Scored]:
        return [(0, number) for number in range(len(self.offers))]

    @cached_property
    def _instead_of(self) -> Sequence[Sequence[int]]:
        """The value of the selection with each candidate in the place of each pick."""
        values = []
        for pick in self.picks:
            without = self.scale.tally(
                other_pick for other_pick in self.picks if other_pick is not pick
            )
            values.append([without.value + gain for gain in self._gains(without)])
        return values
