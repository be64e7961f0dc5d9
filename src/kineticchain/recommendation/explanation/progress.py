"""The progress of a person: standings, pain and next mornings, point by point."""

import datetime
from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter

from attrs import evolve, frozen

from kineticchain.domain.person import Event, History, MorningAfter, SessionLog
from kineticchain.knowledge import Knowledge
from kineticchain.progression import Standing
from kineticchain.recommendation.assessment.assess import assess
from kineticchain.recommendation.assessment.assessment import Assessment
from kineticchain.recommendation.plan.plan_input import PlanInput


@frozen(kw_only=True)
class ProgressPoint:
    """The standings after the next mornings, or after the sessions, of one day.

    Attributes:
        on: The day.
        standings: The standings on the ladders that were trained so far.
        pain: The worst pain during the exercises of the sessions (0-10); None if none was noted.
        morning: The worst change of pain that was reported on the morning (-10 to 10); None after
            sessions.
    """

    on: datetime.date
    standings: tuple[Standing, ...]
    pain: int | None = None
    morning: int | None = None


def progress_points(plan_input: PlanInput, knowledge: Knowledge) -> tuple[ProgressPoint, ...]:
    """Return the progress after each morning and each training day, up to the day of the input.

    A morning affects the standings before the sessions of its day, so it is a point of its own.

    Args:
        plan_input: The person, the history, the request and the day; the day may be None.
        knowledge: The ladders, the rules and the policy.

    Raises:
        InvalidInput: If the input contains an id or a value that the knowledge does not allow.
    """
    end = plan_input.on
    history = plan_input.history if end is None else plan_input.history.until(end)
    points: list[ProgressPoint] = []
    so_far: list[Event] = []
    before: Assessment | None = None
    for on, events in groupby(history, key=attrgetter("on")):
        of_day = tuple(events)
        sessions = [event for event in of_day if isinstance(event, SessionLog)]
        mornings = [event for event in of_day if isinstance(event, MorningAfter)]
        other_events = [event for event in of_day if not isinstance(event, SessionLog)]
        for added, is_point in ((other_events, bool(mornings)), (sessions, bool(sessions))):
            so_far += added
            if not is_point:
                continue
            stated = evolve(plan_input, history=History(so_far), on=on)
            before = assess(stated, knowledge, before)
            is_morning = added is other_events
            points.append(
                ProgressPoint(
                    on=on,
                    standings=tuple(
                        standing for standing in before.standings if standing.ladder in before.moved
                    ),
                    pain=None if is_morning else _worst_pain(sessions),
                    morning=max(morning.change for morning in mornings) if is_morning else None,
                )
            )
    return tuple(points)


def _worst_pain(sessions: Iterable[SessionLog]) -> int | None:
    worst = (session.worst_pain for session in sessions)
    return max((pain for pain in worst if pain is not None), default=None)
