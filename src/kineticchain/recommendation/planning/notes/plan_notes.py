"""The precautions and the advice of a plan."""

import datetime
from collections.abc import Iterator

from attrs import frozen

from kineticchain.domain.exercises import Kind
from kineticchain.recommendation.plan.cycle import WEEK, cycle_days, session_count
from kineticchain.recommendation.plan.model import Reason, Session, Status, seconds_a_day
from kineticchain.recommendation.planning.explainer import Explainer
from kineticchain.recommendation.planning.notes.pack_notes import pack_notes
from kineticchain.recommendation.planning.notes.programme_notes import programme_notes
from kineticchain.recommendation.planning.notes.room_notes import room_notes
from kineticchain.recommendation.planning.plan_context import PlanContext
from kineticchain.rules import ReferralLevel

MOST_UNSURE = 24
"""The most questions answered with *unsure* that the advice lists, to keep the text short."""

LEAST_USE = 70
"""A plan that uses less than this share of the requested time, in per cent, gives a reason."""


@frozen
class PlanNotes:
    """The precautions and the advice of a plan.

    Attributes:
        context: The assessment and the selection of the plan.
        on: The day of the plan; None for a plan without a day.
        sessions: The sessions of the plan.
        explain: Makes reasons in the language of the knowledge.
    """

    context: PlanContext
    on: datetime.date | None
    sessions: tuple[Session, ...]
    explain: Explainer

    def precautions(self) -> Iterator[Reason]:
        """Yield what rules require of the planned exercises, and how much pain is acceptable."""
        context, explain, knowledge = self.context, self.explain, self.context.knowledge
        planned = {
            (item.exercise, side)
            for session in self.sessions
            for item in session.items
            for side in knowledge.exercises[item.exercise].sides(item.side)
        }
        if not planned:
            return
        required = {
            (requirement.effect.requirement, requirement.rule)
            for requirement in context.decision.requirements
            if requirement.target in planned
        }
        for requirement, rule in sorted(required):
            yield explain.of_message(requirement, rule)
        policy = knowledge.policy
        yield explain.claim("see_somebody", "C01", "C29", pain=policy.pain_stop)
        exercises = [knowledge.exercises[exercise] for exercise, _ in planned]
        if any(exercise.support == "hand" for exercise in exercises):
            yield explain.claim("support_not_a_chair", "B07")
        ceiling = context.assessment.pain_ceiling
        gentle_limits = [
            knowledge.ladder_index.policy_for(exercise.id).pain_safe
            for exercise in exercises
            if exercise.id in knowledge.ladder_index.gentle
        ]
        if gentle_limits:
            gentle = min(ceiling, *gentle_limits)
            yield explain.claim("pain_ceiling_gentle", "C01", "C03", pain=ceiling, gentle=gentle)
        else:
            yield explain.claim("pain_ceiling", "C01", "C03", pain=ceiling)
        yield from self._ceilings_of_ladders(sorted({exercise.id for exercise in exercises}))

    def _ceilings_of_ladders(self, exercises: list[str]) -> Iterator[Reason]:
        """Yield the pain ceiling of each ladder whose policy sets a lower one than the plan's."""
        knowledge, ceiling = self.context.knowledge, self.context.assessment.pain_ceiling
        titles: dict[tuple[int, tuple[str, ...]], list[str]] = {}
        for exercise in exercises:
            ladder = knowledge.ladder_of(exercise)
            pain = knowledge.ladder_index.policy_of(ladder.id).pain_ceiling
            if pain < ceiling:
                titles_of_ceiling = titles.setdefault((pain, ladder.policy_evidence), [])
                titles_of_ceiling.append(knowledge.title(exercise))
        for (pain, evidence), exercise_titles in titles.items():
            listed = "; ".join(exercise_titles)
            yield self.explain.claim("pain_ceiling_of", *evidence, exercises=listed, pain=pain)

    def advice(self) -> Iterator[Reason]:
        """Yield the advice of rules, and notes on this plan."""
        context, explain, decision = self.context, self.explain, self.context.decision
        urgent = decision.level >= ReferralLevel.URGENT
        referring = {referral.rule for referral in decision.referrals}
        minutes = self._weekly_balance_minutes()
        for advice in decision.advice:
            if not urgent or advice.rule in referring:
                message = advice.effect.message
                yield explain.of_message(message, advice.rule, balance_minutes=minutes)
        yield from self._of_unsure()
        yield from self._opened_by_clinician()
        claims = context.assessment.situation.facts.get("mastered")
        for exercise in context.assessment.replay_context.contradicted if claims else ():
            title = context.knowledge.title(exercise)
            yield explain.plain("measured_over_claimed", exercise=title)
        for failure in decision.failures:
            yield explain.plain("rule_failed", rule=failure.rule, what=failure.what)
        for rule in context.knowledge.disabled_rules:
            yield explain.plain("rule_left_out", rule=rule)
        yield from pack_notes(context.knowledge.packs, self.on, explain)
        if any(len(selected.items) > 1 for selected in context.selection.selected):
            yield explain.plain("sides_differ")
        yield from programme_notes(context, explain)
        yield from room_notes(context, explain)
        yield from self._of_standings()
        yield from self._of_regions()
        yield from self._of_small_doses()
        yield from self._of_frequency()
        yield from self._of_time()
        if context.targets.default_goal and self.sessions:
            yield explain.plain("no_goal_given")
        if context.status is Status.READY and not self.sessions:
            yield explain.plain("empty_until_seen" if urgent else "empty_nothing_fits")

    def _of_unsure(self) -> Iterator[Reason]:
        """Yield a note on the questions answered with *unsure* on which a rule depends."""
        facts = {fact for _, names in self.context.decision.unsure for fact in names}
        types = [fact for fact in self.context.knowledge.vocabulary.types if fact.id in facts]
        if types:
            translated = self.context.knowledge.catalog.translated
            questions = " ".join(translated(fact.question) for fact in types[:MOST_UNSURE])
            more = "" if len(types) <= MOST_UNSURE else " …"
            yield self.explain.plain("unsure_answers", questions=questions + more)

    def _opened_by_clinician(self) -> Iterator[Reason]:
        """Yield a reason for each period in which a clinician allows an exercise of the plan."""
        opened = self.context.decision.opened
        if not opened:
            return
        planned = {item.exercise for session in self.sessions for item in session.items}
        days = {
            (consequence.effect.since, consequence.effect.until)
            for consequence in opened
            if consequence.target.exercise in planned
        }
        for since, until in sorted(days):
            if until:
                code = "opened_by_clinician_until"
                yield self.explain.plain(code, since=since, until=until)
            else:
                yield self.explain.plain("opened_by_clinician", since=since)

    def _of_small_doses(self) -> Iterator[Reason]:
        """Yield a note about doses below the range of the sources, from a rule or after a flare."""
        exercises = self.context.knowledge.exercises
        small = (
            item.title
            for session in self.sessions
            for item in session.items
            if not item.due_dose.reaches(exercises[item.exercise].dose.start)
        )
        titles = dict.fromkeys(small)
        if titles:
            yield self.explain.plain("below_range", exercises="; ".join(titles))

    def _of_frequency(self) -> Iterator[Reason]:
        """Yield a note about exercises for which the days asked for are too few."""
        request, exercises = self.context.request, self.context.knowledge.exercises
        cycle, days = cycle_days(request), session_count(request)
        seldom = {
            item.title: low
            for session in self.sessions
            for item in session.items
            for low in [exercises[item.exercise].dose.days_a_week.low]
            if len(item.days) * WEEK < low * cycle and days < low
        }
        if seldom:
            titles = "; ".join(f"{title} ({low})" for title, low in seldom.items())
            yield self.explain.plain("meant_for_more_days", exercises=titles)

    def _of_time(self) -> Iterator[Reason]:
        """Yield notes about doses cut for time, and about time that stays unused."""
        cut = (item.title for session in self.sessions for item in session.items if item.is_cut)
        titles = dict.fromkeys(cut)
        if titles:
            yield self.explain.plain("time_cuts", exercises="; ".join(titles))
        used = seconds_a_day(self.sessions)
        if 0 < 100 * used < LEAST_USE * 60 * sum(self.context.request.sessions):
            yield self._of_unused_time()

    def _of_unused_time(self) -> Reason:
        """Return why time stays unused: few exercises, room to grow, or nothing else of use."""
        selection = self.context.selection
        if self.context.programme is not None:
            return self.explain.plain("time_left_programme")
        most = selection.exercises_used_up
        if most is not None:
            return self.explain.claim("time_left_few", "C46", most=most)
        if any(selected.offer.grown for selected in selection.selected):
            return self.explain.plain("time_left_to_grow")
        return self.explain.plain("time_left_useful")

    def _of_regions(self) -> Iterator[Reason]:
        """Yield a note about the painful region that counts most."""
        hurting = self.context.assessment.situation.state.hurting
        if not self.sessions or len({complaint.region for complaint in hurting}) <= 1:
            return
        worst = max(
            hurting,
            key=lambda complaint: (
                -1 if complaint.pain is None else complaint.pain,
                complaint.region,
            ),
        )
        name = self.context.knowledge.catalog.text(f"region_{worst.region}")
        yield self.explain.plain("which_region_was_prioritised_and_why", region=name)

    def _of_standings(self) -> Iterator[Reason]:
        """Yield notes about sides that lag behind, and about mornings that are to be logged."""
        knowledge, explain = self.context.knowledge, self.explain
        planned = {item.exercise for session in self.sessions for item in session.items}
        ladders = sorted({knowledge.ladder_of(exercise).id for exercise in planned})
        mornings: set[datetime.date] = set()
        for ladder in ladders:
            for standing in self.context.standings_on[ladder]:
                if standing.lags:
                    title = knowledge.catalog.translated(knowledge.ladder_index.by_id[ladder].title)
                    side = explain.message(f"side_{standing.side}").text
                    yield explain.plain("side_lags", ladder=title, side=side)
                if standing.morning_wanted is not None:
                    mornings.add(standing.morning_wanted)
        for day in sorted(mornings):
            yield explain.plain("tell_the_morning", day=day.isoformat())

    def _weekly_balance_minutes(self) -> int:
        """Return the minutes of balance work in a week, rounded down."""
        exercises = self.context.knowledge.exercises
        seconds = sum(
            item.seconds * len(item.days)
            for session in self.sessions
            for item in session.items
            if exercises[item.exercise].kind is Kind.BALANCE
        )
        return seconds * WEEK // cycle_days(self.context.request) // 60
