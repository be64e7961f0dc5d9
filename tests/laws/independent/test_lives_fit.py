"""Laws 19 to 21 over whole lives: time, equipment, and rest."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from drawn_people import DAY, KNOWLEDGE, Life
from lived import breaches, diligent_breaches

import kineticchain as kc
from kineticchain.domain.anatomy import Side
from kineticchain.domain.exercises import Exercise, Kind, LoadClass, prescription_seconds

# 19


def over_time(of: Life) -> Iterator[str]:
    for step in of.steps:
        plan, request = step.plan, step.request
        for day in {day for session in plan.sessions for day in session.days}:
            there = [session for session in plan.sessions if day in session.days]
            if sum(not one.micro for one in there) > request.sessions_per_day:
                yield f"{step.on} too many sessions on day {day}"
            if sum(one.micro for one in there) > request.micro_sessions_per_day:
                yield f"{step.on} too many micro-sessions on day {day}"
        for session in plan.sessions:
            budget = 60 * (request.micro_minutes if session.micro else request.minutes)
            if seconds_of(session.items) > budget or session.seconds > budget:
                yield f"{step.on} session {session.number} takes {seconds_of(session.items)} s"
        if not plan.items:
            continue
        today = step.on + (of.seed % 4) * DAY
        lived = of.history.until(today)
        for dated in plan.calendar(step.on, 2, history=lived, today=today):
            budget = 60 * (request.micro_minutes if dated.session.micro else request.minutes)
            if seconds_of(dated.items) > budget:
                yield f"{step.on} on {dated.on} it takes {seconds_of(dated.items)} s"


def seconds_of(items: Iterable[kc.recommendation.Item]) -> int:
    """All that items take; of those beside another only what takes longer than it."""
    listed = list(items)
    takes = [
        prescription_seconds(KNOWLEDGE.exercises[item.exercise], item.dose, item.side)
        for item in listed
    ]
    total = 0
    for item, seconds in zip(listed, takes, strict=True):
        meanwhile = sum(
            other
            for host, other in zip(listed, takes, strict=True)
            if host.exercise in item.paired_with
        )
        total += max(0, seconds - meanwhile)
    return total


def test_no_session_exceeds_its_budget_missed_ones_moved_in_included() -> None:
    assert breaches(over_time) == []


# 20


def lacking(of: Life) -> Iterator[str]:
    for step in of.steps:
        there = of.person.equipment if step.request.equipment is None else step.request.equipment
        counted = {
            *there,
            *(
                piece.id
                for piece in KNOWLEDGE.equipment
                if not {*piece.substitutes}.isdisjoint(there)
            ),
        }
        for item in step.plan.items:
            needs = KNOWLEDGE.exercises[item.exercise].needs
            if any(counted.isdisjoint(group) for group in needs):
                yield f"{step.on} {item.exercise} needs {needs}"


def test_nothing_needs_equipment_that_is_not_there() -> None:
    assert breaches(lacking) == []


# 21


def tissues(exercise: Exercise, side: Side) -> set[tuple[kc.Region, Side]]:
    """What strength work of L3 and up loads."""
    if exercise.kind is not Kind.STRENGTH or exercise.load < LoadClass.L3:
        return set()
    return {
        (region, one)
        for region, _ in exercise.targets
        for one in (side.each if region.paired else (Side.BOTH,))
    }


Loaded = Mapping[tuple[kc.Region, Side], set[datetime.date]]


def loaded_on(done: Iterable[tuple[datetime.date, str, Side]]) -> Loaded:
    """On which days what loads each tissue heavily."""
    days: dict[tuple[kc.Region, Side], set[datetime.date]] = defaultdict(set)
    for on, exercise, side in done:
        for place in tissues(KNOWLEDGE.exercises[exercise], side):
            days[place].add(on)
    return days


def loaded_by(history: kc.History) -> Loaded:
    return loaded_on(
        (session.on, line.performed, line.side)
        for session in history.sessions
        for line in session.lines
        if line.performed is not None
    )


def heavy_two_days_running(of: Life) -> Iterator[str]:
    """As the plan is, told with its history, and told anew some days later."""
    for step in of.steps:
        plan, later = step.plan, step.on + (of.seed % 3) * DAY
        lived = of.history.until(later)
        calendars = (
            (step.history, plan.calendar(step.on, 3)),
            (step.history, plan.calendar(step.on, 3, history=step.history, today=step.on)),
            (lived, plan.calendar(step.on, 3, history=lived, today=later)),
        )
        for number, (history, calendar) in enumerate(calendars):
            done = loaded_by(history)
            asked = loaded_on(
                (dated.on, item.exercise, item.side) for dated in calendar for item in dated.items
            )
            for place, days in asked.items():
                for day in days:
                    if day - DAY in done.get(place, set()) | days:
                        yield f"{step.on} calendar {number}: {place} on {day} and the day before"


def test_strength_work_of_l3_is_never_on_two_days_running() -> None:
    assert breaches(heavy_two_days_running) == []
    assert diligent_breaches(heavy_two_days_running) == []
