"""The selection of a plan: the selected offers in their sessions, and the rejected offers."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property

from attrs import evolve, field, frozen

from kineticchain.domain.evidence import Conflict
from kineticchain.recommendation.assessment.targets import Targets
from kineticchain.recommendation.selection.bonuses import SelectionBonus
from kineticchain.recommendation.selection.candidates.candidates import (
    candidates_of,
    suits_micro_sessions,
)
from kineticchain.recommendation.selection.offers.offer import Offer
from kineticchain.recommendation.selection.offers.selected_offer import SelectedOffer
from kineticchain.recommendation.selection.rejection import Rejection, RejectionExplainer
from kineticchain.recommendation.selection.repeats import repeats_of
from kineticchain.recommendation.selection.session_budget import SessionBudget
from kineticchain.recommendation.selection.solver.branch_and_bound import solve
from kineticchain.recommendation.selection.solver.objective import IntegerObjective
from kineticchain.recommendation.selection.solver.problem import WHOLE_DOSE, Problem
from kineticchain.recommendation.selection.solver.solution import Pick, Solution
from kineticchain.rules import Decision

_SIXTEENTHS = 16
"""The number of sixteenths in a whole: shares of places are stated in sixteenths."""


@frozen(kw_only=True)
class Selection:
    """The selected offers, best first.

    Attributes:
        selected: The selected offers.
        repeats: The repeats of selected offers, in later sessions of the day and in further rounds
            of the same session.
        points: The value of the selection.
        bound: An upper bound of the value of any selection.
        rejections: Explains why the other offers were not selected; None without offers.
    """

    selected: tuple[SelectedOffer, ...] = ()
    repeats: tuple[SelectedOffer, ...] = ()
    points: Fraction = field(default=Fraction(0))
    bound: Fraction = field(default=Fraction(0))
    rejections: RejectionExplainer | None = field(default=None, eq=False, repr=False)

    @cached_property
    def rejected(self) -> tuple[Rejection, ...]:
        """The rejections of all offers that were not selected."""
        return () if self.rejections is None else tuple(self.rejections.all())

    @property
    def exercises_used_up(self) -> int | None:
        """The limit of exercises, if an offer was rejected for this limit alone; else None."""
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
        times: For each recently trained ladder, how many times it was done on its last training
            day. Further rounds in a session with time left do not exceed this number. A ladder
            without an entry has no such limit. None means no further rounds.
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
        conflicts: Conflicts of evidence that allow only one of their exercises in a session.
        budget: The time of each session and the most exercises.
        bonus: Points for continued ladders, for substitutes and for preferred exercises.
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
    """Return the selection of an existing plan for explanations, without repeats and points."""
    solution = _best_first(
        problem, Solution(picks=tuple(picks), points=Fraction(0), bound=Fraction(0))
    )
    return Selection(
        selected=tuple(_selected(pick, ordered) for pick in solution.picks),
        rejections=RejectionExplainer(IntegerObjective.of(problem), solution.picks, ordered),
    )


def _best_first(problem: Problem, solution: Solution) -> Solution:
    """Return the solution with its picks in descending order of their value alone.

    The value alone includes the half that the best exercise of each kind counts extra.
    """

    def alone(pick: Pick) -> int:
        candidate = problem.candidates[pick.candidate]
        covered = sum([problem.worth[place] * part for place, part in candidate.shares])
        dose_eighths = candidate.versions[pick.version].dose_eighths
        favour = WHOLE_DOSE * candidate.favour + dose_eighths * candidate.growing
        return 3 * covered * dose_eighths + 2 * _SIXTEENTHS * favour

    return evolve(solution, picks=tuple(sorted(solution.picks, key=alone, reverse=True)))


def _gathered(pick: Pick, offers: Sequence[Offer], problem: Problem) -> Pick:
    """Return a pick in its first session alone, if the dose without growth fits there."""
    version = problem.candidates[pick.candidate].versions[pick.version]
    whole_seconds = sum(item.seconds for item in offers[pick.candidate].doses[pick.version])
    return evolve(pick, further=()) if whole_seconds <= version.seconds else pick


def _joined(picks: Sequence[Pick], problem: Problem) -> tuple[Pick, ...]:
    """Return the picks on all days, if each day has time for all picks of their sessions.

    A session with the same picks on all days is simpler. In any other session, a pick whose days
    fit into one group of days is on the days of that group.
    """
    on_all_days = [evolve(pick, group=None) for pick in picks]
    used = problem.seconds_by_cell(on_all_days)
    sessions_on_all_days = set()
    for session, seconds in enumerate(problem.sessions):
        claims = [
            claim
            for pick in picks
            if session in pick.sessions
            for claim in problem.candidates[pick.candidate].session_claims
        ]
        fits = all(used[cell] <= seconds for cell in problem.cells[session])
        if fits and len(set(claims)) == len(claims):
            sessions_on_all_days.add(session)
    paired = {number for pick in picks if pick.beside is not None for number in _pair(pick)}
    return tuple(
        pick_on_all_days
        if sessions_on_all_days.issuperset(pick.sessions)
        else pick
        if pick.group is not None or pick.candidate in paired
        else evolve(pick, group=_first_group(pick, problem))
        for pick, pick_on_all_days in zip(picks, on_all_days, strict=True)
    )


def _pair(pick: Pick) -> tuple[int, ...]:
    return (pick.candidate,) if pick.beside is None else (pick.candidate, pick.beside)


def _first_group(pick: Pick, problem: Problem) -> int | None:
    """Return the first group of days that can contain all days of a pick; None without one."""
    groups = problem.groups_of(pick.candidate, pick.session)
    return next((group for group in groups if group is not None), None)


def _selected(pick: Pick, offers: Sequence[Offer]) -> SelectedOffer:
    offer = offers[pick.candidate]
    beside = None if pick.beside is None else offers[pick.beside]
    items = offer.doses[pick.version]
    return SelectedOffer(offer, items, pick.session, beside, pick.further, pick.group)
