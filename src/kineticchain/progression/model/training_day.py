"""Training days of one ladder and side."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from functools import reduce

from attrs import evolve, frozen

from kineticchain.domain.exercises import Dose
from kineticchain.domain.person import ExerciseLog
from kineticchain.progression.model.policy import Policy


@frozen
class TrainingDay:
    """All sessions of a day, joined; of differing reports the more cautious report counts.

    Attributes:
        on: The day.
        pain: Worst pain during training (0-10); None if not noted.
        effort: Greatest effort (0-10); None if not noted.
        form_ok: Whether the form held; None if not noted.
        touched: Whether a hand or foot was put down; None if not noted.
        noted: True if every line noted dose and pain.
        reached: True if the sets of the day reached the planned dose of that day's rung; None once
            the dose has changed.
        shown: For each exercise done, whether it showed the mastery of its rung.
        morning: Change of pain on the next morning; None until reported.
        spent: Caution of the step down that the day has led to; -1 without one.
        unable: True if not a single repetition of an exercise was possible.
        mastering: Exercises of which the mastery dose was done, whatever the pain.

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
    unable: bool = False
    mastering: tuple[str, ...] = ()

    def with_morning(self, change: int) -> "TrainingDay":
        """Return the day with its next morning.

        Args:
            change: Change of pain on the next morning; positive is worse.

        """
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
            self.unable,
            self.mastering,
        )

    def with_dose_changed(self, spent: int) -> "TrainingDay":
        """Return the day after a change of dose: `reached` does not apply to the new dose.

        Args:
            spent: Caution of the step down that changed the dose; -1 for another step.

        """
        return evolve(self, reached=None, spent=max(self.spent, spent))

    def is_calm(self, policy: Policy) -> bool:
        """Return whether the day allows a step up.

        Dose and pain have to be noted, and a next morning that is not worse has to be reported.
        Pain and effort have to be within the safe limits of the policy, form has to be kept, and
        no touch may occur; effort, form and touches that were not noted do not matter.
        """
        return self.is_steady(policy.pain_safe, policy)

    def is_steady(self, most_pain: int, policy: Policy) -> bool:
        """Return whether the day meets the conditions of `is_calm`, but with a given pain limit.

        Args:
            most_pain: The highest pain during training (0-10).
            policy: Constants of progression.

        """
        morning = self.morning
        return (
            self.noted
            and morning is not None
            and morning <= 0
            and (self.pain or 0) <= most_pain
            and (self.effort or 0) <= policy.effort_safe
            and self.form_ok is not False
            and not self.touched
        )


@frozen
class Wanted:
    """Target that a training day is compared with.

    Attributes:
        exercise: Exercise of the rung.
        dose: Planned dose of that exercise.
        masteries: Dose that shows mastery, by exercise.

    """

    exercise: str
    dose: Dose
    masteries: Mapping[str, Dose]


def day_of(
    on: datetime.date, lines: Iterable[tuple[str, ExerciseLog]], wanted: Wanted, policy: Policy
) -> TrainingDay:
    """Return the training day that joins the lines of its sessions.

    Sets of several sessions add up, as the founding article has it: short sessions through the day
    make one workout (SEED0).

    Args:
        on: The day.
        lines: Lines of the day's sessions, each with the exercise that was performed.
        wanted: Target that the lines are compared with.
        policy: Constants of progression.

    """
    lines = list(lines)
    days = [_day_of_line(on, line) for _, line in lines]
    if not days:
        return TrainingDay(on)
    by_exercise: dict[str, list[ExerciseLog]] = {}
    for exercise, line in sorted(lines, key=lambda pair: pair[0]):
        by_exercise.setdefault(exercise, []).append(line)

    def masters(exercise: str, counted: Iterable[ExerciseLog]) -> bool:
        return _reached_by(counted, wanted.masteries.get(exercise), _with_best_hold)

    shown = {
        exercise: masters(exercise, [line for line in logged if _is_clean(line, policy)])
        for exercise, logged in by_exercise.items()
    }
    untouched = [line for name, line in lines if name == wanted.exercise and not line.touches]
    return evolve(
        reduce(_joined, days),
        reached=_reached_by(untouched, wanted.dose, lambda line: line.done),
        shown=tuple(shown.items()),
        mastering=tuple(name for name, logged in by_exercise.items() if masters(name, logged)),
    )


def _day_of_line(on: datetime.date, line: ExerciseLog) -> TrainingDay:
    """Return the reports of a single line as a training day."""
    touches = line.touches
    return TrainingDay(
        on,
        line.pain,
        line.effort,
        line.form_ok,
        None if touches is None else touches > 0,
        line.done is not None and line.pain is not None,
        unable=line.unable,
    )


def _joined(first: TrainingDay, second: TrainingDay) -> TrainingDay:
    """Join the reports of two sessions of a day: the worse of each symptom."""
    return TrainingDay(
        on=first.on,
        pain=_worst(first.pain, second.pain),
        effort=_worst(first.effort, second.effort),
        form_ok=_both(first.form_ok, second.form_ok),
        touched=_either(first.touched, second.touched),
        noted=first.noted and second.noted,
        unable=first.unable or second.unable,
    )


def _reached_by(
    lines: Iterable[ExerciseLog], least: Dose | None, done: Callable[[ExerciseLog], Dose | None]
) -> bool:
    """Return whether the sets of some lines add up to a dose.

    A set counts if it reaches the dose on every other axis: short holds do not add up to a long
    hold.

    Args:
        lines: The lines of a day.
        least: The dose to reach; None is never reached.
        done: Returns the dose that counts for a line; None if not noted.
    """
    if least is None:
        return False
    doses = [dose for dose in map(done, lines) if dose is not None]
    return sum(dose.sets for dose in doses if dose.reaches_in_a_set(least)) >= least.sets


def _worst(first: int | None, second: int | None) -> int | None:
    """Return the larger value; None if both are unknown."""
    return max((value for value in (first, second) if value is not None), default=None)


def _both(first: bool | None, second: bool | None) -> bool | None:  # noqa: FBT001 - three values
    """Return the conjunction of two values; if one is unknown, the other value."""
    if first is None or second is None:
        return second if first is None else first
    return first and second


def _either(first: bool | None, second: bool | None) -> bool | None:  # noqa: FBT001 - three values
    """Return the disjunction of two values; if one is unknown, the other value."""
    if first is None or second is None:
        return second if first is None else first
    return first or second


def _is_clean(line: ExerciseLog, policy: Policy) -> bool:
    """Return whether a line counts for mastery: no touch, form kept, pain noted and safe."""
    return (
        not line.touches
        and line.form_ok is not False
        and line.pain is not None
        and line.pain <= policy.pain_safe
    )


def _with_best_hold(line: ExerciseLog) -> Dose | None:
    """Return the dose of a line; a longer best hold replaces the hold that was done."""
    done = line.done
    if done is None or done.hold_s is None or line.best_hold_s is None:
        return done
    return evolve(done, hold_s=max(done.hold_s, line.best_hold_s, 1))
