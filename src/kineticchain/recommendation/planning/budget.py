"""The budget: the time of each session, and the largest number of exercises."""

from collections.abc import Mapping

from kineticchain.domain.person import Request
from kineticchain.recommendation.assessment.assessment import Assessment
from kineticchain.recommendation.plan.cycle import WEEK, session_count
from kineticchain.recommendation.selection.problem import MAX_TAKEN
from kineticchain.recommendation.selection.select import SessionBudget
from kineticchain.rules import LimitKind


def session_budget(
    request: Request, assessment: Assessment, weekly_limits: Mapping[str, int]
) -> SessionBudget:
    """Return the budget of a request, within the limits of rules.

    Args:
        request: The minutes and sessions asked for.
        assessment: The decision, and the standings with their days a week.
        weekly_limits: The most sessions a week of ladders trained for longer than a week.
    """
    decision = assessment.decision
    minutes = decision.tightest(LimitKind.MINUTES)
    most = decision.tightest(LimitKind.EXERCISES)
    return SessionBudget(
        sessions=tuple(
            60 * (asked if minutes is None else min(asked, minutes)) for asked in request.sessions
        ),
        exercises=MAX_TAKEN if most is None else min(most, MAX_TAKEN),
        micro=request.micro_sessions_per_day,
        days=session_count(request),
        often=_days_a_week(assessment, weekly_limits) if request.micro_sessions_per_day else {},
    )


def _days_a_week(assessment: Assessment, weekly_limits: Mapping[str, int]) -> Mapping[str, int]:
    """Return the largest number of training days a week of each ladder."""
    days = dict(weekly_limits)
    for standing in assessment.standings:
        days[standing.ladder] = min(days.get(standing.ladder, WEEK), standing.days_a_week)
    return days
