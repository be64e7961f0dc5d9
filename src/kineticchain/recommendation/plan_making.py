"""The making of a plan: input, assessment, selection, composition and guard, in this order."""

from attrs import evolve

from kineticchain.domain.memo import Memo
from kineticchain.knowledge import Knowledge
from kineticchain.recommendation.assessment.assess import assess
from kineticchain.recommendation.assessment.assessment import Assessment
from kineticchain.recommendation.assessment.current_ids import with_current_ids
from kineticchain.recommendation.assessment.input_validation import check_types
from kineticchain.recommendation.plan.model import Status
from kineticchain.recommendation.plan.plan import Plan
from kineticchain.recommendation.plan.plan_input import PlanInput
from kineticchain.recommendation.planning.compose import compose
from kineticchain.recommendation.planning.guard import guard
from kineticchain.recommendation.planning.plan_context import PlanContext
from kineticchain.recommendation.planning.schedule.weekly_frequency import WeeklyLimits, last_doses
from kineticchain.recommendation.planning.selection_problem import with_selection
from kineticchain.recommendation.selection.bonuses import (
    Continuity,
    continuing_ladders,
    still_growing,
)
from kineticchain.recommendation.selection.offers.ladder_offers import OfferKey
from kineticchain.recommendation.selection.offers.offer import Offer
from kineticchain.recommendation.selection.substitutes import substitutes
from kineticchain.version import __version__


def plan_and_assessment(
    plan_input: PlanInput,
    knowledge: Knowledge,
    offers: Memo[OfferKey, Offer],
    before: Assessment | None = None,
) -> tuple[Plan, Assessment]:
    """Return a plan, and the assessment that it was made from.

    Args:
        plan_input: The person, the history, the request and the day, as stated.
        knowledge: Exercises, ladders, rules and evidence.
        offers: The cache of offers, to which new offers are added.
        before: The assessment of an earlier plan of the person. It saves most of the replay and
            does not change the plan.

    Raises:
        InvalidInput: If an argument has the wrong type, or if the input contains an id or a value
            that the knowledge does not allow.
    """
    stated = current_input(plan_input, knowledge)
    assessment = assess(stated, knowledge, before)
    context = _context(stated, assessment, offers)
    plan = guard(
        compose(context, stated, __version__),
        assessment.decision,
        stated.request,
        knowledge,
        assessment.available_equipment,
        assessment.standings if context.selection.selected else (),
    )
    return plan, assessment


def current_input(stated: PlanInput, knowledge: Knowledge) -> PlanInput:
    """Return the input with present ids, the schedule of its programme, and no later events.

    Events that are logged after the day of the plan do not change the plan.

    Args:
        stated: The input as stated.
        knowledge: The present and the former ids, and the programmes.

    Raises:
        InvalidInput: If an argument has the wrong type, or if the day is out of range.
    """
    check_types(stated.person, stated.request, stated.history, stated.on)
    current = with_current_ids(stated, knowledge)
    history, on = current.history, current.on
    if on and any(event.on > on for event in history):
        current = evolve(current, history=history.until(on))
    programme = knowledge.programmes.get(current.request.programme or "")
    if programme is None:
        return current  # an unknown programme is reported later, with all other faults
    return evolve(current, request=current.request.scheduled(programme))


def _context(
    plan_input: PlanInput, assessment: Assessment, offers: Memo[OfferKey, Offer]
) -> PlanContext:
    """Return the context of a plan, with a selection only if the status is READY."""
    history, on, knowledge = plan_input.history, plan_input.on, assessment.knowledge
    ready = assessment.status is Status.READY
    continuity: Continuity = {}
    if ready:
        continuity = continuing_ladders(assessment, history, on, knowledge)
    limits = WeeklyLimits.of(history, on if ready else None, knowledge)
    context = PlanContext(
        status=assessment.status,
        assessment=assessment,
        request=plan_input.request,
        continuity=continuity,
        substitutes=substitutes(assessment, continuity, knowledge) if ready else {},
        weekly_limits=limits.days,
        last_doses=last_doses(history, on, still_growing(continuity), knowledge),
        named=assessment.situation.state.results.named,
        session_limits=limits.sessions,
    )
    return with_selection(context, history, on, offers) if ready else context
