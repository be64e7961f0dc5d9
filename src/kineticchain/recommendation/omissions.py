"""What is not in a plan, and why: no exercise is forgotten."""

from collections.abc import Iterable, Iterator

from kineticchain.recommendation.choice.refusal import Refusal
from kineticchain.recommendation.draft import Draft
from kineticchain.recommendation.explanation import Explainer
from kineticchain.recommendation.parts import (
    Omission,
    Reason,
    Status,
)


def left_out(draft: Draft, explain: Explainer) -> tuple[tuple[Omission, ...], tuple[Omission, ...]]:
    """What rules excluded, and what is out for another reason; no exercise is forgotten."""
    barred = [explain.omission(one) for one in draft.feasible.barred]
    exclusions = [one for one in barred if one.reason.rule is not None]
    others = [one for one in barred if one.reason.rule is None]
    others += _not_chosen(draft, explain)
    others += _of_the_plan(draft, explain)
    return _in_order(exclusions), _in_order(others)


def _of_the_plan(draft: Draft, explain: Explainer) -> Iterator[Omission]:
    """A plan that refers or asks first keeps everything back, whatever else speaks against it."""
    if draft.status is Status.READY:
        return
    code = "plan_refers" if draft.status is Status.REFER else "plan_asks"
    places = [(one.exercise, one.side) for one in draft.feasible.barred]
    places += [(one.exercise.id, one.side) for one in draft.feasible.items]
    for exercise, side in dict.fromkeys(places):
        yield Omission(exercise=exercise, side=side, reason=explain.plain(code))


def _in_order(omissions: Iterable[Omission]) -> tuple[Omission, ...]:
    by_place = {
        (one.exercise, one.side, one.reason.rule or "", one.reason.message.text): one
        for one in omissions
    }
    return tuple(by_place[place] for place in sorted(by_place))


def _not_chosen(draft: Draft, explain: Explainer) -> Iterator[Omission]:
    """Why a feasible exercise is not in the plan."""
    if draft.status is not Status.READY:
        return
    in_plan = {
        (item.exercise.id, side)
        for one in draft.choice.chosen
        for item in one.items
        for side in item.exercise.sides(item.side)
    }
    planned = {name for name, _ in in_plan}
    reasons = {id(one): _refusal(one, explain) for one in draft.choice.refused}
    refused = {pick.exercise.id: one for one in draft.choice.refused for pick in one.offer.picks}
    by_ladder = {
        one.offer.ladder.id: draft.knowledge.title(one.items[0].exercise.id)
        for one in draft.choice.chosen
    }
    for feasible in draft.feasible.items:
        exercise = feasible.exercise
        if (exercise.id, feasible.side) in in_plan:
            continue
        if exercise.id in draft.asked.request.avoid:
            reason = explain.plain("avoided")
        elif exercise.id in planned:
            reason = explain.plain("other_side_hurts")
        elif exercise.id in refused:
            reason = reasons[id(refused[exercise.id])]
        else:
            ladder = draft.knowledge.ladder_of(exercise.id)
            instead = by_ladder.get(ladder.id) or _offered_instead(ladder.id, draft)
            reason = (
                explain.plain("below_standing", exercise=instead)
                if instead
                else explain.plain("no_target")
            )
        yield Omission(exercise=exercise.id, side=feasible.side, reason=reason)


def _offered_instead(ladder: str, draft: Draft) -> str | None:
    """The exercise that stood for a ladder in the choice, and was refused there."""
    offers = [one.offer for one in draft.choice.refused if one.offer.ladder.id == ladder]
    return draft.knowledge.title(offers[0].picks[0].exercise.id) if offers else None


def _refusal(refusal: Refusal, explain: Explainer) -> Reason:
    if refusal.code == "no_time":
        return explain.plain("no_time", minutes=refusal.minutes)
    if refusal.instead is None:
        return explain.plain(refusal.code)
    picks = refusal.instead.picks
    instead = " / ".join(explain.knowledge.title(pick.exercise.id) for pick in picks)
    if refusal.code == "one_a_session":
        return explain.one_a_session((pick.exercise.id for pick in refusal.offer.picks), instead)
    if refusal.code == "same_tissue":
        return explain.plain("same_tissue", exercise=instead, points=refusal.points)
    return explain.plain("outranked", exercise=instead, points=refusal.points, most=refusal.most)
