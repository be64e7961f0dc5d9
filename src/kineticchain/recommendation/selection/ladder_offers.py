"""The offers of ladders: the highest feasible rung for each side, and the rung below."""

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import TypeAlias

from attrs import evolve, field, frozen

from kineticchain.domain.anatomy import Side, sites_of
from kineticchain.domain.exercises import Dose, Kind, Ladder
from kineticchain.domain.memo import Memo
from kineticchain.recommendation.assessment.feasible_set import FeasibleSet
from kineticchain.recommendation.assessment.ladder_eligibility import FeasibleItem
from kineticchain.recommendation.assessment.targets import Targets
from kineticchain.recommendation.selection.offer import GROWING, LastDoses, Offer
from kineticchain.rules import Limit
from kineticchain.rules.model.exercise_index import ExerciseSide

SIDES_BY_NEED = frozenset({Kind.STRETCH, Kind.SOFT_TISSUE, Kind.MOBILITY})
"""Kinds that are done where it hurts; all others on both sides."""


ItemKey: TypeAlias = tuple[str, Side, Dose, Dose, tuple[Limit, ...], bool]
"""An exercise on a side with its dose, its cap, its limits, and whether it grows."""

OfferKey: TypeAlias = tuple[
    str, tuple[ItemKey, ...], tuple[ItemKey, ...], LastDoses, tuple[int, ...]
]
"""A ladder with the items that it offers, those of the rung below, what was done last, and the
seconds of the sessions."""


@frozen(kw_only=True)
class OfferTerms:
    """Terms of the offers, from the request and the log.

    Attributes:
        avoid: The ids of exercises to avoid.
        held: The ladders of the programme and of pinned exercises, which leave no room to grow:
            their doses are those that are asked for.
        waiting: The ladders whose next rung waits: they offer the rung below alone.
        last: What was done of exercises on their last day, below which a plan does not go.
        rooms: The seconds of the sessions of a day.
    """

    avoid: Container[str] = ()
    held: Container[str] = ()
    waiting: Container[str] = ()
    last: Mapping[str, Dose] = field(factory=dict)
    rooms: tuple[int, ...] = ()

    def last_on(self, ladder: Ladder) -> LastDoses:
        """Return what was done last of the exercises of a ladder."""
        if not self.last:
            return ()
        return tuple(
            (rung.exercise, self.last[rung.exercise])
            for rung in ladder.rungs
            if rung.exercise in self.last
        )


_NOTHING: tuple[FeasibleItem, ...] = ()


def offers_of(
    ladders: Iterable[Ladder],
    feasible: FeasibleSet,
    targets: Targets,
    terms: OfferTerms,
    memo: Memo[OfferKey, Offer],
) -> list[Offer]:
    """Return at most one offer for each ladder.

    Args:
        ladders: The ladders, in order.
        feasible: The exercises that may be chosen.
        targets: The targets; stretches are offered on the painful side.
        terms: What the request and the log ask of the offers.
        memo: Offers made before; an offer follows from its ladder and its picks.
    """
    offers = []
    for ladder in ladders:
        items = feasible.on_ladder[ladder.id]
        picks = _picks(ladder, items, targets, terms.avoid)
        if not picks or other_side_lacks(ladder, picks[0], feasible):
            continue
        if ladder.id in terms.held:
            picks, below = tuple(evolve(pick, grows=False) for pick in picks), _NOTHING
        else:
            below = _rung_below(ladder, items, picks, terms.avoid)
        if below and ladder.id in terms.waiting:
            picks, below = below, _NOTHING
        last = terms.last_on(ladder)
        key = (ladder.id, _keys(picks), _keys(below), last, terms.rooms)
        offers.append(
            memo.get(key) or memo.add(key, _offer(ladder, picks, below, last, terms.rooms))
        )
    return offers


def _keys(picks: tuple[FeasibleItem, ...]) -> tuple[ItemKey, ...]:
    return tuple(
        [
            (pick.exercise.id, pick.side, pick.dose, pick.cap, pick.limits, pick.grows)
            for pick in picks
        ]
    )


def _offer(
    ladder: Ladder,
    picks: tuple[FeasibleItem, ...],
    below: tuple[FeasibleItem, ...],
    last: LastDoses,
    rooms: tuple[int, ...],
) -> Offer:
    return Offer(
        ladder,
        _evened_out(ladder, picks) if len(picks) > 1 else picks,
        _evened_out(ladder, below) if len(below) > 1 else below,
        last,
        rooms,
    )


def _rung_below(
    ladder: Ladder,
    here: Sequence[FeasibleItem],
    picks: tuple[FeasibleItem, ...],
    avoid: Container[str],
) -> tuple[FeasibleItem, ...]:
    """Return what is feasible of the rung below, at the doses that master it.

    A next step that needs more time than there is does not end the training on its ladder. Once
    its dose has grown, smaller doses of its own take that place.
    """
    rungs = {pick.rung for pick in picks}
    if len(rungs) > 1 or picks[0].exercise.kind not in GROWING:
        return ()
    rung = rungs.pop()
    first = ladder.rungs[rung].axis[0].volume
    if rung == 0 or any(pick.dose.volume > first for pick in picks):
        return ()
    lower = ladder.rungs[rung - 1]
    feasible = [
        next(
            (
                item
                for item in here
                if item.rung == rung - 1
                and (item.side is pick.side or item.side is Side.BOTH)
                and item.exercise.id not in avoid
            ),
            None,
        )
        for pick in picks
    ]
    items = dict.fromkeys(item for item in feasible if item is not None)
    dose = lower.axis[lower.mastery_level]
    return tuple(evolve(item, dose=dose.lesser(item.cap), grows=False) for item in items)


def _picks(
    ladder: Ladder, here: Sequence[FeasibleItem], targets: Targets, avoid: Container[str]
) -> tuple[FeasibleItem, ...]:
    """The highest feasible rung, for each side that climbs; one where it takes both legs."""
    sides = ladder.sides()
    highest = [_highest(side, here, avoid) for side in sides]
    picks = tuple([pick for pick in highest if pick is not None])
    if len(sides) == 1 or not picks:
        return picks
    both_legs = [pick for pick in picks if pick.side is Side.BOTH]
    if both_legs:
        return (min(both_legs, key=lambda pick: pick.rung),)
    return _where_it_hurts(picks, targets)


def _highest(
    side: Side, here: Sequence[FeasibleItem], avoid: Container[str]
) -> FeasibleItem | None:
    """The highest rung that is feasible for a side, alone or on both legs."""
    for pick in reversed(here):
        if (pick.side is side or pick.side is Side.BOTH) and pick.exercise.id not in avoid:
            return pick
    return None


def _where_it_hurts(picks: tuple[FeasibleItem, ...], targets: Targets) -> tuple[FeasibleItem, ...]:
    """For stretches and the like the painful side alone, if one of them hurts; no other for it."""
    if picks[0].exercise.kind not in SIDES_BY_NEED or not targets.complaints:
        return picks
    exercise = picks[0].exercise

    def hurts(side: Side) -> bool:
        return any(
            place in targets.complaints
            for region in exercise.regions
            for place in sites_of(region, side)
        )

    if any(map(hurts, Side.BOTH.each)):
        return tuple(pick for pick in picks if hurts(pick.side))
    return picks


def other_side_lacks(ladder: Ladder, pick: FeasibleItem, feasible: FeasibleSet) -> bool:
    """Return whether the other side is feasible on no rung, only because equipment is missing.

    The weaker side never gets less than the better one, so the better one then gets nothing.
    Stretches and mobility work are exempt.
    """
    if pick.side is Side.BOTH or pick.exercise.kind in SIDES_BY_NEED:
        return False
    other = pick.side.mirrored
    if any(item.side.meets(other) for item in feasible.on_ladder[ladder.id]):
        return False
    return any(_lacks_equipment_alone(rung.exercise, other, feasible) for rung in ladder.rungs)


def _lacks_equipment_alone(exercise: str, side: Side, feasible: FeasibleSet) -> bool:
    if side not in feasible.report.knowledge.exercises[exercise].sides():
        return False
    reasons = feasible.reasons(ExerciseSide(exercise, side))
    return bool(reasons) and all(reason.code == "equipment_missing" for reason in reasons)


def _evened_out(ladder: Ladder, picks: tuple[FeasibleItem, ...]) -> tuple[FeasibleItem, ...]:
    """Both sides in one where the exercise is the same; else the weaker side first.

    The weaker side is never given less: the other side's dose comes down to its volume.
    """
    weaker, stronger = sorted(picks, key=lambda pick: (pick.rung, pick.dose.size, pick.side))
    if weaker.exercise.id == stronger.exercise.id:
        dose, cap = weaker.dose.lesser(stronger.dose), weaker.cap.lesser(stronger.cap)
        grows = weaker.grows and stronger.grows
        return (evolve(weaker, side=Side.BOTH, dose=dose, cap=cap, grows=grows),)
    axis = ladder.rungs[stronger.rung].axis
    within = [step for step in axis if step.volume <= weaker.dose.volume]
    dose = stronger.dose.lesser(within[-1] if within else axis[0])
    return (
        weaker,
        evolve(stronger, dose=dose),
    )
