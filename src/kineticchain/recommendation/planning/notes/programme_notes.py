"""Notes on a programme in a plan: its exercises, and their substitutes."""

from collections.abc import Iterator

from attrs import frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.exercises import Dose, ProgrammeItem
from kineticchain.recommendation.plan.model import Reason
from kineticchain.recommendation.plan.text import dose_text
from kineticchain.recommendation.planning.explainer import Explainer
from kineticchain.recommendation.planning.plan_context import PlanContext
from kineticchain.recommendation.selection.offers.prescription import Prescription
from kineticchain.rules.model.exercise_index import ExerciseSide

MOST_REASONS = 3
"""The most reasons that a note quotes; `why_not` returns all reasons."""


@frozen(kw_only=True)
class ProgrammePlace:
    """An exercise of a programme, and the exercise that a plan has in its place.

    Attributes:
        exercise: The id of the exercise.
        stated: The dose that the source states, in words.
        first_dose: The dose at which the programme starts; None if the source does not state one.
        planned: The id of the planned exercise; None if the plan has no exercise in this place.
        dose: The dose of the planned exercise on a day, over all sessions that share it; None
            without one.
        because: The reasons why the plan has another exercise or none; empty if it has this one.
    """

    exercise: str
    stated: str
    first_dose: Dose | None = None
    planned: str | None = None
    dose: Dose | None = None
    because: tuple[Reason, ...] = ()

    @property
    def is_as_stated(self) -> bool:
        """True if the exercise is planned, at the stated dose if the programme has one."""
        is_same_dose = self.first_dose is None or self.first_dose == self.dose
        return self.planned == self.exercise and is_same_dose


def programme_places(context: PlanContext, explain: Explainer) -> tuple[ProgrammePlace, ...]:
    """Return a place for each exercise of the requested programme.

    Args:
        context: The assessment and the selection of the plan.
        explain: Makes the reasons.
    """
    return tuple(_place(item, context, explain) for item in context.programme_items)


def programme_notes(context: PlanContext, explain: Explainer) -> Iterator[Reason]:
    """Yield the purpose of the programme, and a note on each difference of the plan from it.

    Args:
        context: The assessment and the selection of the plan.
        explain: Makes the reasons.
    """
    programme = context.programme
    if programme is None:
        return
    translated = context.knowledge.catalog.translated
    programme_title, whom = translated(programme.title), translated(programme.for_whom)
    message = explain.message("programme", title=programme_title, whom=whom)
    yield explain.resting_on(message, programme.evidence, programme.sources)
    title = context.knowledge.title
    for place in programme_places(context, explain):
        because = " ".join(reason.message.text for reason in place.because[:MOST_REASONS])
        if place.planned is None:
            yield explain.plain("programme_lacks", exercise=title(place.exercise), because=because)
        elif place.planned != place.exercise:
            yield explain.plain(
                "programme_stand_in",
                exercise=title(place.exercise),
                instead=title(place.planned),
                because=because,
            )
        elif not place.is_as_stated and place.dose is not None:
            dose = dose_text(place.dose, context.knowledge.catalog)
            exercise = title(place.exercise)
            yield explain.plain("programme_dose", exercise=exercise, stated=place.stated, dose=dose)


def _place(item: ProgrammeItem, context: PlanContext, explain: Explainer) -> ProgrammePlace:
    prescription = _planned(item, context)
    is_other = prescription is None or prescription.exercise.id != item.exercise
    return ProgrammePlace(
        exercise=item.exercise,
        stated=item.stated,
        first_dose=item.dose,
        planned=None if prescription is None else prescription.exercise.id,
        dose=None if prescription is None else prescription.dose,
        because=tuple(_reasons(item, context, explain)) if is_other else (),
    )


def _planned(item: ProgrammeItem, context: PlanContext) -> Prescription | None:
    """Return the prescription on the ladder of an item, or on a ladder that substitutes for it."""
    ladder = context.knowledge.ladder_of(item.exercise).id
    for selected in context.selection.selected:
        replaced = context.substitutes.get(selected.offer.ladder.id)
        if selected.offer.ladder.id == ladder or replaced == item.exercise:
            return selected.day_items[0]
    return None


def _reasons(item: ProgrammeItem, context: PlanContext, explain: Explainer) -> Iterator[Reason]:
    """Yield the reasons that keep an exercise out, each once."""
    seen: set[str] = set()
    exercise = context.knowledge.exercises[item.exercise]
    for side in exercise.sides(Side.BOTH):
        for infeasibility in context.feasible.reasons(ExerciseSide(item.exercise, side)):
            reason = explain.of_infeasibility(infeasibility)
            if reason.message.text not in seen:
                seen.add(reason.message.text)
                yield reason
    if not seen:
        most = context.selection.exercises_used_up
        if most is None:
            yield explain.plain("programme_no_room")
        else:
            yield explain.plain("programme_full", most=most)
