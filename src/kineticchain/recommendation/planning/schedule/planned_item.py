"""An exercise of a session: its dose, its days, and the first day on which it may be done."""

from kineticchain.domain.exercises import Dose
from kineticchain.recommendation.assessment.tissue_loading import (
    days_between,
    first_day,
    first_day_again,
    last_day,
    resting_with,
)
from kineticchain.recommendation.plan.cycle import cycle_days, spread_days
from kineticchain.recommendation.plan.model import Item
from kineticchain.recommendation.plan.plan_input import PlanInput
from kineticchain.recommendation.planning.item_reasons import day_doses
from kineticchain.recommendation.planning.plan_context import PlanContext
from kineticchain.recommendation.planning.schedule.plan_days import PlanDays
from kineticchain.recommendation.planning.schedule.weekly_frequency import volume_of_last_week
from kineticchain.recommendation.selection.offers.prescription import Prescription
from kineticchain.recommendation.selection.offers.selected_offer import SelectedOffer


def item_of(
    prescription: Prescription, selected: SelectedOffer, days: PlanDays, plan_input: PlanInput
) -> Item:
    """Return an exercise of a session as the plan shows it, with its dose and its days.

    Args:
        prescription: The exercise, its side and its dose.
        selected: The offer that the exercise comes from.
        days: The days of the exercises of the plan.
        plan_input: The history and the day.
    """
    exercise, context, primary = prescription.exercise, days.context, selected.beside
    day_dose, whole_dose = day_doses(prescription, selected)
    item_days = days.of(exercise, selected.session, selected.group)
    earliest = days.done.first_day_of(exercise.id, selected.offer.ladder.id)
    starts = max(earliest, _starts(prescription, item_days, plan_input, context))
    if item_days and item_days[-1] < starts:
        item_days = days.of(exercise, selected.session, selected.group, starts)
        starts = max(earliest, _starts(prescription, item_days, plan_input, context))
    most_days = min(
        _days_after_symptoms(prescription, day_dose, selected, context, plan_input),
        days.of_a_larger_dose(exercise, day_dose, len(item_days)),
        days.of_weekly_volume(prescription, day_dose, plan_input, len(item_days)),
    )
    if most_days < len(item_days):
        rest_days, cycle = days_between(exercise), cycle_days(context.request)
        item_days = spread_days(item_days, most_days, rest_days, cycle, starts)
    translated = context.knowledge.catalog.translated
    return Item(
        exercise=exercise.id,
        title=context.knowledge.title(exercise.id),
        side=prescription.side,
        per_side=exercise.unilateral,
        dose=prescription.dose,
        tempo_s=exercise.dose.tempo_s,
        seconds=prescription.seconds,
        days=item_days,
        starts=starts,
        rest_days=days_between(exercise),
        rests_with=resting_with(exercise, prescription.side, context.knowledge.exercises),
        paired_with=() if primary is None else primary.exercises,
        day_dose=day_dose if selected.further else None,
        whole_dose=whole_dose,
        shared_by=len(selected.sessions),
        steps=tuple(map(translated, exercise.steps)),
        cues=tuple(map(translated, exercise.cues)),
        cautions=tuple(map(translated, exercise.cautions)),
    )


def _starts(
    prescription: Prescription, days: tuple[int, ...], plan_input: PlanInput, context: PlanContext
) -> int:
    """Return the first day on which an exercise has rested enough and is not done too often.

    If the exercise was done more often before, keeping to the fewer days a week can delay the next
    day by more than `short_gap_days`, which would count as a break. The exercise then starts on
    the last day before the break on which it has rested enough.
    """
    exercise, side = prescription.exercise, prescription.side
    history, on = plan_input.history, plan_input.on
    rested = first_day(exercise, side, history, on, context.knowledge.exercises)
    within_weekly_limit = first_day_again(exercise, side, history, on, len(days))
    starts = max(rested, min(within_weekly_limit, days[-1]) if days else within_weekly_limit)
    last_done = last_day(exercise, side, history, on)
    if last_done is None:
        return starts
    policy = context.knowledge.ladder_index.policy_for(exercise.id)
    last_before_break = last_done + policy.short_gap_days
    if next((day for day in days if day >= starts), last_before_break) <= last_before_break:
        return starts
    return max((day for day in days if rested <= day <= last_before_break), default=starts)


def _days_after_symptoms(
    prescription: Prescription,
    day: Dose,
    selected: SelectedOffer,
    context: PlanContext,
    plan_input: PlanInput,
) -> int:
    """Return the most days that keep the week's volume below that of last week, at least 1.

    This limit applies only after a step down. The lower dose of the standing alone does not ensure
    less volume, since the dose of last week may have been cut for time.
    """
    exercise, side = prescription.exercise.id, prescription.side
    steps_down = any(
        standing.action.steps_down and standing.exercise == exercise and standing.side.meets(side)
        for standing in context.standings_on[selected.offer.ladder.id]
    )
    if not steps_down:
        return cycle_days(context.request)
    volume_last_week = volume_of_last_week(plan_input.history, plan_input.on, exercise, side)
    rounds = 1 + sum(repeat.offer is selected.offer for repeat in context.selection.repeats)
    volume_a_day = max(1, day.volume * rounds)
    return (
        max(1, (volume_last_week - 1) // volume_a_day)
        if volume_last_week
        else cycle_days(context.request)
    )
