"""The objective in scaled integers, computed incrementally as candidates are added.

The scale is a power of two chosen so that every product of shares is exact: a share is a multiple
of 1/16 and a dose a multiple of 1/8, so each candidate that is taken needs 7 more binary digits
behind the point.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from attrs import frozen

from kineticchain.recommendation.selection.solver.problem import PRICE, WHOLE_DOSE, Problem, Version
from kineticchain.recommendation.selection.solver.solution import Pick
from kineticchain.recommendation.selection.solver.upper_bounds import Scored

_BITS = 7
"""The binary digits of a share of a dose: 4 for sixteenths of a region, 3 for eighths of a dose."""


@frozen
class ObjectiveState:
    """The value of a selection, and the state against which further candidates are valued.

    Attributes:
        value: The scaled value.
        still_open: For each place its scaled worth that is not covered yet.
        best_of_kind: For each kind the largest scaled value that one of its candidates covers
            alone.
    """

    value: int
    still_open: Sequence[int]
    best_of_kind: Sequence[int]


class _Worth(NamedTuple):
    """The constants of one candidate, scaled.

    Attributes:
        shares: Its shares of places, in sixteenths.
        kind: The number of its kind.
        alone: The value that it covers as the only candidate.
        extra: Its further points at the whole dose with growth time, less the price of an exercise.
        growing: The part of `extra` that a smaller dose reduces in proportion.
        no_growth_cost: The points that a version without time to grow costs.
        cut: The points that a cut version costs.
    """

    shares: tuple[tuple[int, int], ...]
    kind: int
    alone: int
    extra: int
    growing: int
    no_growth_cost: int
    cut: int


@frozen
class IntegerObjective:
    """The objective of a problem in scaled integers, without rounding.

    Attributes:
        problem: The problem.
        bits: The scale: a point is ``1 << bits``.
        nothing: The state of the empty selection.
        worth: The constants of each candidate.
    """

    problem: Problem
    bits: int
    nothing: ObjectiveState
    worth: tuple[_Worth, ...]

    @classmethod
    def of(cls, problem: Problem) -> "IntegerObjective":
        """Return the integer objective of a problem."""
        # Reserve `_BITS` binary digits for each candidate that can be taken and for the one that is
        # evaluated next. Reserve one more digit, because the best of each kind counts half.
        bits = _BITS * (problem.max_items_that_fit + 1) + 1
        places = [points << bits for points in problem.worth]
        kinds: dict[str, int] = {}
        worth = [
            _Worth(
                candidate.shares,
                kinds.setdefault(candidate.kind, len(kinds)),
                sum([places[place] * part for place, part in candidate.shares]) >> 4,
                (candidate.favour + candidate.growing - PRICE) << bits,
                candidate.growing << bits,
                candidate.no_growth_cost << bits,
                candidate.cut << bits,
            )
            for candidate in problem.candidates
        ]
        return cls(problem, bits, ObjectiveState(0, places, [0] * len(kinds)), tuple(worth))

    def weighed(self, tally: ObjectiveState, bounds: Iterable[Scored]) -> list[Scored]:
        """Return the negated gain of each candidate with its number.

        The gain is that of the whole dose in a version that has time to grow.

        Args:
            tally: The state of the selection.
            bounds: The candidates; their bounds are not used.
        """
        still_open, kinds, worth = tally.still_open, tally.best_of_kind, self.worth
        scored = []
        for _, number in bounds:
            shares, kind, alone, extra, *_ = worth[number]
            covered = 0
            for place, part in shares:
                covered += still_open[place] * part
            better = alone - kinds[kind]
            if better > 0:
                extra += better >> 1
            scored.append((-extra - (covered >> 4), number))
        return scored

    def gain(self, tally: ObjectiveState, number: int, version: Version) -> int:
        """Return the scaled gain of a candidate in one version.

        Args:
            tally: The state of the selection.
            number: The candidate.
            version: The version.
        """
        shares, kind, alone, extra, growing, no_growth_cost, cut = self.worth[number]
        dose_eighths = version.dose_eighths
        extra -= growing * (WHOLE_DOSE - dose_eighths) >> 3
        if not version.has_growth_time:
            extra -= no_growth_cost
        if version.is_cut:
            extra -= cut
        covered = sum([tally.still_open[place] * part for place, part in shares])
        better = (alone * dose_eighths >> 3) - tally.best_of_kind[kind]
        bonus = better >> 1 if better > 0 else 0
        return (covered * dose_eighths >> _BITS) + bonus + extra

    def taken(
        self, tally: ObjectiveState, number: int, version: Version, value: int | None = None
    ) -> ObjectiveState:
        """Return the state with one more candidate.

        Args:
            tally: The state of the selection.
            number: The candidate.
            version: Its version.
            value: The scaled value of the new selection; None to compute it.
        """
        shares, kind, alone, *_ = self.worth[number]
        dose_eighths = version.dose_eighths
        still_open = [*tally.still_open]
        for place, part in shares:
            still_open[place] -= still_open[place] * part * dose_eighths >> _BITS
        covered = alone * dose_eighths >> 3
        kinds = tally.best_of_kind
        if covered > kinds[kind]:
            kinds = [*kinds]
            kinds[kind] = covered
        if value is None:
            value = tally.value + self.gain(tally, number, version)
        return ObjectiveState(value, still_open, kinds)

    def tally(self, picks: Iterable[Pick]) -> ObjectiveState:
        """Return the state of a selection."""
        state = self.nothing
        for pick in picks:
            version = self.problem.candidates[pick.candidate].versions[pick.version]
            state = self.taken(state, pick.candidate, version)
        return state

    def points(self, value: int) -> Fraction:
        """Return a scaled value in points."""
        return Fraction(value, 1 << self.bits)
