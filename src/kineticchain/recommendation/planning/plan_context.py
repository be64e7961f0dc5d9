"""All that a plan is put together from."""

from collections.abc import Mapping
from functools import cached_property

from attrs import frozen

from kineticchain.knowledge import Knowledge
from kineticchain.progression import Standing
from kineticchain.recommendation.assessment.assessment import Assessment
from kineticchain.recommendation.assessment.feasible_set import FeasibleSet
from kineticchain.recommendation.assessment.targets import Targets
from kineticchain.recommendation.plan.model import Status
from kineticchain.recommendation.plan.plan_input import PlanInput
from kineticchain.recommendation.planning.explainer import Explainer
from kineticchain.recommendation.planning.kept_parts import KeptParts
from kineticchain.recommendation.planning.schedule import session_days
from kineticchain.recommendation.planning.weekly_frequency import max_weekly_sessions
from kineticchain.recommendation.selection.bonuses import Continuity
from kineticchain.recommendation.selection.select import Selection
from kineticchain.rules import Decision, Preference


@frozen(kw_only=True, slots=False)
class PlanContext:
    """All that a plan is put together from: what was assessed, and what was chosen."""

    knowledge: Knowledge
    explain: Explainer
    parts: KeptParts
    assessment: Assessment
    selection: Selection
    asked: PlanInput
    continuity: Continuity
    substitutes: Mapping[str, str]
    version: str

    @property
    def decision(self) -> Decision:
        """What the rules decided."""
        return self.assessment.decision

    @cached_property
    def session_days(self) -> tuple[int, ...]:
        """The days on which there are sessions."""
        return session_days(self.asked.request, self.asked.history, self.asked.on)

    @cached_property
    def favoured(self) -> Mapping[str, list[Preference]]:
        """What rules favour, by exercise."""
        found: dict[str, list[Preference]] = {}
        for one in self.decision.preferences:
            found.setdefault(one.exercise, []).append(one)
        return found

    @cached_property
    def allowed_by_name(self) -> frozenset[str]:
        """The ids of the exercises that a clinician allows by name."""
        return self.assessment.situation.state.results.named

    @cached_property
    def max_weekly_sessions(self) -> Mapping[str, int]:
        """The most sessions a week of ladders that have been trained for longer."""
        return max_weekly_sessions(self.asked.history, self.asked.on, self.knowledge)

    @cached_property
    def standings_on(self) -> Mapping[str, list[Standing]]:
        """Where the person stands on each ladder."""
        found: dict[str, list[Standing]] = {}
        for one in self.standings:
            found.setdefault(one.ladder, []).append(one)
        return found

    @property
    def standings(self) -> tuple[Standing, ...]:
        """Where the person stands."""
        return self.assessment.standings

    @property
    def feasible(self) -> FeasibleSet:
        """What may be chosen."""
        return self.assessment.feasible

    @property
    def targets(self) -> Targets:
        """What the plan works for."""
        return self.assessment.targets

    @property
    def status(self) -> Status:
        """Whether to refer, to ask first, or to go on."""
        return self.assessment.status
