"""The feasible set: the exercises that may be selected, before time is considered."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise

from attrs import evolve, field, frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.person import History
from kineticchain.progression import ReplayedPart, Standing, replayed_onward, standings
from kineticchain.progression.replay.replay_context import ReplayContext
from kineticchain.recommendation.assessment.infeasibility import Infeasibility, InfeasibilityReport
from kineticchain.recommendation.assessment.ladder_eligibility import (
    FeasibleItem,
    LadderEligibility,
    within_limits,
)
from kineticchain.rules.model.exercise_index import ExerciseSide

_MAX_PARTS = 4
"""The most replayed parts that are stored: with and without the exclusions of rules, each while
safety questions are answered and while they wait."""


@frozen(eq=False)
class Replayed:
    """The result of replaying a log.

    Attributes:
        standings: A standing for every ladder and side.
        moved: The ladders whose standing follows from the log.
        parts: The parts from which a later replay of the same log with more events can continue.
    """

    standings: tuple[Standing, ...]
    moved: frozenset[str] = frozenset()
    parts: tuple[ReplayedPart, ...] = field(default=(), repr=False)


class ItemsByLadder(Mapping[str, Sequence[FeasibleItem]]):
    """The feasible items of each ladder, computed when they are first read.

    A plan reads the items of the ladders that serve its targets; explanations read all items.
    """

    __slots__ = ("_eligibility", "_items", "_report")

    def __init__(
        self, eligibility: Mapping[str, LadderEligibility], report: InfeasibilityReport
    ) -> None:
        """Store the eligibility and the report from which the items are computed.

        Args:
            eligibility: The rungs that the standings open, by ladder.
            report: The exclusions by rules and equipment, and the limits of rules.
        """
        self._eligibility = eligibility
        self._report = report
        self._items: dict[str, Sequence[FeasibleItem]] = {}

    def __getitem__(self, ladder: str) -> Sequence[FeasibleItem]:
        """Return the feasible items of a ladder, the lowest rung first."""
        items = self._items.get(ladder)
        if items is None:
            limits = self._report.limits
            items = self._items[ladder] = [
                within_limits(item, limits[item.key]) if limits and item.key in limits else item
                for item in self._eligibility[ladder].options(self._report.infeasible)
            ]
        return items

    def __iter__(self) -> Iterator[str]:
        """Yield every ladder."""
        return iter(self._eligibility)

    def __len__(self) -> int:
        """Return the number of ladders."""
        return len(self._eligibility)


@frozen(kw_only=True)
class FeasibleSet:
    """The feasible exercises, and on request the reasons why other exercises are infeasible.

    Attributes:
        on_ladder: The feasible items of each ladder, the lowest rung first.
        report: The exclusions by rules and equipment.
        eligibility: The rungs that the standings open, by ladder.
        recovering: Exercises that are excluded because their tissue recovers after a step down.
    """

    on_ladder: Mapping[str, Sequence[FeasibleItem]]
    report: InfeasibilityReport = field(eq=False, repr=False)
    eligibility: Mapping[str, LadderEligibility] = field(eq=False, repr=False)
    recovering: frozenset[ExerciseSide] = frozenset()

    @cached_property
    def by_key(self) -> Mapping[tuple[str, Side], FeasibleItem]:
        """The feasible items under their exercise and side."""
        return {item.key: item for items in self.on_ladder.values() for item in items}

    @property
    def items(self) -> tuple[FeasibleItem, ...]:
        """All feasible items."""
        return tuple(item for items in self.on_ladder.values() for item in items)

    def without(self, recovering: Iterable[ExerciseSide]) -> "FeasibleSet":
        """Return the set without the given exercises, which load recovering tissue."""
        excluded = frozenset(recovering)
        return evolve(
            self,
            recovering=excluded,
            on_ladder={
                ladder: [item for item in items if item.key not in excluded]
                for ladder, items in self.on_ladder.items()
            },
        )

    def reasons(self, key: ExerciseSide) -> tuple[Infeasibility, ...]:
        """Return why an exercise on a side is infeasible: rules first, the standing last.

        The result is empty if the exercise is feasible.
        """
        ladder, rung = self.report.knowledge.ladder_index.rung_of[key.exercise]
        reasons = (*self.report.reasons(key), *self.eligibility[ladder.id].reasons(rung, key.side))
        if not reasons and key in self.recovering:
            return (Infeasibility(exercise=key.exercise, side=key.side, code="settling"),)
        return reasons

    @cached_property
    def infeasible(self) -> Mapping[ExerciseSide, tuple[Infeasibility, ...]]:
        """Every infeasible exercise and side, with the reasons."""
        return {
            key: self.reasons(key)
            for key in self.report.knowledge.exercise_sides
            if key not in self.by_key
        }

    @property
    def all_reasons(self) -> Iterator[Infeasibility]:
        """The reasons of all infeasible exercises and sides."""
        for reasons in self.infeasible.values():
            yield from reasons


def feasible_set(
    report: InfeasibilityReport,
    standings_now: Iterable[Standing],
    *,
    untrained: bool,
    stopped: bool,
) -> FeasibleSet:
    """Return the feasible exercises, which are at or below the standings.

    Args:
        report: The exclusions by rules and equipment.
        standings_now: A standing for every ladder and side.
        untrained: True if nothing has been trained yet.
        stopped: True if a referral stops all training.
    """
    knowledge = report.knowledge
    by_ladder: dict[str, list[Standing]] = {}
    for standing in standings_now:
        by_ladder.setdefault(standing.ladder, []).append(standing)
    eligibility = {
        ladder.id: LadderEligibility(
            ladder=ladder,
            standings=by_ladder[ladder.id],
            knowledge=knowledge,
            untrained=untrained,
            stopped=stopped,
        )
        for ladder in knowledge.ladders
    }
    return FeasibleSet(
        on_ladder=ItemsByLadder(eligibility, report), report=report, eligibility=eligibility
    )


def standings_within_limits(
    history: History,
    context: ReplayContext,
    on: datetime.date | None,
    before: Iterable[ReplayedPart] = (),
) -> Replayed:
    """Replay the log within the exclusions by today's rules.

    The replay bars each step up to an exercise that rules exclude today, since the log does not
    record what rules excluded at the time. Without the bar, the person may have taken the step, and
    later have come down to a lower rung than with the bar. So if the bar may have held the person
    back, the log is replayed with and without it, and the lower standing counts.

    Args:
        history: The events.
        context: Everything else that replay needs.
        on: The day; None for all events.
        before: Parts of earlier replays of the same log.
    """
    before = tuple(before)
    progress, part = replayed_onward(history, context, on, before)
    moved = frozenset(ladder for ladder, _ in progress.tracks)
    barred = standings(progress, context, on)
    if not any(_may_be_held(standing, context) for standing in barred):
        return Replayed(barred, moved, _latest(part, *before))
    unbarred = evolve(context, infeasible=context.without_equipment)
    free_progress, free_part = replayed_onward(history, unbarred, on, before)
    free_standings = standings(free_progress, unbarred, on)
    return Replayed(
        tuple(map(_lower, barred, free_standings)), moved, _latest(part, free_part, *before)
    )


def _latest(*parts: ReplayedPart) -> tuple[ReplayedPart, ...]:
    """Return the first part of each context, up to `_MAX_PARTS`."""
    by_context = {part.context.key: part for part in reversed(parts)}
    return tuple(reversed(by_context.values()))[:_MAX_PARTS]


def _may_be_held(standing: Standing, replay_context: ReplayContext) -> bool:
    """Return whether the log has mastered an exercise and a rule excludes the next one."""
    if not standing.mastered:
        return False
    exercises = replay_context.ladder_index.exercises_on[standing.ladder]
    return any(
        exercise in standing.mastered
        and not replay_context.allows(following, standing.side)
        and replay_context.has_equipment(following, standing.side)
        for exercise, following in pairwise(exercises)
    )


def _lower(barred: Standing, unbarred: Standing) -> Standing:
    """Return the lower of two standings; if one of them is stopped, the result is stopped."""
    lower = unbarred if unbarred.height < barred.height else barred
    stops = [replayed for replayed in (barred, unbarred) if replayed.stopped is not None]
    if not stops or lower.stopped is not None:
        return lower
    return evolve(lower, stopped=stops[0].stopped, action=stops[0].action, reason=stops[0].reason)
