"""The plan put together: items with their reasons, omissions, precautions and sources."""

import math
from collections.abc import Iterable, Iterator

from kineticchain.domain.evidence import Conflict
from kineticchain.domain.exercises import Kind
from kineticchain.recommendation.plan.cycle import WEEK, cycle_days
from kineticchain.recommendation.plan.model import Coverage, Reason, Referral, Session, Status
from kineticchain.recommendation.plan.plan import Plan
from kineticchain.recommendation.planning.explainer import Explainer
from kineticchain.recommendation.planning.omissions import omissions_of
from kineticchain.recommendation.planning.plan_context import PlanContext
from kineticchain.recommendation.planning.sessions import sessions_of
from kineticchain.recommendation.selection.select import Selection
from kineticchain.rules import ReferralLevel


def compose(draft: PlanContext) -> Plan:
    """The plan that the draft comes to."""
    explain = draft.explain
    sessions = tuple(sessions_of(draft))
    out = omissions_of(draft)
    referral = _referral(draft, explain)
    precautions = tuple(_precautions(draft, explain, sessions))
    advice = tuple(_advice(draft, explain, sessions))
    conflicts = tuple(draft.knowledge.conflicts[name] for name in _conflicts(draft, sessions))
    reasons = [
        *referral.reasons,
        *precautions,
        *advice,
        *(reason for session in sessions for item in session.items for reason in item.reasons),
    ]
    reasons = list({**out.reasons, **{id(one): one for one in reasons}}.values())
    rows = explain.rows(reasons, _rows_shown(draft, conflicts))
    sources = explain.sources(
        reasons, rows, (name for card in conflicts for pair in card.sources for name in pair)
    )
    return Plan(
        status=draft.status,
        referral=referral,
        questions=tuple(
            [
                draft.parts.question(name, count)
                for name, count in zip(
                    draft.decision.questions, draft.decision.decision_counts, strict=True
                )
            ]
        ),
        sessions=sessions,
        standings=draft.standings,
        exclusions=out.exclusions,
        omissions=out.omissions,
        precautions=precautions,
        advice=advice,
        conflicts=conflicts,
        targets=draft.parts.targets(draft.targets),
        evidence=rows,
        sources=sources,
        coverage=_coverage(draft.selection),
        trace=draft.decision.trace,
        failures=draft.decision.failures,
        left_out=draft.knowledge.left_out,
        language=draft.knowledge.catalog.language,
        pain_ceiling=draft.assessment.pain_ceiling,
        on=draft.asked.on,
        cycle_days=cycle_days(draft.asked.request),
        asked=draft.asked,
        fingerprint=draft.knowledge.fingerprint,
        version=draft.version,
    )


def _conflicts(draft: PlanContext, sessions: tuple[Session, ...]) -> list[str]:
    """The cards that rules show, and those that touch a planned exercise or its standing."""
    if draft.status is Status.REFER:
        return []  # nothing is prescribed that they could touch
    planned = {item.exercise for session in sessions for item in session.items}
    shown = {one.conflict for one in draft.decision.conflicts}
    for exercise in planned:
        shown.update(draft.knowledge.conflicts_about.get(exercise, ()))
    for standing in draft.standings:
        if standing.exercise in planned:
            shown.update(standing.conflicts)
    return sorted(shown)


def _coverage(selection: Selection) -> Coverage:
    exact = selection.points == selection.bound
    points = math.floor(selection.points)
    return Coverage(
        points=points, most=points if exact else math.ceil(selection.bound), exact=exact
    )


def _referral(draft: PlanContext, explain: Explainer) -> Referral:
    raised = sorted(draft.decision.referrals, key=lambda one: (-one.level.rank, one.rule))
    whom = dict.fromkeys(one.whom for one in raised)
    return Referral(
        level=draft.decision.level,
        whom=tuple(explain.say(code) for code in whom),
        reasons=tuple(explain.of_rule(one.rule) for one in raised),
    )


def _precautions(
    draft: PlanContext, explain: Explainer, sessions: tuple[Session, ...]
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
    yield explain.claim("see_somebody", "C01", "C29", pain=policy.pain_stop)
    exercises = [draft.knowledge.exercises[name] for name, _ in planned]
    if any(exercise.id in draft.knowledge.ladder_index.gentle for exercise in exercises):
        yield explain.claim("gentle_stretches", "C01", pain=policy.pain_safe)
    if any(exercise.support == "hand" for exercise in exercises):
        yield explain.claim("support_not_a_chair", "B07")
    yield explain.claim("pain_ceiling", "C01", "C03", pain=draft.assessment.pain_ceiling)


def _advice(
    draft: PlanContext, explain: Explainer, sessions: tuple[Session, ...]
) -> Iterator[Reason]:
    held = draft.decision.level >= ReferralLevel.URGENT
    referring = {one.rule for one in draft.decision.referrals}
    minutes = _weekly_balance_minutes(draft, sessions)
    for one in draft.decision.advice:
        if not held or one.rule in referring:
            yield explain.of_message(one.message, one.rule, balance_minutes=minutes)
    yield from _of_clinician(draft, explain, sessions)
    for exercise in draft.assessment.replay_context.contradicted:
        yield explain.plain("measured_over_claimed", exercise=draft.knowledge.title(exercise))
    for failure in draft.decision.failures:
        yield explain.plain("rule_failed", rule=failure.rule, what=failure.what)
    for rule in draft.knowledge.left_out:
        yield explain.plain("rule_left_out", rule=rule)
    if any(len(one.items) > 1 for one in draft.selection.selected):
        yield explain.plain("sides_differ")
    yield from _of_standings(draft, explain, sessions)
    yield from _of_regions(draft, explain, sessions)
    yield from _of_time(draft, explain, sessions)
    if draft.targets.default_goal and sessions:
        yield explain.plain("no_goal_given")
    if draft.status is Status.READY and not sessions:
        urgent = draft.decision.level >= ReferralLevel.URGENT
        yield explain.plain("empty_until_seen" if urgent else "empty_nothing_fits")


def _of_clinician(
    draft: PlanContext, explain: Explainer, sessions: tuple[Session, ...]
) -> Iterator[Reason]:
    """Since when, and until when, a professional allows exercises of the plan."""
    planned = {item.exercise for session in sessions for item in session.items}
    for since, until in sorted(
        {(one.since, one.until) for one in draft.decision.opened if one.exercise in planned}
    ):
        if until:
            yield explain.plain("opened_by_clinician_until", since=since, until=until)
        else:
            yield explain.plain("opened_by_clinician", since=since)


def _of_time(
    draft: PlanContext, explain: Explainer, sessions: tuple[Session, ...]
) -> Iterator[Reason]:
    """What time cuts short; or why most of it is left over: the number of exercises is full."""
    cut = (one for session in sessions for one in session.items if one.whole_dose is not None)
    titles = dict.fromkeys(one.title for one in cut)
    if titles:
        yield explain.plain("time_cuts", exercises="; ".join(titles))
    ranked_behind = (one.most for one in draft.selection.rejected if one.code == "outranked")
    most = next(ranked_behind, None)
    longest = max((one.seconds for one in sessions if not one.micro), default=0)
    if most is not None and 0 < 2 * longest <= 60 * draft.asked.request.minutes:
        yield explain.claim("time_left_over", "C41", most=most)


def _of_regions(
    draft: PlanContext, explain: Explainer, sessions: tuple[Session, ...]
) -> Iterator[Reason]:
    """Where several regions hurt, which one counts most, and why."""
    hurting = draft.assessment.situation.state.hurting
    if not sessions or len({one.region for one in hurting}) < len(("one", "another")):
        return
    worst = max(hurting, key=lambda one: (-1 if one.pain is None else one.pain, one.region))
    name = draft.knowledge.catalog.text(f"region_{worst.region}")
    yield explain.plain("which_region_was_prioritised_and_why", region=name)


def _of_standings(
    draft: PlanContext, explain: Explainer, sessions: tuple[Session, ...]
) -> Iterator[Reason]:
    """Which side is behind, and which next morning is still to be told."""
    planned = {item.exercise for session in sessions for item in session.items}
    ladders = {draft.knowledge.ladder_of(exercise).id for exercise in planned}
    concerned = [one for one in draft.standings if one.ladder in ladders]
    for standing in concerned:
        if standing.lags:
            title = draft.knowledge.ladder_index.by_id[standing.ladder].title
            side = explain.say(f"side_{standing.side}").text
            yield explain.plain("side_lags", ladder=title, side=side)
    wanted = {one.morning_wanted for one in concerned if one.morning_wanted is not None}
    for day in sorted(wanted):
        yield explain.plain("tell_the_morning", day=day.isoformat())


def _weekly_balance_minutes(draft: PlanContext, sessions: tuple[Session, ...]) -> int:
    """Minutes of balance work in a week, rounded down."""
    seconds = sum(
        item.seconds * len(item.days)
        for session in sessions
        for item in session.items
        if draft.knowledge.exercises[item.exercise].kind is Kind.BALANCE
    )
    return seconds * WEEK // cycle_days(draft.asked.request) // 60


def _rows_shown(draft: PlanContext, conflicts: Iterable[Conflict]) -> set[str]:
    """Rows that rules ask to show, and those that weigh on the conflicts shown."""
    rules = draft.knowledge.rules_by_id
    shown = {
        row
        for firing in draft.decision.trace
        if firing.truth is True
        for row in getattr(rules[firing.rule], "shows", ())
    }
    for card in conflicts:
        shown.update(card.evidence)
    return shown
