"""The sessions of a plan: items with their doses and days."""

from collections.abc import Iterator

from attrs import frozen

from kineticchain.domain.exercises import Exercise
from kineticchain.domain.messages import Message
from kineticchain.domain.person import Request
from kineticchain.domain.person.request import MAX_MICRO_MINUTES
from kineticchain.recommendation.assessment.tissue_loading import (
    days_between,
    first_day,
    first_day_again,
    resting_with,
)
from kineticchain.recommendation.plan.cycle import WEEK, cycle_days, every_day
from kineticchain.recommendation.plan.model import Item, Session
from kineticchain.recommendation.plan.plan_input import PlanInput
from kineticchain.recommendation.planning.explainer import Explainer
from kineticchain.recommendation.planning.item_reasons import day_doses
from kineticchain.recommendation.planning.plan_context import PlanContext
from kineticchain.recommendation.planning.schedule import exercise_days, session_days
from kineticchain.recommendation.selection.offer import Offer, Prescription
from kineticchain.recommendation.selection.selected_offer import SelectedOffer


def sessions_of(context: PlanContext, plan_input: PlanInput) -> Iterator[Session]:
    """Yield the sessions of a day, with the items of each."""
    days = _Days(context, session_days(context.request, plan_input.history, plan_input.on))
    repeats = [repeat for repeat in context.selection.repeats if days.allow_repeat(repeat)]
    taken = sorted((*context.selection.selected, *repeats), key=lambda selected: selected.session)
    request = context.request
    used: set[str] = set()
    for slot in sorted({session for selected in taken for session in selected.sessions}):
        inside = [selected for selected in taken if slot in selected.sessions]
        short = request.sessions[slot] <= MAX_MICRO_MINUTES
        yield Session(
            number=slot + 1,
            items=tuple(
                _item(prescription, selected, days, plan_input)
                for selected in inside
                for prescription in selected.items_in(slot)
            ),
            habit_cue=_habit_cue(inside, used, context.explain) if short else None,
            micro=_is_micro(slot, request),
        )


def _is_micro(slot: int, request: Request) -> bool:
    return slot >= request.sessions_per_day


@frozen
class _Days:
    """On which days of the plan exercises are done.

    Attributes:
        context: What was assessed and selected.
        session_days: The days with sessions that are no micro-sessions.
    """

    context: PlanContext
    session_days: tuple[int, ...]

    def of(self, exercise: Exercise, slot: int, starts: int = 1) -> tuple[int, ...]:
        """Return the days that the request, the exercise and its standings allow in a session.

        Args:
            exercise: The exercise.
            slot: The session, from 0.
            starts: The day from which the exercise starts, from 1.
        """
        context, request = self.context, self.context.request
        ladder = context.knowledge.ladder_of(exercise.id)
        standings = [
            standing
            for standing in context.standings_on[ladder.id]
            if standing.exercise == exercise.id
        ]
        return exercise_days(
            exercise,
            every_day(request) if _is_micro(slot, request) else self.session_days,
            standings,
            limit=context.weekly_limits.get(ladder.id, WEEK),
            cycle=cycle_days(request),
            starts=starts,
        )

    def beside(self, own: tuple[int, ...], primary: Offer, slot: int) -> tuple[int, ...]:
        """Return the days of an exercise that is done at the same time as another one.

        They are its own days that are days of the other, or the other's if none is.
        """
        days = [set(self.of(pick.exercise, slot)) for pick in primary.picks]
        shared = set.intersection(*days) or set.union(*days)
        return tuple(day for day in own if day in shared) or tuple(sorted(shared))

    def allow_repeat(self, repeat: SelectedOffer) -> bool:
        """Return whether a repeat and those before it keep to the weekly limit."""
        limit = self.context.weekly_limits.get(repeat.offer.ladder.id)
        if limit is None:
            return True
        before = sum(
            other.offer is repeat.offer and other.session <= repeat.session
            for other in self.context.selection.repeats
        )
        days = min(len(self.of(item.exercise, repeat.session)) for item in repeat.items)
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
    own = days.of(exercise, selected.session)
    starts = _starts(prescription, own, plan_input, context)
    if own and own[-1] < starts:
        own = days.of(exercise, selected.session, starts)
        starts = _starts(prescription, own, plan_input, context)
    return Item(
        exercise=exercise.id,
        title=context.knowledge.title(exercise.id),
        side=prescription.side,
        per_side=exercise.unilateral,
        dose=prescription.dose,
        tempo_s=exercise.dose.tempo_s,
        seconds=prescription.seconds,
        days=own if primary is None else days.beside(own, primary, selected.session),
        starts=starts,
        rest_days=days_between(exercise),
        rests_with=resting_with(exercise, prescription.side, context.knowledge.exercises),
        paired_with=() if primary is None else primary.exercises,
        day_dose=day if selected.further else None,
        whole_dose=whole,
        shared_by=len(selected.sessions),
        steps=exercise.steps,
        cues=exercise.cues,
        cautions=exercise.cautions,
    )


def _starts(
    prescription: Prescription, days: tuple[int, ...], plan_input: PlanInput, context: PlanContext
) -> int:
    """The first day on which it has rested enough and was not done too often in a week.

    Where it is done less often than before, the last of its days is not skipped for that: a whole
    cycle without it would count as a break.
    """
    exercise, side = prescription.exercise, prescription.side
    history, on = plan_input.history, plan_input.on
    rested = first_day(exercise, side, history, on, context.knowledge.exercises)
    again = first_day_again(exercise, side, history, on, len(days))
    return max(rested, min(again, days[-1]) if days else again)
