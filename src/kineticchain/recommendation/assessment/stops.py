"""What a stop in training adds to the decision: a referral, and in time a question."""

import datetime

from attrs import evolve

from kineticchain.domain.person import History
from kineticchain.knowledge import Knowledge
from kineticchain.progression import Standing
from kineticchain.progression.replay.daily_update import SETTLED
from kineticchain.rules import Consequence, Decision
from kineticchain.rules.model.consequence import RuleOutcome


def with_stops(
    decision: Decision,
    standings: tuple[Standing, ...],
    history: History,
    on: datetime.date | None,
    knowledge: Knowledge,
) -> Decision:
    """The decision with the referral of every stop that still holds.

    After the policy's `stop_days` it is asked whether the trouble is over; an answer counts as long
    as the fact says.
    """
    stopped = [standing for standing in standings if standing.stopped is not None]
    if not stopped:
        return decision
    rows = knowledge.ladder_index.by_transition
    raised = {
        Consequence(row.refer, row.id, None)
        for standing in stopped
        if (row := rows.get(standing.reason.id)) is not None and row.refer is not None
    }
    stops = [(referral.rule, RuleOutcome.of([referral])) for referral in raised]
    decision = evolve(decision, outcomes=(*decision.outcomes, *stops))
    first = min(standing.stopped for standing in stopped if standing.stopped is not None)
    if on is None or not _is_asked(first, history, on, knowledge):
        return decision
    return evolve(
        decision,
        questions=(*decision.questions, SETTLED),
        decision_counts=(*decision.decision_counts, len(stopped)),
    )


def _is_asked(
    stopped: datetime.date, history: History, on: datetime.date, knowledge: Knowledge
) -> bool:
    """Whether it is time to ask about a stop, and nobody has answered lately."""
    if (on - stopped).days < knowledge.policy.stop_days:
        return False
    valid = knowledge.vocabulary.by_id[SETTLED].valid_days
    answers = [finding.on for finding in history.until(on).findings if SETTLED in finding.facts]
    return not any((on - day).days <= valid for day in answers)
