"""The best selection by enumeration: the reference that the search is tested against."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, product

from kineticchain.recommendation.selection.solver.definition import is_allowed, value
from kineticchain.recommendation.selection.solver.problem import Problem
from kineticchain.recommendation.selection.solver.solution import Pick


def best_of_all(problem: Problem) -> Fraction:
    """Return the value in points of the best picks that meet all constraints."""
    values = (value(problem, picks) for picks in all_picks(problem) if is_allowed(problem, picks))
    return max(values, default=Fraction(0))


def all_picks(problem: Problem) -> Iterator[tuple[Pick, ...]]:
    """Yield every set of candidates in every version, session and pairing, allowed or not."""
    for count in range(min(problem.most, len(problem.candidates)) + 1):
        for selected in combinations(range(len(problem.candidates)), count):
            options = [
                [
                    Pick(number, index, sessions[0], beside, sessions[1:], group)
                    for index, version in enumerate(problem.candidates[number].versions)
                    for sessions in combinations(range(len(problem.sessions)), version.sessions)
                    for group in problem.groups_of(number, sessions[0])
                    for beside in (None, *sorted(problem.candidates[number].beside & set(selected)))
                ]
                for number in selected
            ]
            yield from product(*options)
