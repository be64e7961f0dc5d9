"""The plan put together: items with their reasons, omissions, precautions and sources."""

import datetime
from collections.abc import Iterable, Iterator

from attrs import frozen

from kineticchain.exercises import Kind
from kineticchain.knowledge import Knowledge
from kineticchain.person import Request
from kineticchain.progression import Standing
from kineticchain.recommendation.choice import Choice, Chosen
from kineticchain.recommendation.explanation import Explainer
from kineticchain.recommendation.feasible import FeasibleSet
from kineticchain.recommendation.offer import Offer, Prescribed
from kineticchain.recommendation.parts import (
    Item,
    Omission,
    Question,
    Reason,
    Referral,
    Session,
    Status,
    TargetRegion,
    TraceEntry,
)
from kineticchain.recommendation.plan import Plan
from kineticchain.recommendation.schedule import exercise_days, session_days
from kineticchain.recommendation.targets import Targets
from kineticchain.rules import Decision, Firing


@frozen(kw_only=True)
class Draft:
    """All that a plan is put together from."""

    knowledge: Knowledge
    decision: Decision
    standings: tuple[Standing, ...]
    feasible: FeasibleSet
    targets: Targets
    pain_ceiling: int
    status: Status
    choice: Choice
    request: Request
    on: datetime.date | None
    version: str


def compose(draft: Draft) -> Plan:
    """The plan that the draft comes to."""
    explain = Explainer(draft.knowledge)
    sessions = tuple(_sessions(draft, explain))
    exclusions, omissions = _left_out(draft, explain)
    referral = _referral(draft, explain)
    precautions = tuple(_precautions(draft, explain, sessions))
    advice = tuple(_advice(draft, explain, sessions))
    conflicts = tuple(
        draft.knowledge.conflicts[name]
        for name in sorted({one.conflict for one in draft.decision.conflicts})
    )
    reasons = [
        *referral.reasons,
        *precautions,
        *advice,
        *(reason for session in sessions for item in session.items for reason in item.reasons),
        *(one.reason for one in (*exclusions, *omissions)),
    ]
    rows = explain.rows(reasons, _rows_shown(draft))
    sources = explain.sources(
        reasons, rows, (name for card in conflicts for pair in card.sources for name in pair)
    )
    return Plan(
        status=draft.status,
        referral=referral,
        questions=_questions(draft),
        sessions=sessions,
        standings=draft.standings,
        exclusions=exclusions,
        omissions=omissions,
        precautions=precautions,
        advice=advice,
        conflicts=conflicts,
        targets=tuple(
            TargetRegion(region=region, side=side, points=points)
            for (region, side), points in draft.targets.points.items()
        ),
        evidence=rows,
        sources=sources,
        trace=tuple(_trace_entry(firing) for firing in draft.decision.trace),
        failures=draft.decision.failures,
        left_out=draft.knowledge.left_out,
        pain_ceiling=draft.pain_ceiling,
        on=draft.on,
        fingerprint=draft.knowledge.fingerprint,
        version=draft.version,
    )


def _trace_entry(firing: Firing) -> TraceEntry:
    here = firing.here
    return TraceEntry(
        rule=firing.rule,
        truth=firing.truth,
        region=None if here is None else here.region,
        side=None if here is None else here.side,
        seen=firing.seen,
    )


def _sessions(draft: Draft, explain: Explainer) -> Iterator[Session]:
    taken = sorted(
        (*draft.choice.chosen, *draft.choice.repeats), key=lambda one: (one.session, -one.points)
    )
    for number, slot in enumerate(sorted({one.session for one in taken}), 1):
        items = tuple(
            _item(item, one, draft, explain)
            for one in taken
            if one.session == slot
            for item in one.items
        )
        yield Session(number=number, items=items)


def _item(item: Prescribed, chosen: Chosen, draft: Draft, explain: Explainer) -> Item:
    exercise = item.exercise
    standings = [
        one
        for one in draft.standings
        if one.ladder == chosen.offer.ladder.id and one.exercise == exercise.id
    ]
    return Item(
        exercise=exercise.id,
        title=exercise.title,
        side=item.side,
        per_side=exercise.unilateral,
        dose=item.dose,
        tempo_s=exercise.dose.tempo_s,
        seconds=item.seconds,
        days=exercise_days(exercise, session_days(draft.request.days_per_week)),
        reasons=explain.for_item(exercise, item.side, draft.targets, draft.decision, standings),
        steps=exercise.steps,
        cues=exercise.cues,
        cautions=exercise.cautions,
    )


def _left_out(
    draft: Draft, explain: Explainer
) -> tuple[tuple[Omission, ...], tuple[Omission, ...]]:
    """What rules excluded, and what is out for another reason; no exercise is forgotten."""
    barred = [explain.omission(one) for one in draft.feasible.barred]
    exclusions = [one for one in barred if one.reason.rule is not None]
    others = [one for one in barred if one.reason.rule is None]
    others += _not_chosen(draft, explain)
    others += _of_the_plan(draft, explain)
    return _in_order(exclusions), _in_order(others)


def _of_the_plan(draft: Draft, explain: Explainer) -> Iterator[Omission]:
    """A plan that refers or asks first keeps everything back, whatever else speaks against it."""
    if draft.status is Status.READY:
        return
    code = "plan_refers" if draft.status is Status.REFER else "plan_asks"
    places = [(one.exercise, one.side) for one in draft.feasible.barred]
    places += [(one.exercise.id, one.side) for one in draft.feasible.items]
    for exercise, side in dict.fromkeys(places):
        yield Omission(exercise=exercise, side=side, reason=explain.plain(code))


def _in_order(omissions: Iterable[Omission]) -> tuple[Omission, ...]:
    unique = dict.fromkeys(omissions)
    return tuple(sorted(unique, key=lambda one: (one.exercise, one.side, one.reason.rule or "")))


def _not_chosen(draft: Draft, explain: Explainer) -> Iterator[Omission]:
    """Why a feasible exercise is not in the plan."""
    in_plan = {
        (item.exercise.id, side)
        for one in draft.choice.chosen
        for item in one.items
        for side in item.exercise.sides(item.side)
    }
    refused = {
        pick.exercise.id: (offer, code)
        for offer, code in draft.choice.refused
        for pick in offer.picks
    }
    by_ladder = {one.offer.ladder.id: one.items[0].exercise.title for one in draft.choice.chosen}
    for feasible in draft.feasible.items:
        exercise = feasible.exercise
        if (exercise.id, feasible.side) in in_plan or draft.status is not Status.READY:
            continue
        if exercise.id in {name for name, _ in in_plan}:
            reason = explain.plain("other_side_hurts")
        elif exercise.id in refused:
            reason = _refusal(*refused[exercise.id], draft, explain)
        else:
            ladder = draft.knowledge.ladder_of(exercise.id)
            instead = by_ladder.get(ladder.id) or _offered_instead(ladder.id, draft)
            reason = (
                explain.plain("below_standing", exercise=instead)
                if instead
                else explain.plain("no_target")
            )
        yield Omission(exercise=exercise.id, side=feasible.side, reason=reason)


def _offered_instead(ladder: str, draft: Draft) -> str | None:
    """The exercise that stood for a ladder in the choice, and was refused there."""
    offers = [offer for offer, _ in draft.choice.refused if offer.ladder.id == ladder]
    return offers[0].picks[0].exercise.title if offers else None


def _refusal(offer: Offer, code: str, draft: Draft, explain: Explainer) -> Reason:
    if code == "no_time":
        shortest = min(sum(item.seconds for item in version) for version in offer.versions())
        return explain.plain("no_time", minutes=-(-shortest // 60))
    if code == "too_many":
        return explain.plain("too_many", most=len(draft.choice.chosen))
    return explain.plain(code)


def _referral(draft: Draft, explain: Explainer) -> Referral:
    raised = sorted(draft.decision.referrals, key=lambda one: (-one.level.rank, one.rule))
    whom = dict.fromkeys(one.whom for one in raised)
    return Referral(
        level=draft.decision.level,
        whom=tuple(explain.say(code) for code in whom),
        reasons=tuple(explain.of_rule(one.rule) for one in raised),
    )


def _questions(draft: Draft) -> tuple[Question, ...]:
    types = draft.knowledge.vocabulary.by_id
    decision = draft.decision
    return tuple(
        Question(id=name, text=types[name].question, decisions=count)
        for name, count in zip(decision.questions, decision.hanging, strict=True)
    )


def _precautions(
    draft: Draft, explain: Explainer, sessions: tuple[Session, ...]
) -> Iterator[Reason]:
    """What the rules require of the exercises in the plan, and how much pain is fine."""
    planned = {
        (item.exercise, side)
        for session in sessions
        for item in session.items
        for side in draft.knowledge.exercises[item.exercise].sides(item.side)
    }
    if not planned:
        return
    wanted = {
        (one.requirement, one.rule)
        for one in draft.decision.demands
        if (one.exercise, one.side) in planned
    }
    for requirement, rule in sorted(wanted):
        yield explain.of_message(requirement, rule)
    exercises = [draft.knowledge.exercises[name] for name, _ in planned]
    if any(exercise.support == "hand" for exercise in exercises):
        yield explain.resting_on(explain.say("support_not_a_chair"), ("B07",))
    message = explain.say("pain_ceiling", pain=draft.pain_ceiling)
    yield explain.resting_on(message, ("C01", "C03"))


def _advice(draft: Draft, explain: Explainer, sessions: tuple[Session, ...]) -> Iterator[Reason]:
    referring = {one.rule for one in draft.decision.referrals}
    minutes = _weekly_balance_minutes(draft, sessions)
    for one in draft.decision.advice:
        if draft.status is not Status.REFER or one.rule in referring:
            yield explain.of_message(one.message, one.rule, balance_minutes=minutes)
    for failure in draft.decision.failures:
        yield explain.plain("rule_failed", rule=failure.rule, what=failure.what)
    for rule in draft.knowledge.left_out:
        yield explain.plain("rule_left_out", rule=rule)
    if any(len(one.items) > 1 for one in draft.choice.chosen):
        yield explain.plain("sides_differ")
    if draft.targets.default_goal and sessions:
        yield explain.plain("no_goal_given")
    if draft.status is Status.READY and not sessions:
        yield explain.plain("empty_nothing_fits")


def _weekly_balance_minutes(draft: Draft, sessions: tuple[Session, ...]) -> int:
    """Minutes of balance work in a week, rounded down."""
    seconds = sum(
        item.seconds * len(item.days)
        for session in sessions
        for item in session.items
        if draft.knowledge.exercises[item.exercise].kind is Kind.BALANCE
    )
    return seconds // 60


def _rows_shown(draft: Draft) -> set[str]:
    """Rows that rules ask to show, and those that weigh on the conflicts shown."""
    rules = draft.knowledge.rules_by_id
    shown = {
        row
        for firing in draft.decision.trace
        if firing.truth is True
        for row in getattr(rules[firing.rule], "shows", ())
    }
    for one in draft.decision.conflicts:
        shown.update(draft.knowledge.conflicts[one.conflict].evidence)
    return shown
