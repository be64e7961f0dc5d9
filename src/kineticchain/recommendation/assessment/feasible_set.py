"""The feasible set: what may be chosen at all, before time and choice."""

import datetime
from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import pairwise

from attrs import evolve, frozen

from kineticchain.domain.person import History
from kineticchain.progression import Standing, replay
from kineticchain.progression.replay.replay_context import ReplayContext
from kineticchain.recommendation.assessment.infeasibility import (
    ExerciseKey,
    Infeasibility,
    InfeasibilityReport,
)
from kineticchain.recommendation.assessment.ladder_eligibility import (
    FeasibleItem,
    LadderEligibility,
)


@frozen(kw_only=True)
class FeasibleSet:
    """What may be chosen, and what speaks against the rest: rules first, the standing last.

    `on_ladder` has what may be chosen of each ladder, the lowest rung first.
    """

    by_place: Mapping[ExerciseKey, FeasibleItem]
    against: Mapping[ExerciseKey, tuple[Infeasibility, ...]]
    on_ladder: Mapping[str, list[FeasibleItem]]

    @property
    def items(self) -> tuple[FeasibleItem, ...]:
        """All that may be chosen."""
        return tuple(self.by_place.values())

    def without(self, barred: Iterable[Infeasibility]) -> "FeasibleSet":
        """The set less what these speak against."""
        against = dict(self.against)
        for bar in barred:
            place = (bar.exercise, bar.side)
            against[place] = (*against.get(place, ()), bar)
        return FeasibleSet(
            by_place={place: one for place, one in self.by_place.items() if place not in against},
            against=against,
            on_ladder={
                ladder: [one for one in here if (one.exercise.id, one.side) not in against]
                for ladder, here in self.on_ladder.items()
            },
        )

    @cached_property
    def barred(self) -> tuple[Infeasibility, ...]:
        """All that speaks against something."""
        return tuple(one for bars in self.against.values() for one in bars)


def feasible_set(
    eligibility: LadderEligibility,
    bars: InfeasibilityReport,
    standings: tuple[Standing, ...],
    *,
    fresh: bool,
    stopped: bool,
) -> FeasibleSet:
    """Everything that nothing bars, at or below the standing.

    `fresh` says that nothing has been trained yet, `stopped` that a referral stops everything.
    """
    by_ladder: dict[str, list[Standing]] = {}
    for standing in standings:
        by_ladder.setdefault(standing.ladder, []).append(standing)
    found: dict[ExerciseKey, FeasibleItem] = {}
    against: dict[ExerciseKey, tuple[Infeasibility, ...]] = {}
    on_ladder: dict[str, list[FeasibleItem]] = {}
    barring, caps = bars.by_place, bars.caps
    for ladder in eligibility.knowledge.ladders:
        here = on_ladder[ladder.id] = []
        for one in eligibility.on(
            ladder, tuple(by_ladder[ladder.id]), fresh=fresh, stopped=stopped
        ):
            place = one.place
            reasons = barring.get(place)
            if reasons is not None:
                against[place] = eligibility.both(reasons, one.closed) if one.closed else reasons
            elif one.open is None:
                against[place] = one.closed
            else:
                capped = caps.get(place)
                feasible = one.open if capped is None else eligibility.capped(one.open, capped)
                found[place] = feasible
                here.append(feasible)
    return FeasibleSet(by_place=found, against=against, on_ladder=on_ladder)


def standings_within_bars(
    history: History, replay_context: ReplayContext, on: datetime.date | None
) -> tuple[Standing, ...]:
    """A standing for every ladder and side, as of the day `on`.

    What rules bar today bars every step up of the log: the log does not tell what they barred then.
    Without the bar a person may have gone on, and come down again lower than they would have stood
    without that step. So where a bar may have held somebody, the log is read both ways, and the
    lower standing counts.
    """
    standings = replay(history, replay_context, on)
    if not any(_may_be_held(one, replay_context) for one in standings):
        return standings
    free = replay(history, evolve(replay_context, barred=replay_context.lacking), on)
    return tuple(map(_lower, standings, free))


def _may_be_held(standing: Standing, replay_context: ReplayContext) -> bool:
    """Whether the log has mastered an exercise, and a rule bars the one after it."""
    if not standing.mastered:
        return False
    exercises = replay_context.ladder_index.exercises_on[standing.ladder]
    return any(
        exercise in standing.mastered
        and not replay_context.allows(following, standing.side)
        and replay_context.has_equipment(following, standing.side)
        for exercise, following in pairwise(exercises)
    )


def _lower(held: Standing, free: Standing) -> Standing:
    """The lower of two standings; a stop of either holds."""
    lower = free if free.height < held.height else held
    stops = [one for one in (held, free) if one.stopped is not None]
    if not stops or lower.stopped is not None:
        return lower
    return evolve(lower, stopped=stops[0].stopped, action=stops[0].action, reason=stops[0].reason)
