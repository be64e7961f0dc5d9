"""Where each kind of outcome would lead: the fold of events, over events yet to come."""

import datetime

from kineticchain.anatomy import Side
from kineticchain.errors import UnknownName, likely
from kineticchain.person import History
from kineticchain.progression import Standing
from kineticchain.recommendation.outcome import NEXT_DAY, Outcome, Task, events_of
from kineticchain.recommendation.outlook import Outlook
from kineticchain.recommendation.planner import Case, Planner
from kineticchain.recommendation.schedule import WEEK

LONGEST_DAYS = 84
REPEATED = frozenset({Outcome.EASY, Outcome.AS_PLANNED})
"""Outcomes for which it is told where they lead in the end."""


def preview(planner: Planner, case: Case, exercise: str, side: Side) -> tuple[Outlook, ...]:
    """An outlook for each kind of outcome and each side that climbs apart.

    Raises `UnknownName` where the person does not stand on that exercise.
    """
    now = case.assessed(planner, case.history, case.on).standings
    here = [one for one in now if one.exercise == exercise and one.side.meets(side)]
    if not here:
        known = sorted({one.exercise for one in now if one.exercise is not None})
        what = "exercise that the person stands on"
        raise UnknownName(what, exercise, likely(exercise, known))
    return tuple(_outlook(planner, case, one, outcome) for one in here for outcome in Outcome)


def _outlook(planner: Planner, case: Case, now: Standing, outcome: Outcome) -> Outlook:
    history, day = _after(planner, case, case.history, now, outcome, case.on)
    after = _same_ladder(case.assessed(planner, history, day).standings, now)
    found = _change(planner, case, now, outcome) if outcome in REPEATED else None
    if found is None:
        return Outlook(outcome=outcome, side=now.side, standing=after)
    sessions, on, then = found
    return Outlook(
        outcome=outcome, side=now.side, standing=after, then=then, sessions=sessions, on=on
    )


def _change(
    planner: Planner, case: Case, now: Standing, outcome: Outcome
) -> tuple[int, datetime.date, Standing] | None:
    """After how many sessions, and when, the same outcome leads to another place."""
    history, day, sessions = case.history, case.on, 0
    between = datetime.timedelta(days=max(1, WEEK // now.days_a_week))
    while (day - case.on).days <= LONGEST_DAYS:
        history, after = _after(planner, case, history, now, outcome, day)
        sessions += 1
        then = _same_ladder(case.assessed(planner, history, after).standings, now)
        if then.height != now.height:
            return sessions, after, then
        day += between
    return None


def _after(
    planner: Planner,
    case: Case,
    history: History,
    now: Standing,
    outcome: Outcome,
    day: datetime.date,
) -> tuple[History, datetime.date]:
    """The history with one outcome of an exercise, and the day after it."""
    if outcome is Outcome.SKIPPED_WEEK or now.exercise is None or now.dose is None:
        return history, day + datetime.timedelta(days=WEEK + 1)
    slots = [one.slot for one in history.sessions if one.on == day]
    events = events_of(
        outcome,
        (Task(now.exercise, now.side, now.dose),),
        day,
        planner.knowledge,
        case.assessed(planner, case.history, case.on).pain_ceiling,
        slot=max(slots, default=0) + 1,
    )
    return history.with_events(*events), day + NEXT_DAY


def _same_ladder(standings: tuple[Standing, ...], now: Standing) -> Standing:
    return next(one for one in standings if (one.ladder, one.side) == (now.ladder, now.side))
