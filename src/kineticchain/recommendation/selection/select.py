"""The choice made: offers taken into sessions, those refused, and why."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property

from attrs import evolve, field, frozen

from kineticchain.domain.evidence import Conflict
from kineticchain.recommendation.assessment.targets import Targets
from kineticchain.recommendation.selection.bonuses import SelectionBonus
from kineticchain.recommendation.selection.candidates import candidates_of, suits_micro_sessions
from kineticchain.recommendation.selection.offer import Offer
from kineticchain.recommendation.selection.rejection import Rejection, RejectionExplainer
from kineticchain.recommendation.selection.repeats import repeats_of
from kineticchain.recommendation.selection.selected_offer import SelectedOffer
from kineticchain.recommendation.selection.session_budget import SessionBudget
from kineticchain.recommendation.selection.solver.branch_and_bound import solve
from kineticchain.recommendation.selection.solver.objective import IntegerObjective
from kineticchain.recommendation.selection.solver.problem import WHOLE_DOSE, Pick, Problem, Solution
from kineticchain.rules import Decision

_SIXTEENTHS = 16
"""Shares of places are told in them."""


@frozen(kw_only=True)
class Selection:
    """The selected offers, best first.

    Attributes:
        selected: The selected offers.
        repeats: Selected offers again, in later sessions of the day, where an exercise is to be
            done more often.
        points: The value of the selection.
        bound: No selection is worth more.
        rejections: Explains why the other offers were not selected; None without offers.
    """

    selected: tuple[SelectedOffer, ...] = ()
    repeats: tuple[SelectedOffer, ...] = ()
    points: Fraction = field(default=Fraction(0))
    bound: Fraction = field(default=Fraction(0))
    rejections: RejectionExplainer | None = field(default=None, eq=False, repr=False)

    @cached_property
    def rejected(self) -> tuple[Rejection, ...]:
        """The rejections of all other offers."""
        return () if self.rejections is None else tuple(self.rejections.all())

    @property
    def exercises_used_up(self) -> int | None:
        """The most exercises, where an offer was rejected for their number alone; else None."""
        if self.rejections is None or not self.rejections.is_full:
            return None
        return self.rejections.problem.most if self.rejections.outranks_some else None


def select(
    ordered: Sequence[Offer], problem: Problem, times: Mapping[str, int] | None = None
) -> Selection:
    """Select the best offers that fit, by the objective that `problem` defines.

    Args:
        ordered: The offers, in the order of the candidates.
        problem: The optimisation problem of these offers; see `problem_of`.
        times: How often ladders were done on their last day, which limits further rounds in a
            session that has time left; None for no further rounds.
    """
    objective = IntegerObjective.of(problem)
    solution = _best_first(problem, solve(problem, scale=objective))
    picks = tuple(_gathered(pick, ordered, problem) for pick in solution.picks)
    solution = evolve(solution, picks=_joined(picks, problem))
    selected = tuple(_selected(pick, ordered) for pick in solution.picks)
    return Selection(
        selected=selected,
        repeats=tuple(repeats_of(problem, solution, selected, times)),
        points=solution.points,
        bound=solution.bound,
        rejections=RejectionExplainer(objective, solution.picks, ordered),
    )


def problem_of(
    offers: Iterable[Offer],
    targets: Targets,
    decision: Decision,
    conflicts: Iterable[Conflict],
    budget: SessionBudget,
    bonus: SelectionBonus,
) -> tuple[list[Offer], Problem]:
    """Return the offers in order, and the optimisation problem with a candidate for each.

    Args:
        offers: The offers, in any order.
        targets: The targets, with what each region is worth.
        decision: The decision, with preferences and requirements.
        conflicts: Conflicts that leave room for one exercise a session.
        budget: The time of each session and the most exercises.
        bonus: Points for what is continued, substitutes and what the person prefers.
    """
    ordered = sorted(offers, key=lambda offer: offer.key)
    worth, candidates = candidates_of(ordered, targets, decision, conflicts, bonus, budget)
    if budget.micro:
        candidates = tuple(
            evolve(candidate, micro_first=suits_micro_sessions(offer, budget.days, budget.often))
            for candidate, offer in zip(candidates, ordered, strict=True)
        )
    problem = Problem(
        worth=worth,
        candidates=candidates,
        sessions=budget.sessions,
        micro=budget.micro,
        most=budget.exercises,
        groups=(len(budget.groups[False]) or 1, len(budget.groups[True]) or 1),
    )
    return ordered, problem


def selection_of(picks: Iterable[Pick], ordered: Sequence[Offer], problem: Problem) -> Selection:
    """Return the selection that a plan holds, to explain it: without repeats and points."""
    solution = _best_first(
        problem, Solution(picks=tuple(picks), points=Fraction(0), bound=Fraction(0))
    )
    return Selection(
        selected=tuple(_selected(pick, ordered) for pick in solution.picks),
        rejections=RejectionExplainer(IntegerObjective.of(problem), solution.picks, ordered),
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


def _gathered(pick: Pick, offers: Sequence[Offer], problem: Problem) -> Pick:
    """Return a pick in its first session alone, where the dose fits there before it grows."""
    version = problem.candidates[pick.candidate].versions[pick.version]
    whole = sum(item.seconds for item in offers[pick.candidate].doses[pick.version])
    return evolve(pick, further=()) if whole <= version.seconds else pick


def _joined(picks: Sequence[Pick], problem: Problem) -> tuple[Pick, ...]:
    """Return picks on all days where each day has time for all of a session: it is simpler.

    In any other session each pick that one group of days can hold is on the days of one group.
    """
    on_all_days = [evolve(pick, group=None) for pick in picks]
    used = problem.seconds_by_cell(on_all_days)
    joined = set()
    for session, room in enumerate(problem.sessions):
        claims = [
            claim
            for pick in picks
            if session in pick.sessions
            for claim in problem.candidates[pick.candidate].session_claims
        ]
        fits = all(used[cell] <= room for cell in problem.cells[session])
        if fits and len(set(claims)) == len(claims):
            joined.add(session)
    paired = {number for pick in picks if pick.beside is not None for number in _pair(pick)}
    return tuple(
        simple
        if joined.issuperset(pick.sessions)
        else pick
        if pick.group is not None or pick.candidate in paired
        else evolve(pick, group=_first_group(pick, problem))
        for pick, simple in zip(picks, on_all_days, strict=True)
    )


def _pair(pick: Pick) -> tuple[int, ...]:
    return (pick.candidate,) if pick.beside is None else (pick.candidate, pick.beside)


def _first_group(pick: Pick, problem: Problem) -> int | None:
    """Return the first group of days that can hold all days of a pick; None without one."""
    groups = problem.groups_of(pick.candidate, pick.session)
    return next((group for group in groups if group is not None), None)


def _selected(pick: Pick, offers: Sequence[Offer]) -> SelectedOffer:
    offer = offers[pick.candidate]
    beside = None if pick.beside is None else offers[pick.beside]
    items = offer.doses[pick.version]
    return SelectedOffer(offer, items, pick.session, beside, pick.further, pick.group)
