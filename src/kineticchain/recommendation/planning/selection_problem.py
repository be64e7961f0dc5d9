"""The optimisation problem of a plan, posed alike to make the plan and to explain it."""

from kineticchain.domain.memo import Memo
from kineticchain.recommendation.planning.budget import session_budget
from kineticchain.recommendation.planning.plan_context import PlanContext
from kineticchain.recommendation.selection.bonuses import selection_bonus
from kineticchain.recommendation.selection.ladder_offers import OfferKey, OfferTerms, offers_of
from kineticchain.recommendation.selection.offer import Offer
from kineticchain.recommendation.selection.select import problem_of
from kineticchain.recommendation.selection.solver.problem import Problem


def selection_problem(
    context: PlanContext, memo: Memo[OfferKey, Offer]
) -> tuple[list[Offer], Problem]:
    """Return the offers in order, and the optimisation problem with a candidate for each.

    Args:
        context: What was assessed; its selection is not read.
        memo: Offers made before.
    """
    knowledge, request = context.knowledge, context.request
    prefer = context.named.union(request.prefer)
    held = context.held.union(context.substitutes if context.programme is not None else ())
    ladders = [
        ladder for ladder in knowledge.ladders if context.programme is None or ladder.id in held
    ]
    terms = OfferTerms(avoid=request.avoid, held=held, last=context.last_doses)
    return problem_of(
        offers_of(ladders, context.feasible, context.targets, terms, memo),
        context.targets,
        context.decision,
        knowledge.conflicts.values(),
        session_budget(request, context.assessment, context.weekly_limits, context.continuity),
        selection_bonus(context.continuity, context.substitutes, prefer, held, knowledge),
    )
