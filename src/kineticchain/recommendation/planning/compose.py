"""Composition of a plan from an assessment and a selection."""

import math
from collections.abc import Iterator, Mapping
from typing import TypedDict

from kineticchain.domain.facts import Value
from kineticchain.knowledge import Knowledge
from kineticchain.recommendation.plan.cycle import cycle_days
from kineticchain.recommendation.plan.model import (
    QUICKEST_HELP,
    UNSURE_REASON,
    Coverage,
    Question,
    Referral,
    Status,
    TargetRegion,
)
from kineticchain.recommendation.plan.plan import Plan
from kineticchain.recommendation.plan.plan_input import PlanInput
from kineticchain.recommendation.plan.trace import BoundFacts, FiredRule, OpenedExercise, Trace
from kineticchain.recommendation.planning.explainer import Explainer
from kineticchain.recommendation.planning.notes.plan_notes import PlanNotes
from kineticchain.recommendation.planning.notes.self_tests import self_tests
from kineticchain.recommendation.planning.plan_context import PlanContext
from kineticchain.recommendation.planning.schedule.sessions import sessions_of
from kineticchain.recommendation.selection.select import Selection
from kineticchain.rules import Decision
from kineticchain.rules.model.decision import order_of

MAX_QUESTIONS = 8
"""The most questions that a plan states in full; of further questions it states the number."""


def compose(context: PlanContext, plan_input: PlanInput, version: str) -> Plan:
    """Compose the plan.

    Args:
        context: The assessment and the selection of the plan.
        plan_input: The input of the plan; its history affects the days of each exercise.
        version: The version of the library.
    """
    assessment, decision = context.assessment, context.decision
    sessions = tuple(sessions_of(context, plan_input))
    notes = PlanNotes(context, plan_input.on, sessions, Explainer(context.knowledge, lean=True))
    ready = context.status is Status.READY
    return Plan(
        status=Status.REST if ready and not sessions else context.status,
        referral=_referral(context),
        questions=tuple(questions_of(decision, context.knowledge, MAX_QUESTIONS)),
        further_questions=max(0, len(decision.questions) - MAX_QUESTIONS),
        sessions=sessions,
        self_tests=self_tests(context, sessions),
        standings=tuple(
            standing for standing in assessment.standings if standing.ladder in assessment.moved
        )
        if assessment.replayed is not None
        else (),
        precautions=tuple(notes.precautions()),
        advice=tuple(notes.advice()),
        targets=tuple(
            TargetRegion(
                region=place[0],
                side=place[1],
                points=points,
                origins=context.targets.origins[place],
            )
            for place, points in context.targets.points.items()
            if ready
        ),
        coverage=_coverage(context.selection),
        trace=_trace(context),
        failures=decision.failures,
        disabled_rules=context.knowledge.disabled_rules,
        language=context.knowledge.catalog.language,
        pain_ceiling=assessment.pain_ceiling,
        on=plan_input.on,
        cycle_days=cycle_days(context.request),
        made_from=plan_input,
        fingerprint=context.knowledge.fingerprint,
        version=version,
    )


def questions_of(
    decision: Decision, knowledge: Knowledge, most: int | None = None
) -> Iterator[Question]:
    """Yield the open questions of a decision, first those that decide the most rules.

    Args:
        decision: The decision.
        knowledge: The vocabulary, with the text of each question.
        most: The most questions; all by default.
    """
    vocabulary = knowledge.vocabulary.by_id
    questions = zip(decision.questions[:most], decision.decision_counts[:most], strict=True)
    for name, count in questions:
        text = knowledge.catalog.translated(vocabulary[name].question)
        yield Question(id=name, text=text, decisions=count)


def _trace(context: PlanContext) -> Trace:
    situation, decision = context.assessment.situation, context.decision
    fired = [
        FiredRule(fired.rule.id)
        if fired.binding is None
        else FiredRule(fired.rule.id, fired.binding.region, fired.binding.side)
        for fired in sorted([firing for firing in decision.fired if firing.truth], key=order_of)
    ]
    return Trace(
        request=context.request,
        rules=tuple(dict.fromkeys(fired) if situation.state.unsure else fired),
        **_facts(situation.facts, context.knowledge.reassuring),
        unsure=situation.state.unsure,
        unknown=tuple(sorted(situation.state.unknown)),
        bindings=tuple(
            BoundFacts(
                kind=binding.occasion,
                region=binding.region,
                side=binding.side,
                facts=binding.values,
            )
            for binding in situation.all_bindings
        ),
        settled=tuple(FiredRule(*settled) for settled in decision.settled),
        opened=tuple(
            OpenedExercise(
                exercise=opened.target.exercise,
                side=opened.target.side,
                rule=opened.rule,
                since=opened.effect.since,
                until=opened.effect.until,
            )
            for opened in decision.opened
        ),
        named=tuple(sorted(context.named)),
        trained=context.assessment.trained,
        continuity=dict(sorted(context.continuity.items())),
        weekly_limits=dict(sorted(context.weekly_limits.items())),
        last_doses=dict(sorted(context.last_doses.items())),
    )


class _Facts(TypedDict, total=False):
    """The fields of a trace that contain facts."""

    facts: Mapping[str, Value]
    screened: bool
    unanswered: tuple[str, ...]


def _facts(facts: Mapping[str, Value], reassuring: Mapping[str, Value]) -> _Facts:
    """Return the facts of a trace in the shorter of two forms.

    If at least half of the safety questions are answered, the reassuring answers are left out.
    Otherwise all facts are stored.
    """
    unanswered = [name for name in reassuring if name not in facts]
    if 2 * len(unanswered) > len(reassuring):
        return {"facts": facts}
    other_facts = {
        name: value
        for name, value in facts.items()
        if name not in reassuring or value != reassuring[name]
    }
    return {"facts": other_facts, "screened": True, "unanswered": tuple(unanswered)}


def _coverage(selection: Selection) -> Coverage:
    exact = selection.points == selection.bound
    points = math.floor(selection.points)
    most = points if exact else math.ceil(selection.bound)
    return Coverage(points=points, most=most, exact=exact)


_QUICKEST = {whom: place for place, whom in enumerate(QUICKEST_HELP)}
"""The rank of each helper in `QUICKEST_HELP`; all other helpers rank after them."""


def _referral(context: PlanContext) -> Referral:
    explain = Explainer(context.knowledge, lean=True)
    referrals = sorted(
        context.decision.referrals,
        key=lambda referral: (-referral.effect.level.rank, referral.rule),
    )
    by_speed = sorted(
        referrals,
        key=lambda referral: (
            -referral.effect.level.rank,
            _QUICKEST.get(referral.effect.whom, len(_QUICKEST)),
            referral.rule,
        ),
    )
    whom = dict.fromkeys(referral.effect.whom for referral in by_speed)
    most_urgent = [
        referral for referral in referrals if referral.effect.level is context.decision.level
    ]
    true_rules = {fired.rule.id for fired in context.decision.fired if fired.truth}
    unsure = {rule for rule, _ in context.decision.unsure} - true_rules
    return Referral(
        level=context.decision.level,
        whom=tuple(explain.message(code) for code in whom),
        reasons=tuple(
            explain.of_rule(
                referral.rule,
                UNSURE_REASON if referral.rule in unsure else "excluded_by_rule",
            )
            for referral in referrals
        ),
        whom_at_level=len({referral.effect.whom for referral in most_urgent}),
        reasons_at_level=len(most_urgent),
    )
