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
    """Yield the sessions of a day, with the items of each.

    Where an exercise is done on one group of days only, a session is two: one for each group.
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
    taken = sorted((*context.selection.selected, *repeats), key=lambda selected: selected.session)
    used: set[str] = set()
    for slot in sorted({session for selected in taken for session in selected.sessions}):
        inside = [selected for selected in taken if slot in selected.sessions]
        items = _on_days_of_primaries(
            [
                (selected, _item(prescription, selected, days, plan_input))
                for selected in inside
                for prescription in selected.items_in(slot)
            ]
        )
        if all(selected.group is None for selected in inside):
            yield _session(slot, items, context, used)
            continue
        for group in sorted(days.groups(slot)):
            on_days = [
                (selected, evolve(item, days=shared))
                for selected, item in items
                if (shared := tuple(day for day in item.days if day in group))
            ]
            if on_days:
                yield _session(slot, on_days, context, used)


def _ages(context: PlanContext, plan_input: PlanInput, count: int) -> list[int | None]:
    """Return for each group of days how many days ago an exercise of it was done.

    What was never done counts from the first plan that asked for it before this day. None if there
    is none.

    Args:
        context: What was assessed and selected.
        plan_input: The history and the day.
        count: The number of groups.
    """
    history, on = plan_input.history, plan_input.on
    if on is None:
        return [None] * count
    ladder_of = context.knowledge.ladder_of
    done = {
        ladder_of(line.performed).id: session.on
        for session in history.sessions
        for line in session.lines
        if line.performed is not None
    }
    asked: dict[str, datetime.date] = {}
    for plan in history:
        if isinstance(plan, PlanIssued) and plan.on < on:
            for item in plan.items:
                asked.setdefault(ladder_of(item.exercise).id, plan.on)
    ages: list[int | None] = []
    for group in range(count):
        ladders = [
            selected.offer.ladder.id
            for selected in context.selection.selected
            if selected.group == group
        ]
        since = [done[ladder] for ladder in ladders if ladder in done]
        since = since or [asked[ladder] for ladder in ladders if ladder in asked]
        ages.append((on - max(since)).days if since else None)
    return ages


def _on_days_of_primaries(
    items: Sequence[tuple[SelectedOffer, Item]],
) -> list[tuple[SelectedOffer, Item]]:
    """Return items where what is done at the same time as others is done on their days.

    They are its own days that are days of the others, or the others' if none is.
    """
    placed = []
    for selected, item in items:
        days = [set(host.days) for _, host in items if host.exercise in item.paired_with]
        if days:
            shared = set.intersection(*days) or set.union(*days)
            own = tuple(day for day in item.days if day in shared) or tuple(sorted(shared))
            placed.append((selected, evolve(item, days=own)))
        else:
            placed.append((selected, item))
    return placed


def _session(
    slot: int, items: Sequence[tuple[SelectedOffer, Item]], context: PlanContext, used: set[str]
) -> Session:
    """Return a session with a habit cue that is not used yet, if it is short."""
    request = context.request
    by_ladder = {selected.offer.ladder.id: selected for selected, _ in items}
    inside = list(by_ladder.values())
    short = request.sessions[slot] <= MAX_MICRO_MINUTES
    return Session(
        number=slot + 1,
        items=tuple(item for _, item in items),
        habit_cue=_habit_cue(inside, used, context.explain) if short else None,
        micro=_is_micro(slot, request),
    )


def _groups(
    longer: tuple[tuple[int, ...], ...], request: Request, slot: int
) -> tuple[tuple[int, ...], ...]:
    """Return the days of a session in their groups; micro-sessions are on every day.

    Args:
        longer: The groups of the sessions that are no micro-sessions.
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
        context: What was assessed and selected.
        session_groups: The days with sessions that are no micro-sessions, in their groups.
        before: The days of each ladder in the busier one of the last two weeks.
        done: What was done on the day of the plan.
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
            starts: The day from which the exercise starts, from 1.
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
        """Return the most days of a dose: if it is larger than the last one, none more than before.

        A plan adds a day or a dose a week, and never both. The days of a programme are stated, and
        those of a cycle of every other day are as many in each.

        Args:
            exercise: The exercise.
            day: The dose of a day.
            days: The days that are allowed otherwise.
        """
        if self.context.programme is not None or cycle_days(self.context.request) != WEEK:
            return days
        last = self.context.last_doses.get(exercise.id)
        before = self.before.get(self.context.knowledge.ladder_of(exercise.id).id)
        if last is None or before is None or day.volume <= last.volume:
            return days
        return min(days, before)

    def allow_repeat(self, repeat: SelectedOffer) -> bool:
        """Return whether a repeat and those before it keep to the weekly limit."""
        limit = self.context.session_limits.get(repeat.offer.ladder.id)
        if limit is None:
            return True
        before = sum(
            other.offer is repeat.offer and other.session <= repeat.session
            for other in self.context.selection.repeats
        )
        days = min(
            len(self.of(item.exercise, repeat.session, repeat.group)) for item in repeat.items
        )
        return (1 + before) * days * WEEK <= limit * cycle_days(self.context.request)


def _habit_cue(inside: list[SelectedOffer], used: set[str], explain: Explainer) -> Message | None:
    """An unused habit cue that suits all exercises; else one for the first of them."""
    exercises = [item.exercise for selected in inside for item in selected.items]
    free = [
        (name, exercise)
        for exercise in exercises
        for name in exercise.habit_cues
        if name not in used
    ]
    for name, exercise in free:
        if all(_suits(name, exercise, other) for other in exercises):
            used.add(name)
            return explain.message(name)
    for name, exercise in free:
        if exercise is exercises[0]:
            used.add(name)
            return explain.message("to_begin_with", moment=explain.message(name).text)
    return None


def _suits(moment: str, of: Exercise, other: Exercise) -> bool:
    """Whether a moment of one exercise suits another: it is its own, or both take one position."""
    return moment in other.habit_cues or other.position is of.position


def _item(
    prescription: Prescription, selected: SelectedOffer, days: _Days, plan_input: PlanInput
) -> Item:
    exercise, context, primary = prescription.exercise, days.context, selected.beside
    day, whole = day_doses(prescription, selected)
    own = days.of(exercise, selected.session, selected.group)
    earliest = days.done.first_day_of(exercise.id, selected.offer.ladder.id)
    starts = max(earliest, _starts(prescription, own, plan_input, context))
    if own and own[-1] < starts:
        own = days.of(exercise, selected.session, selected.group, starts)
        starts = max(earliest, _starts(prescription, own, plan_input, context))
    most = min(
        _days_after_symptoms(prescription, day, selected, context, plan_input),
        days.of_a_larger_dose(exercise, day, len(own)),
    )
    if most < len(own):
        rest, cycle = days_between(exercise), cycle_days(context.request)
        own = spread_days(own, most, rest, cycle, starts)
    translated = context.knowledge.catalog.translated
    return Item(
        exercise=exercise.id,
        title=context.knowledge.title(exercise.id),
        side=prescription.side,
        per_side=exercise.unilateral,
        dose=prescription.dose,
        tempo_s=exercise.dose.tempo_s,
        seconds=prescription.seconds,
        days=own,
        starts=starts,
        rest_days=days_between(exercise),
        rests_with=resting_with(exercise, prescription.side, context.knowledge.exercises),
        paired_with=() if primary is None else primary.exercises,
        day_dose=day if selected.further else None,
        whole_dose=whole,
        shared_by=len(selected.sessions),
        steps=tuple(map(translated, exercise.steps)),
        cues=tuple(map(translated, exercise.cues)),
        cautions=tuple(map(translated, exercise.cautions)),
    )


def _starts(
    prescription: Prescription, days: tuple[int, ...], plan_input: PlanInput, context: PlanContext
) -> int:
    """The first day on which it has rested enough and was not done too often in a week.

    Where it is done less often than before, a day is not skipped for that if the next one would
    come after a break.
    """
    exercise, side = prescription.exercise, prescription.side
    history, on = plan_input.history, plan_input.on
    rested = first_day(exercise, side, history, on, context.knowledge.exercises)
    again = first_day_again(exercise, side, history, on, len(days))
    starts = max(rested, min(again, days[-1]) if days else again)
    last = last_day(exercise, side, history, on)
    if last is None:
        return starts
    policy = context.knowledge.ladder_index.policy_for(exercise.id)
    in_time = last + policy.short_gap_days
    if next((day for day in days if day >= starts), in_time) <= in_time:
        return starts
    return max((day for day in days if rested <= day <= in_time), default=starts)


def _days_after_symptoms(
    prescription: Prescription,
    day: Dose,
    selected: SelectedOffer,
    context: PlanContext,
    plan_input: PlanInput,
) -> int:
    """Return the most days on which the week has less of an exercise than the last one, at least 1.

    That is asked for after symptoms: a dose that was cut for time before is not smaller by itself.
    """
    exercise, side = prescription.exercise.id, prescription.side
    steps_down = any(
        standing.action.steps_down and standing.exercise == exercise and standing.side.meets(side)
        for standing in context.standings_on[selected.offer.ladder.id]
    )
    if not steps_down:
        return cycle_days(context.request)
    done = volume_of_last_week(plan_input.history, plan_input.on, exercise, side)
    rounds = 1 + sum(other.offer is selected.offer for other in context.selection.repeats)
    a_day = max(1, day.volume * rounds)
    return max(1, (done - 1) // a_day) if done else cycle_days(context.request)
