"""What a plan works for: points by region and side, and how they spread along the chain."""

from collections import Counter
from collections.abc import Hashable, Mapping
from functools import lru_cache
from typing import TypeAlias

from attrs import field, frozen

from kineticchain.cache import Cache
from kineticchain.domain.anatomy import KineticChain, Path, Region, Side
from kineticchain.domain.anatomy.kinetic_chain import WHOLE
from kineticchain.domain.facts import Value
from kineticchain.domain.facts.fact_values import sided
from kineticchain.domain.person import Complaint
from kineticchain.domain.validators import is_number
from kineticchain.knowledge import Knowledge
from kineticchain.knowledge.goal import Asymmetry
from kineticchain.record import Situation
from kineticchain.rules import Decision
from kineticchain.rules.model.decision import Aim

Place: TypeAlias = tuple[Region, Side]

POINTS_PER_PAIN = 10
MIN_POINTS = 20
POINTS_OF_UNKNOWN_PAIN = 30
MAX_TARGETS = 1024
"""So many sets of targets are kept."""

NEAR_LINKS = 2
"""Paths of more links never lift an exercise above one that works on the region itself."""


@frozen
class TargetContribution:
    """A target that a region helps, by which path, and with how many points."""

    place: Place
    points: int
    path: Path | None


@frozen(kw_only=True)
class Targets:
    """Points of the targets, and what each region and side is worth for them."""

    points: Mapping[Place, int]
    origins: Mapping[Place, tuple[str, ...]]
    worth: Mapping[Place, tuple[TargetContribution, ...]]
    complaints: frozenset[Place]
    default_goal: bool

    def points_at(self, place: Place) -> int:
        """What a place is worth in all."""
        return sum([one.points for one in self.worth[place]])


@lru_cache(maxsize=256)
def places(region: Region, side: Side) -> tuple[Place, ...]:
    """A region on the sides meant; a midline region has one place."""
    if not region.paired:
        return ((region, Side.BOTH),)
    return tuple((region, one) for one in side.each)


@frozen(eq=False)
class TargetFinder:
    """Finds what plans work for; of what comes again it gives the same object."""

    knowledge: Knowledge
    _kept: Cache[Hashable, tuple[tuple[Aim, ...], Targets]] = field(
        factory=Cache, init=False, repr=False
    )

    def targets(self, situation: Situation, goal: str | None, decision: Decision) -> Targets:
        """Targets from complaints, measures, the goal and the rules, and their worth elsewhere.

        Where there are none, a general goal stands in.
        """
        asymmetries = self.knowledge.asymmetries
        weaker = tuple([_weaker(one, situation.facts) for one in asymmetries])
        complaints, aims = situation.state.hurting, decision.aims
        key = (complaints, goal, weaker, id(aims))
        known = self._kept.get(key)
        if known is None:
            found = _Found()
            for complaint in complaints:
                if complaint.pain != 0:
                    found.hurts(complaint)
            hurting = frozenset(found.points)
            for aim in aims:
                found.add((aim.region, aim.side), aim.points, f"rule {aim.rule}")
            for asymmetry, side in zip(asymmetries, weaker, strict=True):
                found.differs(asymmetry, side)
            made = self._with_goal(found, goal, hurting)
            known = self._kept.keep(key, (aims, made), MAX_TARGETS)
        return known[1]

    def _with_goal(self, found: "_Found", goal: str | None, hurting: frozenset[Place]) -> Targets:
        by_id = {one.id: one for one in self.knowledge.goals}
        wished = by_id.get(goal or "")
        default_goal = wished is None and not found.points
        if default_goal:
            wished = by_id["maintain"]
        for region, worth in wished.regions if wished else ():
            for place in places(region, Side.BOTH):
                found.add(place, worth, f"goal {wished.id if wished else ''}")
        return Targets(
            points=dict(sorted(found.points.items())),
            origins={place: tuple(found.origins[place]) for place in sorted(found.origins)},
            worth=_spread(found.points, self.knowledge.chain),
            complaints=hurting,
            default_goal=default_goal,
        )


@frozen
class _Found:
    """Points and where they come from, as they add up."""

    points: Counter[Place] = field(factory=Counter)
    origins: dict[Place, list[str]] = field(factory=dict)

    def hurts(self, complaint: Complaint) -> None:
        """Of two complaints of one place the worse counts."""
        for place in places(complaint.region, complaint.side):
            self.points[place] = max(self.points[place], _points_of_pain(complaint.pain))
            self.origins[place] = ["complaint"]

    def differs(self, asymmetry: Asymmetry, weaker: Side | None) -> None:
        """Points for the weaker side, if there is one."""
        for region, worth in asymmetry.regions if weaker is not None else ():
            self.add((region, weaker or Side.BOTH), worth, f"asymmetry {asymmetry.measure}")

    def add(self, place: Place, points: int, origin: str) -> None:
        """More points for a place."""
        self.points[place] += points
        self.origins.setdefault(place, []).append(origin)


def _weaker(asymmetry: Asymmetry, facts: Mapping[str, Value]) -> Side | None:
    """The side that is lower by more than is usual; None where neither is, or one is unknown."""
    left, right = (facts.get(sided(asymmetry.measure, side)) for side in Side.BOTH.each)
    if not is_number(left) or not is_number(right) or abs(left - right) <= asymmetry.more_than:
        return None
    return Side.LEFT if left < right else Side.RIGHT


def _points_of_pain(pain: int | None) -> int:
    return POINTS_OF_UNKNOWN_PAIN if pain is None else max(MIN_POINTS, POINTS_PER_PAIN * pain)


def _spread(
    points: Mapping[Place, int], chain: KineticChain
) -> dict[Place, tuple[TargetContribution, ...]]:
    """For each place the targets that it helps: itself in full, others by the best path.

    Far paths count a single point: they are shown, and never decide.
    """
    worth: dict[Place, list[TargetContribution]] = {}
    for target, amount in points.items():
        worth.setdefault(target, []).append(TargetContribution(target, amount, None))
        region, side = target
        for path in chain.helping[region]:
            share = amount * path.influence // WHOLE
            if not share:
                break
            if path.links > NEAR_LINKS:
                share = 1
            reached = TargetContribution(target, share, path)
            for place in places(path.regions[0], Side.BOTH):
                if place[1].meets(side):
                    worth.setdefault(place, []).append(reached)
    return {place: tuple(reached) for place, reached in worth.items()}
