"""The sessions of a plan: items with their doses, days and reasons."""

from collections.abc import Iterator

from kineticchain.domain.anatomy import Side
from kineticchain.domain.exercises import Exercise
from kineticchain.domain.messages import Message
from kineticchain.domain.person import Request
from kineticchain.domain.person.request import MAX_MICRO_MINUTES
from kineticchain.recommendation.assessment.tissue_loading import (
    days_between,
    first_day,
    first_day_again,
)
from kineticchain.recommendation.plan.cycle import WEEK, cycle_days, every_day
from kineticchain.recommendation.plan.model import Item, Reason, Session
from kineticchain.recommendation.plan.text import dose_text
from kineticchain.recommendation.planning.explainer import Explainer
from kineticchain.recommendation.planning.plan_context import PlanContext
from kineticchain.recommendation.planning.schedule import exercise_days
from kineticchain.recommendation.selection.offer import Offer, Prescription
from kineticchain.recommendation.selection.select import SelectedOffer


def sessions_of(draft: PlanContext) -> Iterator[Session]:
    """The sessions of a day, with the items of each."""
    repeats = [one for one in draft.selection.repeats if _may_come_again(one, draft)]
    taken = sorted((*draft.selection.selected, *repeats), key=lambda one: one.session)
    request = draft.asked.request
    used: set[str] = set()
    for slot in sorted({one.session for one in taken}):
        inside = [one for one in taken if one.session == slot]
        items = tuple(_item(item, one, draft) for one in inside for item in one.items)
        short = request.sessions[slot] <= MAX_MICRO_MINUTES
        yield Session(
            number=slot + 1,
            items=items,
            moment=_moment(inside, used, draft.explain) if short else None,
            micro=_is_micro(slot, request),
        )


def _is_micro(slot: int, request: Request) -> bool:
    return slot >= request.sessions_per_day


def _may_come_again(repeat: SelectedOffer, draft: PlanContext) -> bool:
    """Whether a repeat and all before it, on their days, are not more a week than is usual."""
    most = draft.max_weekly_sessions.get(repeat.offer.ladder.id)
    if most is None:
        return True
    before = sum(
        one.offer is repeat.offer and one.session <= repeat.session
        for one in draft.selection.repeats
    )
    days = min(len(_days(item.exercise, repeat.session, draft)) for item in repeat.items)
    return (1 + before) * days * WEEK <= most * cycle_days(draft.asked.request)


def _moment(inside: list[SelectedOffer], used: set[str], explain: Explainer) -> Message | None:
    """A free moment of the day that suits all exercises; else one for the first of them."""
    exercises = [item.exercise for one in inside for item in one.items]
    free = [(name, one) for one in exercises for name in one.moments if name not in used]
    for name, one in free:
        if all(_suits(name, one, other) for other in exercises):
            used.add(name)
            return explain.say(name)
    for name, one in free:
        if one is exercises[0]:
            used.add(name)
            return explain.say("to_begin_with", moment=explain.say(name).text)
    return None


def _suits(moment: str, of: Exercise, other: Exercise) -> bool:
    """Whether a moment of one exercise suits another: it is its own, or both take one position."""
    return moment in other.moments or other.position is of.position


def _days(exercise: Exercise, slot: int, draft: PlanContext) -> tuple[int, ...]:
    """The days that the request, the exercise and its standings allow in a session."""
    ladder = draft.knowledge.ladder_of(exercise.id)
    standings = [one for one in draft.standings_on[ladder.id] if one.exercise == exercise.id]
    request = draft.asked.request
    return exercise_days(
        exercise,
        every_day(request) if _is_micro(slot, request) else draft.session_days,
        standings,
        limit=draft.max_weekly_sessions.get(ladder.id, WEEK),
        cycle=cycle_days(request),
    )


def _shared_days(
    own: tuple[int, ...], host: Offer, slot: int, draft: PlanContext
) -> tuple[int, ...]:
    """Of the days of what is done beside another, those of the other; its days if none is."""
    days = [set(_days(pick.exercise, slot, draft)) for pick in host.picks]
    shared = set.intersection(*days) or set.union(*days)
    return tuple(day for day in own if day in shared) or tuple(sorted(shared))


def _item(item: Prescription, selected: SelectedOffer, draft: PlanContext) -> Item:
    exercise, explain, host = item.exercise, draft.explain, selected.beside
    standings = [
        one
        for one in draft.standings_on[selected.offer.ladder.id]
        if one.exercise == exercise.id and one.side.meets(item.side)
    ]
    reasons = explain.for_item(
        exercise, item.side, draft.targets, draft.favoured.get(exercise.id, ()), standings
    )
    reasons += tuple(dict.fromkeys(_in_place_of(item, selected, draft)))
    if exercise.id in draft.asked.request.prefer:
        reasons = (explain.plain("preferred"), *reasons)
    if exercise.id in draft.allowed_by_name:
        reasons = (explain.plain("named_by_clinician"), *reasons)
    continuity = draft.continuity.get(selected.offer.ladder.id)
    if continuity is not None:
        reasons += (explain.continuity(continuity),)
    whole = next(pick.dose for pick in selected.offer.picks if pick.exercise is exercise)
    is_cut = whole.volume > item.dose.volume
    if is_cut:
        reasons += (explain.plain("shortened", dose=dose_text(whole, draft.knowledge.catalog)),)
    days = _days(exercise, selected.session, draft)
    return Item(
        exercise=exercise.id,
        title=draft.knowledge.title(exercise.id),
        side=item.side,
        per_side=exercise.unilateral,
        dose=item.dose,
        tempo_s=exercise.dose.tempo_s,
        seconds=item.seconds,
        days=days if host is None else _shared_days(days, host, selected.session, draft),
        starts=_starts(item, days, draft),
        rest_days=days_between(exercise),
        rests_with=draft.parts.rests_with(exercise, item.side),
        beside=() if host is None else host.exercises,
        whole_dose=whole if is_cut else None,
        reasons=reasons,
        steps=exercise.steps,
        cues=exercise.cues,
        cautions=exercise.cautions,
    )


def _starts(item: Prescription, days: tuple[int, ...], draft: PlanContext) -> int:
    """The first day on which it has rested enough, and was not done as often as a week has it."""
    exercise, asked = item.exercise, draft.asked
    rested = first_day(exercise, item.side, asked.history, asked.on, draft.knowledge.exercises)
    return max(rested, first_day_again(exercise, item.side, asked.history, asked.on, len(days)))


def _in_place_of(
    item: Prescription, selected: SelectedOffer, draft: PlanContext
) -> Iterator[Reason]:
    """What is kept out, and what an easier one of its ladder, or another, stands in for."""
    replaced = draft.substitutes.get(selected.offer.ladder.id)
    if replaced is not None:
        title = draft.knowledge.title(replaced)
        for side in Side:
            for barred in draft.feasible.against.get((replaced, side), ()):
                yield draft.explain.in_place_of(title, barred)
    for standing in draft.standings_on[selected.offer.ladder.id]:
        if not standing.side.meets(item.side):
            continue
        if standing.exercise is None or standing.exercise == item.exercise.id:
            continue
        title = draft.knowledge.title(standing.exercise)
        for side in Side:
            if side.meets(standing.side):
                for barred in draft.feasible.against.get((standing.exercise, side), ()):
                    yield draft.explain.in_place_of(title, barred)
