"""An exercise on a side with a dose and its time."""

from collections.abc import Iterable
from functools import cached_property

from attrs import evolve, frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.exercises import Dose, Exercise, prescription_seconds


@frozen
class Prescription:
    """An exercise on a side with a dose and its time."""

    exercise: Exercise
    side: Side
    dose: Dose

    @cached_property
    def seconds(self) -> int:
        """The whole time, rests and side changes included."""
        return prescription_seconds(self.exercise, self.dose, self.side)


def spread_over(
    items: Iterable[Prescription], sessions: int, part: int = 0
) -> tuple[Prescription, ...]:
    """Return the part of a dose that is done in one of several sessions of a day.

    Args:
        items: The dose of the day.
        sessions: The number of sessions that share the sets, at most the sets of each dose.
        part: The index of the session, from 0. Earlier sessions have a set more if the sets do not
            divide evenly.
    """
    return tuple(
        Prescription(
            item.exercise,
            item.side,
            evolve(item.dose, sets=len(range(part, item.dose.sets, sessions))),
        )
        for item in items
    )
