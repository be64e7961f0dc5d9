"""What a training day told about one ladder and side, and what days in a row add up to."""

import datetime
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from attrs import evolve, frozen

from kineticchain.domain.exercises import Dose
from kineticchain.domain.person import ExerciseLog
from kineticchain.progression.model.policy import Policy
from kineticchain.quick_init import quick_init


@quick_init
@frozen
class TrainingDay:
    """All sessions of a day taken together: of what differs, the more cautious counts.

    `noted` says that every line told dose and pain. `reached` says whether a line did
    the dose asked for, on the rung of that day; None once the dose has changed since. `shown`
    tells for each exercise done whether it showed the mastery of its rung. `morning` is the
    change of pain on the next morning, None until it is told. `spent` says that the day has
    led to a step down, and how cautious that step was.
    """

    on: datetime.date
    pain: int | None = None
    effort: int | None = None
    form_ok: bool | None = None
    touched: bool | None = None
    noted: bool = True
    reached: bool | None = True
    shown: tuple[tuple[str, bool], ...] = ()
    morning: int | None = None
    spent: int = -1

    def with_morning(self, change: int) -> "TrainingDay":
        """The day once its next morning is told."""
        return TrainingDay(
            self.on,
            self.pain,
            self.effort,
            self.form_ok,
            self.touched,
            self.noted,
            self.reached,
            self.shown,
            change,
            self.spent,
        )

    def with_dose_changed(self, spent: int) -> "TrainingDay":
        """The day once the dose has changed: what it reached says nothing of the new one."""
        return evolve(self, reached=None, spent=max(self.spent, spent))

    def is_calm(self, policy: Policy) -> bool:
        """Whether nothing about the day speaks against a step up, and enough is known."""
        morning = self.morning
        return (
            self.noted
            and morning is not None
            and morning <= 0
            and (self.pain or 0) <= policy.pain_safe
            and (self.effort or 0) <= policy.effort_safe
            and self.form_ok is not False
            and not self.touched
        )


@quick_init
@frozen
class Streaks:
    """How many training days in a row, up to some day, were so.

    A day on which it was not noted neither adds to a streak of trouble nor ends it; it ends
    those of success. `shown` counts for each exercise done on the last day the days that showed
    its mastery.
    """

    hurting: int = 0
    worse: int = 0
    touched: int = 0
    hard: int = 0
    calm: int = 0
    reached: int = 0
    shown: tuple[tuple[str, int], ...] = ()

    def with_dose_changed(self) -> "Streaks":
        """The streaks once the dose has changed: none of days that reached it."""
        return self if not self.reached else evolve(self, reached=0)

    def shown_of(self, exercise: str) -> int:
        """Days in a row that showed the mastery of an exercise."""
        for name, count in self.shown:
            if name == exercise:
                return count
        return 0


def streaks_after(before: Streaks, day: TrainingDay, ceiling: int, policy: Policy) -> Streaks:
    """The streaks with one more training day."""
    pain, effort, morning = day.pain, day.effort, day.morning
    hurting, worse, hard = before.hurting, before.worse, before.hard
    if pain is not None:
        hurting = hurting + 1 if pain > ceiling else 0
    if morning is not None:
        worse = worse + 1 if morning > 0 else 0
    if effort is not None:
        hard = hard + 1 if effort >= policy.effort_deload else 0
    touched = before.touched
    if day.touched is not None:
        touched = touched + 1 if day.touched else 0
    calm = before.calm + 1 if day.is_calm(policy) else 0
    reached = before.reached + 1 if day.reached is True else 0
    shown = tuple([(name, before.shown_of(name) + 1) for name, again in day.shown if again])
    return Streaks(hurting, worse, touched, hard, calm, reached, shown)


MasteryDose: TypeAlias = tuple[int, Dose]
"""In how many sets of which dose an exercise is mastered."""


@quick_init
@frozen
class Wanted:
    """What a training day is held against: the rung's exercise and the dose asked for of it.

    `masteries` tells for each exercise when it counts as mastered, where it ever does.
    """

    exercise: str
    dose: Dose
    masteries: Mapping[str, MasteryDose]


def day_of(
    on: datetime.date, lines: Iterable[tuple[str, ExerciseLog]], wanted: Wanted, policy: Policy
) -> TrainingDay:
    """The training day that its lines add up to, each with the exercise that was really done."""
    told = None
    for exercise, line in lines:
        one = _told(on, exercise, line, wanted, policy)
        told = one if told is None else _together(told, one)
    return TrainingDay(on) if told is None else told


def _told(
    on: datetime.date, exercise: str, line: ExerciseLog, wanted: Wanted, policy: Policy
) -> TrainingDay:
    done, touches = line.done, line.touches
    reached = exercise == wanted.exercise and not touches and done is not None
    return TrainingDay(
        on,
        line.pain,
        line.effort,
        line.form_ok,
        None if touches is None else touches > 0,
        done is not None and line.pain is not None,
        reached and done is not None and done.reaches(wanted.dose),
        ((exercise, _shows(line, wanted.masteries.get(exercise), policy)),),
    )


def _together(one: TrainingDay, other: TrainingDay) -> TrainingDay:
    """Two sessions of a day: the more cautious of each symptom; a dose done once is done."""
    shown = dict(one.shown)
    for exercise, again in other.shown:
        shown[exercise] = shown.get(exercise, False) or again
    return TrainingDay(
        on=one.on,
        pain=_worst(one.pain, other.pain),
        effort=_worst(one.effort, other.effort),
        form_ok=_both(one.form_ok, other.form_ok),
        touched=_either(one.touched, other.touched),
        noted=one.noted and other.noted,
        reached=one.reached or other.reached,
        shown=tuple(sorted(shown.items())),
    )


def _worst(one: int | None, other: int | None) -> int | None:
    return max((value for value in (one, other) if value is not None), default=None)


def _both(one: bool | None, other: bool | None) -> bool | None:  # noqa: FBT001 - three values
    if one is None or other is None:
        return other if one is None else one
    return one and other


def _either(one: bool | None, other: bool | None) -> bool | None:  # noqa: FBT001 - three values
    if one is None or other is None:
        return other if one is None else one
    return one or other


def _shows(line: ExerciseLog, mastery: MasteryDose | None, policy: Policy) -> bool:
    """Whether a line shows mastery: enough of it, without a touch, within the pain allowed.

    A best hold that was logged counts in place of the hold that was done.
    """
    done = line.done
    if mastery is None or done is None or line.touches or line.form_ok is False:
        return False
    if line.pain is None or line.pain > policy.pain_safe:
        return False
    if done.hold_s is not None and line.best_hold_s is not None:
        done = evolve(done, hold_s=max(done.hold_s, line.best_hold_s, 1))
    sets, dose = mastery
    return done.sets >= sets and done.reaches(dose)
