"""The guard: a final check of a plan, independent of the planner."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from attrs import field, frozen

from kineticchain.domain.exercises import Dose, Exercise, LoadClass, prescription_seconds
from kineticchain.domain.person import Request
from kineticchain.errors import GuardFailure
from kineticchain.knowledge import Knowledge
from kineticchain.progression import Standing
from kineticchain.recommendation.plan.cycle import WEEK
from kineticchain.recommendation.plan.model import Item, Session, Status
from kineticchain.recommendation.plan.plan import Plan
from kineticchain.rules import (
    Consequence,
    Decision,
    Limit,
    LimitKind,
    ReferralLevel,
    Require,
    Requirement,
)
from kineticchain.rules.model.exercise_index import ExerciseSide

ExerciseLimit: TypeAlias = Consequence[Limit, ExerciseSide | None]


def guard(
    plan: Plan,
    decision: Decision,
    request: Request,
    knowledge: Knowledge,
    available_equipment: frozenset[str],
    standings: tuple[Standing, ...] = (),
) -> Plan:
    """Return the plan. Raises `GuardFailure` if it violates the decision or another argument."""
    breaches = list(_breaches(plan, decision, request, knowledge, available_equipment, standings))
    if breaches:
        raise GuardFailure(*breaches)
    return plan


def _breaches(
    plan: Plan,
    decision: Decision,
    request: Request,
    knowledge: Knowledge,
    available_equipment: frozenset[str],
    standings: tuple[Standing, ...],
) -> Iterator[str]:
    if plan.referral.level is not decision.level:
        yield f"the referral is {plan.referral.level}, decided was {decision.level}"
    if bool(plan.items) is not (plan.status is Status.READY):
        yield f"status {plan.status}, and {len(plan.items)} exercises"
    if decision.level >= ReferralLevel.SAME_DAY and plan.status is not Status.REFER:
        yield f"a referral of {decision.level} without the status refer"
    if decision.questions and plan.status.selects:
        yield "open questions, yet the plan is ready"
    most = decision.tightest(LimitKind.EXERCISES)
    count = len({knowledge.ladder_of(item.exercise).id for item in plan.items})
    if most is not None and count > most:
        yield f"{count} exercises where {most} are the limit"
    limit = decision.tightest(LimitKind.MINUTES)
    if not plan.sessions:
        return
    yield from _excluded(plan, decision)
    constraints = _Constraints.of(plan, decision, standings, knowledge)
    for session in plan.sessions:
        yield from _session_breaches(session, request, limit)
        primaries = [item for item in session.items if not item.paired_with]
        for item in session.items:
            days = {
                day for host in primaries if host.exercise in item.paired_with for day in host.days
            }
            if item.paired_with and not days.issuperset(item.days):
                yield f"{item.exercise} is beside {', '.join(item.paired_with)}, which is not there"
            yield from _item_breaches(
                item, constraints, knowledge.exercises[item.exercise], available_equipment
            )
            if any(day < 1 or day > plan.cycle_days for day in item.days):
                yield f"{item.exercise} is on a day outside the plan"


def _session_breaches(session: Session, request: Request, limit: int | None) -> Iterator[str]:
    """Yield a breach if a session was not requested or is too long."""
    if session.number > len(request.sessions):
        yield f"there is a session {session.number}, and {len(request.sessions)} were asked for"
        return
    if session.micro is not (session.number > request.sessions_per_day):
        yield f"session {session.number} is taken for one of the others"
    minutes = request.sessions[session.number - 1]
    if session.seconds > 60 * (minutes if limit is None else min(limit, minutes)):
        yield f"session {session.number} takes {session.seconds} s"


def _excluded(plan: Plan, decision: Decision) -> Iterator[str]:
    items: dict[str, list[Item]] = {}
    for item in plan.items:
        items.setdefault(item.exercise, []).append(item)
    for exclusion in decision.exclusions:
        for item in items.get(exclusion.target.exercise, ()):
            if item.side.meets(exclusion.target.side):
                yield f"{item.exercise} ({exclusion.target.side}) is excluded"


def _item_breaches(
    item: Item, constraints: "_Constraints", exercise: Exercise, available_equipment: frozenset[str]
) -> Iterator[str]:
    standings = constraints.standings.get(item.exercise, ())
    for side in exercise.sides(item.side):
        limits = [
            limit
            for limit in constraints.limits.get(item.exercise, ())
            if limit.target is not None and limit.target.side == side
        ]
        if limits:
            yield from _limit_breaches(item, limits, exercise)
            standings_on_side = [standing for standing in standings if standing.side.meets(side)]
            yield from _share_breaches(item, limits, standings_on_side, constraints)
        for requirement in constraints.requirements.get(item.exercise, ()):
            if requirement.target.side == side:
                yield from _requirement_breaches(
                    item, requirement.effect.requirement, exercise, available_equipment
                )
        for standing in standings:
            if standing.side.meets(side):
                if len(item.days) * WEEK > standing.days_a_week * constraints.cycle:
                    yield f"{item.exercise} ({side}) is done more often than its standing allows"
                if standing.dose is not None and not constraints.is_within(item, standing.dose):
                    yield f"{item.exercise} ({side}) is dosed above its standing"
    if not exercise.can_be_done_with(available_equipment):
        yield f"{item.exercise} needs equipment that is not there"
    if exercise.dose.faults_of(item.dose) and not _reduced(item, exercise):
        yield f"{item.exercise} is dosed outside its range"
    if item.seconds != prescription_seconds(exercise, item.dose, item.side):
        yield f"{item.exercise} is timed wrongly"


@frozen
class _Constraints:
    """The constraints on planned items, by exercise."""

    knowledge: Knowledge = field(repr=False)
    cycle: int
    limits: Mapping[str, list[ExerciseLimit]]
    requirements: Mapping[str, list[Consequence[Require, ExerciseSide]]]
    standings: Mapping[str | None, list[Standing]]

    @classmethod
    def of(
        cls, plan: Plan, decision: Decision, standings: Iterable[Standing], knowledge: Knowledge
    ) -> "_Constraints":
        """Return the constraints that a decision and the standings put on planned exercises."""
        constraints = cls(
            knowledge, plan.cycle_days, defaultdict(list), defaultdict(list), defaultdict(list)
        )
        planned = {item.exercise for item in plan.items}
        for limit in decision.limits:
            if limit.target is not None and limit.target.exercise in planned:
                constraints.limits[limit.target.exercise].append(limit)
        for requirement in decision.requirements:
            if requirement.target.exercise in planned:
                constraints.requirements[requirement.target.exercise].append(requirement)
        for standing in standings:
            if standing.exercise in planned:
                constraints.standings[standing.exercise].append(standing)
        return constraints

    def is_within(self, item: Item, most: Dose) -> bool:
        """Return whether the dose of an item is no more than another dose of its exercise."""
        ladder, rung = self.knowledge.ladder_index.rung_of[item.exercise]
        return ladder.rungs[rung].is_within(item.dose, most)


def _limit_breaches(
    item: Item, limits: Iterable[ExerciseLimit], exercise: Exercise
) -> Iterator[str]:
    for limit in limits:
        kind, value = limit.effect.kind, limit.effect.value
        amounts = {LimitKind.HOLD_S: item.dose.hold_s, LimitKind.ROLL_S: item.dose.duration_s}
        amount = amounts.get(kind)
        if isinstance(value, LoadClass):
            broken = exercise.load > value
        else:
            broken = amount is not None and amount > value
        if broken:
            yield f"{item.exercise} ({item.side}) is above the {kind.value} limit of {limit.rule}"


def _share_breaches(
    item: Item,
    limits: Iterable[ExerciseLimit],
    standings: Iterable[Standing],
    constraints: _Constraints,
) -> Iterator[str]:
    shares = [
        int(limit.effect.value) for limit in limits if limit.effect.kind is LimitKind.DOSE_SHARE
    ]
    for dose in (standing.dose for standing in standings if standing.dose is not None):
        if shares and not constraints.is_within(item, dose.scaled(min(shares))):
            yield f"{item.exercise} ({item.side}) is above its share of {min(shares)} %"


def _requirement_breaches(
    item: Item, requirement: Requirement, exercise: Exercise, available_equipment: frozenset[str]
) -> Iterator[str]:
    if requirement is Requirement.SHOES_ON and exercise.barefoot:
        yield f"{item.exercise} is barefoot where shoes are required"
    if requirement is Requirement.FIXED_SUPPORT and "fixed_support" not in available_equipment:
        yield f"{item.exercise} requires a fixed support that is not there"


def _reduced(item: Item, exercise: Exercise) -> bool:
    """Return whether a dose has the amounts of the top of the range, and exceeds none of them.

    A dose that was reduced may lie below the range. A dose above it, or with other amounts, is a
    fault.
    """
    top = exercise.dose.top
    return top.reaches(item.dose) and dict(top.amounts()).keys() == dict(item.dose.amounts()).keys()
