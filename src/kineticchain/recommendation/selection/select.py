"""The choice made: offers taken into sessions, those refused, and why."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from fractions import Fraction

from attrs import evolve, field, frozen

from kineticchain.cache import Cache
from kineticchain.domain.evidence import Conflict
from kineticchain.knowledge import Knowledge
from kineticchain.quick_init import quick_init
from kineticchain.recommendation.assessment.targets import Targets
from kineticchain.recommendation.plan.cycle import WEEK
from kineticchain.recommendation.selection.bonuses import SelectionBonus
from kineticchain.recommendation.selection.branch_and_bound import solve
from kineticchain.recommendation.selection.candidates import candidates_of, suits_micro_sessions
from kineticchain.recommendation.selection.objective import IntegerObjective
from kineticchain.recommendation.selection.offer import Offer, Prescription
from kineticchain.recommendation.selection.problem import WHOLE_DOSE, Pick, Problem, Solution
from kineticchain.recommendation.selection.rejection import Rejection, refusals
from kineticchain.rules import Decision

MAX_CHOICES = 1024
"""So many choices are kept."""

_SIXTEENTHS = 16
"""Shares of places are told in them."""


@quick_init
@frozen
class SelectedOffer:
    """An offer that was taken, at a dose, into a session from 0.

    `beside` is the offer at the same time as which it is done; its own time counts only as it
    takes longer.
    """

    offer: Offer
    items: tuple[Prescription, ...]
    session: int
    beside: Offer | None = None


@frozen(kw_only=True)
class SessionBudget:
    """Seconds of each session of a day, and the most exercises.

    The last `micro` sessions are micro-sessions, on every day; the others are on so many `days`
    a week. `often` tells on how many the exercises of a ladder may come, where fewer than all.
    """

    sessions: tuple[int, ...]
    exercises: int
    micro: int = 0
    days: int = WEEK
    often: Mapping[str, int] = field(factory=dict)

    @property
    def said(self) -> tuple[Hashable, ...]:
        """All of it, as part of a key."""
        often = frozenset(self.often.items())
        return self.sessions, self.exercises, self.micro, self.days, often


@frozen(kw_only=True)
class Selection:
    """What was chosen, best first, and why each other offer was not.

    `repeats` are the same again in later sessions of the day, where an exercise wants it more
    often. No other choice is worth more than `bound`.
    """

    selected: tuple[SelectedOffer, ...] = ()
    rejected: tuple[Rejection, ...] = ()
    repeats: tuple[SelectedOffer, ...] = ()
    points: Fraction = field(default=Fraction(0))
    bound: Fraction = field(default=Fraction(0))


@frozen(eq=False)
class Selector:
    """Makes choices; where all that they follow from is the same, it is the same choice."""

    knowledge: Knowledge
    _kept: Cache[Hashable, tuple[tuple[object, ...], Selection]] = field(
        factory=Cache, init=False, repr=False
    )

    def selection(
        self,
        offers: Sequence[Offer],
        targets: Targets,
        decision: Decision,
        budget: SessionBudget,
        bonus: SelectionBonus,
    ) -> Selection:
        """The best offers that fit, by the value that `problem` defines."""
        held = (*offers, targets, decision.preferences, decision.demands)
        key = (*map(id, held), *budget.said, *bonus.said)
        known = self._kept.get(key)
        if known is None:
            cards = self.knowledge.conflicts.values()
            made = select(offers, targets, decision, cards, budget, bonus)
            known = self._kept.keep(key, (held, made), MAX_CHOICES)
        return known[1]


def select(
    offers: Iterable[Offer],
    targets: Targets,
    decision: Decision,
    conflicts: Iterable[Conflict],
    budget: SessionBudget,
    bonus: SelectionBonus,
) -> Selection:
    """The best offers that fit, by the value that `problem` defines."""
    ordered = sorted(offers, key=lambda offer: offer.key)
    worth, candidates = candidates_of(ordered, targets, decision, conflicts, bonus)
    if budget.micro:
        candidates = tuple(
            evolve(one, micro_first=suits_micro_sessions(offer, budget.days, budget.often))
            for one, offer in zip(candidates, ordered, strict=True)
        )
    problem = Problem(
        worth=worth,
        candidates=candidates,
        sessions=budget.sessions,
        micro=budget.micro,
        most=budget.exercises,
    )
    scale = IntegerObjective.of(problem)
    solution = _best_first(problem, solve(problem, scale=scale))
    selected = tuple(_chosen(pick, ordered) for pick in solution.picks)
    return Selection(
        selected=selected,
        rejected=tuple(refusals(scale, solution, ordered)),
        repeats=tuple(_repeats(problem, solution, selected)),
        points=solution.points,
        bound=solution.bound,
    )


def _best_first(problem: Problem, solution: Solution) -> Solution:
    """The picks in the order of what each would be worth by itself, its half for the kind too."""

    def alone(pick: Pick) -> int:
        candidate = problem.candidates[pick.candidate]
        covered = sum([problem.worth[place] * part for place, part in candidate.shares])
        dose_eighths = candidate.versions[pick.version].dose_eighths
        favour = WHOLE_DOSE * candidate.favour + dose_eighths * candidate.growing
        return 3 * covered * dose_eighths + 2 * _SIXTEENTHS * favour

    return evolve(solution, picks=tuple(sorted(solution.picks, key=alone, reverse=True)))


def _chosen(pick: Pick, offers: Sequence[Offer]) -> SelectedOffer:
    offer = offers[pick.candidate]
    items = offer.prescriptions[pick.version]
    beside = None if pick.beside is None else offers[pick.beside]
    return SelectedOffer(offer, items, pick.session, beside)


def _repeats(
    problem: Problem, solution: Solution, selected: Sequence[SelectedOffer]
) -> Iterable[SelectedOffer]:
    """Exercises that are done several times a day, once more in each session with room.

    What is in a micro-session comes again in others, and not in longer ones.
    """
    used = problem.seconds_by_session(solution.picks)
    left = [room - taken for room, taken in zip(problem.sessions, used, strict=True)]
    longer = len(left) - problem.micro
    claimed = [
        {
            claim
            for pick in solution.picks
            if pick.session == session
            for claim in problem.candidates[pick.candidate].session_claims
        }
        for session in range(len(left))
    ]
    for session in range(len(left)):
        for pick, one in zip(solution.picks, selected, strict=True):
            candidate = problem.candidates[pick.candidate]
            seconds = candidate.versions[pick.version].seconds
            most = one.items[0].exercise.dose.times_a_day.high
            if session <= pick.session or session - pick.session >= most:
                continue
            if pick.session < longer <= session:
                continue
            if seconds <= left[session] and candidate.session_claims.isdisjoint(claimed[session]):
                left[session] -= seconds
                claimed[session] |= candidate.session_claims
                yield SelectedOffer(one.offer, one.items, session)
