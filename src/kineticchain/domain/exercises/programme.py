"""Programmes: exercises that belong together, with their doses and their schedule."""

from attrs import field, frozen

from kineticchain.domain.exercises.dose import Dose
from kineticchain.domain.facts import Condition
from kineticchain.domain.validators import (
    boolean,
    each,
    identifier,
    instance,
    optional,
    passage,
    title,
    whole,
)
from kineticchain.errors import Fault, InvalidInput

_WEEK = 7


@frozen(kw_only=True)
class ProgrammeItem:
    """One exercise of a programme.

    Attributes:
        exercise: the id of the exercise.
        stated: the dose as the source of the programme describes it, paraphrased.
        dose: the initial dose, a named dose of the exercise's rung; None if the source leaves the
            dose open.
        days: the largest number of training days per week for the exercise (1 to 7), if smaller
            than for the programme; None for all training days of the programme.
        when: the condition under which the exercise belongs to the programme; None for always.

    """

    exercise: str = field(validator=identifier())
    stated: str = field(validator=passage())
    dose: Dose | None = field(default=None, validator=optional(instance(Dose)))
    days: int | None = field(default=None, validator=optional(whole(1, 7, "days")))
    when: Condition | None = None


@frozen(kw_only=True)
class Programme:
    """Exercises that belong together, as a source states them.

    A plan for a programme contains the exercises of the programme and no others, as far as rules,
    equipment and time allow. A programme has no end: its exercises progress on their ladders, as
    in any other plan.

    Attributes:
        id: the id of the programme.
        title: the title for display.
        items: the exercises.
        minutes: the time of one session (1 to 240).
        sessions_per_day: the sessions of a training day (1 to 6).
        days_per_week: the training days of a week (1 to 7).
        every_other_day: True for sessions on every second day.
        suits: the condition under which a person may start at the stated exercises and doses.
            If the condition is false or unknown, the ladders determine the start.
        for_whom: a sentence that states for whom the programme is meant.
        evidence: ids of rows of evidence.
        sources: ids of sources.
        conflicts: ids of the conflicts that concern the programme.

    """

    id: str = field(validator=identifier())
    title: str = field(validator=title())
    items: tuple[ProgrammeItem, ...]
    minutes: int = field(validator=whole(1, 240, "minutes"))
    sessions_per_day: int = field(default=1, validator=whole(1, 6, "sessions"))
    days_per_week: int = field(default=7, validator=whole(1, 7, "days"))
    every_other_day: bool = field(default=False, validator=boolean())
    suits: Condition
    for_whom: str = field(validator=passage())
    evidence: tuple[str, ...] = field(default=(), validator=each(identifier()))
    sources: tuple[str, ...] = field(default=(), validator=each(identifier()))
    conflicts: tuple[str, ...] = field(default=(), validator=each(identifier()))

    def __attrs_post_init__(self) -> None:
        """Reject an invalid programme.

        A programme needs exercises, each listed once, and a source or a row of evidence. With
        `every_other_day`, `days_per_week` must be 7.
        """
        faults = []
        names = [item.exercise for item in self.items]
        if not names:
            faults.append(Fault("a programme without exercises", ".items"))
        if len(set(names)) < len(names):
            faults.append(Fault("an exercise is listed twice", ".items"))
        if self.every_other_day and self.days_per_week != _WEEK:
            days = f"every other day is not {self.days_per_week} days a week"
            faults.append(Fault(days, ".every_other_day", "give one of the two"))
        if not self.sources and not self.evidence:
            faults.append(Fault("neither sources nor evidence", ".sources", "name its source"))
        if faults:
            raise InvalidInput(*faults)
