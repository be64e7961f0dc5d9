"""The feasible set: what may be chosen at all, before time and choice."""

from collections.abc import Mapping
from functools import cached_property, reduce

from attrs import evolve, frozen

from kineticchain.anatomy import Side
from kineticchain.exercises import Dose, Exercise, Ladder
from kineticchain.knowledge import Knowledge
from kineticchain.messages.phrases import Argument
from kineticchain.progression import Action, Standing
from kineticchain.recommendation.assessing.bars import Barred, Bars
from kineticchain.rules import LimitKind

_ALL = 100


@frozen
class Feasible:
    """An exercise on a side, with its dose for now and the most that is allowed."""

    exercise: Exercise
    side: Side
    rung: int
    dose: Dose
    cap: Dose


@frozen(kw_only=True)
class FeasibleSet:
    """What may be chosen, and why the rest may not."""

    items: tuple[Feasible, ...]
    barred: tuple[Barred, ...]

    @cached_property
    def by_place(self) -> Mapping[tuple[str, Side], Feasible]:
        """Feasible items by exercise and side."""
        return {(one.exercise.id, one.side): one for one in self.items}


def feasible_set(
    knowledge: Knowledge, bars: Bars, standings: tuple[Standing, ...], *, fresh: bool
) -> FeasibleSet:
    """Everything that nothing bars, at or below the standing.

    `fresh` says that nothing has been trained yet, so that every rung still takes its days.
    """
    by_place = {(one.ladder, one.side): one for one in standings}
    look = _Look(knowledge, bars, by_place, fresh)
    found: list[Feasible] = []
    barred: list[Barred] = []
    for ladder in knowledge.ladders:
        for rung, step in enumerate(ladder.rungs):
            exercise = knowledge.exercises[step.exercise]
            for side in exercise.sides():
                reasons = look.against(ladder, rung, exercise, side)
                if reasons:
                    barred += reasons
                else:
                    found.append(look.feasible(ladder, rung, exercise, side))
    return FeasibleSet(items=tuple(found), barred=tuple(barred))


@frozen
class _Look:
    """What decides about one exercise on one side."""

    knowledge: Knowledge
    bars: Bars
    standings: Mapping[tuple[str, Side], Standing]
    fresh: bool

    def against(self, ladder: Ladder, rung: int, exercise: Exercise, side: Side) -> list[Barred]:
        """All that speaks against it; rules first, the standing last."""
        return [
            *self.bars.of(exercise, side),
            *self._standing_bars(ladder, rung, exercise, side),
        ]

    def feasible(self, ladder: Ladder, rung: int, exercise: Exercise, side: Side) -> Feasible:
        """The exercise with its dose for now and its cap."""
        standings = self._standings(ladder, side)
        axis = ladder.rungs[rung].axis
        doses, tops = [], []
        for one in standings:
            here = one.dose if one.rung == rung else None
            doses.append(here or axis[0])
            tops.append(here or axis[-1])
        dose, cap = reduce(Dose.lesser, doses), reduce(Dose.lesser, tops)
        if (exercise.id, side) in self.bars.caps:
            dose, cap = self._capped(dose, exercise, side), self._capped(cap, exercise, side)
        return Feasible(exercise, side, rung, dose, cap)

    def _standings(self, ladder: Ladder, side: Side) -> list[Standing]:
        return [self.standings[ladder.id, one] for one in ladder.sides(side)]

    def _standing_bars(
        self, ladder: Ladder, rung: int, exercise: Exercise, side: Side
    ) -> list[Barred]:
        standings = self._standings(ladder, side)
        rungs = [one.rung for one in standings if one.rung is not None]
        if len(rungs) < len(standings):
            return [Barred(exercise=exercise.id, side=side, code="ladder_not_open")]
        if any(one.action is Action.STOP_AND_REFER for one in standings):
            return [Barred(exercise=exercise.id, side=side, code="stopped_here")]
        if min(rungs) < rung:
            return [self._above(ladder, min(rungs), rung, exercise, side)]
        return []

    def _above(
        self, ladder: Ladder, stands: int, rung: int, exercise: Exercise, side: Side
    ) -> Barred:
        """How many rungs it is away, and how many days at the least by the policy."""
        title = self.knowledge.title(ladder.rungs[stands].exercise)
        book = self.knowledge.ladderbook
        ahead = ladder.rungs[stands if self.fresh else stands + 1 : rung]
        days = sum(book.least_days(one.exercise) for one in ahead)
        if not days:
            args: tuple[tuple[str, Argument], ...] = (("exercise", title),)
            return Barred(exercise=exercise.id, side=side, code="comes_next", args=args)
        args = (("days", days), ("exercise", title), ("steps", rung - stands))
        return Barred(exercise=exercise.id, side=side, code="above_standing", args=args)

    def _capped(self, dose: Dose, exercise: Exercise, side: Side) -> Dose:
        for cap in self.bars.caps.get((exercise.id, side), ()):
            if cap.kind is LimitKind.HOLD_S and dose.hold_s is not None:
                dose = evolve(dose, hold_s=min(dose.hold_s, int(cap.value)))
            elif cap.kind is LimitKind.ROLL_S and dose.duration_s is not None:
                dose = evolve(dose, duration_s=min(dose.duration_s, int(cap.value)))
            elif cap.kind is LimitKind.DOSE_SHARE:
                dose = dose.scaled(min(_ALL, int(cap.value)))
        return dose
