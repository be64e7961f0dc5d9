"""How often an exercise may come in a week, after how often it came in the last ones."""

import datetime
from collections import Counter
from collections.abc import Mapping

from kineticchain.domain.person import History
from kineticchain.knowledge import Knowledge
from kineticchain.recommendation.plan.cycle import WEEK

WEEKS_BACK = 6


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
