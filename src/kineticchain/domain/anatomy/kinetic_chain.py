"""The chain as a whole: paths and influence.

Influence is counted in thousandths. Along a path it is the product of the links' weights,
rounded down after each link; of several paths the one with the most influence counts, then
the one with the fewest links. Each grade's weight is a row of the knowledge, marked there
as a design choice.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import pairwise

from attrs import frozen

from kineticchain.domain.anatomy.claim import Claim, ClaimKind
from kineticchain.domain.anatomy.link import Link, Story
from kineticchain.domain.anatomy.region import Region
from kineticchain.domain.evidence import Grade
from kineticchain.errors import Fault, InvalidInput, InvalidKnowledge

WHOLE = 1000


@frozen
class Path:
    """A way along the chain, its influence in thousandths, and the weakest grade on it."""

    regions: tuple[Region, ...]
    influence: int
    grade: Grade

    @property
    def links(self) -> int:
        """How many links the path has."""
        return len(self.regions) - 1

    def __str__(self) -> str:
        """The path, its influence and its grade."""
        way = " → ".join(self.regions)
        return f"{way} ({self.influence}/1000, {self.grade})"


@frozen(kw_only=True)
class KineticChain:
    """Links between neighbouring regions and the claims that they cite."""

    links: tuple[Link, ...]
    evidence: tuple[Claim, ...] = ()
    stories: tuple[Story, ...] = ()
    weights: tuple[tuple[Grade, int], ...]

    def __attrs_post_init__(self) -> None:
        """Refuse a link stated twice and a weight missing or outside 1 to 999 thousandths."""
        faults = [
            Fault(f"the link from `{origin}` to `{target}` is stated twice", where="$.links")
            for origin, target in _twice([(link.origin, link.target) for link in self.links])
        ]
        weights = dict(self.weights)
        faults += [
            Fault(f"`{grade}` has no weight from 1 to 999", where="$.weights")
            for grade in Grade
            if not 0 < weights.get(grade, 0) < WHOLE
        ]
        if faults:
            raise InvalidKnowledge(*faults)

    def link(self, origin: Region, target: Region) -> Link | None:
        """The link from `origin` to its neighbour `target`, if there is one."""
        return self._by_ends.get((origin, target))

    def neighbours(self, region: Region) -> frozenset[Region]:
        """The regions one link away, either way."""
        return self._near[region]

    @cached_property
    def _near(self) -> Mapping[Region, frozenset[Region]]:
        near: dict[Region, set[Region]] = {region: set() for region in Region}
        for link in self.links:
            near[link.origin].add(link.target)
            near[link.target].add(link.origin)
        return {region: frozenset(found) for region, found in near.items()}

    def within(self, regions: Iterable[Region], links: int) -> frozenset[Region]:
        """The regions, and all that lie at most so many links away from one of them."""
        found = frozenset(regions)
        for _ in range(links):
            found = found.union(*(self._near[region] for region in found))
        return found

    def path(
        self,
        origin: Region,
        target: Region,
        kind: ClaimKind = ClaimKind.TREATMENT_EFFECT,
    ) -> Path | None:
        """The best way along which `origin` influences `target`; None where there is none."""
        known = self._known_paths
        if kind not in known:
            known[kind] = {region: self._paths_from(region, kind) for region in Region}
        return known[kind][origin].get(target)

    @cached_property
    def helping(self) -> Mapping[Region, tuple[Path, ...]]:
        """For each region the best path of treatment from every other, the strongest first."""
        return {target: self.influences(target) for target in Region}

    def influences(
        self, target: Region, kind: ClaimKind = ClaimKind.TREATMENT_EFFECT
    ) -> tuple[Path, ...]:
        """The best path from every region that influences `target`, the strongest first."""
        paths = [self.path(origin, target, kind) for origin in Region if origin is not target]
        return _strongest_first(paths)

    upstream = influences

    def downstream(
        self, origin: Region, kind: ClaimKind = ClaimKind.TREATMENT_EFFECT
    ) -> tuple[Path, ...]:
        """The best path from `origin` to every region that it influences, strongest first."""
        paths = [self.path(origin, target, kind) for target in Region if origin is not target]
        return _strongest_first(paths)

    def along(
        self, regions: tuple[Region, ...], kind: ClaimKind = ClaimKind.TREATMENT_EFFECT
    ) -> Path:
        """The influence along a given way. Raises `InvalidInput` where a link is missing."""
        path = Path(regions[:1], WHOLE, Grade.STRONG)
        for origin, target in pairwise(regions):
            link = self.link(origin, target)
            if link is None:
                raise InvalidInput(Fault(f"no link leads from `{origin}` to `{target}`"))
            path = self._longer(path, link, kind)
        return path

    def claims(self, origin: Region, target: Region) -> tuple[Claim, ...]:
        """Every claim, for and against, that speaks of `origin` influencing `target`."""
        return tuple(
            claim for claim in self.evidence if origin in claim.origin and target in claim.target
        )

    @cached_property
    def _by_ends(self) -> Mapping[tuple[Region, Region], Link]:
        return {(link.origin, link.target): link for link in self.links}

    @cached_property
    def _known_paths(self) -> dict[ClaimKind, dict[Region, dict[Region, Path]]]:
        """Paths found so far; filled a kind at a time, always with the same values."""
        return {}

    @cached_property
    def _weights(self) -> Mapping[Grade, int]:
        return dict(self.weights)

    def _paths_from(self, origin: Region, kind: ClaimKind) -> dict[Region, Path]:
        """Best paths from one region, found by their number of links."""
        best: dict[Region, Path] = {}
        reached = {origin: Path((origin,), WHOLE, Grade.STRONG)}
        for _ in Region:
            reached = self._one_link_further(reached, kind)
            for region, path in reached.items():
                if region is not origin and path.influence > _influence(best.get(region)):
                    best[region] = path
        return best

    def _longer(self, path: Path, link: Link, kind: ClaimKind) -> Path:
        grade = link.grade(kind)
        return Path(
            (*path.regions, link.target),
            path.influence * self._weights[grade] // WHOLE,
            min(path.grade, grade, key=lambda one: one.rank),
        )

    def _one_link_further(
        self, reached: Mapping[Region, Path], kind: ClaimKind
    ) -> dict[Region, Path]:
        further: dict[Region, Path] = {}
        for link in self.links:
            path = reached.get(link.origin)
            if path is None or link.target in path.regions:
                continue
            longer = self._longer(path, link, kind)
            other = further.get(link.target)
            if other is None or _order(longer) < _order(other):
                further[link.target] = longer
        return further


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
    return (-path.influence, path.regions)


def _twice(ends: list[tuple[Region, Region]]) -> list[tuple[Region, Region]]:
    ordered = sorted(ends)
    return sorted({first for first, second in pairwise(ordered) if first == second})
