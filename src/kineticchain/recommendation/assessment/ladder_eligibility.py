"""Each exercise on each side as its standings alone have it, before rules and equipment."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from functools import cached_property, reduce
from typing import TypeAlias

from attrs import evolve, field, frozen

from kineticchain.cache import Cache
from kineticchain.domain.anatomy import Side
from kineticchain.domain.exercises import Dose, Exercise, Ladder
from kineticchain.domain.messages.catalog import Argument
from kineticchain.knowledge import Knowledge
from kineticchain.progression import Standing
from kineticchain.recommendation.assessment.entry_criteria import asked_in_words
from kineticchain.recommendation.assessment.infeasibility import (
    EquipmentRequirement,
    ExerciseKey,
    Infeasibility,
    InfeasibilityReason,
    InfeasibilityReport,
    equipment_requirements,
    missing_equipment,
)
from kineticchain.rules import Cap, Decision, LimitKind

_ALL = 100

MAX_SETS = 256
"""Of so many sets of equipment, and of effects, it is kept what they keep out."""

_Bars: TypeAlias = tuple[Infeasibility, ...]
_Args: TypeAlias = tuple[tuple[str, Argument], ...]


@frozen
class FeasibleItem:
    """An exercise on a side, with its dose for now and the most that is allowed."""

    exercise: Exercise
    side: Side
    rung: int
    dose: Dose
    cap: Dose


@frozen
class RungOption:
    """An exercise on a side: open, with its doses, or closed, and why."""

    place: ExerciseKey
    open: FeasibleItem | None
    closed: tuple[Infeasibility, ...]


@frozen(eq=False)
class LadderEligibility:
    """Ladders as their standings open them; of what comes again it gives the same objects."""

    knowledge: Knowledge
    _seen: Cache[tuple[int, ...], tuple[tuple[Standing, ...], tuple[RungOption, ...]]] = field(
        factory=Cache, init=False, repr=False
    )
    _lacking: Cache[frozenset[str], Mapping[ExerciseKey, tuple[InfeasibilityReason, ...]]] = field(
        factory=Cache, init=False, repr=False
    )
    _kept_bars: Cache[Hashable, InfeasibilityReport] = field(factory=Cache, init=False, repr=False)
    _capped: Cache[Hashable, tuple[FeasibleItem, FeasibleItem]] = field(
        factory=Cache, init=False, repr=False
    )
    _joined: Cache[tuple[int, int], tuple[_Bars, _Bars, _Bars]] = field(
        factory=Cache, init=False, repr=False
    )

    def lacking(
        self, available_equipment: frozenset[str]
    ) -> Mapping[ExerciseKey, tuple[InfeasibilityReason, ...]]:
        """What is missing for each exercise that cannot be done with the equipment at hand."""
        known = self._lacking.get(available_equipment)
        if known is None:
            found = missing_equipment(self._needed, available_equipment)
            known = self._lacking.keep(available_equipment, found, MAX_SETS)
        return known

    @cached_property
    def _needed(self) -> tuple[EquipmentRequirement, ...]:
        return equipment_requirements(self.knowledge)

    def bars(self, decision: Decision, available_equipment: frozenset[str]) -> InfeasibilityReport:
        """What speaks against exercises: the same where the same effects meet equipment."""
        effects = (decision.exclusions, decision.demands, decision.caps, decision.referrals)
        key = (available_equipment, *map(id, effects))
        known = self._kept_bars.get(key)
        if known is None:
            made = InfeasibilityReport(
                self.knowledge, decision, available_equipment, self.lacking(available_equipment)
            )
            known = self._kept_bars.keep(key, made, MAX_SETS)
        return known

    def on(
        self,
        ladder: Ladder,
        standings: tuple[Standing, ...],
        *,
        fresh: bool,
        stopped: bool,
    ) -> tuple[RungOption, ...]:
        """All exercises and sides of a ladder, with a standing for each side that climbs it.

        `fresh` says that nothing has been trained yet, so that every rung still takes its days;
        `stopped` that a referral stops everything. A ladder is closed by that, and by a stop of its
        own. A rule that keeps out the rung stood on closes it no further: rungs below stay open,
        as they would if the person stood on them.
        """
        key = (fresh, stopped, *map(id, standings))
        known = self._seen.get(key)
        if known is None:
            found = tuple(self._look(ladder, standings, fresh=fresh, stopped=stopped))
            known = self._seen.keep(key, (standings, found))
        return known[1]

    def capped(self, feasible: FeasibleItem, caps: list[Cap]) -> FeasibleItem:
        """What is open, within the caps of rules."""
        key = (id(feasible), *[(cap.kind, cap.value) for cap in caps])
        known = self._capped.get(key)
        if known is None:
            dose = reduce(_within, caps, feasible.dose)
            cap = reduce(_within, caps, feasible.cap)
            made = evolve(feasible, dose=dose, cap=cap)
            known = self._capped.keep(key, (feasible, made))
        return known[1]

    def both(
        self, one: tuple[Infeasibility, ...], other: tuple[Infeasibility, ...]
    ) -> tuple[Infeasibility, ...]:
        """What rules and standing say together."""
        key = (id(one), id(other))
        known = self._joined.get(key)
        if known is None:
            known = self._joined.keep(key, (one, other, (*one, *other)))
        return known[2]

    def _look(
        self,
        ladder: Ladder,
        standings: tuple[Standing, ...],
        *,
        fresh: bool,
        stopped: bool,
    ) -> Iterator[RungOption]:
        for rung, step in enumerate(ladder.rungs):
            exercise = self.knowledge.exercises[step.exercise]
            for side in exercise.sides():
                meant = ladder.sides(side)
                here = [one for one in standings if one.side in meant]
                shut = stopped or any(one.stopped is not None for one in here)
                closed = tuple(self._closed(ladder, rung, side, here, fresh=fresh, shut=shut))
                opened = None if closed else _open(ladder, rung, exercise, side, here)
                yield RungOption((exercise.id, side), opened, closed)

    def _closed(
        self,
        ladder: Ladder,
        rung: int,
        side: Side,
        standings: list[Standing],
        *,
        fresh: bool,
        shut: bool,
    ) -> Iterator[Infeasibility]:
        exercise = ladder.rungs[rung].exercise
        rungs = [one.rung for one in standings if one.rung is not None]
        if len(rungs) < len(standings):
            first = asked_in_words(ladder.rungs[:1], self.knowledge)
            args: _Args = (("needs", first),)
            yield Infeasibility(exercise=exercise, side=side, code="ladder_not_open", args=args)
        elif shut:
            yield Infeasibility(exercise=exercise, side=side, code="stopped_here")
        elif min(rungs) < rung:
            code, args = self._above(ladder, min(rungs), rung, fresh=fresh)
            yield Infeasibility(exercise=exercise, side=side, code=code, args=args)

    def _above(self, ladder: Ladder, stands: int, rung: int, *, fresh: bool) -> tuple[str, _Args]:
        """How many rungs and days it is away at the least, and what is asked for on the way."""
        args: _Args
        ladder_index = self.knowledge.ladder_index
        ahead = ladder.rungs[stands if fresh else stands + 1 : rung]
        days = sum(ladder_index.least_days(one.exercise) for one in ahead)
        title = self.knowledge.title(ladder.rungs[stands].exercise)
        code, args = "comes_next", (("exercise", title),)
        if days:
            code = "above_standing"
            args = (("days", days), ("exercise", title), ("steps", rung - stands))
        needs = asked_in_words(ladder.rungs[stands + 1 : rung + 1], self.knowledge)
        return (f"{code}_asking", (*args, ("needs", needs))) if needs else (code, args)


def _open(
    ladder: Ladder, rung: int, exercise: Exercise, side: Side, standings: Iterable[Standing]
) -> FeasibleItem:
    """The exercise with its dose for now and its cap."""
    axis = ladder.rungs[rung].axis
    doses, tops = [], []
    for one in standings:
        here = one.dose if one.rung == rung else None
        doses.append(here or axis[0])
        tops.append(here or axis[-1])
    return FeasibleItem(exercise, side, rung, reduce(Dose.lesser, doses), reduce(Dose.lesser, tops))


def _within(dose: Dose, cap: Cap) -> Dose:
    """A dose within the cap of a rule."""
    if cap.kind is LimitKind.HOLD_S and dose.hold_s is not None:
        return evolve(dose, hold_s=min(dose.hold_s, int(cap.value)))
    if cap.kind is LimitKind.ROLL_S and dose.duration_s is not None:
        return evolve(dose, duration_s=min(dose.duration_s, int(cap.value)))
    if cap.kind is LimitKind.DOSE_SHARE:
        return dose.scaled(min(_ALL, int(cap.value)))
    return dose
