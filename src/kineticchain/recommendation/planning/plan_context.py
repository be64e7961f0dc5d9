"""The context of a plan, from which it is composed and explained."""

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
        status: Whether to refer, to ask first, or to go on.
        assessment: Everything settled before selection.
        request: What was asked for.
        continuity: For each ladder that is continued the id of the message that says why.
        substitutes: For a ladder the exercise that it stands in for.
        weekly_limits: The most days a week of ladders trained for longer than a week.
        last_doses: What was done of exercises that still grow on their last day.
        named: Exercises that a clinician allows by name.
        session_limits: The most sessions a week of the same ladders, with further rounds.
        selection: The selected offers; none before the selection.
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
        """Makes reasons in the language of the knowledge."""
        return Explainer(self.knowledge)

    @property
    def decision(self) -> Decision:
        """The decision of the rules."""
        return self.assessment.decision

    @cached_property
    def programme(self) -> Programme | None:
        """The programme that is asked for; None for none."""
        name = self.request.programme
        return None if name is None else self.knowledge.programmes[name]

    @cached_property
    def programme_items(self) -> tuple[ProgrammeItem, ...]:
        """The items of the programme whose condition holds."""
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
        """The most days a week of ladders: `weekly_limits`, and what the programme states."""
        limits = dict(self.weekly_limits)
        for item in self.programme_items:
            if item.days is not None:
                ladder = self.knowledge.ladder_of(item.exercise).id
                limits[ladder] = min(limits.get(ladder, item.days), item.days)
        return limits

    @cached_property
    def held(self) -> frozenset[str]:
        """The ladders that are asked for: those of the programme, and of pinned exercises."""
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
        """The regions to work for."""
        return self.assessment.targets
