"""From a person to all that is settled before the choice."""

import datetime
from collections.abc import Mapping

from kineticchain.domain.facts import Value
from kineticchain.knowledge import Knowledge
from kineticchain.progression import ReplayContext
from kineticchain.progression.model.track import TrackKey
from kineticchain.recommendation.assessment.assessment import Assessment
from kineticchain.recommendation.assessment.entry_criteria import baseline_facts
from kineticchain.recommendation.assessment.feasible_set import feasible_set, standings_within_bars
from kineticchain.recommendation.assessment.infeasibility import InfeasibilityReport
from kineticchain.recommendation.assessment.input_validation import check_input
from kineticchain.recommendation.assessment.ladder_eligibility import LadderEligibility
from kineticchain.recommendation.assessment.stops import with_stops
from kineticchain.recommendation.assessment.targets import TargetFinder
from kineticchain.recommendation.assessment.tissue_loading import without_recovering_tissue
from kineticchain.recommendation.plan.plan_input import PlanInput
from kineticchain.record import Record, Situation, along_chain, derive, derive_on
from kineticchain.rules import Decision, LimitKind, ReferralLevel


def assess(
    asked: PlanInput, eligibility: LadderEligibility, target_finder: TargetFinder
) -> Assessment:
    """Facts, decision, standings, targets and the feasible set, one after another."""
    history, on, knowledge = asked.history, asked.on, eligibility.knowledge
    situation = situation_of(asked, knowledge)
    decision = knowledge.compiled_rules.decide(situation)
    bars = eligibility.bars(decision, situation.available_equipment)

    def facts_on(day: datetime.date) -> Mapping[str, Value]:
        record = Record.of(asked.person, history, on)
        then = derive_on(record, asked.request, history, day, knowledge.terms)
        return along_chain(then, knowledge.chain).facts

    starts = baseline_facts(
        history if on is None or not history.findings else history.until(on),
        knowledge.ladder_index,
        facts_on,
    )
    replay_context = _course(situation, decision, bars, starts)
    standings = standings_within_bars(history, replay_context, on)
    decision = with_stops(decision, standings, history, on, knowledge)
    fresh = not history.sessions
    feasible = feasible_set(
        eligibility, bars, standings, fresh=fresh, stopped=replay_context.stopped
    )
    return Assessment(
        situation=situation,
        decision=decision,
        standings=standings,
        feasible=without_recovering_tissue(feasible, standings, history, knowledge),
        targets=target_finder.targets(situation, asked.request.goal, decision),
        replay_context=replay_context,
    )


def situation_of(asked: PlanInput, knowledge: Knowledge) -> Situation:
    """All that rules may know of a person on a day: the facts, given and derived."""
    person, history, request, on = asked.person, asked.history, asked.request, asked.on
    check_input(person, request, history, knowledge, on)
    return along_chain(derive(person, request, history, on, knowledge.terms), knowledge.chain)


def _course(
    situation: Situation,
    decision: Decision,
    bars: InfeasibilityReport,
    starts: Mapping[TrackKey, Mapping[str, Value]],
) -> ReplayContext:
    knowledge = bars.knowledge
    policy = knowledge.policy
    ceiling = decision.tightest(LimitKind.PAIN_CEILING)
    barred = bars.places
    if situation.facts["screening_lapsed"]:
        barred = bars.known_places({one.rule for one in decision.trace if one.truth is True})
    return ReplayContext(
        ladder_index=knowledge.ladder_index,
        facts=situation.facts,
        catalog=knowledge.catalog,
        pain_ceiling=policy.pain_ceiling if ceiling is None else min(ceiling, policy.pain_ceiling),
        loaded_regions_and_neighbours=knowledge.exercise_index.loaded_regions_and_neighbours,
        barred=barred,
        lacking=frozenset(bars.lacking),
        stopping=bars.stopping,
        stopped=decision.level >= ReferralLevel.URGENT,
        starts=starts,
    )
