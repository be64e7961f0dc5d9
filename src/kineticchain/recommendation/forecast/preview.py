"""Where each kind of outcome would lead: the fold of events, over events yet to come."""

import datetime
from collections.abc import Iterable

from attrs import frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.person import Event
from kineticchain.errors import UnknownName, likely
from kineticchain.progression import Action, Standing, advanced, begin
from kineticchain.recommendation.assessment.assessment import Assessment
from kineticchain.recommendation.forecast.outcome import NEXT_DAY, Outcome, Task, events_of
from kineticchain.recommendation.forecast.outlook import OutcomeForecast
from kineticchain.recommendation.plan.cycle import WEEK, least_gap
from kineticchain.recommendation.planning.planner import Case, Planner

LONGEST_DAYS = 84
REPEATED = frozenset({Outcome.EASY, Outcome.AS_PLANNED})
"""Outcomes for which it is told where they lead in the end."""


def preview(planner: Planner, case: Case, exercise: str, side: Side) -> tuple[OutcomeForecast, ...]:
    """An outlook for each kind of outcome and each side that climbs apart.

    Raises `UnknownName` where the person does not stand on that exercise.
    """
    begun = case.assessed(planner, case.history, case.on)
    here = [one for one in begun.standings if one.exercise == exercise and one.side.meets(side)]
    if not here:
        known = sorted({one.exercise for one in begun.standings if one.exercise is not None})
        what = "exercise that the person stands on"
        raise UnknownName(what, exercise, likely(exercise, known))
    return tuple(
        _Ahead(planner, case, begun, one, outcome).outlook() for one in here for outcome in Outcome
    )


@frozen
class _Ahead:
    """One outcome of what is to come, for one standing of the day."""

    planner: Planner
    case: Case
    begun: Assessment
    now: Standing
    outcome: Outcome

    def outlook(self) -> OutcomeForecast:
        """Where it leads at once, and where in the end."""
        day = self.case.on + NEXT_DAY
        if self.outcome is Outcome.SKIPPED_WEEK:
            day += datetime.timedelta(days=WEEK)
        after = self._standing(self._lived(self.case.on), day)
        stops = after.action is Action.STOP_AND_REFER
        found = self._change() if self.outcome in REPEATED and not stops else None
        if found is None:
            return OutcomeForecast(outcome=self.outcome, side=self.now.side, standing=after)
        sessions, on, then = found
        return OutcomeForecast(
            outcome=self.outcome,
            side=self.now.side,
            standing=after,
            then=then,
            sessions=sessions,
            on=on,
        )

    def _change(self) -> tuple[int, datetime.date, Standing] | None:
        """After how many sessions, and when, the same outcome leads to another place.

        Folded on event by event, with what holds for the person today.
        """
        now, replay_context = self.now, self.begun.replay_context
        state = advanced(begin(replay_context), self.case.history, replay_context)
        request = self.case.request
        least = 1 if request.micro_sessions_per_day else least_gap(request)
        between = datetime.timedelta(days=max(least, WEEK // now.days_a_week))
        events: list[Event] = []
        for number in range(LONGEST_DAYS // between.days + 1):
            day = self.case.on + number * between
            lived = self._lived(day)
            events += lived
            state = advanced(state, lived, replay_context)
            track = state.progress.track((now.ladder, now.side), replay_context)
            if track is None:
                return None
            place = track.place
            if (place.rung, place.level, track.share_on(day + NEXT_DAY)) != now.height:
                return number + 1, day + NEXT_DAY, self._standing(events, day + NEXT_DAY)
        return None

    def _lived(self, day: datetime.date) -> tuple[Event, ...]:
        """The exercise done on a day at the dose that stands, and its next morning."""
        now = self.now
        if now.exercise is None or now.dose is None:
            return ()
        slots = [one.slot for one in self.case.history.sessions if one.on == day]
        return events_of(
            self.outcome,
            (Task(now.exercise, now.side, now.dose),),
            day,
            self.planner.knowledge,
            self.begun.pain_ceiling,
            slot=max(slots, default=0) + 1,
        )

    def _standing(self, events: Iterable[Event], day: datetime.date) -> Standing:
        """Where the person would stand after these events."""
        history = self.case.history.with_events(*events)
        standings = self.case.assessed(self.planner, history, day).standings
        wanted = self.now.ladder, self.now.side
        return next(one for one in standings if (one.ladder, one.side) == wanted)
