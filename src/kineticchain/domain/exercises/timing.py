"""Durations of prescriptions in whole seconds."""

from kineticchain.domain.anatomy import Side
from kineticchain.domain.exercises.dose import Dose
from kineticchain.domain.exercises.exercise import Exercise, LoadClass

SIDE_CHANGE_S = 5
"""Seconds to change sides. A design choice that no source states."""

UNSTATED_REST_S = 30
"""Seconds of rest between sets at load L2 or higher if no source states a rest. A design choice."""


def set_seconds(exercise: Exercise, dose: Dose) -> int:
    """Return the seconds of one set on one side, including all variations."""
    if dose.duration_s is not None:
        seconds = dose.duration_s
    elif dose.steps is not None:
        seconds = dose.steps * exercise.rep_s
    elif dose.reps is not None:
        seconds = dose.reps * _repetition_seconds(exercise, dose)
    else:
        seconds = dose.hold_s or 0
    return seconds * dose.variations


def rest_seconds(exercise: Exercise) -> int:
    """Return the seconds of rest between two sets on one side."""
    if exercise.dose.rest_s is not None:
        return exercise.dose.rest_s
    return UNSTATED_REST_S if exercise.load >= LoadClass.L2 else 0


def prescription_seconds(
    exercise: Exercise, dose: Dose, side: Side, side_change_s: int = SIDE_CHANGE_S
) -> int:
    """Return the seconds of a prescription: sets, rests and changes of side.

    If the sides alternate after each set, the time of the opposite side counts as rest.

    Args:
        exercise: the exercise.
        dose: the dose per side.
        side: the prescribed side; `both` doubles the work of a unilateral exercise.
        side_change_s: seconds to change sides.

    """
    work = set_seconds(exercise, dose)
    rest = rest_seconds(exercise)
    if not exercise.unilateral or side is not Side.BOTH:
        return dose.sets * work + (dose.sets - 1) * rest
    if not exercise.alternating:
        return 2 * (dose.sets * work + (dose.sets - 1) * rest) + side_change_s
    # one side rests while the opposite side works and the person changes sides twice
    extra_rest = max(0, rest - work - 2 * side_change_s)
    changes = (2 * dose.sets - 1) * side_change_s
    return 2 * dose.sets * work + changes + (dose.sets - 1) * extra_rest


def _repetition_seconds(exercise: Exercise, dose: Dose) -> int:
    if exercise.dose.tempo_s is not None:
        return sum(exercise.dose.tempo_s)
    return dose.hold_s or exercise.rep_s
