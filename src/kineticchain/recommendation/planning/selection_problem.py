"""The selection of a plan, and the optimisation problem that also serves its explanation."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from attrs import evolve

from kineticchain.domain.exercises import Ladder
from kineticchain.domain.memo import Memo
from kineticchain.domain.person import History, PlanIssued
from kineticchain.recommendation.planning.budget import session_budget
from kineticchain.recommendation.planning.plan_context import PlanContext
from kineticchain.recommendation.planning.schedule.weekly_frequency import (
    days_in_a_week,
    times_a_day,
)
from kineticchain.recommendation.selection.bonuses import (
    MAKES_ROOM,
    STEP_WAITS,
    Continuity,
    SelectionBonus,
    selection_bonus,
    still_growing,
)
from kineticchain.recommendation.selection.offers.ladder_offers import (
    OfferKey,
    OfferTerms,
    offers_of,
)
from kineticchain.recommendation.selection.offers.offer import Offer
from kineticchain.recommendation.selection.select import problem_of, select
from kineticchain.recommendation.selection.solver.problem import Problem

STALLED = datetime.timedelta(weeks=3)
"""The time without a change of the plans after which a dose that is not done in full stalls."""

LEAST_STALLED = 2
"""The fewest stalled ladders of which one makes room for the other stalled ladders."""


def selection_problem(
    context: PlanContext, memo: Memo[OfferKey, Offer], *, every: bool = False
) -> tuple[list[Offer], Problem]:
    """Return the offers in order, and the optimisation problem with a candidate for each.

    Args:
        context: The context of the plan; its selection is ignored.
        memo: The cache of offers.
        every: True to include the ladders that cannot gain points, for explanations.
    """
    knowledge, request = context.knowledge, context.request
    prefer = context.named.union(request.prefer)
    held = context.held.union(context.substitutes if context.programme is not None else ())
    bonus = selection_bonus(context.continuity, context.substitutes, prefer, held, knowledge)
    ladders = [
        ladder for ladder in knowledge.ladders if context.programme is None or ladder.id in held
    ]
    if not every:
        ladders = _of_use(ladders, context, bonus)
    budget = session_budget(request, context.assessment, context.day_limits, context.continuity)
    terms = OfferTerms(
        avoid=request.avoid,
        held=held,
        waiting={ladder for ladder, code in context.continuity.items() if code == STEP_WAITS},
        last=context.last_doses,
        session_seconds=budget.sessions,
    )
    return problem_of(
        offers_of(ladders, context.feasible, context.targets, terms, memo),
        context.targets,
        context.decision,
        knowledge.conflicts.values(),
        budget,
        bonus,
    )


def _of_use(ladders: Iterable[Ladder], context: PlanContext, bonus: SelectionBonus) -> list[Ladder]:
    """Return the ladders that train a target region, or have an exercise with a bonus.

    An exercise that a rule prefers counts as well. The exercises of all other ladders gain fewer
    points than the price of an exercise.
    """
    places = {region for region, _ in context.targets.worth}
    exercises = {preference.target.exercise for preference in context.decision.preferences}
    wanted = exercises.union(bonus.points, bonus.growing, bonus.preferred)
    regions, rungs = context.knowledge.regions_on, context.knowledge.ladder_index.exercises_on
    return [
        ladder
        for ladder in ladders
        if not places.isdisjoint(regions[ladder.id]) or not wanted.isdisjoint(rungs[ladder.id])
    ]


def with_selection(
    context: PlanContext,
    history: History,
    on: datetime.date | None,
    memo: Memo[OfferKey, Offer],
) -> PlanContext:
    """Return the context with its selection.

    Args:
        context: The context of the plan, without a selection.
        history: The sessions so far.
        on: The day of the plan; None disregards the sessions.
        memo: The cache of offers.
    """
    if context.programme is not None:
        return evolve(context, selection=select(*selection_problem(context, memo), None))
    selected_context = _with_fewest_losses(context, history, on, memo)
    newest = _newest_stalled(selected_context, history, on)
    if newest is None:
        return selected_context
    makes_room = {**context.continuity, newest: MAKES_ROOM}
    return _with_fewest_losses(evolve(context, continuity=makes_room), history, on, memo)


def _with_fewest_losses(
    context: PlanContext,
    history: History,
    on: datetime.date | None,
    memo: Memo[OfferKey, Offer],
) -> PlanContext:
    """Return the context with the selection that loses the fewest exercises that still grow.

    Exercises grow only if the time allows it. The selection itself decides whether a dose grows,
    since the last dose is one of the versions of an exercise. Further days a week and next rungs
    are granted before the selection, so they may take time that other exercises need. If the
    selection then leaves out or cuts an exercise that still grows, it is repeated: with the days
    of the last weeks, with next rungs that wait, and with both. Of these selections, the first one
    with the fewest losses is used.
    """
    times = times_a_day(history, on, context.knowledge)

    def selected(continuity: Continuity, limits: Mapping[str, int]) -> PlanContext:
        limited = evolve(context, continuity=continuity, weekly_limits=limits)
        return evolve(limited, selection=select(*selection_problem(limited, memo), times))

    best = selected(context.continuity, context.weekly_limits)
    losses = _losses(best)
    if not losses:
        return best
    waiting = {
        **context.continuity,
        **dict.fromkeys(_next_rungs(selection_problem(best, memo)[0], context), STEP_WAITS),
    }
    days = context.weekly_limits, _held_days(context, history, on)
    for continuity, limits in [*product((context.continuity, waiting), days)][1:]:
        alternative = selected(continuity, limits)
        if _losses(alternative) < losses:
            best, losses = alternative, _losses(alternative)
    return best


def _next_rungs(offers: Iterable[Offer], context: PlanContext) -> Iterator[str]:
    """Yield the ladders that still grow and whose offers start a next rung."""
    growing = still_growing(context.continuity)
    for offer in offers:
        if offer.below and offer.ladder.id in growing:
            yield offer.ladder.id


def _newest_stalled(context: PlanContext, history: History, on: datetime.date | None) -> str | None:
    """Return the stalled ladder that makes room for other stalled ladders.

    If every exercise continues and none has the time to grow, the plan would never change. This is
    assumed if all plans of three weeks asked for the same doses of the same exercises. A ladder is
    stalled if its dose was not done in full and this selection cuts the dose again, or if its next
    rung waits. If at least two ladders are stalled, the one that was begun last makes room. A
    ladder that is asked for by name, or whose own next rung waits, never makes room. No ladder
    makes room if the selection contains a new ladder, since the plan then changes anyway.

    Args:
        context: The assessment and the selection of the plan.
        history: The plans and sessions so far.
        on: The day of the plan; None disregards the history.

    Returns:
        The id of the ladder; None if no ladder makes room.
    """
    if on is None:
        return None
    plans = [event for event in history if isinstance(event, PlanIssued) and event.on < on]
    in_force = [plan for plan in plans if plan.on <= on - STALLED][-1:]
    recent = [plan for plan in plans if plan.on > on - STALLED]
    planned_doses = [
        {(item.exercise, item.side, item.dose) for item in plan.items}
        for plan in (*in_force, *recent)
    ]
    if not in_force or any(doses != planned_doses[0] for doses in planned_doses):
        return None
    selection = context.selection.selected
    if any(selected.offer.ladder.id not in context.continuity for selected in selection):
        return None
    cut = {
        selected.offer.ladder.id
        for selected in selection
        if selected.day_items != selected.offer.prescriptions[0]
    }
    stalled = {
        standing.ladder
        for standing in context.assessment.standings
        if standing.ladder in cut and standing.reason.id == "dose_not_reached"
    }
    waiting = {ladder for ladder, code in context.continuity.items() if code == STEP_WAITS}
    stalled |= waiting
    preferred = {context.knowledge.ladder_of(name).id for name in context.request.prefer}
    may_make_room = sorted(
        stalled & still_growing(context.continuity) - waiting - context.held - preferred
    )
    if len(stalled) < LEAST_STALLED or not may_make_room:
        return None
    begun: dict[str, datetime.date] = {}
    for session in history.sessions:
        for line in session.lines:
            if line.performed is not None:
                begun.setdefault(context.knowledge.ladder_of(line.performed).id, session.on)
    return max(may_make_room, key=lambda ladder: (begun.get(ladder, on), ladder))


def _losses(context: PlanContext) -> int:
    """Return how many exercises that still grow are left out or cut below their last dose."""
    kept_ladders = {
        selected.offer.ladder.id
        for selected in context.selection.selected
        if selected.offer.is_kept(selected.day_items)
    }
    feasible = context.feasible.on_ladder
    return sum(
        ladder not in kept_ladders and bool(feasible[ladder])
        for ladder in still_growing(context.continuity)
    )


def _held_days(
    context: PlanContext, history: History, on: datetime.date | None
) -> Mapping[str, int]:
    """Return the weekly limits; a ladder that still grows gets no more days than before."""
    limits = dict(context.weekly_limits)
    done = days_in_a_week(history, on, context.knowledge)
    for ladder in still_growing(context.continuity):
        if ladder in done:
            limits[ladder] = min(limits.get(ladder, done[ladder]), done[ladder])
    return limits
