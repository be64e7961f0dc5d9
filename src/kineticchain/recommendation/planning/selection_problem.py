"""The selection of a plan: its optimisation problem, posed alike to explain it."""

import datetime
from collections.abc import Mapping

from attrs import evolve

from kineticchain.domain.memo import Memo
from kineticchain.domain.person import History
from kineticchain.recommendation.planning.budget import session_budget
from kineticchain.recommendation.planning.plan_context import PlanContext
from kineticchain.recommendation.planning.weekly_frequency import sessions_in_a_week, times_a_day
from kineticchain.recommendation.selection.bonuses import selection_bonus, still_growing
from kineticchain.recommendation.selection.ladder_offers import OfferKey, OfferTerms, offers_of
from kineticchain.recommendation.selection.offer import Offer
from kineticchain.recommendation.selection.select import problem_of, select
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
        session_budget(request, context.assessment, context.day_limits, context.continuity),
        selection_bonus(context.continuity, context.substitutes, prefer, held, knowledge),
    )


def with_selection(
    context: PlanContext,
    history: History,
    on: datetime.date | None,
    memo: Memo[OfferKey, Offer],
) -> PlanContext:
    """Return the context with its selection.

    Growth is granted only where the time allows it. Doses grow within the selection: a version of
    each exercise is what was done last. The days of a week grow before it, so they may take time
    that others need. If that leaves out or cuts an exercise that still grows, the selection is made
    once more with the days of the last weeks, and the one that loses fewer exercises counts.

    Args:
        context: What was assessed; it has no selection yet.
        history: The sessions so far.
        on: The day of the plan; None disregards the sessions.
        memo: Offers made before.
    """
    knowledge = context.knowledge
    times = None if context.programme is not None else times_a_day(history, on, knowledge)

    def selected(limits: Mapping[str, int]) -> PlanContext:
        limited = evolve(context, weekly_limits=limits)
        return evolve(limited, selection=select(*selection_problem(limited, memo), times))

    grown = selected(context.weekly_limits)
    if context.programme is not None or not _losses(grown):
        return grown
    held = selected(_held_days(context, history, on))
    return held if _losses(held) < _losses(grown) else grown


def _losses(context: PlanContext) -> int:
    """Return how many exercises that still grow are left out or cut below what was done last."""
    kept = {
        selected.offer.ladder.id
        for selected in context.selection.selected
        if selected.offer.is_kept(selected.day_items)
    }
    feasible = context.feasible.on_ladder
    return sum(
        ladder not in kept and bool(feasible[ladder])
        for ladder in still_growing(context.continuity)
    )


def _held_days(
    context: PlanContext, history: History, on: datetime.date | None
) -> Mapping[str, int]:
    """Return the weekly limits, with no more days than before for what still grows."""
    limits = dict(context.weekly_limits)
    done = sessions_in_a_week(history, on, context.knowledge)
    for ladder in still_growing(context.continuity):
        if ladder in done:
            limits[ladder] = min(limits.get(ladder, done[ladder]), done[ladder])
    return limits
