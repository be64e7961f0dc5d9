"""Assessment of a person: situation, decision, standings and targets."""

import datetime
from collections.abc import Mapping

from kineticchain.domain.exercises import Programme
from kineticchain.domain.facts import Value
from kineticchain.domain.person import History, PlanIssued
from kineticchain.knowledge import Knowledge
from kineticchain.progression.model.track import TrackKey
from kineticchain.recommendation.assessment.assessment import Assessment
from kineticchain.recommendation.assessment.entry_criteria import baseline_facts
from kineticchain.recommendation.assessment.feasible_set import standings_within_limits
from kineticchain.recommendation.assessment.infeasibility import InfeasibilityReport
from kineticchain.recommendation.assessment.input_validation import check_input
from kineticchain.recommendation.assessment.replay_inputs import replay_context, with_stops
from kineticchain.recommendation.assessment.targets import targets_of
from kineticchain.recommendation.plan.plan_input import PlanInput
from kineticchain.record import Record, Situation, along_chain, derive, derive_on


def assess(
    plan_input: PlanInput, knowledge: Knowledge, before: Assessment | None = None
) -> Assessment:
    """Assess a person: situation, decision, standings and targets, one after another.

    Args:
        plan_input: The person, the history, the request and the day.
        knowledge: The rules, ladders, exercises and all else that the assessment uses.
        before: An earlier assessment of the person, which saves the replay of the days before it.
            It does not change the result.

    Raises:
        InvalidInput: If the input contains an id or a value that the knowledge does not allow.
    """
    history, on = plan_input.history, plan_input.on
    situation = situation_of(plan_input, knowledge)
    decision = knowledge.compiled_rules.decide(situation)
    report = InfeasibilityReport(knowledge, decision, situation.available_equipment)
    programmes = _programmes(plan_input, knowledge)
    context = replayed = None
    if plan_input.history:
        baselines = _baselines(plan_input, knowledge)
        context = replay_context(situation, decision, report, baselines, programmes)
        parts = before.replayed.parts if before is not None and before.replayed is not None else ()
        replayed = standings_within_limits(history, context, on, parts)
        decision = with_stops(decision, replayed.standings, history, on, knowledge)
    return Assessment(
        knowledge=knowledge,
        situation=situation,
        decision=decision,
        report=report,
        context=context,
        replayed=replayed,
        trained=_trained(history, knowledge),
        programmes=programmes,
        targets=targets_of(situation, plan_input.request.goal, decision, knowledge),
    )


def situation_of(plan_input: PlanInput, knowledge: Knowledge) -> Situation:
    """Return the facts that rules read of a person on a day, given and derived."""
    person, history = plan_input.person, plan_input.history
    request, on = plan_input.request, plan_input.on
    check_input(person, request, history, knowledge, on)
    return along_chain(derive(person, request, history, on, knowledge.terms), knowledge.chain)


def _baselines(
    plan_input: PlanInput, knowledge: Knowledge
) -> Mapping[TrackKey, Mapping[str, Value]]:
    """Return the facts of the first training day, for ladders trained before facts changed."""
    history, on = plan_input.history, plan_input.on

    def facts_on(day: datetime.date) -> Mapping[str, Value]:
        record = Record.of(plan_input.person, history, on)
        situation = derive_on(record, plan_input.request, history, day, knowledge.terms)
        return along_chain(situation, knowledge.chain).facts

    so_far = history if on is None or not history.findings else history.until(on)
    return baseline_facts(so_far, knowledge.ladder_index, facts_on)


def _programmes(plan_input: PlanInput, knowledge: Knowledge) -> tuple[Programme, ...]:
    """Return the programmes that issued plans and the request name, the oldest first."""
    on = plan_input.on
    issued = [
        event.programme
        for event in plan_input.history
        if isinstance(event, PlanIssued) and (on is None or event.on <= on)
    ]
    programme_ids = dict.fromkeys([*issued, plan_input.request.programme])
    programmes = knowledge.programmes
    return tuple(
        programmes[name] for name in programme_ids if name is not None and name in programmes
    )


def _trained(history: History, knowledge: Knowledge) -> tuple[str, ...]:
    """Return the ladders that any session trained, in alphabetical order."""
    performed = {
        line.performed
        for session in history.sessions
        for line in session.lines
        if line.performed is not None
    }
    return tuple(sorted({knowledge.ladder_of(exercise).id for exercise in performed}))
