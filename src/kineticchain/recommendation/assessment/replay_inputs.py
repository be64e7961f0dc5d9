"""Data that the replay takes from a decision, and stops that a decision takes from the replay."""

import datetime
from collections.abc import Iterable, Mapping

from attrs import evolve

from kineticchain.domain.exercises import Programme, ProgrammeItem
from kineticchain.domain.facts import Value
from kineticchain.domain.person import History
from kineticchain.knowledge import Knowledge
from kineticchain.progression import ReplayContext, Standing
from kineticchain.progression.model.track import TrackKey
from kineticchain.progression.replay.placement import ProgrammeStart
from kineticchain.progression.replay.reports import SETTLED
from kineticchain.recommendation.assessment.infeasibility import InfeasibilityReport
from kineticchain.record import Situation
from kineticchain.rules import Consequence, Decision, LimitKind, ReferralLevel
from kineticchain.rules.model.consequence import RuleOutcome

_EVERY_OTHER_DAY = 4
"""Days a week of a programme for every other day, rounded up."""


def replay_context(
    situation: Situation,
    decision: Decision,
    report: InfeasibilityReport,
    baselines: Mapping[TrackKey, Mapping[str, Value]],
    programmes: Iterable[Programme],
) -> ReplayContext:
    """Return everything that replay needs besides the events.

    Args:
        situation: The facts, which place a person on each ladder.
        decision: The decision, with the pain ceiling.
        report: The exclusions by rules and equipment.
        baselines: For a ladder and side, the facts that placed the person there, if the facts have
            changed since.
        programmes: The programmes that the person was given, the first one first.
    """
    knowledge = report.knowledge
    policy = knowledge.policy
    ceiling = decision.tightest(LimitKind.PAIN_CEILING)
    infeasible = report.infeasible
    # After answers expired, rules with an unknown condition exclude nothing from the replay.
    if situation.facts["screening_lapsed"]:
        true_rules = {fired.rule.id for fired in decision.fired if fired.truth is True}
        infeasible = report.infeasible_by(true_rules)
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
        programme_starts=_programme_starts(programmes, knowledge),
    )


def _programme_starts(
    programmes: Iterable[Programme], knowledge: Knowledge
) -> Mapping[str, ProgrammeStart]:
    """Return where programmes start on each ladder; of several starts the first one counts."""
    starts: dict[str, ProgrammeStart] = {}
    for programme in programmes:
        for item in programme.items:
            ladder, rung = knowledge.ladder_index.rung_of[item.exercise]
            level = None if item.dose is None else _level(item, programme, knowledge)
            starts.setdefault(ladder.id, ProgrammeStart(rung, level, programme.suits))
    return starts


def _level(item: ProgrammeItem, programme: Programme, knowledge: Knowledge) -> int:
    """Return the level of an item's dose, on as many days a week as the programme has."""
    most = programme.days_per_week if not programme.every_other_day else _EVERY_OTHER_DAY
    most = min(most, item.days or most)
    steps = knowledge.ladder_index.steps[item.exercise]
    levels = [level for level, step in enumerate(steps) if step.dose == item.dose]
    return max([level for level in levels if steps[level].days <= most] or levels[:1])


def with_stops(
    decision: Decision,
    standings: tuple[Standing, ...],
    history: History,
    on: datetime.date | None,
    knowledge: Knowledge,
) -> Decision:
    """Return the decision with the referral of every stop that still applies.

    Once a stop has lasted the `stop_days` of its ladder, a question asks whether the cause has
    settled. An answer is valid for the `valid_days` of this fact.
    """
    stopped = [standing for standing in standings if standing.stopped is not None]
    if not stopped:
        return decision
    rows = knowledge.ladder_index.by_transition
    raised = dict.fromkeys(
        Consequence(row.refer, row.id, None)
        for standing in stopped
        if (row := rows.get(standing.reason.id)) is not None and row.refer is not None
    )
    stops = [(referral.rule, RuleOutcome.of([referral])) for referral in raised]
    decision = evolve(decision, outcomes=(*decision.outcomes, *stops))
    due = on is not None and any(_is_due(standing, on, knowledge) for standing in stopped)
    if on is None or not due or _was_answered(history, on, knowledge):
        return decision
    return evolve(
        decision,
        questions=(*decision.questions, SETTLED),
        decision_counts=(*decision.decision_counts, len(stopped)),
    )


def _is_due(standing: Standing, on: datetime.date, knowledge: Knowledge) -> bool:
    """Return whether a stop has lasted long enough to ask whether its cause has settled."""
    stop_days = knowledge.ladder_index.policy_of(standing.ladder).stop_days
    return standing.stopped is not None and (on - standing.stopped).days >= stop_days


def _was_answered(history: History, on: datetime.date, knowledge: Knowledge) -> bool:
    """Return whether the question about stops was answered recently, if only with *unsure*."""
    valid = knowledge.vocabulary.by_id[SETTLED].valid_days
    findings = history.until(on).findings
    answers = [finding.on for finding in findings if SETTLED in finding.facts.given()]
    return any((on - day).days <= valid for day in answers)
