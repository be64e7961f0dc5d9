"""Reasons why offers were not selected, given the selection."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property

from attrs import frozen

from kineticchain.recommendation.selection.offer import Offer
from kineticchain.recommendation.selection.solver.objective import IntegerObjective, ObjectiveState
from kineticchain.recommendation.selection.solver.problem import Candidate, Pick, Problem
from kineticchain.recommendation.selection.solver.upper_bounds import Scored


@frozen
class Rejection:
    """An offer, the id of the message that says why it was not chosen, and what bears on it.

    `instead` is the chosen offer that keeps it out; by `points` the choice is worth more with
    that one. `most` exercises are planned, and `minutes` a session would need for it.
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
        taken = {pick.candidate for pick in self.picks}
        for number in range(len(self.offers)):
            if number not in taken:
                yield self.rejection(number)

    @property
    def outranks_some(self) -> bool:
        """True if a candidate is left out only because of the number of exercises."""
        taken = {pick.candidate for pick in self.picks}
        return any(
            self._reason(number)[0] == "outranked"
            for number in range(len(self.offers))
            if number not in taken
        )

    def rejection(self, number: int) -> Rejection:
        """The first of the reasons that holds, the firmest first."""
        code, rivals = self._reason(number)
        if rivals:
            return self._outranked(number, code, rivals)
        minutes = self._minutes(number) if code == "no_time" else 0
        return Rejection(self.offers[number], code, minutes=minutes)

    def _reason(self, number: int) -> tuple[str, Sequence[int]]:
        """Return the code of the firmest reason, and the picks that take the place."""
        candidate = self.problem.candidates[number]
        if self._gains_alone[number] <= 0:
            return "no_target", ()
        if candidate.claims:
            clashing = [
                at
                for at, taken in enumerate(self._taken)
                if not candidate.claims.isdisjoint(taken.claims)
            ]
            if clashing:
                return "same_tissue", clashing
        if candidate.session_claims:
            apart = [
                at
                for at, taken in enumerate(self._taken)
                if not candidate.session_claims.isdisjoint(taken.session_claims)
            ]
            held = {cell for at in apart for cell in self.problem.cells_of_pick(self.picks[at])}
            if apart and self._bars(held, number):
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
        most, at = max([(instead_of[pick][number], -pick) for pick in picks])
        lost = self._all.value - most
        return Rejection(
            self.offers[number],
            code,
            instead=self.offers[self.picks[-at].candidate],
            points=max(0, -(-lost >> self.scale.bits)),
            most=self.problem.most,
        )

    def _bars(self, held: Collection[int], number: int) -> bool:
        """Return whether cells leave a candidate no session that would have room, were it empty."""
        problem, shortest = self.problem, self._shortest(number)
        return not any(
            shortest <= room and not set(problem.cells_of(session, group)) & set(held)
            for session, room in enumerate(problem.sessions)
            for group in problem.groups_of(number, session)
        )

    def _shortest(self, number: int) -> int:
        """The seconds of its shortest version by itself."""
        return min(version.seconds for version in self.problem.candidates[number].versions)

    def _minutes(self, number: int) -> int:
        """Minutes a session would have to last, so that its shortest version still fits in.

        That is one of those that are no micro-sessions.
        """
        problem = self.problem
        used = problem.seconds_by_cell(self.picks)
        least = min(
            [
                max([used[cell] for cell in problem.cells_of(session, group)])
                for session in range(len(problem.sessions) - problem.micro)
                for group in problem.groups_of(number, session)
            ],
            default=0,
        )
        return -(-(least + self._shortest(number)) // 60)

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
            without = self.scale.tally(other for other in self.picks if other is not pick)
            values.append([without.value + gain for gain in self._gains(without)])
        return values
