"""The value of a choice as it grows, in whole numbers: every share of a share is exact."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from attrs import frozen

from kineticchain.quick_init import quick_init
from kineticchain.recommendation.selection.problem import PRICE, WHOLE_DOSE, Pick, Problem
from kineticchain.recommendation.selection.upper_bounds import Scored

_BITS = 7
"""A share is so many halvings at the finest: sixteenths of a region, eighths of a dose."""


@quick_init
@frozen
class ObjectiveState:
    """What a choice is worth so far, and what it leaves open of each place and kind."""

    value: int
    still_open: Sequence[int]
    best_of_kind: Sequence[int]


class _Worth(NamedTuple):
    """Shares of places, the number of the kind, what it covers `alone`, and what is `extra`.

    With a smaller dose only a share of the points in `extra` for what is `growing` counts.
    """

    shares: tuple[tuple[int, int], ...]
    kind: int
    alone: int
    extra: int
    growing: int


@frozen
class IntegerObjective:
    """How values are scaled, so that as many as can be taken, and one more, need no rounding."""

    problem: Problem
    bits: int
    nothing: ObjectiveState
    worth: tuple[_Worth, ...]

    @classmethod
    def of(cls, problem: Problem) -> "IntegerObjective":
        """The scale of a problem."""
        bits = _BITS * (problem.most_that_fit + 1) + 1
        places = [one << bits for one in problem.worth]
        kinds: dict[str, int] = {}
        worth = [
            _Worth(
                one.shares,
                kinds.setdefault(one.kind, len(kinds)),
                sum([places[place] * part for place, part in one.shares]) >> 4,
                (one.favour + one.growing - PRICE) << bits,
                one.growing << bits,
            )
            for one in problem.candidates
        ]
        return cls(problem, bits, ObjectiveState(0, places, [0] * len(kinds)), tuple(worth))

    def weighed(self, tally: ObjectiveState, bounds: Iterable[Scored]) -> list[Scored]:
        """For candidates with bounds what each would add in its largest version."""
        still_open, kinds, worth = tally.still_open, tally.best_of_kind, self.worth
        found = []
        for _, number in bounds:
            shares, kind, alone, extra, _ = worth[number]
            covered = 0
            for place, part in shares:
                covered += still_open[place] * part
            more = alone - kinds[kind]
            if more > 0:
                extra += more >> 1
            found.append((-extra - (covered >> 4), number))
        return found

    def gain(self, tally: ObjectiveState, number: int, dose_eighths: int) -> int:
        """What a candidate would add in a version."""
        shares, kind, alone, extra, growing = self.worth[number]
        extra -= growing * (WHOLE_DOSE - dose_eighths) >> 3
        covered = sum([tally.still_open[place] * part for place, part in shares])
        more = (alone * dose_eighths >> 3) - tally.best_of_kind[kind]
        bonus = more >> 1 if more > 0 else 0
        return (covered * dose_eighths >> _BITS) + bonus + extra

    def taken(
        self, tally: ObjectiveState, number: int, dose_eighths: int, value: int | None = None
    ) -> ObjectiveState:
        """The tally with one more candidate, in a version; `value` is the new one if known."""
        shares, kind, alone, _, _ = self.worth[number]
        still_open = [*tally.still_open]
        for place, part in shares:
            still_open[place] -= still_open[place] * part * dose_eighths >> _BITS
        covered = alone * dose_eighths >> 3
        kinds = tally.best_of_kind
        if covered > kinds[kind]:
            kinds = [*kinds]
            kinds[kind] = covered
        if value is None:
            value = tally.value + self.gain(tally, number, dose_eighths)
        return ObjectiveState(value, still_open, kinds)

    def tally(self, picks: Iterable[Pick]) -> ObjectiveState:
        """The tally of picks."""
        found = self.nothing
        for pick in picks:
            how = self.problem.candidates[pick.candidate].versions[pick.version]
            found = self.taken(found, pick.candidate, how.dose_eighths)
        return found

    def points(self, value: int) -> Fraction:
        """A value in points."""
        return Fraction(value, 1 << self.bits)
