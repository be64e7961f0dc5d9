"""How long a prescription takes, in whole seconds."""

from kineticchain.domain.anatomy import Side
from kineticchain.domain.exercises.dose import Dose
from kineticchain.domain.exercises.exercise import Exercise, LoadClass

SIDE_CHANGE_S = 5
"""Seconds to change sides. A design choice; no source states it."""

UNSTATED_REST_S = 30
"""Rest between sets of L2 and up where no source states one. A design choice."""


def set_seconds(exercise: Exercise, dose: Dose) -> int:
    """One set on one side, all its variations included."""
    if dose.duration_s is not None:
        once = dose.duration_s
    elif dose.steps is not None:
        once = dose.steps * exercise.rep_s
    elif dose.reps is not None:
        once = dose.reps * _repetition_seconds(exercise, dose)
    else:
        once = dose.hold_s or 0
    return once * dose.variations


def rest_seconds(exercise: Exercise) -> int:
    """The rest between two sets of one side."""
    if exercise.dose.rest_s is not None:
        return exercise.dose.rest_s
    return UNSTATED_REST_S if exercise.load >= LoadClass.L2 else 0


def prescription_seconds(
    exercise: Exercise, dose: Dose, side: Side, side_change_s: int = SIDE_CHANGE_S
) -> int:
    """A whole prescription: sets, rests, both sides where both are asked for, and changes.

    Where sides alternate set by set, the time of the other side counts as rest.
    """
    work = set_seconds(exercise, dose)
    rest = rest_seconds(exercise)
    if not exercise.unilateral or side is not Side.BOTH:
        return dose.sets * work + (dose.sets - 1) * rest
    if not exercise.alternating:
        return 2 * (dose.sets * work + (dose.sets - 1) * rest) + side_change_s
    extra_rest = max(0, rest - work - 2 * side_change_s)
    changes = (2 * dose.sets - 1) * side_change_s
    return 2 * dose.sets * work + changes + (dose.sets - 1) * extra_rest


def _repetition_seconds(exercise: Exercise, dose: Dose) -> int:
    if exercise.dose.tempo_s is not None:
        return sum(exercise.dose.tempo_s)
    return dose.hold_s or exercise.rep_s
