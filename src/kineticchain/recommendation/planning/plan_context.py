"""The context from which a plan is composed and explained."""

from collections.abc import Mapping
from functools import cached_property

from attrs import field, frozen

from kineticchain.domain.exercises import Dose, Programme, ProgrammeItem
from kineticchain.domain.facts import evaluate
from kineticchain.domain.person import Request
from kineticchain.knowledge import Knowledge
from kineticchain.progression import Standing
from kineticchain.recommendation.assessment.assessment import Assessment
from kineticchain.recommendation.assessment.feasible_set import FeasibleSet
from kineticchain.recommendation.assessment.targets import Targets
from kineticchain.recommendation.plan.model import Status
from kineticchain.recommendation.planning.explainer import Explainer
from kineticchain.recommendation.selection.bonuses import Continuity
from kineticchain.recommendation.selection.select import Selection
from kineticchain.rules import Consequence, Decision, Prefer
from kineticchain.rules.model.exercise_index import ExerciseSide


@frozen(kw_only=True)
class PlanContext:
    """The assessment and the selection of a plan.

    Attributes:
        status: The status of the plan before the selection: refer, ask first, or ready.
        assessment: The assessment, which precedes the selection.
        request: The request.
        continuity: For each continued ladder, the id of the message that gives the reason.
        substitutes: For each substitute ladder, the id of the exercise that it replaces.
        weekly_limits: The most days a week of each ladder that was trained for a whole week.
        last_doses: For each exercise of a ladder that still grows, the dose on its last day.
        named: The exercises that a clinician allows by name.
        session_limits: The most sessions a week of the same ladders; a further round counts as a
            session.
        selection: The selection; empty until the exercises are selected.
    """

    status: Status
    assessment: Assessment
    request: Request
    continuity: Continuity
    substitutes: Mapping[str, str]
    weekly_limits: Mapping[str, int]
    last_doses: Mapping[str, Dose]
    named: frozenset[str]
    session_limits: Mapping[str, int] = field(factory=dict)
    selection: Selection = field(factory=Selection)

    @property
    def knowledge(self) -> Knowledge:
        """The knowledge of the plan."""
        return self.assessment.knowledge

    @cached_property
    def explain(self) -> Explainer:
        """The factory of reasons in the language of the knowledge."""
        return Explainer(self.knowledge)

    @property
    def decision(self) -> Decision:
        """The decision of the rules."""
        return self.assessment.decision

    @cached_property
    def programme(self) -> Programme | None:
        """The requested programme; None without one."""
        name = self.request.programme
        return None if name is None else self.knowledge.programmes[name]

    @cached_property
    def programme_items(self) -> tuple[ProgrammeItem, ...]:
        """The items of the programme whose condition is true."""
        if self.programme is None:
            return ()
        facts = self.assessment.situation.facts
        return tuple(
            item
            for item in self.programme.items
            if item.when is None or evaluate(item.when, facts) is True
        )

    @cached_property
    def day_limits(self) -> Mapping[str, int]:
        """The most days a week of each ladder, by `weekly_limits` and the programme."""
        limits = dict(self.weekly_limits)
        for item in self.programme_items:
            if item.days is not None:
                ladder = self.knowledge.ladder_of(item.exercise).id
                limits[ladder] = min(limits.get(ladder, item.days), item.days)
        return limits

    @cached_property
    def held(self) -> frozenset[str]:
        """The ladders of the requested programme and of pinned exercises."""
        names = [item.exercise for item in self.programme_items]
        return frozenset(
            self.knowledge.ladder_of(name).id for name in (*names, *self.request.pinned)
        )

    @cached_property
    def preferred(self) -> Mapping[str, list[Consequence[Prefer, ExerciseSide]]]:
        """The preferences of rules, by exercise."""
        preferred: dict[str, list[Consequence[Prefer, ExerciseSide]]] = {}
        for preference in self.decision.preferences:
            preferred.setdefault(preference.target.exercise, []).append(preference)
        return preferred

    @property
    def standings_on(self) -> Mapping[str, list[Standing]]:
        """The standings of each ladder."""
        return self.assessment.standings_on

    @property
    def feasible(self) -> FeasibleSet:
        """The exercises that may be chosen."""
        return self.assessment.feasible

    @property
    def targets(self) -> Targets:
        """The target regions, and their worth."""
        return self.assessment.targets
