"""All that is settled before the choice: the part of the way that safety rests on."""

from collections.abc import Mapping
from functools import cached_property

from attrs import frozen

from kineticchain.domain.anatomy import Side
from kineticchain.progression import ReplayContext, Standing
from kineticchain.recommendation.assessment.feasible_set import FeasibleSet
from kineticchain.recommendation.assessment.targets import Targets
from kineticchain.recommendation.plan.model import Status
from kineticchain.record import Situation
from kineticchain.rules import Decision, ReferralLevel


@frozen(kw_only=True)
class Assessment:
    """All that is settled before the choice: the part of the way that safety rests on."""

    situation: Situation
    decision: Decision
    standings: tuple[Standing, ...]
    feasible: FeasibleSet
    targets: Targets
    replay_context: ReplayContext

    @property
    def pain_ceiling(self) -> int:
        """Pain during up to this is allowed: the policy's, lowered by rules."""
        return self.replay_context.pain_ceiling

    @property
    def status(self) -> Status:
        """Whether to refer, to ask first, or to go on."""
        if self.decision.level >= ReferralLevel.SAME_DAY:
            return Status.REFER
        return Status.ASK_FIRST if self.decision.questions else Status.READY

    @property
    def available_equipment(self) -> frozenset[str]:
        """What the equipment counts as, substitutes included."""
        return self.situation.available_equipment

    def pending_prerequisites(self, standing: Standing, rung: int) -> tuple[str, ...]:
        """Whose mastery a rung above a standing waits for, if nothing else bars it."""
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
        """What the log has mastered, on each side and on either."""
        found: dict[Side, set[str]] = {side: set() for side in Side}
        for one in self.standings:
            if one.mastered:
                for side in Side:
                    if one.side.meets(side):
                        found[side].update(one.mastered)
        return {side: frozenset(names) for side, names in found.items()}
