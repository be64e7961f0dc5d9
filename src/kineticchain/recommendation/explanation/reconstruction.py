"""Reconstruction of the context of a plan from its trace.

1. Rules are evaluated on the facts of the trace. The trace also records the rules that clinicians'
   results settled, and the exercises that these results opened. Standings on ladders that were not
   trained follow from the facts; the plan contains the other standings.
2. Targets are those of the plan, spread along the chain again.
3. The feasible set, the offers and the optimisation problem are computed as for the plan.
4. The picks are the items of the plan. Omissions are explained by comparison with these picks.

The optimisation problem is not solved again. Only the plan and its knowledge are needed.
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from types import MappingProxyType

from attrs import evolve

from kineticchain.domain.memo import Memo
from kineticchain.domain.person import History
from kineticchain.errors import Fault, InvalidInput, likely
from kineticchain.knowledge import Knowledge
from kineticchain.progression import Standing, replay
from kineticchain.recommendation.assessment.assessment import Assessment
from kineticchain.recommendation.assessment.feasible_set import Replayed
from kineticchain.recommendation.assessment.infeasibility import InfeasibilityReport
from kineticchain.recommendation.assessment.replay_inputs import replay_context
from kineticchain.recommendation.assessment.targets import Targets
from kineticchain.recommendation.plan.model import Item, Session, Status
from kineticchain.recommendation.plan.plan import Plan
from kineticchain.recommendation.plan.trace import Trace
from kineticchain.recommendation.planning.plan_context import PlanContext
from kineticchain.recommendation.planning.selection_problem import selection_problem
from kineticchain.recommendation.selection.offers.ladder_offers import OfferKey
from kineticchain.recommendation.selection.offers.offer import Offer
from kineticchain.recommendation.selection.select import selection_of
from kineticchain.recommendation.selection.solver.problem import Problem
from kineticchain.recommendation.selection.solver.solution import Pick
from kineticchain.recommendation.selection.substitutes import substitutes
from kineticchain.record import Binding, Situation, State
from kineticchain.rules import Opened
from kineticchain.rules.evaluation.clearance import RecordedClearance
from kineticchain.rules.model.exercise_index import ExerciseSide

_AS_RETURNED = "explain the plan as recommend returned it, with its trace"

_NO_DAY = datetime.date(2000, 1, 1)
"""The day that is used for a plan without a day; no explanation depends on it."""


def context_of(plan: Plan, knowledge: Knowledge, memo: Memo[OfferKey, Offer]) -> PlanContext:
    """Return the context that a plan was composed from.

    Args:
        plan: The plan, made in this process or read from JSON.
        knowledge: The knowledge that the plan was made with.
        memo: The cache of offers.

    Raises:
        InvalidInput: If the plan was made with other knowledge or was changed by hand.
    """
    if plan.fingerprint != knowledge.fingerprint:
        remedy = "explain it with the knowledge that made it, or recommend again"
        raise InvalidInput(Fault("other knowledge made this plan", "plan", remedy))
    faults = [*_unknown_ids(plan, knowledge)]
    if faults:
        raise InvalidInput(*faults)
    assessment = _assessment(plan, knowledge)
    trace = plan.trace
    replaced = MappingProxyType(
        substitutes(assessment, trace.continuity, knowledge) if plan.status.selects else {}
    )
    context = PlanContext(
        status=Status.READY if plan.status.selects else plan.status,
        assessment=assessment,
        request=trace.request,
        continuity=trace.continuity,
        substitutes=replaced,
        weekly_limits=trace.weekly_limits,
        last_doses=trace.last_doses,
        named=frozenset(trace.named),
    )
    if not plan.status.selects:
        return context
    ordered, problem = selection_problem(context, memo, every=True)
    faults = [*_foreign_items(plan, ordered, problem)]
    if faults:
        raise InvalidInput(*faults)
    return evolve(context, selection=selection_of(_picks(plan, ordered), ordered, problem))


def _unknown_ids(plan: Plan, knowledge: Knowledge) -> Iterator[Fault]:
    """Yield a fault for each id of a stored plan that the knowledge lacks.

    The knowledge of a plan has all its ids, so a plan with such an id was changed by hand.
    """
    if "equipment" not in plan.trace.facts:
        yield Fault("the plan has no trace", "plan.trace.facts", _AS_RETURNED)
    for number, session in enumerate(plan.sessions):
        for index, item in enumerate(session.items):
            if item.exercise not in knowledge.exercises:
                yield Fault(
                    f"no exercise has the id {item.exercise}",
                    f"plan.sessions[{number}].items[{index}].exercise",
                    likely(item.exercise, knowledge.exercises) or _AS_RETURNED,
                )
    ladders = knowledge.ladder_index.by_id
    trace_ladders = [*plan.trace.continuity, *plan.trace.weekly_limits, *plan.trace.trained]
    for ladder in dict.fromkeys(
        [*trace_ladders, *(standing.ladder for standing in plan.standings)]
    ):
        if ladder not in ladders:
            remedy = likely(ladder, ladders) or _AS_RETURNED
            yield Fault(f"no ladder has the id {ladder}", "plan.trace", remedy)


def _foreign_items(plan: Plan, ordered: Sequence[Offer], problem: Problem) -> Iterator[Fault]:
    """Yield a fault for each item of a stored plan that the offers of its trace do not contain.

    Such an item was changed by hand: another exercise, a larger dose, or another session.
    """
    offers = {exercise: offer for offer in ordered for exercise in offer.all_exercises}
    for number, session in enumerate(plan.sessions):
        if session.number > len(problem.sessions):
            what = f"the request has no session {session.number}"
            yield Fault(what, f"plan.sessions[{number}].number", _AS_RETURNED)
        for index, item in enumerate(session.items):
            where = f"plan.sessions[{number}].items[{index}]"
            if any(name not in offers for name in (item.exercise, *item.paired_with)):
                what = f"{item.exercise} is not feasible with the facts of the plan"
                yield Fault(what, f"{where}.exercise", _AS_RETURNED)
            elif not _versions_of(offers[item.exercise], item):
                what = f"{item.exercise} has no such dose in the plan"
                yield Fault(what, f"{where}.dose", _AS_RETURNED)


def _assessment(plan: Plan, knowledge: Knowledge) -> Assessment:
    trace = plan.trace
    situation = _situation(trace, plan.on or _NO_DAY, knowledge)
    decision = knowledge.compiled_rules.decide(situation, _clearance(trace))
    report = InfeasibilityReport(knowledge, decision, situation.available_equipment)
    programme = trace.request.programme
    programmes = () if programme is None else (knowledge.programmes[programme],)
    context = replay_context(situation, decision, report, {}, programmes)
    return Assessment(
        knowledge=knowledge,
        situation=situation,
        decision=decision,
        report=report,
        context=context,
        replayed=Replayed(
            tuple(_standings(plan, replay(History(), context, None))),
            frozenset(standing.ladder for standing in plan.standings),
        ),
        trained=trace.trained,
        programmes=programmes,
        targets=_targets(plan, knowledge),
    )


def _situation(trace: Trace, day: datetime.date, knowledge: Knowledge) -> Situation:
    bindings = tuple(
        Binding(bound.kind, bound.region, bound.side, bound.facts) for bound in trace.bindings
    )
    facts = trace.facts
    if trace.screened:
        unanswered = frozenset(trace.unanswered)
        reassuring = {
            name: value for name, value in knowledge.reassuring.items() if name not in unanswered
        }
        facts = dict(sorted({**reassuring, **facts}.items()))
    return Situation(State.recorded(day, trace.unsure, frozenset(trace.unknown)), facts, bindings)


def _clearance(trace: Trace) -> RecordedClearance:
    return RecordedClearance(
        settled=frozenset((site.rule, site.region, site.side) for site in trace.settled),
        by_rule={
            (consequence.rule, ExerciseSide(consequence.exercise, consequence.side)): Opened(
                consequence.since, consequence.until
            )
            for consequence in trace.opened
        },
    )


def _standings(plan: Plan, at_start: tuple[Standing, ...]) -> Iterator[Standing]:
    """Yield the standings of the plan; on other ladders, standings that follow from facts alone."""
    stored = {(standing.ladder, standing.side): standing for standing in plan.standings}
    for standing in at_start:
        yield stored.get((standing.ladder, standing.side), standing)


def _targets(plan: Plan, knowledge: Knowledge) -> Targets:
    points = {(target.region, target.side): target.points for target in plan.targets}
    origins = {(target.region, target.side): target.origins for target in plan.targets}
    return Targets(
        points=points,
        origins=origins,
        complaints=frozenset(place for place in origins if "complaint" in origins[place]),
        default_goal=False,
        chain=knowledge.chain,
    )


def _picks(plan: Plan, ordered: list[Offer]) -> Iterator[Pick]:
    """Yield a pick for each candidate in the plan, in the first session that contains it.

    If several sessions share its dose, the pick names the further sessions as well.
    """
    by_exercise = {
        exercise: number for number, offer in enumerate(ordered) for exercise in offer.all_exercises
    }
    seen: set[int] = set()
    for session in plan.sessions:
        for item in session.items:
            number = by_exercise[item.exercise]
            if number not in seen:
                seen.add(number)
                sessions_with_exercise = [
                    other_session
                    for other_session in plan.sessions
                    if any(
                        item.exercise == session_item.exercise
                        for session_item in other_session.items
                    )
                ]
                sessions = list(
                    dict.fromkeys(
                        other_session.number - 1 for other_session in sessions_with_exercise
                    )
                )
                yield Pick(
                    candidate=number,
                    session=session.number - 1,
                    version=_version(ordered[number], item),
                    beside=by_exercise[item.paired_with[0]] if item.paired_with else None,
                    further=tuple(sessions[1 : item.shared_by]),
                    group=_group(session, sessions_with_exercise, plan.sessions),
                )


def _group(session: Session, holding: Sequence[Session], sessions: Iterable[Session]) -> int | None:
    """Return the group of days of an exercise that only some sessions that take turns contain.

    Args:
        session: The first session with the exercise.
        holding: All sessions with the exercise.
        sessions: The sessions of the plan.

    Returns:
        The group; None if all sessions with the number of `session` contain the exercise.
    """
    turns = [other_session for other_session in sessions if other_session.number == session.number]
    turns_with_exercise = [turn for turn in turns if turn in holding]
    return turns.index(session) if len(turns_with_exercise) < len(turns) else None


def _version(offer: Offer, item: Item) -> int:
    """Return the version of an offer that has the dose of an item and its number of sessions.

    If no version has this number of sessions, the first version with the dose is returned.
    """
    versions, same_dose = offer.versions, _versions_of(offer, item)
    shared = [number for number in same_dose if versions[number].sessions == item.shared_by]
    return next(iter([*shared, *same_dose]))


def _versions_of(offer: Offer, item: Item) -> list[int]:
    """Return the versions of an offer that contain an item at its dose of the day."""
    dose = item.day_dose or item.dose
    return [
        number
        for number, prescriptions in enumerate(offer.doses)
        if any(
            prescription.exercise.id == item.exercise
            and prescription.side is item.side
            and prescription.dose == dose
            for prescription in prescriptions
        )
    ]
