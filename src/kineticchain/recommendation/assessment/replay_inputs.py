"""What the log is replayed with: the decision and its exclusions, as progression reads them."""

from collections.abc import Mapping

from kineticchain.domain.facts import Value
from kineticchain.progression import ReplayContext
from kineticchain.progression.model.track import TrackKey
from kineticchain.recommendation.assessment.infeasibility import InfeasibilityReport
from kineticchain.record import Situation
from kineticchain.rules import Decision, LimitKind, ReferralLevel


def replay_context(
    situation: Situation,
    decision: Decision,
    report: InfeasibilityReport,
    baselines: Mapping[TrackKey, Mapping[str, Value]],
) -> ReplayContext:
    """Return everything that replay needs besides the events.

    Args:
        situation: The facts, which place a person on each ladder.
        decision: The decision, with the pain ceiling.
        report: What rules and equipment exclude.
        baselines: The facts that placed the person on a ladder and side, where others hold now.
    """
    knowledge = report.knowledge
    policy = knowledge.policy
    ceiling = decision.tightest(LimitKind.PAIN_CEILING)
    infeasible = report.infeasible
    if situation.facts["screening_lapsed"]:  # unanswered again: what was known stays known
        held = {fired.rule.id for fired in decision.fired if fired.truth is True}
        infeasible = report.infeasible_without(held)
    return ReplayContext(
        ladder_index=knowledge.ladder_index,
        facts=situation.facts,
        catalog=knowledge.catalog,
        pain_ceiling=policy.pain_ceiling if ceiling is None else min(ceiling, policy.pain_ceiling),
        loaded_regions_and_neighbours=knowledge.exercise_index.loaded_regions_and_neighbours,
        infeasible=infeasible,
        without_equipment=report.without_equipment,
        stopping=report.stopping,
        stopped=decision.level >= ReferralLevel.URGENT,
        starts=baselines,
    )
