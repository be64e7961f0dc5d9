"""Omissions of a plan: every exercise that is not in the plan, with the reason."""

from collections.abc import Iterable, Iterator

from kineticchain.recommendation.explanation.model import Omission
from kineticchain.recommendation.plan.model import Reason, Status
from kineticchain.recommendation.planning.explainer import Explainer
from kineticchain.recommendation.planning.plan_context import PlanContext
from kineticchain.recommendation.selection.offers.ladder_offers import other_side_lacks
from kineticchain.recommendation.selection.rejection import Rejection
from kineticchain.rules.model.exercise_index import ExerciseSide


def omissions_of(context: PlanContext) -> Iterator[Omission]:
    """Yield why each exercise and side is not in the plan, in alphabetical order.

    A plan that refers or asks questions first omits all exercises, and an exercise can have further
    reasons. The reasons of one exercise and side are in the order of rules, without duplicates.
    """
    explain = context.explain
    whole_plan = {Status.REFER: "plan_refers", Status.ASK_FIRST: "plan_asks"}.get(context.status)
    held_back = None if whole_plan is None else explain.plain(whole_plan)
    not_selected = {} if whole_plan else dict(_not_selected(context, explain))
    for key in context.knowledge.exercise_sides:
        if key in not_selected:
            yield Omission(exercise=key.exercise, side=key.side, reason=not_selected[key])
            continue
        reasons = []
        if key not in context.feasible.by_key:
            infeasible = (
                context.feasible.reasons(key)
                if held_back is None
                else context.assessment.report.reasons(key)  # standings are not part of the plan
            )
            reasons = [explain.of_infeasibility(infeasibility) for infeasibility in infeasible]
        if held_back is not None:
            reasons.append(held_back)
        for reason in _in_order(reasons):
            yield Omission(exercise=key.exercise, side=key.side, reason=reason)


def _in_order(reasons: Iterable[Reason]) -> list[Reason]:
    unique = {(reason.rule or "", reason.message.text): reason for reason in reasons}
    return [unique[key] for key in sorted(unique)]


def _not_selected(
    context: PlanContext, explain: Explainer
) -> Iterator[tuple[ExerciseSide, Reason]]:
    """Yield the reason of each feasible exercise and side that is not in the plan."""
    knowledge = context.knowledge
    in_plan = {
        (item.exercise.id, side)
        for offer in context.selection.selected
        for item in offer.items
        for side in item.exercise.sides(item.side)
    }
    planned = {name for name, _ in in_plan}
    by_ladder = {
        selected.offer.ladder.id: context.knowledge.title(selected.items[0].exercise.id)
        for selected in context.selection.selected
    }
    rungs = {
        selected.offer.ladder.id: knowledge.ladder_index.rung_of[selected.items[0].exercise.id][1]
        for selected in context.selection.selected
    }
    refused: dict[str, Reason] = {}
    offered: dict[str, str] = {}
    for rejection in context.selection.rejected:
        exercises = [pick.exercise.id for pick in rejection.offer.picks]
        refused.update(dict.fromkeys(exercises, _refusal(rejection, explain)))
        offered.setdefault(rejection.offer.ladder.id, context.knowledge.title(exercises[0]))
    avoid = context.request.avoid
    for item in context.feasible.items:
        key = item.key
        exercise = key.exercise
        if key in in_plan:
            continue
        if exercise in avoid:
            reason = explain.plain("avoided")
        elif exercise in planned:
            reason = explain.plain("other_side_hurts")
        elif exercise in refused:
            reason = refused[exercise]
        else:
            ladder = knowledge.ladder_of(exercise)
            instead = by_ladder.get(ladder.id)
            ranked = offered.get(ladder.id)
            if instead is not None and item.rung > rungs[ladder.id]:
                reason = explain.plain("needs_time", exercise=instead)
            elif instead is not None:
                reason = explain.plain("below_standing", exercise=instead)
            elif ranked is not None:
                reason = explain.plain("below_offered", exercise=ranked)
            elif other_side_lacks(ladder, context.feasible.by_key[key], context.feasible):
                reason = explain.plain("other_side_lacks")
            else:
                reason = explain.plain("no_target")
        yield key, reason


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
