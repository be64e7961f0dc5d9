"""The assessment of a person: the results that precede the selection and ensure its safety."""

from collections.abc import Mapping
from functools import cached_property

from attrs import frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.exercises import Programme
from kineticchain.domain.person import History
from kineticchain.knowledge import Knowledge
from kineticchain.progression import ReplayContext, Standing, replay
from kineticchain.recommendation.assessment.feasible_set import FeasibleSet, Replayed, feasible_set
from kineticchain.recommendation.assessment.infeasibility import InfeasibilityReport
from kineticchain.recommendation.assessment.replay_inputs import replay_context
from kineticchain.recommendation.assessment.targets import Targets
from kineticchain.recommendation.assessment.tissue_loading import without_recovering_tissue
from kineticchain.recommendation.plan.model import Status
from kineticchain.record import Situation
from kineticchain.rules import Decision, LimitKind, ReferralLevel


@frozen(kw_only=True)
class Assessment:
    """All results that precede the selection.

    Attributes:
        knowledge: The knowledge that the assessment was made with.
        situation: The facts that rules read.
        decision: The decision of the rules, with the stops of progression.
        report: The exclusions by rules and equipment.
        context: The input of the replay besides the events; None without a history.
        replayed: The result of the replay; None without a history.
        trained: The ladders that the person has trained.
        targets: The target regions, and their worth.
        programmes: The programmes that the person was given, the first one first.
    """

    knowledge: Knowledge
    situation: Situation
    decision: Decision
    report: InfeasibilityReport
    context: ReplayContext | None
    replayed: Replayed | None
    trained: tuple[str, ...]
    targets: Targets
    programmes: tuple[Programme, ...] = ()

    @cached_property
    def replay_context(self) -> ReplayContext:
        """Everything that replay needs besides the events."""
        if self.context is not None:
            return self.context
        programmes = self.programmes
        return replay_context(self.situation, self.decision, self.report, {}, programmes)

    @cached_property
    def _replayed(self) -> Replayed:
        """The result of the replay; without a history it is computed from facts on first use."""
        if self.replayed is not None:
            return self.replayed
        return Replayed(replay(History(), self.replay_context, None))

    @property
    def standings(self) -> tuple[Standing, ...]:
        """A standing for every ladder and side."""
        return self._replayed.standings

    @property
    def moved(self) -> frozenset[str]:
        """The ladders whose standings follow from the log, and not from facts alone."""
        return self._replayed.moved

    @cached_property
    def feasible(self) -> FeasibleSet:
        """The exercises that may be chosen."""
        feasible = feasible_set(
            self.report,
            self.standings,
            untrained=not self.trained,
            stopped=self.replay_context.stopped,
        )
        return without_recovering_tissue(feasible, self.standings, self.trained, self.knowledge)

    @property
    def pain_ceiling(self) -> int:
        """The most pain allowed during exercise (0-10), by the policy and lower limits of rules."""
        ceiling = self.decision.tightest(LimitKind.PAIN_CEILING)
        policy = self.knowledge.policy.pain_ceiling
        return policy if ceiling is None else min(ceiling, policy)

    @property
    def status(self) -> Status:
        """The status of the plan: refer, ask first, or go on."""
        if self.decision.level >= ReferralLevel.SAME_DAY:
            return Status.REFER
        return Status.ASK_FIRST if self.decision.questions else Status.READY

    @property
    def available_equipment(self) -> frozenset[str]:
        """Ids of the available equipment, including what it can substitute."""
        return self.situation.available_equipment

    @cached_property
    def standings_on(self) -> Mapping[str, list[Standing]]:
        """The standings of each ladder."""
        by_ladder: dict[str, list[Standing]] = {}
        for standing in self.standings:
            by_ladder.setdefault(standing.ladder, []).append(standing)
        return by_ladder

    def pending_prerequisites(self, standing: Standing, rung: int) -> tuple[str, ...]:
        """Return the exercises that must be mastered to open a rung, if nothing else closes it.

        Args:
            standing: The standing on the ladder and side, below the rung.
            rung: The rung, from 0.
        """
        side = standing.side
        rungs = self.replay_context.ladder_index.by_id[standing.ladder].rungs
        if rung >= len(rungs) or not self.replay_context.allows(rungs[rung].exercise, side):
            return ()
        names = rungs[rung].asks_for
        if not names:
            return ()
        met = self.replay_context.needs_met(standing.ladder, rung, side, self._mastered[side])
        return () if met else names

    @cached_property
    def _mastered(self) -> Mapping[Side, frozenset[str]]:
        """The exercises mastered in the log, by side; under both sides those of either side."""
        mastered: dict[Side, set[str]] = {side: set() for side in Side}
        for standing in self.standings:
            if standing.mastered:
                for side in Side:
                    if standing.side.meets(side):
                        mastered[side].update(standing.mastered)
        return {side: frozenset(names) for side, names in mastered.items()}
