"""Everything settled before selection: the stages that safety rests on."""

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
    """Everything settled before selection.

    Attributes:
        knowledge: What it was made from.
        situation: The facts that rules read.
        decision: What the rules decided, with the stops of progression.
        report: What rules and equipment exclude.
        context: What the log was replayed with, where it was.
        replayed: What the replay of the log led to; None without a history.
        trained: The ladders that the person has trained.
        targets: The regions to work for.
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
        """Without a history the standings follow from facts alone, and are worked out on use."""
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
        """Pain during exercise that is allowed (0-10): the policy's, lowered by rules."""
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
        """The equipment, with what it substitutes."""
        return self.situation.available_equipment

    @cached_property
    def standings_on(self) -> Mapping[str, list[Standing]]:
        """The standings of each ladder."""
        by_ladder: dict[str, list[Standing]] = {}
        for standing in self.standings:
            by_ladder.setdefault(standing.ladder, []).append(standing)
        return by_ladder

    def pending_prerequisites(self, standing: Standing, rung: int) -> tuple[str, ...]:
        """Return the exercises whose mastery a rung waits for, if nothing else closes it.

        Args:
            standing: The standing below.
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
        """The exercises mastered in the log, on each side and on either."""
        mastered: dict[Side, set[str]] = {side: set() for side in Side}
        for standing in self.standings:
            if standing.mastered:
                for side in Side:
                    if standing.side.meets(side):
                        mastered[side].update(standing.mastered)
        return {side: frozenset(names) for side, names in mastered.items()}
