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
from kineticchain.recommendation.selection.offers.doses import GROWING
from kineticchain.recommendation.selection.offers.offer import LastDoses, Offer
from kineticchain.rules import Limit
from kineticchain.rules.model.exercise_index import ExerciseSide

SIDES_BY_NEED = frozenset({Kind.STRETCH, Kind.SOFT_TISSUE, Kind.MOBILITY})
"""Kinds of exercise that are offered only on the painful side, if only one side hurts."""


ItemKey: TypeAlias = tuple[str, Side, Dose, Dose, tuple[Limit, ...], bool]
"""An exercise on a side with its dose, its cap, its limits, and whether it grows."""

OfferKey: TypeAlias = tuple[
    str, tuple[ItemKey, ...], tuple[ItemKey, ...], LastDoses, tuple[int, ...]
]
"""A ladder with the items that it offers, the items of the rung below, the last doses, and the
seconds of the sessions."""


@frozen(kw_only=True)
class OfferTerms:
    """Terms of the offers, from the request and the log.

    Attributes:
        avoid: The ids of exercises to avoid.
        held: The ladders of the programme and of pinned exercises. Their doses are those that are
            asked for, so they need no time to grow.
        waiting: The ladders whose next rung waits: they offer only the rung below.
        last: The dose of each exercise on its last day, which a plan tries not to reduce.
        session_seconds: The seconds of the sessions of a day.
    """

    avoid: Container[str] = ()
    held: Container[str] = ()
    waiting: Container[str] = ()
    last: Mapping[str, Dose] = field(factory=dict)
    session_seconds: tuple[int, ...] = ()

    def last_on(self, ladder: Ladder) -> LastDoses:
        """Return the last doses of the exercises of a ladder."""
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
        terms: The terms of the offers, from the request and the log.
        memo: The cache of offers; its keys contain everything that determines an offer.
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
        key = (ladder.id, _keys(picks), _keys(below), last, terms.session_seconds)
        offers.append(
            memo.get(key)
            or memo.add(key, _offer(ladder, picks, below, last, terms.session_seconds))
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
    session_seconds: tuple[int, ...],
) -> Offer:
    return Offer(
        ladder,
        _evened_out(ladder, picks) if len(picks) > 1 else picks,
        _evened_out(ladder, below) if len(below) > 1 else below,
        last,
        session_seconds,
    )


def _rung_below(
    ladder: Ladder,
    items: Sequence[FeasibleItem],
    picks: tuple[FeasibleItem, ...],
    avoid: Container[str],
) -> tuple[FeasibleItem, ...]:
    """Return the feasible items of the rung below, at the doses that master it.

    They keep the ladder in the plan if there is no time for a new rung. Nothing is returned once
    the dose of the new rung has grown, since its own smaller doses then serve this purpose.
    """
    rungs = {pick.rung for pick in picks}
    if len(rungs) > 1 or picks[0].exercise.kind not in GROWING:
        return ()
    rung = rungs.pop()
    first_volume = ladder.rungs[rung].axis[0].volume
    if rung == 0 or any(pick.dose.volume > first_volume for pick in picks):
        return ()
    lower = ladder.rungs[rung - 1]
    feasible = [
        next(
            (
                item
                for item in items
                if item.rung == rung - 1
                and (item.side is pick.side or item.side is Side.BOTH)
                and item.exercise.id not in avoid
            ),
            None,
        )
        for pick in picks
    ]
    below = dict.fromkeys(item for item in feasible if item is not None)
    dose = lower.axis[lower.mastery_level]
    return tuple(evolve(item, dose=dose.lesser(item.cap), grows=False) for item in below)


def _picks(
    ladder: Ladder, items: Sequence[FeasibleItem], targets: Targets, avoid: Container[str]
) -> tuple[FeasibleItem, ...]:
    """Return the highest feasible item of each side, or a single item that trains both legs."""
    sides = ladder.sides()
    highest = [_highest(side, items, avoid) for side in sides]
    picks = tuple([pick for pick in highest if pick is not None])
    if len(sides) == 1 or not picks:
        return picks
    both_legs = [pick for pick in picks if pick.side is Side.BOTH]
    if both_legs:
        return (min(both_legs, key=lambda pick: pick.rung),)
    return _where_it_hurts(picks, targets)


def _highest(
    side: Side, items: Sequence[FeasibleItem], avoid: Container[str]
) -> FeasibleItem | None:
    """Return the highest feasible item for a side, which trains the side alone or both legs."""
    for pick in reversed(items):
        if (pick.side is side or pick.side is Side.BOTH) and pick.exercise.id not in avoid:
            return pick
    return None


def _where_it_hurts(picks: tuple[FeasibleItem, ...], targets: Targets) -> tuple[FeasibleItem, ...]:
    """Return only the picks on painful sides, for kinds in `SIDES_BY_NEED` if a side hurts.

    A side that does not hurt never replaces a painful side without a pick.
    """
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
    """Return whether the other side is feasible on no rung, because equipment is missing.

    On at least one rung, equipment must be the only thing that the other side lacks. The side of
    the pick then gets no exercise either, since the weaker side never gets less than the stronger
    side. Kinds in `SIDES_BY_NEED` are exempt.
    """
    if pick.side is Side.BOTH or pick.exercise.kind in SIDES_BY_NEED:
        return False
    other_side = pick.side.mirrored
    if any(item.side.meets(other_side) for item in feasible.on_ladder[ladder.id]):
        return False
    return any(_lacks_equipment_alone(rung.exercise, other_side, feasible) for rung in ladder.rungs)


def _lacks_equipment_alone(exercise: str, side: Side, feasible: FeasibleSet) -> bool:
    if side not in feasible.report.knowledge.exercises[exercise].sides():
        return False
    reasons = feasible.reasons(ExerciseSide(exercise, side))
    return bool(reasons) and all(reason.code == "equipment_missing" for reason in reasons)


def _evened_out(ladder: Ladder, picks: tuple[FeasibleItem, ...]) -> tuple[FeasibleItem, ...]:
    """Return one item for both sides if the exercise is the same, else the weaker side first.

    The dose of the stronger side is reduced to the volume of the weaker side, so that the weaker
    side never gets less.
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
