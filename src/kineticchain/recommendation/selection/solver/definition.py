"""The value and the constraints of a selection, computed as `problem` defines them.

The search computes both faster; tests compare it with these functions.
"""

from collections.abc import Sequence
from fractions import Fraction

from kineticchain.recommendation.selection.solver.problem import PRICE, WHOLE_DOSE, Problem
from kineticchain.recommendation.selection.solver.solution import Pick


def value(problem: Problem, picks: Sequence[Pick]) -> Fraction:
    """Return the value F of some picks in points, by definition."""
    still_open = [Fraction(worth) for worth in problem.worth]
    best_of_kind: dict[str, Fraction] = {}
    total = Fraction(0)
    for pick in picks:
        candidate = problem.candidates[pick.candidate]
        version = candidate.versions[pick.version]
        dose = Fraction(version.dose_eighths, WHOLE_DOSE)
        alone = Fraction(0)
        for place, sixteenths in candidate.shares:
            share = Fraction(sixteenths, 16) * dose
            alone += problem.worth[place] * share
            total += still_open[place] * share
            still_open[place] *= 1 - share
        best_of_kind[candidate.kind] = max(best_of_kind.get(candidate.kind, alone), alone)
        total += candidate.favour + candidate.growing * dose - PRICE
        total -= 0 if version.has_growth_time else candidate.no_growth_cost
        total -= candidate.cut if version.is_cut else 0
    return total + sum(best_of_kind.values(), Fraction(0)) / 2


def is_allowed(problem: Problem, picks: Sequence[Pick]) -> bool:
    """Return whether picks meet all constraints, by definition.

    The sessions of a dose are either all micro-sessions or none is. A dose that is spread over
    several is not paired.
    """
    by_candidate = {pick.candidate: pick for pick in picks}
    primaries = [pick.beside for pick in picks if pick.beside is not None]
    if (
        len(by_candidate) < len(picks)
        or len(picks) > problem.most
        or len(set(primaries)) < len(primaries)
    ):
        return False
    claimed: set[tuple[int | None, str]] = set()
    for pick in picks:
        candidate = problem.candidates[pick.candidate]
        claims: list[tuple[int | None, str]] = [(None, claim) for claim in candidate.claims]
        claims += [
            (cell, claim)
            for cell in problem.cells_of_pick(pick)
            for claim in candidate.session_claims
        ]
        if not claimed.isdisjoint(claims):
            return False
        claimed.update(claims)
        version = candidate.versions[pick.version]
        alike = {problem.is_micro(session) for session in pick.sessions}
        if len(set(pick.sessions)) != version.sessions or len(alike) > 1:
            return False
        if pick.group not in problem.groups_of(pick.candidate, pick.session):
            return False
        if pick.beside is not None and (
            pick.beside not in candidate.beside
            or pick.beside not in by_candidate
            or by_candidate[pick.beside].sessions != (pick.session,)
            or by_candidate[pick.beside].group != pick.group
            or by_candidate[pick.beside].beside is not None
            or version.sessions > 1
        ):
            return False
    used = problem.seconds_by_cell(picks)
    return all(seconds <= most for seconds, most in zip(used, problem.cell_seconds, strict=True))
