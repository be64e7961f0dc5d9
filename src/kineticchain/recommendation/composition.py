"""The plan put together: items with their reasons, omissions, precautions and sources."""

import math
from collections.abc import Iterator

from kineticchain.exercises import Exercise, Kind
from kineticchain.recommendation.assessing.tissue import (
    days_between,
    first_day,
    resting_with,
)
from kineticchain.recommendation.choice.choose import Choice, Chosen
from kineticchain.recommendation.choice.offer import Prescribed
from kineticchain.recommendation.draft import Draft
from kineticchain.recommendation.explanation import Explainer
from kineticchain.recommendation.omissions import left_out
from kineticchain.recommendation.parts import (
    Coverage,
    Item,
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
from kineticchain.rules import Firing, ReferralLevel

SHORT_MINUTES = 5
"""Sessions up to so long are tied to a moment of the day."""


def compose(draft: Draft) -> Plan:
    """The plan that the draft comes to."""
    explain = draft.explain
    sessions = tuple(_sessions(draft, explain))
    exclusions, omissions = left_out(draft, explain)
    referral = _referral(draft, explain)
    precautions = tuple(_precautions(draft, explain, sessions))
    advice = tuple(_advice(draft, explain, sessions))
    conflicts = tuple(draft.knowledge.conflicts[name] for name in _conflicts(draft, sessions))
    reasons = [
        *referral.reasons,
        *precautions,
        *advice,
        *(reason for session in sessions for item in session.items for reason in item.reasons),
        *(one.reason for one in (*exclusions, *omissions)),
    ]
    reasons = list({id(one): one for one in reasons}.values())  # most stand in many places
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
            TargetRegion(
                region=region, side=side, points=points, origins=draft.targets.origins[region, side]
            )
            for (region, side), points in draft.targets.points.items()
        ),
        evidence=rows,
        sources=sources,
        coverage=_coverage(draft.choice),
        trace=tuple(_trace_entry(firing) for firing in draft.decision.trace),
        failures=draft.decision.failures,
        left_out=draft.knowledge.left_out,
        language=draft.knowledge.phrases.language,
        pain_ceiling=draft.assessment.pain_ceiling,
        on=draft.asked.on,
        asked=draft.asked,
        fingerprint=draft.knowledge.fingerprint,
        version=draft.version,
    )


def _conflicts(draft: Draft, sessions: tuple[Session, ...]) -> list[str]:
    """The cards that rules show, and those that decided where a planned exercise stands."""
    planned = {item.exercise for session in sessions for item in session.items}
    if draft.status is Status.REFER:
        return []  # nothing is prescribed that they could touch
    shown = {one.conflict for one in draft.decision.conflicts}
    for standing in draft.standings:
        if standing.exercise in planned:
            shown.update(standing.conflicts)
    return sorted(shown)


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
    taken = sorted((*draft.choice.chosen, *draft.choice.repeats), key=lambda one: one.session)
    used: set[str] = set()
    for number, slot in enumerate(sorted({one.session for one in taken}), 1):
        inside = [one for one in taken if one.session == slot]
        items = tuple(_item(item, one, draft, explain) for one in inside for item in one.items)
        moment = None
        if draft.asked.request.minutes <= SHORT_MINUTES:
            moment = _moment(inside, used)
            used.add(moment or "")
        yield Session(
            number=number, items=items, moment=None if moment is None else explain.say(moment)
        )


def _moment(inside: list[Chosen], used: set[str]) -> str | None:
    """The first moment of the day that suits one of the exercises and is still free."""
    moments = (name for one in inside for item in one.items for name in item.exercise.moments)
    return next((name for name in moments if name not in used), None)


def _coverage(choice: Choice) -> Coverage:
    return Coverage(
        points=math.floor(choice.points),
        most=max(
            0, math.ceil(choice.bound) if choice.points < choice.bound else math.floor(choice.bound)
        ),
        exact=choice.points == choice.bound,
    )


def _days(exercise: Exercise, chosen: Chosen, draft: Draft) -> tuple[int, ...]:
    """The days of an exercise; beside another, of those the days of both."""
    ladder = draft.knowledge.ladder_of(exercise.id)
    standings = [
        one for one in draft.standings if one.ladder == ladder.id and one.exercise == exercise.id
    ]
    sessions = session_days(draft.asked.request.days_per_week)
    own = exercise_days(exercise, sessions, standings)
    if chosen.beside is None:
        return own
    hosts = [
        _days(pick.exercise, Chosen(chosen.beside, (), 0), draft) for pick in chosen.beside.picks
    ]
    shared = set(hosts[0]).intersection(*hosts)
    return tuple(day for day in own if day in shared) or tuple(sorted(shared)) or own


def _item(item: Prescribed, chosen: Chosen, draft: Draft, explain: Explainer) -> Item:
    exercise = item.exercise
    standings = [
        one
        for one in draft.standings
        if one.ladder == chosen.offer.ladder.id
        and one.exercise == exercise.id
        and one.side.meets(item.side)
    ]
    reasons = explain.for_item(
        exercise, item.side, draft.targets, draft.favoured.get(exercise.id, ()), standings
    )
    reasons += tuple(dict.fromkeys(_in_place_of(item, chosen, draft, explain)))
    if exercise.id in draft.asked.request.prefer:
        reasons = (explain.plain("preferred"), *reasons)
    carried = draft.carried.get(chosen.offer.ladder.id)
    if carried is not None:
        reasons += (explain.carried(carried),)
    whole = next(pick.dose for pick in chosen.offer.picks if pick.exercise is exercise)
    if whole.volume > item.dose.volume:
        reasons += (explain.plain("shortened", dose=str(whole)),)
    return Item(
        exercise=exercise.id,
        title=draft.knowledge.title(exercise.id),
        side=item.side,
        per_side=exercise.unilateral,
        dose=item.dose,
        tempo_s=exercise.dose.tempo_s,
        seconds=item.seconds,
        days=_days(exercise, chosen, draft),
        starts=first_day(
            exercise, item.side, draft.asked.history, draft.asked.on, draft.knowledge.exercises
        ),
        rest_days=days_between(exercise),
        rests_with=resting_with(exercise, item.side, draft.knowledge.exercises),
        beside=None if chosen.beside is None else chosen.beside.picks[0].exercise.id,
        reasons=reasons,
        steps=exercise.steps,
        cues=exercise.cues,
        cautions=exercise.cautions,
    )


def _in_place_of(
    item: Prescribed, chosen: Chosen, draft: Draft, explain: Explainer
) -> Iterator[Reason]:
    """What the ladder stands on, where that is kept out and an easier one stands in for it."""
    for standing in draft.standings:
        if standing.ladder != chosen.offer.ladder.id or not standing.side.meets(item.side):
            continue
        if standing.exercise is None or standing.exercise == item.exercise.id:
            continue
        title = draft.knowledge.title(standing.exercise)
        for barred in draft.feasible.barred:
            place = (barred.exercise, barred.side)
            if place[0] == standing.exercise and barred.side.meets(standing.side):
                yield explain.in_place_of(title, barred)


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
    policy = draft.knowledge.policy
    message = explain.say("see_somebody", pain=policy.pain_stop)
    yield explain.resting_on(message, ("C01", "C29"))
    exercises = [draft.knowledge.exercises[name] for name, _ in planned]
    if any(exercise.id in draft.knowledge.ladderbook.gentle for exercise in exercises):
        message = explain.say("gentle_stretches", pain=policy.pain_safe)
        yield explain.resting_on(message, ("C01",))
    if any(exercise.support == "hand" for exercise in exercises):
        yield explain.resting_on(explain.say("support_not_a_chair"), ("B07",))
    message = explain.say("pain_ceiling", pain=draft.assessment.pain_ceiling)
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
    yield from _of_standings(draft, explain, sessions)
    if draft.targets.default_goal and sessions:
        yield explain.plain("no_goal_given")
    if draft.status is Status.READY and not sessions:
        urgent = draft.decision.level >= ReferralLevel.URGENT
        yield explain.plain("empty_until_seen" if urgent else "empty_nothing_fits")


def _of_standings(
    draft: Draft, explain: Explainer, sessions: tuple[Session, ...]
) -> Iterator[Reason]:
    """Which side is behind, and which next morning is still to be told."""
    planned = {item.exercise for session in sessions for item in session.items}
    ladders = {draft.knowledge.ladder_of(exercise).id for exercise in planned}
    concerned = [one for one in draft.standings if one.ladder in ladders]
    for standing in concerned:
        if standing.lags:
            title = draft.knowledge.ladderbook.by_id[standing.ladder].title
            side = explain.say(f"side_{standing.side}").text
            yield explain.plain("side_lags", ladder=title, side=side)
    wanted = {one.morning_wanted for one in concerned if one.morning_wanted is not None}
    for day in sorted(wanted):
        yield explain.plain("tell_the_morning", day=day.isoformat())


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
