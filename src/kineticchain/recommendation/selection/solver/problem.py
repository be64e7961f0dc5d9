"""The selection as an optimisation problem: candidates, their value, and the constraints.

The value of a set of candidates, in points:

    F(S) = Σᵣ wᵣ · (1 − Πᵢ (1 − aᵢᵣ)) + ½ · Σₖ max vᵢ + Σᵢ (fᵢ + dᵢ · gᵢ − hᵢ − cᵢ − 2)

over places r, kinds k and the selected candidates i:

- wᵣ is the worth of a place. Each candidate covers its share aᵢᵣ, at most a half, of what the other
  candidates leave open.
- vᵢ is what a candidate covers alone. The best of each kind counts half as much again, which
  balances the kinds.
- fᵢ are points at any dose, for an exercise that continues, is maintained, opens the next step, or
  is preferred.
- gᵢ are points at the whole dose, from rules and for exercises that were begun before the last
  cycle. Such an exercise progresses only after its whole dose is done.
- hᵢ are the points that a version costs that leaves the dose no time to grow.
- cᵢ are the points that a cut version costs.
- dᵢ is the dose as a share of the whole dose. It scales gᵢ and aᵢᵣ.
- 2 points are the price of each exercise.

Each session of a day has a cell for each group of its days. An exercise on few days a week takes
time in the cell of one group, any other exercise in the cells of all groups.
"""

from collections.abc import Collection, Mapping
from functools import cached_property
from itertools import accumulate

from attrs import field, frozen

from kineticchain.errors import Fault, InvalidInput
from kineticchain.recommendation.selection.solver.solution import Pick

SIXTEENTHS = {1: 1, 2: 2, 3: 4, 4: 6, 5: 8}
"""The share of a region that an exercise covers, in sixteenths, by its weight for the region."""

WHOLE_DOSE = 8
"""The whole dose, in the unit of doses: eighths."""

MAX_TAKEN = 100
"""The most candidates that a problem may allow to be taken."""

PRICE = 2
"""The points that each exercise costs."""


@frozen
class Version:
    """A dose of a candidate.

    Attributes:
        seconds: The duration in each session, with time for growth if it has such time.
        dose_eighths: The dose of the day in eighths of the whole dose.
        sessions: The number of sessions of a day over which the dose is spread.
        has_growth_time: True if the dose can grow within the duration, or does not grow.
        is_cut: True if the dose is too small, which costs the `cut` of the candidate.
    """

    seconds: int
    dose_eighths: int = WHOLE_DOSE
    sessions: int = 1
    has_growth_time: bool = True
    is_cut: bool = False

    @property
    def seconds_a_day(self) -> int:
        """The duration in all sessions together."""
        return self.seconds * self.sessions


@frozen(kw_only=True)
class Candidate:
    """An exercise, or a pair for both sides, that can be selected once.

    Attributes:
        key: The ids of its exercises, which order the candidates.
        shares: The places that it covers, each with its share in sixteenths.
        kind: The kind of exercise.
        favour: Points at any dose.
        growing: Points at the whole dose; a smaller dose has its share of them.
        no_growth_cost: Points that a version without time to grow costs.
        cut: Points that a cut version costs.
        versions: Its doses, the largest first; at the whole dose, the version with growth time is
            first.
        claims: Claims that at most one candidate of a selection may make.
        session_claims: Claims that at most one candidate in a session may make.
        beside: The candidates that may be its primary, during which it is done. Of such a pair only
            the longer duration counts.
        micro_first: True if micro-sessions are tried before longer sessions.
        groups: The groups of days that hold all its days, for longer sessions and for
            micro-sessions; empty if it needs the days of several groups.
    """

    key: str
    shares: tuple[tuple[int, int], ...]
    kind: str
    favour: int = 0
    growing: int = 0
    no_growth_cost: int = 0
    cut: int = 0
    versions: tuple[Version, ...]
    claims: frozenset[str] = frozenset()
    session_claims: frozenset[str] = frozenset()
    beside: frozenset[int] = frozenset()
    micro_first: bool = False
    groups: tuple[tuple[int, ...], tuple[int, ...]] = ((), ())


@frozen(kw_only=True)
class Problem:
    """A selection problem.

    Attributes:
        worth: The worth of each place, in points.
        candidates: The candidates in the order of their keys.
        sessions: The seconds of each session of a day; micro-sessions come last.
        micro: The number of micro-sessions.
        most: The most candidates that may be taken, up to 100.
        groups: The number of groups of days of longer sessions, and of micro-sessions.
    """

    worth: tuple[int, ...]
    candidates: tuple[Candidate, ...] = field(repr=False)
    sessions: tuple[int, ...]
    micro: int = 0
    most: int
    groups: tuple[int, int] = (1, 1)

    def __attrs_post_init__(self) -> None:
        """Check the limit of candidates, and that no primary may itself be done beside another.

        Raises:
            InvalidInput: One of these constraints is violated.
        """
        if self.most > MAX_TAKEN:
            raise InvalidInput(Fault(f"{self.most} to be taken", ".most", f"at most {MAX_TAKEN}"))
        superset_members = {
            number for number, candidate in enumerate(self.candidates) if candidate.beside
        }
        if any(candidate.beside & superset_members for candidate in self.candidates):
            raise InvalidInput(Fault("done beside what is done beside another", ".candidates"))

    def is_micro(self, session: int) -> bool:
        """Return whether a session is a micro-session."""
        return session >= len(self.sessions) - self.micro

    @cached_property
    def cells(self) -> tuple[tuple[int, ...], ...]:
        """The cells of each session: one for each group of its days, numbered in order."""
        cells: list[tuple[int, ...]] = []
        first = 0
        for session in range(len(self.sessions)):
            count = self.groups[self.is_micro(session)]
            cells.append(tuple(range(first, first + count)))
            first += count
        return tuple(cells)

    @cached_property
    def cell_seconds(self) -> tuple[int, ...]:
        """The seconds of each cell."""
        return tuple(
            [
                seconds
                for seconds, cells in zip(self.sessions, self.cells, strict=True)
                for _ in cells
            ]
        )

    def cells_of(self, session: int, group: int | None) -> tuple[int, ...]:
        """Return the cells of a session in a group of days; in all groups for None."""
        cells = self.cells[session]
        return cells if group is None else cells[group : group + 1]

    def groups_of(self, number: int, session: int) -> tuple[int | None, ...]:
        """Return the groups of days that a candidate may be done in; None for all days.

        A possible primary may also take all days, as the candidates that are done beside it do.
        """
        groups = self.candidates[number].groups[self.is_micro(session)]
        if not groups or len(self.cells[session]) == 1:
            return (None,)
        return (None, *groups) if number in self.primaries else groups

    @cached_property
    def primaries(self) -> frozenset[int]:
        """The possible primaries: candidates that other candidates may be done beside."""
        return frozenset().union(*[candidate.beside for candidate in self.candidates])

    @cached_property
    def alike_groups(self) -> bool:
        """True if the groups of days are interchangeable for every candidate."""
        return all(
            not groups or len(groups) == count
            for candidate in self.candidates
            for groups, count in zip(candidate.groups, self.groups, strict=True)
        )

    @cached_property
    def shortest(self) -> tuple[int, ...]:
        """For each candidate the fewest seconds that it can take in all cells together.

        A candidate that may be done during another one can take no time: 0.
        """
        return tuple(
            [
                min([version.seconds_a_day for version in candidate.versions]) * cells
                for candidate, cells in zip(self.candidates, self.fewest_cells, strict=True)
            ]
        )

    @cached_property
    def fewest_cells(self) -> tuple[int, ...]:
        """For each candidate the fewest cells that it can take in one session.

        These are 0 if it may be done during another candidate, 1 if the days of one group suffice,
        and otherwise the cells of all groups.
        """
        fewest_of_all_groups = min(map(len, self.cells), default=1)
        return tuple(
            [
                0 if candidate.beside else 1 if any(candidate.groups) else fewest_of_all_groups
                for candidate in self.candidates
            ]
        )

    @cached_property
    def max_items_that_fit(self) -> int:
        """An upper bound of the number of candidates that can be taken."""
        free = sum(self.cell_seconds)
        fitting = sum(1 for total in accumulate(sorted(self.shortest)) if total <= free)
        return min(self.most, fitting)

    @cached_property
    def order(self) -> Mapping[bool, tuple[int, ...]]:
        """The order in which sessions are tried; the key is whether micro-sessions come first."""
        sessions = tuple(range(len(self.sessions)))
        first_micro = len(sessions) - self.micro
        return {False: sessions, True: (*sessions[first_micro:], *sessions[:first_micro])}

    def seconds_by_cell(self, picks: Collection[Pick]) -> list[int]:
        """Return the seconds that each cell takes; of a pair the longer duration counts."""
        used = [0] * len(self.cell_seconds)
        seconds = {
            pick.candidate: self.candidates[pick.candidate].versions[pick.version].seconds
            for pick in picks
        }
        for pick in picks:
            primary_seconds = 0 if pick.beside is None else seconds[pick.beside]
            for cell in self.cells_of_pick(pick):
                used[cell] += max(0, seconds[pick.candidate] - primary_seconds)
        return used

    def cells_of_pick(self, pick: Pick) -> tuple[int, ...]:
        """Return the cells that a pick takes, of all its sessions."""
        return tuple(
            [cell for session in pick.sessions for cell in self.cells_of(session, pick.group)]
        )
