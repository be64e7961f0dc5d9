"""The value of a choice as it grows, in whole numbers: every share of a share is exact."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction

from attrs import frozen

from kineticchain.quick_init import quick_init
from kineticchain.recommendation.choice.problem import PRICE, Candidate, Pick, Problem

_BITS = 7
"""A share is so many halvings at the finest: sixteenths of a region, eighths of a dose."""


@quick_init
@frozen
class Tally:
    """What a choice is worth so far, and what it leaves open of each place and kind."""

    value: int
    still_open: Sequence[int]
    best_of_kind: Mapping[str, int]


@frozen
class Scale:
    """How values are scaled, so that `most` candidates can be taken without rounding.

    `alone` is what each candidate covers by itself, and `extra` what it counts besides.
    """

    candidates: tuple[Candidate, ...]
    bits: int
    nothing: Tally
    alone: tuple[int, ...]
    extra: tuple[int, ...]

    @classmethod
    def of(cls, problem: Problem, most: int) -> "Scale":
        """The scale for choices of up to `most` candidates."""
        bits = _BITS * most + 1
        worth = [one << bits for one in problem.worth]
        return cls(
            candidates=problem.candidates,
            bits=bits,
            nothing=Tally(0, worth, {}),
            alone=tuple(
                sum([worth[place] * part for place, part in one.shares]) >> 4
                for one in problem.candidates
            ),
            extra=tuple((one.favour - PRICE) << bits for one in problem.candidates),
        )

    def weigher(self, tally: Tally) -> Callable[[int], int]:
        """What tells how much a candidate would add in its largest version."""
        still_open, kinds = tally.still_open, tally.best_of_kind
        candidates, alone, extra = self.candidates, self.alone, self.extra

        def gain(number: int) -> int:
            candidate = candidates[number]
            covered = 0
            for place, part in candidate.shares:
                covered += still_open[place] * part
            more = alone[number] - kinds.get(candidate.kind, 0)
            return (covered >> 4) + extra[number] + (more >> 1 if more > 0 else 0)

        return gain

    def gain(self, tally: Tally, number: int, eighths: int) -> int:
        """What a candidate would add in a version."""
        candidate = self.candidates[number]
        covered = sum([tally.still_open[place] * part for place, part in candidate.shares])
        more = (self.alone[number] * eighths >> 3) - tally.best_of_kind.get(candidate.kind, 0)
        bonus = more >> 1 if more > 0 else 0
        return (covered * eighths >> _BITS) + bonus + self.extra[number]

    def taken(self, tally: Tally, number: int, eighths: int, value: int | None = None) -> Tally:
        """The tally with one more candidate, in a version; `value` is the new one if known."""
        candidate = self.candidates[number]
        still_open = list(tally.still_open)
        for place, part in candidate.shares:
            still_open[place] -= still_open[place] * part * eighths >> _BITS
        alone = self.alone[number] * eighths >> 3
        kinds = tally.best_of_kind
        if alone > kinds.get(candidate.kind, 0):
            kinds = {**kinds, candidate.kind: alone}
        if value is None:
            value = tally.value + self.gain(tally, number, eighths)
        return Tally(value, still_open, kinds)

    def tally(self, picks: Iterable[Pick]) -> Tally:
        """The tally of picks."""
        found = self.nothing
        for pick in picks:
            how = self.candidates[pick.candidate].versions[pick.version]
            found = self.taken(found, pick.candidate, how.eighths)
        return found

    def points(self, value: int) -> Fraction:
        """A value in points."""
        return Fraction(value, 1 << self.bits)
