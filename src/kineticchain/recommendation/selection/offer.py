"""What a ladder offers a plan: the highest feasible rung for each side, with its doses."""

from collections.abc import Container, Iterable, Mapping, Sequence
from functools import cached_property

from attrs import field, frozen

from kineticchain.cache import Cache
from kineticchain.domain.anatomy import Side
from kineticchain.domain.exercises import (
    Dose,
    Exercise,
    Kind,
    Ladder,
    Position,
    prescription_seconds,
)
from kineticchain.recommendation.assessment.feasible_set import FeasibleSet
from kineticchain.recommendation.assessment.ladder_eligibility import FeasibleItem
from kineticchain.recommendation.assessment.targets import Place, Targets, places
from kineticchain.recommendation.assessment.tissue_loading import heavy_places
from kineticchain.recommendation.selection.problem import SIXTEENTHS, WHOLE_DOSE, Version

SIDES_BY_NEED = frozenset({Kind.STRETCH, Kind.SOFT_TISSUE, Kind.MOBILITY})
"""Kinds that are done where it hurts; all others on both sides."""


@frozen
class Prescription:
    """An exercise on a side with a dose and its time."""

    exercise: Exercise
    side: Side
    dose: Dose

    @cached_property
    def seconds(self) -> int:
        """The whole time, rests and side changes included."""
        return prescription_seconds(self.exercise, self.dose, self.side)


@frozen
class Offer:
    """What one ladder offers: one exercise, or one for each side where they differ."""

    ladder: Ladder
    picks: tuple[FeasibleItem, ...]

    @cached_property
    def key(self) -> str:
        """The ids of its exercises, for ties."""
        return " ".join(pick.exercise.id for pick in self.picks)

    @cached_property
    def exercises(self) -> tuple[str, ...]:
        """The ids of its exercises, each once."""
        return tuple(dict.fromkeys(pick.exercise.id for pick in self.picks))

    @cached_property
    def pairing_key(self) -> tuple[Kind, Position] | None:
        """As what others may be done beside it; None where its sides differ or it is a rider."""
        kinds = {(pick.exercise.kind, pick.exercise.position) for pick in self.picks}
        return kinds.pop() if len(kinds) == 1 and not self.picks[0].exercise.alongside else None

    @cached_property
    def prescriptions(self) -> tuple[tuple[Prescription, ...], ...]:
        """Prescriptions from the dose of the standing downwards, named dose by named dose."""
        rungs = [self.ladder.rungs[pick.rung] for pick in self.picks]
        lower = [_below(rung.axis, pick) for rung, pick in zip(rungs, self.picks, strict=True)]
        first = tuple(Prescription(pick.exercise, pick.side, pick.dose) for pick in self.picks)
        return (
            first,
            *(
                tuple(
                    Prescription(
                        pick.exercise,
                        pick.side,
                        doses[max(0, len(doses) - back)] if doses else pick.dose,
                    )
                    for pick, doses in zip(self.picks, lower, strict=True)
                )
                for back in range(1, 1 + max(len(doses) for doses in lower))
            ),
        )

    @cached_property
    def versions(self) -> tuple[Version, ...]:
        """The prescriptions as the choice sees them: the value follows the volume."""
        whole = [pick.dose.volume for pick in self.picks]
        found = []
        for items in self.prescriptions:
            left = min(
                item.dose.volume * WHOLE_DOSE // max(1, full)
                for item, full in zip(items, whole, strict=True)
            )
            dose_eighths = max(1, min(WHOLE_DOSE, left))
            found.append(Version(sum(item.seconds for item in items), dose_eighths))
        return tuple(found)

    @cached_property
    def shares(self) -> Mapping[Place, int]:
        """The share that it covers of each place, in sixteenths."""
        found: dict[Place, int] = {}
        for pick in self.picks:
            for region, weight in pick.exercise.weights:
                for place in places(region, pick.side):
                    found[place] = max(found.get(place, 0), SIXTEENTHS[weight])
        return found

    @cached_property
    def tissue(self) -> frozenset[str]:
        """What it loads heavily: one strength exercise of L3 and up is enough for a tissue."""
        return frozenset(
            f"{region}.{side}"
            for pick in self.picks
            for region, side in heavy_places(pick.exercise, pick.side)
        )


def _below(axis: tuple[Dose, ...], pick: FeasibleItem) -> list[Dose]:
    """The named doses that are less than a pick's, within its cap."""
    if pick.dose == axis[0]:
        return []
    volume = pick.dose.volume
    return [dose for dose in axis if dose.volume < volume and pick.cap.reaches(dose)]


@frozen(eq=False)
class OfferBuilder:
    """Makes the offers of ladders; of the same picks it is the same offer."""

    _kept: Cache[tuple[int, ...], tuple[tuple[FeasibleItem, ...], Offer]] = field(
        factory=Cache, init=False, repr=False
    )

    def of(
        self,
        ladders: Iterable[Ladder],
        feasible: FeasibleSet,
        targets: Targets,
        avoid: Container[str] = (),
    ) -> list[Offer]:
        """One offer at most for each ladder, of exercises that are not to be avoided."""
        found = []
        for ladder in ladders:
            here = feasible.on_ladder[ladder.id]
            if here:
                picks = _picks(ladder, here, targets, avoid)
                if picks and not other_side_lacks(ladder, picks[0], feasible):
                    found.append(self._offer(ladder, picks))
        return found

    def _offer(self, ladder: Ladder, picks: tuple[FeasibleItem, ...]) -> Offer:
        key = tuple(map(id, picks))
        known = self._kept.get(key)
        if known is None:
            evened = _evened_out(ladder, picks) if len(picks) > 1 else picks
            known = self._kept.keep(key, (picks, Offer(ladder, evened)))
        return known[1]


def _picks(
    ladder: Ladder, here: Sequence[FeasibleItem], targets: Targets, avoid: Container[str]
) -> tuple[FeasibleItem, ...]:
    """The highest feasible rung, for each side that climbs; one where it takes both legs."""
    sides = ladder.sides()
    highest = [_highest(side, here, avoid) for side in sides]
    found = tuple([pick for pick in highest if pick is not None])
    if len(sides) == 1 or not found:
        return found
    both_legs = [pick for pick in found if pick.side is Side.BOTH]
    if both_legs:
        return (min(both_legs, key=lambda pick: pick.rung),)
    return _where_it_hurts(found, targets)


def _highest(
    side: Side, here: Sequence[FeasibleItem], avoid: Container[str]
) -> FeasibleItem | None:
    """The highest rung that is feasible for a side, alone or on both legs."""
    for pick in reversed(here):
        if (pick.side is side or pick.side is Side.BOTH) and pick.exercise.id not in avoid:
            return pick
    return None


def _where_it_hurts(found: tuple[FeasibleItem, ...], targets: Targets) -> tuple[FeasibleItem, ...]:
    """For stretches and the like the painful side alone, if one of them hurts; no other for it."""
    if found[0].exercise.kind not in SIDES_BY_NEED or not targets.complaints:
        return found
    exercise = found[0].exercise

    def hurts(side: Side) -> bool:
        return any(
            place in targets.complaints
            for region in exercise.regions
            for place in places(region, side)
        )

    if any(map(hurts, Side.BOTH.each)):
        return tuple(pick for pick in found if hurts(pick.side))
    return found


def other_side_lacks(ladder: Ladder, pick: FeasibleItem, feasible: FeasibleSet) -> bool:
    """Whether the other side has nothing to do on a ladder for want of equipment alone.

    It is never given less, so that the better side waits; stretches and the like do not.
    """
    if pick.side is Side.BOTH or pick.exercise.kind in SIDES_BY_NEED:
        return False
    other = pick.side.mirrored
    if any(one.side.meets(other) for one in feasible.on_ladder[ladder.id]):
        return False
    against = [feasible.against.get((rung.exercise, other), ()) for rung in ladder.rungs]
    return any(all(bar.code == "equipment_missing" for bar in bars) for bars in against if bars)


def _evened_out(ladder: Ladder, found: tuple[FeasibleItem, ...]) -> tuple[FeasibleItem, ...]:
    """Both sides in one where the exercise is the same; else the weaker side first.

    The weaker side is never given less: the other side's dose comes down to its volume.
    """
    weaker, stronger = sorted(found, key=lambda pick: (pick.rung, pick.dose.volume, pick.side))
    if weaker.exercise.id == stronger.exercise.id:
        dose, cap = weaker.dose.lesser(stronger.dose), weaker.cap.lesser(stronger.cap)
        return (FeasibleItem(weaker.exercise, Side.BOTH, weaker.rung, dose, cap),)
    axis = ladder.rungs[stronger.rung].axis
    within = [one for one in axis if one.volume <= weaker.dose.volume]
    dose = stronger.dose.lesser(within[-1] if within else axis[0])
    return (
        weaker,
        FeasibleItem(stronger.exercise, stronger.side, stronger.rung, dose, stronger.cap),
    )
