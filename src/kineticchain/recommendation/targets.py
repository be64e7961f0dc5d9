"""What a plan works for: points by region and side, and how they spread along the chain."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from attrs import frozen

from kineticchain.anatomy import Region, Side
from kineticchain.chain import KineticChain, Path
from kineticchain.chain.kinetic_chain import WHOLE
from kineticchain.exercises import Exercise
from kineticchain.knowledge import Goal
from kineticchain.person import Person
from kineticchain.rules import Decision

Place: TypeAlias = tuple[Region, Side]

POINTS_PER_PAIN = 10
LEAST_POINTS = 20
POINTS_OF_UNKNOWN_PAIN = 30
NEAR_LINKS = 2
"""Paths of more links never lift an exercise above one that works on the region itself."""

HEAVIEST = 5


@frozen
class Reached:
    """A target that a region helps, by which path, and with how many points."""

    place: Place
    points: int
    path: Path | None


@frozen(kw_only=True)
class Targets:
    """Points of the targets, and what each region and side is worth for them."""

    points: Mapping[Place, int]
    worth: Mapping[Place, tuple[Reached, ...]]
    complaints: frozenset[Place]
    default_goal: bool

    def value(self, exercise: Exercise, side: Side, share: Mapping[Place, int]) -> int:
        """The points that an exercise covers on a side, each region's share still open."""
        total = 0
        for region, weight in exercise.weights:
            for place in places(region, side):
                worth = sum(one.points for one in self.worth.get(place, ()))
                total += weight * worth * share.get(place, WHOLE) // (HEAVIEST * WHOLE)
        return total


def places(region: Region, side: Side) -> tuple[Place, ...]:
    """A region on the sides meant; a midline region has one place."""
    if not region.paired:
        return ((region, Side.BOTH),)
    return tuple((region, one) for one in side.each)


def find_targets(
    person: Person,
    goal: str | None,
    goals: Iterable[Goal],
    decision: Decision,
    chain: KineticChain,
) -> Targets:
    """Targets from complaints, the goal and the rules, and what they are worth elsewhere.

    Where there are none, a general goal stands in.
    """
    points: Counter[Place] = Counter()
    complaints: set[Place] = set()
    for complaint in person.complaints:
        if complaint.pain == 0:
            continue
        for place in places(complaint.region, complaint.side):
            points[place] = max(points[place], _points_of_pain(complaint.pain))
            complaints.add(place)
    for aim in decision.aims:
        points[aim.region, aim.side] += aim.points
    by_id = {one.id: one for one in goals}
    wished = by_id.get(goal or "")
    default_goal = wished is None and not points
    if default_goal:
        wished = by_id["maintain"]
    for region, worth in wished.regions if wished else ():
        for place in places(region, Side.BOTH):
            points[place] += worth
    return Targets(
        points=dict(sorted(points.items())),
        worth=_spread(points, chain),
        complaints=frozenset(complaints),
        default_goal=default_goal,
    )


def _points_of_pain(pain: int | None) -> int:
    return POINTS_OF_UNKNOWN_PAIN if pain is None else max(LEAST_POINTS, POINTS_PER_PAIN * pain)


def _spread(points: Mapping[Place, int], chain: KineticChain) -> dict[Place, tuple[Reached, ...]]:
    """For each place the targets that it helps: itself in full, others by the best path.

    Far paths count a single point: they are shown, and never decide.
    """
    worth: dict[Place, tuple[Reached, ...]] = {}
    for region in Region:
        for place in places(region, Side.BOTH):
            reached = [_reach(place, target, amount, chain) for target, amount in points.items()]
            helped = tuple(one for one in reached if one is not None)
            if helped:
                worth[place] = helped
    return worth


def _reach(place: Place, target: Place, amount: int, chain: KineticChain) -> Reached | None:
    if place == target:
        return Reached(target, amount, None)
    (region, side), (wanted, wanted_side) = place, target
    path = None if region is wanted else chain.path(region, wanted)
    if path is None or not side.meets(wanted_side):
        return None
    share = amount * path.influence // WHOLE
    if path.links > NEAR_LINKS:
        share = min(share, 1)
    return Reached(target, share, path) if share else None
