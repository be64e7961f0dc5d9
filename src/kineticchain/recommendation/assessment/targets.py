"""Targets of a plan: points by region and side, spread along the kinetic chain."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property

from attrs import field, frozen

from kineticchain.domain.anatomy import KineticChain, Path, Side, Site, sites_of
from kineticchain.domain.anatomy.kinetic_chain import WHOLE
from kineticchain.domain.facts import Value
from kineticchain.domain.facts.fact_values import sided
from kineticchain.domain.person import Complaint
from kineticchain.domain.validators import is_number
from kineticchain.knowledge import Knowledge
from kineticchain.knowledge.goal import Asymmetry
from kineticchain.record import Situation
from kineticchain.rules import Decision

POINTS_PER_PAIN = 10
MIN_POINTS = 20
POINTS_OF_UNKNOWN_PAIN = 30

NEAR_LINKS = 2
"""Paths of more links never lift an exercise above one that works on the region itself."""


@frozen
class TargetContribution:
    """The contribution of work on a region to a target.

    Attributes:
        place: The target: a region on a side.
        points: The points that it contributes.
        path: The path along the chain; None where the region is the target itself.
    """

    place: Site
    points: int
    path: Path | None


@frozen(kw_only=True)
class Targets:
    """The targets of a plan, and what each region and side is worth for them.

    Attributes:
        points: The points of each target.
        origins: For each target, the origins of its points.
        complaints: The targets that hurt.
        default_goal: True if the goal `maintain` is used, since there is no other target.
        chain: The kinetic chain, along which work on a region helps targets.
    """

    points: Mapping[Site, int]
    origins: Mapping[Site, tuple[str, ...]]
    complaints: frozenset[Site]
    default_goal: bool
    chain: KineticChain = field(eq=False, repr=False)

    @cached_property
    def worth(self) -> Mapping[Site, int]:
        """The worth of each region and side: the points of all targets that it helps."""
        worth: Counter[Site] = Counter()
        for region_side, points, _, _ in self._spread():
            worth[region_side] += points
        return worth

    def points_at(self, place: Site) -> int:
        """Return what a region and side is worth."""
        return self.worth[place]

    @cached_property
    def contributions(self) -> Mapping[Site, tuple[TargetContribution, ...]]:
        """The targets that each region and side helps."""
        contributions: dict[Site, list[TargetContribution]] = {}
        for region_side, points, target, path in self._spread():
            contributions.setdefault(region_side, []).append(
                TargetContribution(target, points, path)
            )
        return {place: tuple(members) for place, members in contributions.items()}

    def _spread(self) -> Iterator[tuple[Site, int, Site, Path | None]]:
        """Spread the points of each target over the regions that help it.

        The region of a target gets its points in full. Another region gets a share by its influence
        along the best path. A path of more than two links counts a single point, so that it is
        shown but never decides a selection.
        """
        for target, points in self.points.items():
            yield target, points, target, None
            region, side = target
            for path in self.chain.helping[region]:
                share = points * path.influence // WHOLE
                if not share:
                    break
                if path.links > NEAR_LINKS:
                    share = 1
                for place in sites_of(path.regions[0], Side.BOTH):
                    if place[1].meets(side):
                        yield place, share, target, path


def targets_of(
    situation: Situation, goal: str | None, decision: Decision, knowledge: Knowledge
) -> Targets:
    """Return the targets from complaints, rules, measures and the goal.

    Args:
        situation: The person's facts and complaints.
        goal: The id of the goal asked for; None for none.
        decision: The decision, with the targets of rules.
        knowledge: Goals and asymmetries. The goal `maintain` is used if there is no other target.
    """
    scores = TargetScores()
    for complaint in situation.state.hurting:
        if complaint.pain != 0:
            scores.add_complaint(complaint)
    complaints = frozenset(scores.points)
    for target in decision.targets:
        scores.add(target.target, target.effect.points, f"rule {target.rule}")
    for asymmetry in knowledge.asymmetries:
        scores.add_asymmetry(asymmetry, _weaker(asymmetry, situation.facts))
    wished = knowledge.goals_by_id.get(goal or "")
    default_goal = wished is None and not scores.points
    if default_goal:
        wished = knowledge.goals_by_id["maintain"]
    if wished is not None:
        for region, points in wished.regions:
            for place in sites_of(region, Side.BOTH):
                scores.add(place, points, f"goal {wished.id}")
    return Targets(
        points=dict(sorted(scores.points.items())),
        origins={place: tuple(scores.origins[place]) for place in sorted(scores.origins)},
        complaints=complaints,
        default_goal=default_goal,
        chain=knowledge.chain,
    )


@frozen
class TargetScores:
    """The points of targets, and the origins of the points, while they are added up."""

    points: Counter[Site] = field(factory=Counter)
    origins: dict[Site, list[str]] = field(factory=dict)

    def add_complaint(self, complaint: Complaint) -> None:
        """Add a complaint; of two complaints about one place, the worse one counts."""
        for place in sites_of(complaint.region, complaint.side):
            self.points[place] = max(self.points[place], _points_of_pain(complaint.pain))
            self.origins[place] = ["complaint"]

    def add_asymmetry(self, asymmetry: Asymmetry, weaker: Side | None) -> None:
        """Add points for the weaker side, if there is one."""
        for region, points in asymmetry.regions if weaker is not None else ():
            self.add((region, weaker or Side.BOTH), points, f"asymmetry {asymmetry.measure}")

    def add(self, place: Site, points: int, origin: str) -> None:
        """Add points for a place."""
        self.points[place] += points
        self.origins.setdefault(place, []).append(origin)


def _weaker(asymmetry: Asymmetry, facts: Mapping[str, Value]) -> Side | None:
    """Return the side whose measure is unusually lower; None without one, or if one is unknown."""
    left, right = (facts.get(sided(asymmetry.measure, side)) for side in Side.BOTH.each)
    if not is_number(left) or not is_number(right) or abs(left - right) <= asymmetry.more_than:
        return None
    return Side.LEFT if left < right else Side.RIGHT


def _points_of_pain(pain: int | None) -> int:
    return POINTS_OF_UNKNOWN_PAIN if pain is None else max(MIN_POINTS, POINTS_PER_PAIN * pain)
