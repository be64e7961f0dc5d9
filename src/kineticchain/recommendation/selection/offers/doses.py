"""The doses of an offer: the dose to which a pick grows, and the doses below its own."""

from attrs import evolve

from kineticchain.domain.exercises import Dose, Kind, Ladder, Rung, prescription_seconds
from kineticchain.recommendation.assessment.ladder_eligibility import FeasibleItem

GROWING = frozenset({Kind.STRENGTH, Kind.BALANCE})
"""Kinds of exercise for which a plan reserves time to grow, since their next steps require it."""


def grown_pick(pick: FeasibleItem, ladder: Ladder) -> FeasibleItem:
    """Return a pick at the dose that masters its rung, or at its own dose if that is more.

    For balance, the next rung at the dose that masters it is returned if it takes longer, since one
    rung leads to the next.
    """
    rung = ladder.rungs[pick.rung]
    dose = rung.axis[rung.mastery_level]
    if not pick.grows or pick.exercise.kind not in GROWING:
        return pick
    grown = evolve(pick, dose=dose.greater(pick.dose)) if dose.volume > pick.dose.volume else pick
    if pick.following is None or pick.exercise.kind is not Kind.BALANCE:
        return grown
    above = ladder.rungs[pick.rung + 1]
    following = evolve(pick, exercise=pick.following, dose=above.axis[above.mastery_level])
    return max(grown, following, key=_seconds)


def _seconds(pick: FeasibleItem) -> int:
    return prescription_seconds(pick.exercise, pick.dose, pick.side)


def lesser_doses(rung: Rung, pick: FeasibleItem, last: Dose | None) -> list[Dose]:
    """Return the named doses and the last dose, as far as they are less than the dose of a pick.

    They are within the cap of the pick. Of two doses with the same volume, the dose that is named
    first, or that has the shorter hold, is less.
    """
    whole_dose = pick.dose
    doses = rung.axis
    if last is not None and last not in doses and _is_alike(last, whole_dose):
        doses = (*doses, last)
    lesser = [
        dose
        for dose in doses
        if dose != whole_dose
        and (
            dose.volume < whole_dose.volume
            or (dose.volume == whole_dose.volume and rung.is_within(dose, whole_dose))
        )
        and rung.is_within(dose, pick.cap)
        and pick.is_allowed(dose)
    ]
    return lesser if doses is rung.axis else sorted(lesser, key=lambda dose: dose.volume)


def _is_alike(dose: Dose, whole_dose: Dose) -> bool:
    """Return whether two doses state the same kinds of amounts; a log may leave some out."""
    names = [{name for name, _ in either_dose.amounts()} for either_dose in (dose, whole_dose)]
    return names[0] == names[1] and dose.variations == whole_dose.variations
