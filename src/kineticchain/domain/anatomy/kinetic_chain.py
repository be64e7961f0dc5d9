"""The kinetic chain: paths between regions and their influence.

Influence is measured in thousandths. The influence of a path is the product of the weights of its
links, rounded down after each link. Of several paths between two regions, the path with the most
influence is used; of paths with equal influence, the path with the fewest links. The weight of each
grade is a row of the knowledge, where it is marked as a design choice.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import pairwise

from attrs import frozen

from kineticchain.domain.anatomy.claim import Claim, ClaimKind
from kineticchain.domain.anatomy.link import Link, Story
from kineticchain.domain.anatomy.region import (
    BodyRegion,
    Place,
    Region,
    regions_in_order,
    regions_of,
)
from kineticchain.domain.evidence import Grade
from kineticchain.errors import Fault, InvalidInput, InvalidKnowledge

WHOLE = 1000
"""Full influence, in thousandths."""


@frozen
class Path:
    """A path along the chain.

    Attributes:
        regions: the regions from origin to target, both included.
        influence: the influence of the origin on the target, in thousandths (0 to 1000).
        grade: the weakest grade of the links.

    """

    regions: tuple[Region, ...]
    influence: int
    grade: Grade

    @property
    def links(self) -> int:
        """The number of links."""
        return len(self.regions) - 1

    def __str__(self) -> str:
        """Return the regions, the influence and the grade."""
        regions = " → ".join(self.regions)
        return f"{regions} ({self.influence}/1000, {self.grade})"


@frozen(kw_only=True)
class KineticChain:
    """A graph of regions with graded links.

    Attributes:
        links: the links between neighbouring regions, each in one direction.
        evidence: the claims that the links cite, and claims about distant regions.
        stories: published chains of influence.
        weights: the weight of each grade in thousandths (1 to 999).
        regions: the anatomy of the regions, with their positions in pictures; empty for the
            built-in regions without positions.

    """

    links: tuple[Link, ...]
    evidence: tuple[Claim, ...] = ()
    stories: tuple[Story, ...] = ()
    weights: tuple[tuple[Grade, int], ...]
    regions: tuple[BodyRegion, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Reject duplicate links and weights that are missing or outside 1 to 999 thousandths."""
        faults = [
            Fault(f"the link from `{origin}` to `{target}` is stated twice", where="$.links")
            for origin, target in _duplicates([(link.origin, link.target) for link in self.links])
        ]
        weights = dict(self.weights)
        faults += [
            Fault(f"`{grade}` has no weight from 1 to 999", where="$.weights")
            for grade in Grade
            if not 0 < weights.get(grade, 0) < WHOLE
        ]
        if faults:
            raise InvalidKnowledge(*faults)

    @cached_property
    def all_regions(self) -> tuple[Region, ...]:
        """All regions: the built-in ones from the toes to the neck, then those of packs."""
        return regions_in_order(self.regions)

    def _regions_of(self, place: Place) -> tuple[Region, ...]:
        return regions_of(place, self.all_regions)

    def link(self, origin: Region, target: Region) -> Link | None:
        """Return the link from `origin` to its neighbour `target`, or None if there is none."""
        return self._by_ends.get((origin, target))

    def neighbours(self, place: Place) -> frozenset[Region]:
        """Return the regions that a link in either direction joins to a region or a part.

        Raises:
            UnknownName: For an unknown place, with a likely one.
        """
        place_regions = self._regions_of(place)
        adjacent = frozenset().union(*(self._neighbours[region] for region in place_regions))
        return adjacent.difference(place_regions)

    @cached_property
    def _neighbours(self) -> Mapping[Region, frozenset[Region]]:
        neighbours: dict[Region, set[Region]] = {region: set() for region in self.all_regions}
        for link in self.links:
            neighbours[link.origin].add(link.target)
            neighbours[link.target].add(link.origin)
        return {region: frozenset(adjacent) for region, adjacent in neighbours.items()}

    def within(self, regions: Iterable[Region], links: int) -> frozenset[Region]:
        """Return all regions within a number of links of at least one of the given regions.

        Args:
            regions: the regions to start from; they are part of the result.
            links: the largest distance, in links of either direction.

        """
        reached = frozenset(regions)
        for _ in range(links):
            reached = reached.union(*(self._neighbours[region] for region in reached))
        return reached

    def path(
        self,
        origin: Place,
        target: Place,
        kind: ClaimKind = ClaimKind.TREATMENT_EFFECT,
    ) -> Path | None:
        """Return the path with the most influence of `origin` on `target`.

        Args:
            origin: the influencing region or part. For a part, the path begins at its region with
                the most influence.
            target: the influenced region or part.
            kind: the kind of claim whose grades weigh the links.

        Returns:
            The best path; None if no path exists or both places are the same region.

        Raises:
            UnknownName: for an unknown place, with a likely one.

        """
        paths = [
            self._best(start, end, kind)
            for start in self._regions_of(origin)
            for end in self._regions_of(target)
            if start is not end
        ]
        return next(iter(_strongest_first(paths)), None)

    __call__ = path

    def _best(self, origin: Region, target: Region, kind: ClaimKind) -> Path | None:
        cached = self._cached_paths
        if kind not in cached:
            cached[kind] = {region: self._paths_from(region, kind) for region in self.all_regions}
        return cached[kind][origin].get(target)

    @cached_property
    def helping(self) -> Mapping[Region, tuple[Path, ...]]:
        """The paths of `influences` for the treatment effect, by target region."""
        return {target: self.influences(target) for target in self.all_regions}

    def influences(
        self, target: Place, kind: ClaimKind = ClaimKind.TREATMENT_EFFECT
    ) -> tuple[Path, ...]:
        """Return the best path from each region that influences `target`, the strongest first.

        Raises:
            UnknownName: for an unknown region or part, with a likely one.

        """
        target_regions = self._regions_of(target)
        return _strongest_first(
            self.path(origin, target, kind)
            for origin in self.all_regions
            if origin not in target_regions
        )

    upstream = influences

    def downstream(
        self, origin: Place, kind: ClaimKind = ClaimKind.TREATMENT_EFFECT
    ) -> tuple[Path, ...]:
        """Return the best path to each region that `origin` influences, the strongest first.

        Raises:
            UnknownName: for an unknown region or part, with a likely one.

        """
        origin_regions = self._regions_of(origin)
        return _strongest_first(
            self.path(origin, target, kind)
            for target in self.all_regions
            if target not in origin_regions
        )

    def along(
        self, regions: tuple[Region, ...], kind: ClaimKind = ClaimKind.TREATMENT_EFFECT
    ) -> Path:
        """Return the path through the given regions, with its influence and grade.

        Args:
            regions: the regions in order; each must link to the next.
            kind: the kind of claim whose grades weigh the links.

        Raises:
            InvalidInput: if two successive regions have no link.

        """
        path = Path(regions[:1], WHOLE, Grade.STRONG)
        for origin, target in pairwise(regions):
            link = self.link(origin, target)
            if link is None:
                raise InvalidInput(Fault(f"no link leads from `{origin}` to `{target}`"))
            path = self._append(path, link, kind)
        return path

    def claims(self, origin: Place, target: Place) -> tuple[Claim, ...]:
        """Return every claim, for and against, about the influence of `origin` on `target`.

        Raises:
            UnknownName: for an unknown region or part, with a likely one.

        """
        starts, ends = {*self._regions_of(origin)}, {*self._regions_of(target)}
        return tuple(
            claim
            for claim in self.evidence
            if not starts.isdisjoint(claim.origin) and not ends.isdisjoint(claim.target)
        )

    @cached_property
    def _by_ends(self) -> Mapping[tuple[Region, Region], Link]:
        return {(link.origin, link.target): link for link in self.links}

    @cached_property
    def _cached_paths(self) -> dict[ClaimKind, dict[Region, dict[Region, Path]]]:
        """Best paths by kind, origin and target; `_best` adds one kind at a time.

        The values depend on the frozen fields only, so that concurrent writes are harmless.
        """
        return {}

    @cached_property
    def _weights(self) -> Mapping[Grade, int]:
        return dict(self.weights)

    def _paths_from(self, origin: Region, kind: ClaimKind) -> dict[Region, Path]:
        """Return the best path from `origin` to each region that it can reach.

        Round n extends the best paths of n - 1 links by one link. A path replaces an earlier one
        only if its influence is larger. Of paths with equal influence, the one with the fewest
        links therefore remains. No path visits a region twice, so that one round per region is
        enough.
        """
        best: dict[Region, Path] = {}
        reached = {origin: Path((origin,), WHOLE, Grade.STRONG)}
        for _ in self.all_regions:
            reached = self._extend(reached, kind)
            for region, path in reached.items():
                if region is not origin and path.influence > _influence(best.get(region)):
                    best[region] = path
        return best

    def _append(self, path: Path, link: Link, kind: ClaimKind) -> Path:
        grade = link.grade(kind)
        return Path(
            (*path.regions, link.target),
            path.influence * self._weights[grade] // WHOLE,
            min(path.grade, grade, key=lambda strength: strength.rank),
        )

    def _extend(self, reached: Mapping[Region, Path], kind: ClaimKind) -> dict[Region, Path]:
        """Return the best paths that are one link longer than those in `reached`, by target."""
        extended: dict[Region, Path] = {}
        for link in self.links:
            path = reached.get(link.origin)
            if path is None or link.target in path.regions:
                continue
            longer = self._append(path, link, kind)
            rival = extended.get(link.target)
            if rival is None or _order(longer) < _order(rival):
                extended[link.target] = longer
        return extended


def _strongest_first(paths: Iterable[Path | None]) -> tuple[Path, ...]:
    return tuple(
        sorted(
            (path for path in paths if path is not None),
            key=lambda path: (-path.influence, path.links, path.regions),
        )
    )


def _influence(path: Path | None) -> int:
    return -1 if path is None else path.influence


def _order(path: Path) -> tuple[int, tuple[Region, ...]]:
    """Sort key: the most influence first, then the regions in alphabetical order."""
    return (-path.influence, path.regions)


def _duplicates(ends: list[tuple[Region, Region]]) -> list[tuple[Region, Region]]:
    ordered = sorted(ends)
    return sorted({first for first, second in pairwise(ordered) if first == second})
