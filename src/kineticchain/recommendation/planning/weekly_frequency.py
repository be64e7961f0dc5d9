"""How often an exercise may come in a week, after how often it came in the last ones."""

import datetime
from collections import Counter
from collections.abc import Mapping

from kineticchain.domain.anatomy import Side
from kineticchain.domain.person import History
from kineticchain.knowledge import Knowledge
from kineticchain.recommendation.plan.cycle import WEEK

WEEKS_BACK = 6


def times_a_day(
    history: History, on: datetime.date | None, knowledge: Knowledge
) -> Mapping[str, int]:
    """Return how often each ladder of the last six weeks was done on its last day.

    Args:
        history: The sessions so far.
        on: The day of the plan; None disregards the sessions.
        knowledge: The ladders.
    """
    if on is None:
        return {}
    last: dict[str, datetime.date] = {}
    times: Counter[str] = Counter()
    for session in reversed(history.sessions):
        if (on - session.on).days > WEEK * WEEKS_BACK:
            break
        for line in session.lines:
            if line.performed is None:
                continue
            ladder = knowledge.ladder_of(line.performed).id
            if last.setdefault(ladder, session.on) == session.on:
                times[ladder] += 1
    return times


def max_weekly_sessions(
    history: History, on: datetime.date | None, knowledge: Knowledge
) -> Mapping[str, int]:
    """For each ladder that was trained before the last seven days the most sessions a week.

    That is one more than in the busiest of the last six weeks, or a fifth more; a session on
    each side counts once. A ladder that is newer has no such limit yet.
    """
    if on is None:
        return {}
    counted: Counter[tuple[str, int]] = Counter()
    for session in reversed(history.sessions):
        ago = (on - session.on).days - 1
        if ago >= WEEK * WEEKS_BACK:
            break
        done = {line.performed for line in session.lines if line.performed is not None}
        for ladder in {knowledge.ladder_of(name).id for name in done}:
            counted[ladder, ago // WEEK] += ago >= 0
    trained = {ladder for (ladder, week), times in counted.items() if week > 0 and times}
    busiest = {
        ladder: max(counted[ladder, week] for week in range(WEEKS_BACK)) for ladder in trained
    }
    return {ladder: max(most + 1, most * 6 // 5) for ladder, most in busiest.items()}


def volume_of_last_week(
    history: History, on: datetime.date | None, exercise: str, side: Side
) -> int:
    """Return what was done of an exercise in the seven days before a day, on the side with less.

    Args:
        history: The sessions so far.
        on: The day, which is not one of the seven; None disregards the sessions.
        exercise: The id of the exercise.
        side: The side, or both sides.

    Returns:
        The volume, in repetitions, seconds or steps as the exercise is dosed.
    """
    if on is None:
        return 0
    volumes = dict.fromkeys(side.each, 0)
    for session in reversed(history.sessions):
        if (on - session.on).days > WEEK:
            break
        for line in session.lines:
            if session.on < on and line.performed == exercise and line.done is not None:
                for each in volumes:
                    volumes[each] += line.done.volume if line.side.meets(each) else 0
    return min(volumes.values())
