"""What a ladder offers a plan: the highest feasible rung for each side, with its doses."""

from collections.abc import Container, Iterator

from attrs import frozen

from kineticchain.anatomy import Side
from kineticchain.exercises import Dose, Exercise, Kind, Ladder, prescription_seconds
from kineticchain.recommendation.assessing.at_standing import Feasible
from kineticchain.recommendation.assessing.feasible import FeasibleSet
from kineticchain.recommendation.assessing.targets import Targets, places

SIDES_BY_NEED = frozenset({Kind.STRETCH, Kind.SOFT_TISSUE, Kind.MOBILITY})
"""Kinds that are done where it hurts; all others on both sides."""


@frozen
class Prescribed:
    """An exercise on a side with a dose and its time."""

    exercise: Exercise
    side: Side
    dose: Dose

    @property
    def seconds(self) -> int:
        """The whole time, rests and side changes included."""
        return prescription_seconds(self.exercise, self.dose, self.side)


@frozen
class Offer:
    """What one ladder offers: one exercise, or one for each side where they differ."""

    ladder: Ladder
    picks: tuple[Feasible, ...]

    @property
    def key(self) -> str:
        """The ids of its exercises, for ties."""
        return " ".join(pick.exercise.id for pick in self.picks)

    def versions(self) -> Iterator[tuple[Prescribed, ...]]:
        """Prescriptions from the dose of the standing downwards, named dose by named dose."""
        first = tuple(Prescribed(pick.exercise, pick.side, pick.dose) for pick in self.picks)
        yield first
        rungs = [self.ladder.rungs[pick.rung] for pick in self.picks]
        lower = [_below(rung.axis, pick) for rung, pick in zip(rungs, self.picks, strict=True)]
        for back in range(1, 1 + max(len(doses) for doses in lower)):
            yield tuple(
                Prescribed(
                    pick.exercise,
                    pick.side,
                    doses[max(0, len(doses) - back)] if doses else pick.dose,
                )
                for pick, doses in zip(self.picks, lower, strict=True)
            )


def _below(axis: tuple[Dose, ...], pick: Feasible) -> list[Dose]:
    """The named doses that are less than a pick's, within its cap."""
    if pick.dose == axis[0]:
        return []
    volume = pick.dose.volume
    return [dose for dose in axis if dose.volume < volume and pick.cap.reaches(dose)]


def offers(
    ladders: tuple[Ladder, ...],
    feasible: FeasibleSet,
    targets: Targets,
    avoid: Container[str] = (),
) -> list[Offer]:
    """One offer at most for each ladder, of exercises that are not to be avoided."""
    found = [_offer(ladder, feasible, targets, avoid) for ladder in ladders]
    return [offer for offer in found if offer is not None]


def _offer(
    ladder: Ladder, feasible: FeasibleSet, targets: Targets, avoid: Container[str]
) -> Offer | None:
    if not ladder.per_side:
        pick = _highest(ladder, Side.BOTH, feasible, avoid)
        return None if pick is None else Offer(ladder, (pick,))
    picks = {side: _highest(ladder, side, feasible, avoid) for side in Side.BOTH.each}
    found = tuple(pick for pick in picks.values() if pick is not None)
    both_legs = [pick for pick in found if pick.side is Side.BOTH]
    if both_legs:
        return Offer(ladder, (min(both_legs, key=lambda pick: pick.rung),))
    found = _where_it_hurts(found, targets)
    if len(found) == len(Side.BOTH.each):
        found = _evened_out(ladder, found)
    return Offer(ladder, found) if found else None


def _highest(
    ladder: Ladder, side: Side, feasible: FeasibleSet, avoid: Container[str]
) -> Feasible | None:
    """The highest rung that is feasible for a side, alone or on both legs."""
    for rung in reversed(ladder.rungs):
        if rung.exercise in avoid:
            continue
        for where in (side, Side.BOTH):
            pick = feasible.by_place.get((rung.exercise, where))
            if pick is not None:
                return pick
    return None


def _where_it_hurts(found: tuple[Feasible, ...], targets: Targets) -> tuple[Feasible, ...]:
    """For stretches and the like the painful side alone, if just one of them hurts."""
    if not found or found[0].exercise.kind not in SIDES_BY_NEED:
        return found
    hurting = tuple(
        pick
        for pick in found
        if any(
            place in targets.complaints
            for region in pick.exercise.regions
            for place in places(region, pick.side)
        )
    )
    return hurting or found


def _evened_out(ladder: Ladder, found: tuple[Feasible, ...]) -> tuple[Feasible, ...]:
    """Both sides in one where the exercise is the same; else the weaker side first.

    The weaker side is never given less: the other side's dose comes down to its volume.
    """
    weaker, stronger = sorted(found, key=lambda pick: (pick.rung, pick.dose.volume, pick.side))
    if weaker.exercise.id == stronger.exercise.id:
        dose, cap = weaker.dose.lesser(stronger.dose), weaker.cap.lesser(stronger.cap)
        return (Feasible(weaker.exercise, Side.BOTH, weaker.rung, dose, cap),)
    axis = ladder.rungs[stronger.rung].axis
    within = [one for one in axis if one.volume <= weaker.dose.volume]
    dose = stronger.dose.lesser(within[-1] if within else axis[0])
    return (
        weaker,
        Feasible(stronger.exercise, stronger.side, stronger.rung, dose, stronger.cap),
    )
