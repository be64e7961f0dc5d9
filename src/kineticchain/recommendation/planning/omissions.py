"""What is not in a plan, and why: no exercise is forgotten."""

from collections.abc import Iterator, Mapping

from attrs import frozen

from kineticchain.recommendation.assessment.infeasibility import ExerciseKey
from kineticchain.recommendation.plan.model import Omission, Reason, Status
from kineticchain.recommendation.planning.explainer import Explainer
from kineticchain.recommendation.planning.plan_context import PlanContext
from kineticchain.recommendation.selection.offer import other_side_lacks
from kineticchain.recommendation.selection.rejection import Rejection


@frozen
class LeftOut:
    """What rules exclude, what is out for another reason, and all the reasons, each once."""

    exclusions: tuple[Omission, ...]
    omissions: tuple[Omission, ...]
    reasons: Mapping[int, Reason]


def omissions_of(draft: PlanContext) -> LeftOut:
    """All that is not in the plan, by exercise and side; no exercise is forgotten."""
    against = draft.feasible.against
    further: Mapping[ExerciseKey, Omission] = {}
    held: Mapping[ExerciseKey, Omission] = {}
    if draft.status is Status.READY:
        further = dict(_not_chosen(draft, draft.explain))
    else:
        held = draft.parts.held_back("plan_refers" if draft.status is Status.REFER else "plan_asks")
    exclusions: list[Omission] = []
    omissions: list[Omission] = []
    reasons: dict[int, Reason] = {}
    grounds_of = draft.parts.grounds
    for place in draft.knowledge.places:
        omission = further.get(place)
        if omission is not None:
            omissions.append(omission)
            reasons[id(omission.reason)] = omission.reason
        else:
            grounds = grounds_of(against.get(place, ()), held.get(place))
            exclusions += grounds.by_rules
            omissions += grounds.others
            reasons.update(grounds.reasons)
    return LeftOut(tuple(exclusions), tuple(omissions), reasons)


def _not_chosen(draft: PlanContext, explain: Explainer) -> Iterator[tuple[ExerciseKey, Omission]]:
    """Why a feasible exercise is not in the plan."""
    in_plan = {
        (item.exercise.id, side)
        for one in draft.selection.selected
        for item in one.items
        for side in item.exercise.sides(item.side)
    }
    planned = {name for name, _ in in_plan}
    reasons = {id(one): _refusal(one, explain) for one in draft.selection.rejected}
    rejected = {
        pick.exercise.id: one for one in draft.selection.rejected for pick in one.offer.picks
    }
    by_ladder = {
        one.offer.ladder.id: draft.knowledge.title(one.items[0].exercise.id)
        for one in draft.selection.selected
    }
    offered: dict[str, str] = {}
    for one in draft.selection.rejected:
        title = draft.knowledge.title(one.offer.picks[0].exercise.id)
        offered.setdefault(one.offer.ladder.id, title)
    avoid, knowledge = draft.asked.request.avoid, draft.knowledge
    for place in draft.feasible.by_place:
        exercise = place[0]
        if place in in_plan:
            continue
        if exercise in avoid:
            reason = explain.plain("avoided")
        elif exercise in planned:
            reason = explain.plain("other_side_hurts")
        elif exercise in rejected:
            reason = reasons[id(rejected[exercise])]
        else:
            ladder = knowledge.ladder_of(exercise)
            instead = by_ladder.get(ladder.id)
            ranked = offered.get(ladder.id)
            if instead is not None:
                reason = explain.plain("below_standing", exercise=instead)
            elif ranked is not None:
                reason = explain.plain("below_offered", exercise=ranked)
            elif other_side_lacks(ladder, draft.feasible.by_place[place], draft.feasible):
                reason = explain.plain("other_side_lacks")
            else:
                reason = explain.plain("no_target")
        yield place, draft.parts.omission(place, reason)


def _refusal(refusal: Rejection, explain: Explainer) -> Reason:
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
    if not refusal.points:
        return explain.plain("outranked_by_little", exercise=instead, most=refusal.most)
    return explain.plain("outranked", exercise=instead, points=refusal.points, most=refusal.most)
