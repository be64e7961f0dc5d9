"""The sessions of a plan: items with their doses and days."""

import datetime
from collections.abc import Iterator, Sequence
from functools import partial

from attrs import evolve

from kineticchain.domain.exercises import Exercise
from kineticchain.domain.messages import Message
from kineticchain.domain.person import PlanIssued
from kineticchain.domain.person.request import MAX_MICRO_MINUTES
from kineticchain.recommendation.plan.model import Item, Session
from kineticchain.recommendation.plan.plan_input import PlanInput
from kineticchain.recommendation.planning.budget import DayDone
from kineticchain.recommendation.planning.explainer import Explainer
from kineticchain.recommendation.planning.plan_context import PlanContext
from kineticchain.recommendation.planning.schedule.plan_days import (
    PlanDays,
    groups_in_slot,
    is_micro,
)
from kineticchain.recommendation.planning.schedule.planned_item import item_of
from kineticchain.recommendation.planning.schedule.session_days import (
    groups_in_turn,
    session_groups,
)
from kineticchain.recommendation.planning.schedule.weekly_frequency import days_in_a_week
from kineticchain.recommendation.selection.offers.selected_offer import SelectedOffer


def sessions_of(context: PlanContext, plan_input: PlanInput) -> Iterator[Session]:
    """Yield the sessions of a plan, with the items of each.

    If an exercise of a session is done on one group of days only, the session is split into one
    session for each group of days.
    """
    history, on = plan_input.history, plan_input.on
    groups = session_groups(context.request, history, on)
    turns = groups_in_turn(groups, _ages(context, plan_input, len(groups)))
    days = PlanDays(
        context,
        turns,
        days_in_a_week(history, on, context.knowledge) if context.last_doses else {},
        DayDone.of(context, plan_input, partial(groups_in_slot, turns, context.request)),
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
                (selected, item_of(prescription, selected, days, plan_input))
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
        micro=is_micro(slot, request),
    )


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
