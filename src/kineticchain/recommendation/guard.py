"""The last check of a finished plan, independent of how it was made."""

from collections.abc import Iterator

from kineticchain.anatomy import Side
from kineticchain.errors import GuardFailure
from kineticchain.exercises import Exercise, LoadClass, prescription_seconds
from kineticchain.knowledge import Knowledge
from kineticchain.person import Request
from kineticchain.recommendation.parts import Item, Status
from kineticchain.recommendation.plan import Plan
from kineticchain.rules import Cap, Decision, LimitKind, ReferralLevel


def guard(
    plan: Plan, decision: Decision, request: Request, knowledge: Knowledge, at_hand: frozenset[str]
) -> Plan:
    """The plan itself, if it keeps to the decision. Raises `GuardFailure` otherwise."""
    breaches = list(_breaches(plan, decision, request, knowledge, at_hand))
    if breaches:
        raise GuardFailure(*breaches)
    return plan


def _breaches(
    plan: Plan, decision: Decision, request: Request, knowledge: Knowledge, at_hand: frozenset[str]
) -> Iterator[str]:
    if plan.referral.level is not decision.level:
        yield f"the referral is {plan.referral.level}, decided was {decision.level}"
    if plan.items and plan.status is not Status.READY:
        yield f"status {plan.status}, yet there are exercises"
    if decision.level >= ReferralLevel.SAME_DAY and plan.status is not Status.REFER:
        yield f"a referral of {decision.level} without the status refer"
    if decision.questions and plan.status is Status.READY:
        yield "open questions, yet the plan is ready"
    most = decision.tightest(LimitKind.EXERCISES)
    count = len({(item.exercise, item.side) for item in plan.items})
    if most is not None and count > 2 * most:
        yield f"{count} items where {most} exercises are the limit"
    limit = decision.tightest(LimitKind.MINUTES)
    minutes = request.minutes if limit is None else min(limit, request.minutes)
    for session in plan.sessions:
        if session.seconds > minutes * 60:
            yield f"session {session.number} takes {session.seconds} s"
        for item in session.items:
            yield from _item_breaches(
                item, plan, decision, knowledge.exercises[item.exercise], at_hand
            )


def _item_breaches(
    item: Item, plan: Plan, decision: Decision, exercise: Exercise, at_hand: frozenset[str]
) -> Iterator[str]:
    out = {
        (one.exercise, side)
        for one in decision.exclusions
        for side in ((one.side,) if one.side is not Side.BOTH else (Side.BOTH, *Side.BOTH.each))
    }
    sides = item.side.each if exercise.unilateral else (Side.BOTH,)
    for side in sides:
        if (item.exercise, side) in out:
            yield f"{item.exercise} ({side}) is excluded"
        caps = [one for one in decision.caps if (one.exercise, one.side) == (item.exercise, side)]
        yield from _cap_breaches(item, caps, exercise)
        standings = [
            one for one in plan.standings if one.exercise == item.exercise and one.side.meets(side)
        ]
        if any(one.dose is not None and not one.dose.reaches(item.dose) for one in standings):
            yield f"{item.exercise} ({side}) is dosed above its standing"
    if not exercise.can_be_done_with(at_hand):
        yield f"{item.exercise} needs equipment that is not there"
    if exercise.dose.faults_of(item.dose) and not _reduced(item, exercise):
        yield f"{item.exercise} is dosed outside its range"
    if item.seconds != prescription_seconds(exercise, item.dose, item.side):
        yield f"{item.exercise} is timed wrongly"


def _cap_breaches(item: Item, caps: list[Cap], exercise: Exercise) -> Iterator[str]:
    for cap in caps:
        amounts = {LimitKind.HOLD_S: item.dose.hold_s, LimitKind.ROLL_S: item.dose.duration_s}
        amount = amounts.get(cap.kind)
        if isinstance(cap.value, LoadClass):
            broken = exercise.load > cap.value
        else:
            broken = amount is not None and amount > cap.value
        if broken:
            yield f"{item.exercise} ({item.side}) is above the {cap.kind.value} limit of {cap.rule}"


def _reduced(item: Item, exercise: Exercise) -> bool:
    """A dose reduced after a flare or a break may lie below the range, never above."""
    return exercise.dose.top.reaches(item.dose)
