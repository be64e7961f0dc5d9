"""The choice as a problem of its own: candidates, what each is worth, and what bounds them.

The value of a set of candidates, in points:

    F(S) = Σᵣ wᵣ · (1 − Πᵢ (1 − aᵢᵣ)) + ½ · Σₖ max vᵢ + Σᵢ (fᵢ + dᵢ · gᵢ − 2)

over places r, kinds k and the chosen i. Of what a place is worth, wᵣ, each candidate covers its
share aᵢᵣ, a half at most, of what the others have left open. vᵢ is what it covers by itself: the
best of each kind counts half as much again, so that kinds are in balance. fᵢ are points that it
has at any dose: it is kept up, or wished for. gᵢ are those that rules favour it by, and such as are
given for what is begun, which does not grow before its whole dose is done: of a smaller dose its
share dᵢ counts, on which aᵢᵣ depends too. 2 points are the price of one more exercise.
"""

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import accumulate

from attrs import field, frozen

from kineticchain.errors import Fault, InvalidInput
from kineticchain.quick_init import quick_init

SIXTEENTHS = {1: 1, 2: 2, 3: 4, 4: 6, 5: 8}
"""The share that an exercise covers of a region, by its weight for it."""

WHOLE_DOSE = 8
"""The dose of a version is told in eighths of the value of the whole dose."""

MAX_TAKEN = 100
"""So many candidates can be taken at most: nobody does more exercises."""

PRICE = 2
"""Points that one more exercise must be worth."""


@frozen
class Version:
    """A way to do a candidate: its seconds, and the eighths of its value that remain."""

    seconds: int
    dose_eighths: int = WHOLE_DOSE


@quick_init
@frozen(kw_only=True)
class Candidate:
    """What may be chosen once, in one of its versions, the largest first.

    `shares` are sixteenths by place. Of `claims` each is made by one candidate of a choice at
    most, of `session_claims` by one in a session. `beside` are candidates that it may be done
    at the same time as: only what it takes longer then counts. Of sessions with room it takes a
    micro-session first where `micro_first` says so.
    """

    key: str
    shares: tuple[tuple[int, int], ...]
    kind: str
    favour: int = 0
    growing: int = 0
    versions: tuple[Version, ...]
    claims: frozenset[str] = frozenset()
    session_claims: frozenset[str] = frozenset()
    beside: frozenset[int] = frozenset()
    micro_first: bool = False


@frozen(kw_only=True)
class Problem:
    """Candidates in the order of their keys, the worth of places, and the bounds.

    `sessions` are the seconds of each session of a day, the last `micro` of them those of
    micro-sessions; `most` is how many candidates may be taken at all.
    """

    worth: tuple[int, ...]
    candidates: tuple[Candidate, ...] = field(repr=False)
    sessions: tuple[int, ...]
    micro: int = 0
    most: int

    def __attrs_post_init__(self) -> None:
        """Refuse what is done beside something that is itself done beside another, and too many."""
        if self.most > MAX_TAKEN:
            raise InvalidInput(Fault(f"{self.most} to be taken", ".most", f"at most {MAX_TAKEN}"))
        superset_members = {at for at, one in enumerate(self.candidates) if one.beside}
        if any(one.beside & superset_members for one in self.candidates):
            raise InvalidInput(Fault("done beside what is done beside another", ".candidates"))

    @cached_property
    def shortest(self) -> tuple[int, ...]:
        """The least seconds that each candidate takes; none if it may be done beside another."""
        return tuple(
            [
                0 if one.beside else min([version.seconds for version in one.versions])
                for one in self.candidates
            ]
        )

    @cached_property
    def most_that_fit(self) -> int:
        """No more candidates than so many can be taken."""
        free = sum(self.sessions)
        fitting = sum(1 for total in accumulate(sorted(self.shortest)) if total <= free)
        return min(self.most, fitting)

    @cached_property
    def order(self) -> Mapping[bool, tuple[int, ...]]:
        """In which order sessions are tried, by whether micro-sessions come first."""
        every = tuple(range(len(self.sessions)))
        first = len(every) - self.micro
        return {False: every, True: (*every[first:], *every[:first])}

    def seconds_by_session(self, picks: "Collection[Pick]") -> list[int]:
        """How long each session takes; beside another, only what takes longer counts."""
        taken = [0] * len(self.sessions)
        seconds = {
            one.candidate: self.candidates[one.candidate].versions[one.version].seconds
            for one in picks
        }
        for pick in picks:
            host = 0 if pick.beside is None else seconds[pick.beside]
            taken[pick.session] += max(0, seconds[pick.candidate] - host)
        return taken


@quick_init
@frozen
class Pick:
    """A candidate taken: its version, its session from 0, and what it is done beside."""

    candidate: int
    version: int
    session: int
    beside: int | None = None


@frozen(kw_only=True)
class Solution:
    """The picks, their value, and the most that any picks could be worth."""

    picks: tuple[Pick, ...]
    points: Fraction
    bound: Fraction

    @property
    def is_exact(self) -> bool:
        """Whether nothing better exists."""
        return self.points == self.bound


def value(problem: Problem, picks: Sequence[Pick]) -> Fraction:
    """F of the picks, by its definition."""
    still_open = [Fraction(worth) for worth in problem.worth]
    best_of_kind: dict[str, Fraction] = {}
    total = Fraction(0)
    for pick in picks:
        candidate = problem.candidates[pick.candidate]
        dose = Fraction(candidate.versions[pick.version].dose_eighths, WHOLE_DOSE)
        alone = Fraction(0)
        for place, sixteenths in candidate.shares:
            share = Fraction(sixteenths, 16) * dose
            alone += problem.worth[place] * share
            total += still_open[place] * share
            still_open[place] *= 1 - share
        best_of_kind[candidate.kind] = max(best_of_kind.get(candidate.kind, alone), alone)
        total += candidate.favour + candidate.growing * dose - PRICE
    return total + sum(best_of_kind.values(), Fraction(0)) / 2


def is_allowed(problem: Problem, picks: Sequence[Pick]) -> bool:
    """Whether picks keep all bounds, by their definition."""
    by_candidate = {one.candidate: one for one in picks}
    primaries = [one.beside for one in picks if one.beside is not None]
    if (
        len(by_candidate) < len(picks)
        or len(picks) > problem.most
        or len(set(primaries)) < len(primaries)
    ):
        return False
    claimed: set[tuple[int | None, str]] = set()
    for pick in picks:
        candidate = problem.candidates[pick.candidate]
        claims: list[tuple[int | None, str]] = [(None, one) for one in candidate.claims]
        claims += [(pick.session, one) for one in candidate.session_claims]
        if not claimed.isdisjoint(claims):
            return False
        claimed.update(claims)
        if pick.beside is not None and (
            pick.beside not in candidate.beside
            or pick.beside not in by_candidate
            or by_candidate[pick.beside].session != pick.session
            or by_candidate[pick.beside].beside is not None
        ):
            return False
    taken = problem.seconds_by_session(picks)
    return all(used <= room for used, room in zip(taken, problem.sessions, strict=True))
