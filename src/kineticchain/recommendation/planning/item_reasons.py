"""Reasons for the exercises of a plan."""

from collections.abc import Iterator

from kineticchain.domain.anatomy import Side
from kineticchain.domain.exercises import Dose
from kineticchain.recommendation.plan.model import Reason
from kineticchain.recommendation.plan.text import dose_text
from kineticchain.recommendation.planning.plan_context import PlanContext
from kineticchain.recommendation.selection.offers.prescription import Prescription
from kineticchain.recommendation.selection.offers.selected_offer import SelectedOffer
from kineticchain.rules.model.exercise_index import ExerciseSide


def item_reasons(
    prescription: Prescription, selected: SelectedOffer, context: PlanContext
) -> Iterator[Reason]:
    """Yield the reasons for a prescription, in the order in which they are shown.

    Args:
        prescription: The exercise on a side, with its dose.
        selected: The selected offer that contains the prescription.
        context: The assessment and the selection of the plan.
    """
    exercise, side, explain = prescription.exercise, prescription.side, context.explain
    ladder = selected.offer.ladder.id
    if exercise.id in context.named:
        yield explain.plain("named_by_clinician")
    if exercise.id in context.request.pinned:
        yield explain.plain("pinned")
    yield from _of_programme(exercise.id, context)
    if exercise.id in context.request.prefer:
        yield explain.plain("preferred")
    yield from explain.by_targets(exercise, side, context.targets)
    yield from explain.by_rules(side, context.preferred.get(exercise.id, ()))
    yield from explain.by_dose(exercise)
    for standing in context.standings_on[ladder]:
        if standing.exercise == exercise.id and standing.side.meets(side):
            yield explain.by_standing(standing)
    yield from _instead(prescription, ladder, selected, context)
    if ladder in context.continuity:
        yield explain.continuity(context.continuity[ladder])
    day_dose, whole_dose = day_doses(prescription, selected)
    for code, dose in (
        ("shared", day_dose if selected.further else None),
        ("shortened", whole_dose),
    ):
        if dose is not None:
            yield explain.plain(code, dose=dose_text(dose, context.knowledge.catalog))


def _of_programme(exercise: str, context: PlanContext) -> Iterator[Reason]:
    """Yield a reason with the dose that the programme states for an exercise."""
    programme = context.programme
    for item in context.programme_items:
        if programme is not None and item.exercise == exercise:
            translated = context.knowledge.catalog.translated
            title, stated = translated(programme.title), translated(item.stated)
            message = context.explain.message("programme_states", title=title, stated=stated)
            yield context.explain.resting_on(message, programme.evidence, programme.sources)


def day_doses(prescription: Prescription, selected: SelectedOffer) -> tuple[Dose, Dose | None]:
    """Return the dose of the day, and the dose of the standing if the dose of the day is less."""
    exercise = prescription.exercise.id
    day_dose = next(item.dose for item in selected.day_items if item.exercise.id == exercise)
    whole_dose = next(
        (pick.dose for pick in selected.offer.picks if pick.exercise.id == exercise), day_dose
    )
    return day_dose, None if day_dose.reaches(whole_dose) else whole_dose


def _instead(
    prescription: Prescription, ladder: str, selected: SelectedOffer, context: PlanContext
) -> Iterator[Reason]:
    """Yield the reasons why a prescription replaces another exercise.

    The replaced exercise is of another ladder, or a harder one of the same ladder.
    """
    replaced = context.substitutes.get(ladder)
    if replaced is not None:
        yield from _in_place_of(replaced, Side.BOTH, context)
    for standing in context.standings_on[ladder]:
        if (
            standing.side.meets(prescription.side)
            and standing.exercise is not None
            and standing.exercise != prescription.exercise.id
        ):
            yield from _in_place_of(standing.exercise, standing.side, context)
    if selected.is_below:
        title = context.knowledge.title(selected.offer.picks[0].exercise.id)
        yield context.explain.plain("next_needs_time", exercise=title)


def _in_place_of(exercise: str, side: Side, context: PlanContext) -> Iterator[Reason]:
    title = context.knowledge.title(exercise)
    sides = context.knowledge.exercises[exercise].sides()
    for exercise_side in Side:
        if exercise_side in sides and exercise_side.meets(side):
            key = ExerciseSide(exercise, exercise_side)
            if key not in context.feasible.by_key:
                for infeasibility in context.feasible.reasons(key):
                    yield context.explain.in_place_of(title, infeasibility)
