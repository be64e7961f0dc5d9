"""The sessions of a plan: items with their doses and days."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from attrs import evolve, frozen

from kineticchain.domain.exercises import Dose, Exercise
from kineticchain.domain.messages import Message
from kineticchain.domain.person import PlanIssued, Request
from kineticchain.domain.person.request import MAX_MICRO_MINUTES
from kineticchain.recommendation.assessment.tissue_loading import (
    days_between,
    first_day,
    first_day_again,
    last_day,
    resting_with,
)
from kineticchain.recommendation.plan.cycle import (
    WEEK,
    all_days,
    cycle_days,
    day_groups,
    every_day,
    spread_days,
)
from kineticchain.recommendation.plan.model import Item, Session
from kineticchain.recommendation.plan.plan_input import PlanInput
from kineticchain.recommendation.planning.budget import DayDone
from kineticchain.recommendation.planning.explainer import Explainer
from kineticchain.recommendation.planning.item_reasons import day_doses
from kineticchain.recommendation.planning.plan_context import PlanContext
from kineticchain.recommendation.planning.schedule import (
    exercise_days,
    groups_in_turn,
    session_groups,
)
from kineticchain.recommendation.planning.weekly_frequency import (
    days_in_a_week,
    volume_of_last_week,
)
from kineticchain.recommendation.selection.offer import Prescription
from kineticchain.recommendation.selection.selected_offer import SelectedOffer


def sessions_of(context: PlanContext, plan_input: PlanInput) -> Iterator[Session]:
    """Yield the sessions of a plan, with the items of each.

    If an exercise of a session is done on one group of days only, the session is split into one
    session for each group of days.
    """
    history, on = plan_input.history, plan_input.on
    groups = session_groups(context.request, history, on)
    turns = groups_in_turn(groups, _ages(context, plan_input, len(groups)))
    days = _Days(
        context,
        turns,
        days_in_a_week(history, on, context.knowledge) if context.last_doses else {},
        DayDone.of(context, plan_input, partial(_groups, turns, context.request)),
    )
    repeats = [repeat for repeat in context.selection.repeats if days.allow_repeat(repeat)]
    all_selected = sorted(
        (*context.selection.selected, *repeats), key=lambda selected: selected.session
    )
    used: set[str] = set()
    for slot in sorted({session for selected in all_selected for session in selected.sessions}):
        in_session = [selected for selected in all_selected if slot in selected.sessions]
        items = _on_days_of_primaries(
            [
                (selected, _item(prescription, selected, days, plan_input))
                for selected in in_session
                for prescription in selected.items_in(slot)
            ]
        )
        if all(selected.group is None for selected in in_session):
            yield _session(slot, items, context, used)
            continue
        for group in sorted(days.groups(slot)):
            items_of_group = [
                (selected, evolve(item, days=days_in_group))
                for selected, item in items
                if (days_in_group := tuple(day for day in item.days if day in group))
            ]
            if items_of_group:
                yield _session(slot, items_of_group, context, used)


def _ages(context: PlanContext, plan_input: PlanInput, count: int) -> list[int | None]:
    """Return for each group of days how many days ago one of its exercises was done.

    If none of them was ever done, the age counts from the plan that first asked for them. Of
    several dates the latest counts. The age is None if there is no such plan either.

    Args:
        context: The assessment and the selection of the plan.
        plan_input: The history and the day.
        count: The number of groups.
    """
    history, on = plan_input.history, plan_input.on
    if on is None:
        return [None] * count
    ladder_of = context.knowledge.ladder_of
    last_done = {
        ladder_of(line.performed).id: session.on
        for session in history.sessions
        for line in session.lines
        if line.performed is not None
    }
    first_asked: dict[str, datetime.date] = {}
    for plan in history:
        if isinstance(plan, PlanIssued) and plan.on < on:
            for item in plan.items:
                first_asked.setdefault(ladder_of(item.exercise).id, plan.on)
    ages: list[int | None] = []
    for group in range(count):
        ladders = [
            selected.offer.ladder.id
            for selected in context.selection.selected
            if selected.group == group
        ]
        dates = [last_done[ladder] for ladder in ladders if ladder in last_done]
        dates = dates or [first_asked[ladder] for ladder in ladders if ladder in first_asked]
        ages.append((on - max(dates)).days if dates else None)
    return ages


def _on_days_of_primaries(
    items: Sequence[tuple[SelectedOffer, Item]],
) -> list[tuple[SelectedOffer, Item]]:
    """Return the items, with each paired item on days of its primaries.

    A paired item keeps those of its days that are also days of its primaries. Without such a day,
    it takes the days of the primaries.
    """
    aligned = []
    for selected, item in items:
        primary_days = [set(host.days) for _, host in items if host.exercise in item.paired_with]
        if primary_days:
            shared = set.intersection(*primary_days) or set.union(*primary_days)
            item_days = tuple(day for day in item.days if day in shared) or tuple(sorted(shared))
            aligned.append((selected, evolve(item, days=item_days)))
        else:
            aligned.append((selected, item))
    return aligned


def _session(
    slot: int, items: Sequence[tuple[SelectedOffer, Item]], context: PlanContext, used: set[str]
) -> Session:
    """Return a session; a short session has a habit cue that no earlier session has."""
    request = context.request
    by_ladder = {selected.offer.ladder.id: selected for selected, _ in items}
    offers = list(by_ladder.values())
    short = request.sessions[slot] <= MAX_MICRO_MINUTES
    return Session(
        number=slot + 1,
        items=tuple(item for _, item in items),
        habit_cue=_habit_cue(offers, used, context.explain) if short else None,
        micro=_is_micro(slot, request),
    )


def _groups(
    longer: tuple[tuple[int, ...], ...], request: Request, slot: int
) -> tuple[tuple[int, ...], ...]:
    """Return the days of a session in their groups; micro-sessions are on every day.

    Args:
        longer: The groups of days of the sessions that are no micro-sessions.
        request: The days asked for.
        slot: The session, from 0.
    """
    if _is_micro(slot, request):
        return day_groups(every_day(request), cycle_days(request))
    return longer


def _is_micro(slot: int, request: Request) -> bool:
    return slot >= request.sessions_per_day


@frozen
class _Days:
    """The days of the exercises of a plan.

    Attributes:
        context: The assessment and the selection of the plan.
        session_groups: The days with sessions that are no micro-sessions, in their groups.
        before: On how many days each ladder was done in the busier of the last two weeks.
        done: The exercises that were done on the day of the plan.
    """

    context: PlanContext
    session_groups: tuple[tuple[int, ...], ...]
    before: Mapping[str, int]
    done: DayDone

    def groups(self, slot: int) -> tuple[tuple[int, ...], ...]:
        """Return the days of a session in their groups.

        Args:
            slot: The session, from 0.
        """
        return _groups(self.session_groups, self.context.request, slot)

    def of(
        self, exercise: Exercise, slot: int, group: int | None, starts: int = 1
    ) -> tuple[int, ...]:
        """Return the days that the request, the exercise and its standings allow in a session.

        Args:
            exercise: The exercise.
            slot: The session, from 0.
            group: The group of days; None for all.
            starts: The first day on which the exercise may be done, from 1.
        """
        context, request = self.context, self.context.request
        ladder = context.knowledge.ladder_of(exercise.id)
        standings = [
            standing
            for standing in context.standings_on[ladder.id]
            if standing.exercise == exercise.id
        ]
        groups = self.groups(slot)
        return exercise_days(
            exercise,
            all_days(groups) if group is None else groups[group],
            standings,
            limit=context.day_limits.get(ladder.id, WEEK),
            cycle=cycle_days(request),
            starts=starts,
        )

    def of_a_larger_dose(self, exercise: Exercise, day: Dose, days: int) -> int:
        """Return the most days of a dose; a dose larger than the last one gets no further day.

        In a week a plan raises either the number of days or the dose, never both. This limit does
        not apply to a programme, which states its days, or to a cycle for every other day, which
        always has the same number of days.

        Args:
            exercise: The exercise.
            day: The dose of a day.
            days: The number of days that is allowed without this limit.
        """
        if self.context.programme is not None or cycle_days(self.context.request) != WEEK:
            return days
        last_dose = self.context.last_doses.get(exercise.id)
        days_before = self.before.get(self.context.knowledge.ladder_of(exercise.id).id)
        if last_dose is None or days_before is None or day.volume <= last_dose.volume:
            return days
        return min(days, days_before)

    def allow_repeat(self, repeat: SelectedOffer) -> bool:
        """Return whether a repeat and the earlier repeats of its offer keep to the weekly limit."""
        limit = self.context.session_limits.get(repeat.offer.ladder.id)
        if limit is None:
            return True
        repeats_so_far = sum(
            earlier_repeat.offer is repeat.offer and earlier_repeat.session <= repeat.session
            for earlier_repeat in self.context.selection.repeats
        )
        days = min(
            len(self.of(item.exercise, repeat.session, repeat.group)) for item in repeat.items
        )
        return (1 + repeats_so_far) * days * WEEK <= limit * cycle_days(self.context.request)


def _habit_cue(
    selected_offers: list[SelectedOffer], used: set[str], explain: Explainer
) -> Message | None:
    """Return an unused habit cue that suits all exercises, else one for the first exercise."""
    exercises = [item.exercise for selected in selected_offers for item in selected.items]
    unused = [
        (name, exercise)
        for exercise in exercises
        for name in exercise.habit_cues
        if name not in used
    ]
    for name, exercise in unused:
        if all(_suits(name, exercise, other_exercise) for other_exercise in exercises):
            used.add(name)
            return explain.message(name)
    for name, exercise in unused:
        if exercise is exercises[0]:
            used.add(name)
            return explain.message("to_begin_with", moment=explain.message(name).text)
    return None


def _suits(cue: str, exercise: Exercise, other_exercise: Exercise) -> bool:
    """Return whether a habit cue of one exercise suits another exercise.

    The cue suits if the other exercise has the same cue or the same position.
    """
    return cue in other_exercise.habit_cues or other_exercise.position is exercise.position


def _item(
    prescription: Prescription, selected: SelectedOffer, days: _Days, plan_input: PlanInput
) -> Item:
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
