"""Previews: the effect of each outcome, by replaying hypothetical events after the history."""

import datetime
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from attrs import evolve, frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.person import Event
from kineticchain.errors import UnknownName, likely
from kineticchain.knowledge import Knowledge
from kineticchain.progression import Action, Standing, advanced, begin
from kineticchain.recommendation.assessment.assess import assess
from kineticchain.recommendation.assessment.assessment import Assessment
from kineticchain.recommendation.forecast.outcome import NEXT_DAY, Outcome, Task, events_of
from kineticchain.recommendation.forecast.outlook import OutcomeForecast
from kineticchain.recommendation.plan.cycle import WEEK, least_gap
from kineticchain.recommendation.plan.plan_input import PlanInput

TrainingDate: TypeAlias = tuple[datetime.date, int]
"""A day of training, and the number of sessions with the exercise."""

LONGEST_DAYS = 84
"""The horizon of a preview in days."""

REPEATED = frozenset({Outcome.EASY, Outcome.AS_PLANNED})
"""Outcomes whose repeated effect is forecast."""


def preview(
    knowledge: Knowledge,
    plan_input: PlanInput,
    exercise: str,
    side: Side,
    dates: Sequence[TrainingDate] | None = None,
) -> tuple[OutcomeForecast, ...]:
    """Return a forecast for each outcome, and for each side that progresses separately.

    Args:
        knowledge: The knowledge for the assessment.
        plan_input: The person with history, request and day.
        exercise: The id of an exercise that is current on its ladder.
        side: The side to preview; `both` stands for all sides.
        dates: The days of training with their sessions, in order, for outcomes that are repeated;
            None for one session on days at equal distances from the day of the plan on.

    Raises:
        UnknownName: The person has no standing on that exercise and side.
    """
    assessment = assess(plan_input, knowledge)
    standings = [
        standing
        for standing in assessment.standings
        if standing.exercise == exercise and standing.side.meets(side)
    ]
    if not standings:
        exercises = sorted(
            {
                standing.exercise
                for standing in assessment.standings
                if standing.exercise is not None
            }
        )
        what = "exercise that the person stands on"
        raise UnknownName(what, exercise, likely(exercise, exercises))
    return tuple(
        _OutcomePreview(knowledge, plan_input, assessment, standing, outcome, dates).forecast()
        for standing in standings
        for outcome in Outcome
    )


@frozen
class _OutcomePreview:
    """The preview of one outcome for one standing of the day.

    Attributes:
        knowledge: The knowledge for the assessment.
        plan_input: The person with history, request and day.
        assessment: The assessment before the outcome.
        now: The standing before the outcome.
        outcome: The outcome.
        dates: The days of training with their sessions; None for days at equal distances.
    """

    knowledge: Knowledge
    plan_input: PlanInput
    assessment: Assessment
    now: Standing
    outcome: Outcome
    dates: Sequence[TrainingDate] | None

    def forecast(self) -> OutcomeForecast:
        """Return the immediate effect, and for some outcomes the effect of their repetition."""
        day = self.plan_input.day + NEXT_DAY
        if self.outcome is Outcome.SKIPPED_WEEK:
            day += datetime.timedelta(days=WEEK)
        after = self._standing(self._events_on(self.plan_input.day), day)
        stops = after.action is Action.STOP_AND_REFER
        change = self._change() if self.outcome in REPEATED and not stops else None
        if change is None:
            return OutcomeForecast(outcome=self.outcome, side=self.now.side, standing=after)
        sessions, on, then = change
        return OutcomeForecast(
            outcome=self.outcome,
            side=self.now.side,
            standing=after,
            then=then,
            sessions=sessions,
            on=on,
        )

    def _change(self) -> tuple[int, datetime.date, Standing] | None:
        """Return the number of sessions, the date and the standing of the first change of place.

        None if the repeated outcome changes nothing within the horizon.
        """
        # A full assessment of each day would be slow. The replay of the history is therefore
        # continued event by event in today's context, and only the day of the change is assessed in
        # full.
        now, replay_context = self.now, self.assessment.replay_context
        state = advanced(begin(replay_context), self.plan_input.history, replay_context)
        events: list[Event] = []
        done = 0
        for day, sessions in self._days():
            done += sessions
            day_events = self._events_on(day, sessions)
            events += day_events
            state = advanced(state, day_events, replay_context)
            track = state.progress.track((now.ladder, now.side), replay_context.first_tracks)
            if track is None:
                return None
            place = track.place
            if (place.rung, place.level, track.dose_percent_on(day + NEXT_DAY)) != now.height:
                return done, day + NEXT_DAY, self._standing(events, day + NEXT_DAY)
        return None

    def _days(self) -> Sequence[TrainingDate]:
        """Return the days of training within the horizon, each with its sessions."""
        first = self.plan_input.day
        if self.dates is not None:
            return [date for date in self.dates if 0 <= (date[0] - first).days <= LONGEST_DAYS]
        request = self.plan_input.request
        least = 1 if request.micro_sessions_per_day else least_gap(request)
        between = max(least, WEEK // self.now.days_a_week)
        return [
            (first + datetime.timedelta(days=days), 1)
            for days in range(0, LONGEST_DAYS + 1, between)
        ]

    def _events_on(self, day: datetime.date, sessions: int = 1) -> tuple[Event, ...]:
        """Return sessions of the exercise at its current dose on a day, and the next morning."""
        now = self.now
        if now.exercise is None or now.dose is None:
            return ()
        slots = [session.slot for session in self.plan_input.history.sessions if session.on == day]
        first = max(slots, default=0) + 1
        tasks = (Task(now.exercise, now.side, now.dose),)
        of_day = [
            events_of(
                self.outcome, tasks, day, self.knowledge, self.assessment.pain_ceiling, slot=slot
            )
            for slot in range(first, first + sessions)
        ]
        # each simulated session is followed by one report of the next morning
        earlier = [event for events in of_day[:-1] for event in events[:1]]
        return (*earlier, *of_day[-1])

    def _standing(self, events: Iterable[Event], day: datetime.date) -> Standing:
        """Return the person's standing on the same ladder and side on a day after some events."""
        history = self.plan_input.history.with_events(*events)
        later = evolve(self.plan_input, history=history, on=day)
        standings = assess(later, self.knowledge).standings
        key = self.now.ladder, self.now.side
        return next(standing for standing in standings if (standing.ladder, standing.side) == key)
