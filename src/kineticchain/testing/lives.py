"""Simulated lives, in which a person follows plans for some weeks, and the laws of such lives.

The laws state what the planner and the progression guarantee together: ladders that were begun
continue, the requested minutes are used, and the requested number of days is not exceeded.
"""

import datetime
from collections.abc import Iterator, Mapping
from itertools import pairwise

from attrs import field, frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.person import Person, Request
from kineticchain.progression import Standing
from kineticchain.recommendation import Plan, Recommender, SimulatedCourse
from kineticchain.recommendation.forecast.simulation import Outcomes
from kineticchain.recommendation.plan.cycle import WEEK, session_count
from kineticchain.recommendation.plan.model import seconds_a_day

MOST_NEW = 2
"""The most ladders that may be new in the plan of a week after the first."""

LEAST_USE = 70
"""The least share of the requested minutes, in per cent, that a plan without a reason must use."""

BUDGETED_MINUTES = 30
"""The most requested minutes for which `LEAST_USE` applies."""

UNUSED_REASONS = frozenset(
    {"time_left_few", "time_left_useful", "time_left_to_grow", "time_left_programme"}
)
"""Ids of the messages with which a plan states why it uses less time."""

_HELD = frozenset(
    {"top_reached", "maintenance", "maintenance_wanted", "other_exercise_done", "standing_start"}
)
"""Ids of reasons of standings that need not rise.

These are the top of the ladder, maintenance, training of another exercise, and no training yet.
"""

_LEAVES = frozenset({"same_tissue", "equipment_missing", "settling", "stopped_here"})
"""Codes of omissions that justify that a ladder leaves a plan."""

_GAPS = "gap_"


@frozen(kw_only=True)
class Life:
    """A person, a request, and how the training goes.

    Attributes:
        name: The name of the life, for tables and messages.
        person: The person.
        request: The requested time, days and goal.
        outcomes: The outcomes of the exercises; see `Recommender.simulate`.
        weeks: The number of plans to follow.
        on: The first day.
    """

    name: str
    person: Person
    request: Request
    outcomes: Outcomes = "as_planned"
    weeks: int = 26
    on: datetime.date = field(default=datetime.date(2026, 1, 5))


@frozen(kw_only=True)
class Breach:
    """A law that a life broke.

    Attributes:
        law: The number of the law.
        week: The week, from 0.
        what: A description of what broke the law.
    """

    law: int
    week: int
    what: str


def lived(recommender: Recommender, life: Life) -> SimulatedCourse:
    """Return the course of a life.

    Args:
        recommender: Makes the plans.
        life: The life.
    """
    return recommender.simulate(
        life.person, life.outcomes, life.weeks, request=life.request, on=life.on
    )


def breaches(recommender: Recommender, life: Life, course: SimulatedCourse) -> tuple[Breach, ...]:
    """Return the breaches of the laws in a simulated life.

    Laws 42 and 43 are checked only if the outcomes are `as_planned`.

    Args:
        recommender: Made the plans.
        life: The life.
        course: The course of the life.
    """
    laws = _Laws(recommender, life, course)
    broken = [*laws.minutes_are_used(), *laws.days_are_kept()]
    if life.outcomes == "as_planned":
        broken += [*laws.no_gap_on_what_is_planned(), *laws.all_grow_or_are_held()]
        broken += [*laws.what_leaves_has_a_reason(), *laws.few_are_new()]
        broken += [*laws.doses_are_kept()]
    return tuple(broken)


def ladders_of(plan: Plan, recommender: Recommender) -> frozenset[str]:
    """Return the ladders of the exercises of a plan.

    Args:
        plan: The plan.
        recommender: Made the plan.
    """
    return frozenset(recommender.knowledge.ladder_of(item.exercise).id for item in plan.items)


def used_share(plan: Plan) -> int:
    """Return the share of the requested minutes that the sessions of a plan take, in per cent.

    Args:
        plan: A plan with sessions.
    """
    asked = 60 * sum(plan.trace.request.sessions)
    return int(100 * seconds_a_day(plan.sessions) // asked)


def _volumes(plan: Plan) -> Mapping[str, int]:
    """Return the smallest volume of each exercise of a plan on any of its sides and days.

    Several rounds on one day do not add up: the largest dose counts.
    """
    volumes: dict[tuple[str, Side, int], int] = {}
    for session in plan.sessions:
        for item in session.items:
            dose = item.day_dose or item.dose
            for day in item.days:
                for side in item.side.each:
                    key = item.exercise, side, day
                    volumes[key] = max(volumes.get(key, 0), dose.volume)
    return {
        name: min(volume for (exercise, *_), volume in volumes.items() if exercise == name)
        for name, *_ in volumes
    }


@frozen
class _Laws:
    """The laws, each as a method that yields its breaches."""

    recommender: Recommender
    life: Life
    course: SimulatedCourse

    @property
    def plans(self) -> tuple[Plan, ...]:
        """The plans in order."""
        return tuple(plan for _, plan in self.course.plans)

    def _standings(self, week: int) -> Mapping[str, list[Standing]]:
        by_ladder: dict[str, list[Standing]] = {}
        for standing in self.course.standings[week]:
            by_ladder.setdefault(standing.ladder, []).append(standing)
        return by_ladder

    def no_gap_on_what_is_planned(self) -> Iterator[Breach]:
        """Law 42, first half: a gap moves no ladder down that all recent plans contain."""
        for week, (before, _) in enumerate(pairwise(self.plans), 1):
            planned = ladders_of(before, self.recommender)
            for ladder, standings in self._standings(week).items():
                gaps = [standing for standing in standings if standing.reason.id.startswith(_GAPS)]
                if ladder in planned and gaps and not self._was_paused(ladder, week):
                    yield Breach(law=42, week=week, what=f"{ladder}: {gaps[0].reason.id}")

    def _was_paused(self, ladder: str, week: int) -> bool:
        """Return whether any of the last six plans before a week is without a ladder."""
        recent = self.plans[max(0, week - 6) : week]
        return any(ladder not in ladders_of(plan, self.recommender) for plan in recent)

    def all_grow_or_are_held(self) -> Iterator[Breach]:
        """Law 42, second half: every ladder in the first and the last plan has risen at the end.

        A ladder that has not risen needs a reason: maintenance, mastery, a dose cut for lack of
        time, or one of `_HELD`.
        """
        last = len(self.plans) - 1
        begun = ladders_of(self.plans[0], self.recommender)
        for ladder in sorted(begun & ladders_of(self.plans[last], self.recommender)):
            start_heights = [start.height for start in self._standings(0)[ladder]]
            for start_height, standing in zip(
                start_heights, self._standings(last)[ladder], strict=True
            ):
                if standing.height <= start_height and not self._is_held(standing):
                    yield Breach(law=42, week=last, what=f"{ladder}: {standing.reason.id}")

    def _is_held(self, standing: Standing) -> bool:
        """Return whether a standing has a reason not to rise.

        The last two plans are searched for a cut dose, because the present standing follows from
        the dose that was done under the plan before.
        """
        cut = {item.exercise for plan in self.plans[-2:] for item in plan.items if item.is_cut}
        return (
            standing.maintenance
            or standing.reason.id in _HELD
            or standing.exercise in standing.mastered
            or standing.exercise in cut
        )

    def what_leaves_has_a_reason(self) -> Iterator[Breach]:
        """Law 43, first half: no ladder leaves a plan without a named reason."""
        for week, (before, after) in enumerate(pairwise(self.plans), 1):
            gone = ladders_of(before, self.recommender) - ladders_of(after, self.recommender)
            for ladder in sorted(gone):
                if not self._may_leave(ladder, week, after):
                    yield Breach(law=43, week=week, what=f"{ladder} left")

    def _may_leave(self, ladder: str, week: int, after: Plan) -> bool:
        """Return whether a ladder may leave a plan.

        It may if its exercise is mastered or in maintenance, if it makes room, or if one of its
        exercises is left out because of a rule or for a reason of `_LEAVES`.
        """
        standings = self._standings(week)[ladder]
        if any(
            standing.exercise in standing.mastered or standing.maintenance for standing in standings
        ):
            return True
        if after.trace.continuity.get(ladder) == "makes_room":
            return True
        explanation = self.recommender.explain(after)
        exercises = self.recommender.knowledge.ladder_index.exercises_on[ladder]
        return any(
            omission.reason.rule is not None or omission.code in _LEAVES
            for exercise in exercises
            for omission in explanation.out(exercise)
        )

    def few_are_new(self) -> Iterator[Breach]:
        """Law 43, second half: in each week but the first, at most two ladders are new."""
        for week, (before, after) in enumerate(pairwise(self.plans), 1):
            new = ladders_of(after, self.recommender) - ladders_of(before, self.recommender)
            if before.items and len(new) > MOST_NEW:
                yield Breach(law=43, week=week, what=f"new: {', '.join(sorted(new))}")

    def doses_are_kept(self) -> Iterator[Breach]:
        """Law 43, third part: lack of time cuts no dose below the dose of the plan before.

        Exercises that are mastered are exempt.
        """
        for week, (before, after) in enumerate(pairwise(self.plans), 1):
            done = _volumes(before)
            standings = self._standings(week)
            cut = {item.exercise for item in after.items if item.is_cut}
            for name, volume in _volumes(after).items():
                ladder = self.recommender.knowledge.ladder_of(name).id
                grows = not any(name in standing.mastered for standing in standings[ladder])
                if name in cut and grows and volume < done.get(name, 0):
                    what = f"{name}: {volume} after {done[name]}"
                    yield Breach(law=43, week=week, what=what)

    def minutes_are_used(self) -> Iterator[Breach]:
        """Law 44: a plan uses 70 % of the requested minutes, or states why it does not.

        Plans for more than `BUDGETED_MINUTES` are exempt.
        """
        for week, plan in enumerate(self.plans):
            if not plan.sessions or self.life.request.minutes > BUDGETED_MINUTES:
                continue
            notes = {advice.message.id for advice in plan.advice}
            if used_share(plan) < LEAST_USE and notes.isdisjoint(UNUSED_REASONS):
                yield Breach(law=44, week=week, what=f"{used_share(plan)} % of the time")

    def days_are_kept(self) -> Iterator[Breach]:
        """Law 45: in any seven days there are no more training days than requested."""
        if self.life.request.micro_sessions_per_day:
            return
        days = sorted({session.on for session in self.course.history.sessions if session.trained})
        for day in days:
            in_week = sum(0 <= (trained - day).days < WEEK for trained in days)
            if in_week > session_count(self.life.request):
                week = (day - self.life.on).days // WEEK
                yield Breach(law=45, week=week, what=f"{in_week} days from {day}")
