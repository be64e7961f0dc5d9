"""Streaks: consecutive training days of one ladder and side that had a property."""

from attrs import evolve, frozen

from kineticchain.progression.model.policy import Policy
from kineticchain.progression.model.training_day import TrainingDay


@frozen
class Streaks:
    """Numbers of consecutive training days, up to a certain day, that have a property.

    A day on which the property was not noted leaves `hurting`, `worse`, `touched` and `hard`
    unchanged, and ends the other streaks.

    Attributes:
        hurting: Days with pain above the ceiling.
        worse: Days with a worse next morning.
        touched: Days with balance lost.
        hard: Days of very great effort.
        calm: Days that allow a step up.
        steady: Days that would allow a step up if pain up to the ceiling were safe.
        reached: Days that reached the planned dose.
        shown: For each exercise whose mastery the last day showed, the number of consecutive days
            that showed this mastery.

    """

    hurting: int = 0
    worse: int = 0
    touched: int = 0
    hard: int = 0
    calm: int = 0
    reached: int = 0
    shown: tuple[tuple[str, int], ...] = ()
    steady: int = 0

    def with_dose_changed(self) -> "Streaks":
        """Return the streaks after a change of dose: no day has reached the new dose."""
        return self if not self.reached else evolve(self, reached=0)

    def shown_of(self, exercise: str) -> int:
        """Return the number of consecutive days that showed the mastery of an exercise."""
        for name, count in self.shown:
            if name == exercise:
                return count
        return 0


def streaks_after(before: Streaks, day: TrainingDay, ceiling: int, policy: Policy) -> Streaks:
    """Return the streaks with one more training day.

    Args:
        before: Streaks up to the training day before.
        day: The training day.
        ceiling: Pain ceiling (0-10) of that day.
        policy: Constants of progression.

    """
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
    shown = tuple([(name, before.shown_of(name) + 1) for name, mastered in day.shown if mastered])
    steady = before.steady + 1 if day.is_steady(ceiling, policy) else 0
    return Streaks(hurting, worse, touched, hard, calm, reached, shown, steady)
