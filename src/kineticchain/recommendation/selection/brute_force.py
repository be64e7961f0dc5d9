"""The best choice by trying every one: plain, slow, and what the search is held against."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, product

from kineticchain.recommendation.selection.problem import Pick, Problem, is_allowed, value


def best_of_all(problem: Problem) -> Fraction:
    """The value of the best picks that keep all bounds."""
    worth = (value(problem, picks) for picks in all_picks(problem) if is_allowed(problem, picks))
    return max(worth, default=Fraction(0))


def all_picks(problem: Problem) -> Iterator[tuple[Pick, ...]]:
    """Every set of candidates in every version, session and company, allowed or not."""
    for count in range(min(problem.most, len(problem.candidates)) + 1):
        for selected in combinations(range(len(problem.candidates)), count):
            ways = [
                [
                    Pick(one, version, session, beside)
                    for version in range(len(problem.candidates[one].versions))
                    for session in range(len(problem.sessions))
                    for beside in (None, *sorted(problem.candidates[one].beside & set(selected)))
                ]
                for one in selected
            ]
            yield from product(*ways)
