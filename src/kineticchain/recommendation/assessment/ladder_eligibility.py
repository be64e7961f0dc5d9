"""The rungs of a ladder that standings open, and the reasons why other rungs are closed."""

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce

from attrs import evolve, frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.exercises import Dose, Exercise, Ladder
from kineticchain.knowledge import Knowledge
from kineticchain.progression import Standing
from kineticchain.recommendation.assessment.entry_criteria import criteria_text
from kineticchain.recommendation.assessment.infeasibility import Arguments, Infeasibility
from kineticchain.rules import Limit, LimitKind
from kineticchain.rules.model.exercise_index import ExerciseSide

_WHOLE = 100
"""A whole dose, in per cent."""

_LONGEST = frozenset({LimitKind.HOLD_S, LimitKind.ROLL_S})
"""The kinds of limits to check for each smaller dose as well, since it may have a longer hold."""


@frozen
class FeasibleItem:
    """A feasible exercise on a side.

    Attributes:
        exercise: The exercise.
        side: The side.
        rung: Its rung on the ladder, from 0.
        dose: Its present dose.
        cap: The largest dose that is allowed.
        grows: True if the person stands on the rung and has not mastered it.
        following: The exercise of the next rung; None on the highest one.
        limits: The limits of rules on its hold and its time.
    """

    exercise: Exercise
    side: Side
    rung: int
    dose: Dose
    cap: Dose
    grows: bool = False
    following: Exercise | None = None
    limits: tuple[Limit, ...] = ()

    def is_allowed(self, dose: Dose) -> bool:
        """Return whether the limits of rules allow the hold and the time of a dose.

        Args:
            dose: a dose of the exercise.
        """
        return reduce(_within, self.limits, dose) == dose

    @property
    def key(self) -> ExerciseSide:
        """The exercise and the side."""
        return ExerciseSide(self.exercise.id, self.side)


@frozen(kw_only=True)
class LadderEligibility:
    """One ladder with the standings of its sides.

    Attributes:
        ladder: The ladder.
        standings: A standing for each side.
        knowledge: The exercises, and titles for explanations.
        untrained: True if the person has not trained anything yet, so that the days on the present
            rung are still to come.
        stopped: True if a referral stops all training.
    """

    ladder: Ladder
    standings: Sequence[Standing]
    knowledge: Knowledge
    untrained: bool
    stopped: bool

    def options(self, infeasible: frozenset[ExerciseSide]) -> Iterator[FeasibleItem]:
        """Yield the open exercises that are not infeasible, the lowest rung first.

        A rule that excludes the present rung of a standing does not close lower rungs.
        """
        standing_of_side = {standing.side: standing for standing in self.standings}
        top = max(
            (standing.rung for standing in self.standings if standing.rung is not None), default=-1
        )
        if self.stopped:
            return
        for step in self.knowledge.ladder_steps[self.ladder.id]:
            if step.rung > top:
                return
            if step.key not in infeasible:
                standings = [
                    standing_of_side[side] for side in step.trains if side in standing_of_side
                ]
                if self._is_open(standings, step.rung):
                    yield self._item(step.exercise, step.key.side, step.rung, standings)

    def reasons(self, rung: int, side: Side) -> Iterator[Infeasibility]:
        """Yield the reason why a rung is closed on a side; nothing if the rung is open."""
        standings = self._meant(side)
        if self._is_open(standings, rung):
            return
        exercise = self.ladder.rungs[rung].exercise
        present_rungs = [standing.rung for standing in standings if standing.rung is not None]
        args: Arguments = ()
        if len(present_rungs) < len(standings):
            code = "ladder_not_open"
            args = (("needs", criteria_text(self.ladder.rungs[:1], self.knowledge)),)
        elif self.stopped or any(standing.stopped is not None for standing in standings):
            code = "stopped_here"
        else:
            code, args = self._above(min(present_rungs), rung)
        yield Infeasibility(exercise=exercise, side=side, code=code, args=args)

    def _meant(self, side: Side) -> list[Standing]:
        """Return the standings of the sides that an exercise on a side trains."""
        sides = self.ladder.sides(side)
        return [standing for standing in self.standings if standing.side in sides]

    def _is_open(self, standings: Iterable[Standing], rung: int) -> bool:
        return not self.stopped and all(
            standing.stopped is None and standing.rung is not None and rung <= standing.rung
            for standing in standings
        )

    def _item(
        self, exercise: Exercise, side: Side, rung: int, standings: Sequence[Standing]
    ) -> FeasibleItem:
        """Return an exercise with its present dose and its cap, the least of several standings."""
        axis = self.ladder.rungs[rung].axis
        first_dose, *other_doses = [
            standing.dose if standing.rung == rung else None for standing in standings
        ]
        dose, cap = first_dose or axis[0], first_dose or axis[-1]
        for other_dose in other_doses:
            if other_dose is not first_dose:
                dose, cap = dose.lesser(other_dose or axis[0]), cap.lesser(other_dose or axis[-1])
        grows = all(
            standing.rung == rung
            and not standing.maintenance
            and exercise.id not in standing.mastered
            for standing in standings
        )
        above = self.ladder.rungs[rung + 1 : rung + 2]
        following = self.knowledge.exercises[above[0].exercise] if above else None
        return FeasibleItem(exercise, side, rung, dose, cap, grows, following)

    def _above(self, stands: int, rung: int) -> tuple[str, Arguments]:
        """Return the message for a rung above the standing: least rungs and days, and criteria."""
        rungs, index = self.ladder.rungs, self.knowledge.ladder_index
        ahead = rungs[stands if self.untrained else stands + 1 : rung]
        days = sum(index.least_days(step.exercise) for step in ahead)
        title = self.knowledge.title(rungs[stands].exercise)
        args: Arguments = (("exercise", title),)
        code = "comes_next"
        if days:
            code = "above_standing"
            args = (("days", days), ("exercise", title), ("steps", rung - stands))
        needs = criteria_text(rungs[stands + 1 : rung + 1], self.knowledge)
        return (f"{code}_asking", (*args, ("needs", needs))) if needs else (code, args)


def within_limits(item: FeasibleItem, limits: Iterable[Limit]) -> FeasibleItem:
    """Return an item with its dose and its cap within the limits of rules."""
    limits = list(limits)
    return evolve(
        item,
        dose=reduce(_within, limits, item.dose),
        cap=reduce(_within, limits, item.cap),
        limits=tuple(limit for limit in limits if limit.kind in _LONGEST),
    )


def _within(dose: Dose, limit: Limit) -> Dose:
    if limit.kind is LimitKind.HOLD_S and dose.hold_s is not None:
        return evolve(dose, hold_s=min(dose.hold_s, int(limit.value)))
    if limit.kind is LimitKind.ROLL_S and dose.duration_s is not None:
        return evolve(dose, duration_s=min(dose.duration_s, int(limit.value)))
    if limit.kind is LimitKind.DOSE_SHARE:
        return dose.scaled(min(_WHOLE, int(limit.value)))
    return dose
