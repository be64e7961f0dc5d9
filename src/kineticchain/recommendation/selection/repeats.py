"""Selected exercises that are done more than once a day."""

from collections.abc import Iterator, Mapping, Sequence

from attrs import Factory, define, field

from kineticchain.recommendation.selection.offers.selected_offer import SelectedOffer
from kineticchain.recommendation.selection.solver.problem import Problem
from kineticchain.recommendation.selection.solver.solution import Pick, Solution


def repeats_of(
    problem: Problem,
    solution: Solution,
    selected: Sequence[SelectedOffer],
    times: Mapping[str, int] | None,
) -> Iterator[SelectedOffer]:
    """Yield a repeat of a selected offer for each further time of the day that has time left.

    Repeats in later sessions come first, then further rounds in the same session, up to the most
    times a day of the exercise. A dose that is spread over sessions is not repeated.

    Args:
        problem: The sessions and the candidates.
        solution: The picks.
        selected: The offer of each pick.
        times: For each recently trained ladder, how many times it was done on its last training
            day, which further rounds do not exceed. None means no further rounds.
    """
    repeats = _Repeats(problem, solution.picks, selected)
    yield from repeats.in_later_sessions()
    if times is not None:
        yield from repeats.in_further_rounds(times)


@define
class _Repeats:
    """The time that is left while exercises are repeated.

    Attributes:
        problem: The sessions and the candidates.
        picks: The picks.
        selected: The offer of each pick.
        seconds: The seconds that each pick takes, without time to grow.
        left: The seconds left in each cell, which is a session on a group of its days.
        times: How often each pick is done so far.
        claimed: The session claims made in each cell.
    """

    problem: Problem
    picks: Sequence[Pick]
    selected: Sequence[SelectedOffer]
    seconds: Sequence[int] = field(init=False)
    left: list[int] = field(init=False)
    times: list[int] = field(init=False)
    claimed: list[set[str]] = field(
        init=False, default=Factory(lambda self: self.claims_by_session(), takes_self=True)
    )

    def __attrs_post_init__(self) -> None:
        """Compute the time that the picks leave."""
        self.seconds = [sum(item.seconds for item in offer.items) for offer in self.selected]
        self.times = [1] * len(self.picks)
        self.left = [*self.problem.cell_seconds]
        by_candidate = {
            pick.candidate: seconds for pick, seconds in zip(self.picks, self.seconds, strict=True)
        }
        for pick in self.picks:
            beside = 0 if pick.beside is None else by_candidate[pick.beside]
            for cell in self.problem.cells_of_pick(pick):
                self.left[cell] -= max(0, by_candidate[pick.candidate] - beside)

    def claims_by_session(self) -> list[set[str]]:
        """Return the session claims that the picks make."""
        claimed: list[set[str]] = [set() for _ in self.problem.cell_seconds]
        for pick in self.picks:
            for cell in self.problem.cells_of_pick(pick):
                claimed[cell] |= self.problem.candidates[pick.candidate].session_claims
        return claimed

    def in_later_sessions(self) -> Iterator[SelectedOffer]:
        """Yield a repeat for each later session with time left.

        An exercise of a micro-session is repeated only in other micro-sessions, and an exercise of
        a longer session only in other longer sessions.
        """
        is_micro = self.problem.is_micro
        for session in range(len(self.problem.sessions)):
            for index, pick in enumerate(self.picks):
                claims = self.problem.candidates[pick.candidate].session_claims
                is_later = session > pick.session and is_micro(session) == is_micro(pick.session)
                if is_later and all(
                    claims.isdisjoint(self.claimed[cell])
                    for cell in self.problem.cells_of(session, pick.group)
                ):
                    yield from self._repeat(index, session)

    def in_further_rounds(self, most: Mapping[str, int]) -> Iterator[SelectedOffer]:
        """Yield a repeat for each further round, in turns, as long as the session has time left.

        Paired exercises, and exercises that a conflict limits to once a session, have no further
        round. A recently trained ladder is done no more times a day than on its last training day,
        since free time alone is no reason to double a dose.

        Args:
            most: How many times each recently trained ladder was done on its last training day.
        """
        hosts = {pick.beside for pick in self.picks}
        before = -1
        while before < sum(self.times):
            before = sum(self.times)
            for index, pick in enumerate(self.picks):
                claims = self.problem.candidates[pick.candidate].session_claims
                ladder = self.selected[index].offer.ladder.id
                alone = pick.beside is None and pick.candidate not in hosts and not claims
                if alone and self.times[index] < most.get(ladder, sum(self.times) + 1):
                    yield from self._repeat(index, pick.session)

    def _repeat(self, index: int, session: int) -> Iterator[SelectedOffer]:
        """Yield one more time of a pick if the session has time left and the day allows it."""
        pick, offer = self.picks[index], self.selected[index]
        most = min(item.exercise.dose.times_a_day.high for item in offer.items)
        cells = self.problem.cells_of(session, pick.group)
        seconds_left = min(self.left[cell] for cell in cells)
        if pick.further or self.times[index] >= most or self.seconds[index] > seconds_left:
            return
        self.times[index] += 1
        for cell in cells:
            self.left[cell] -= self.seconds[index]
            self.claimed[cell] |= self.problem.candidates[pick.candidate].session_claims
        yield SelectedOffer(offer.offer, offer.day_items, session, group=pick.group)
