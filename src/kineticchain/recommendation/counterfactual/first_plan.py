"""When plans made anew every week come to hold an exercise, within the time that there is."""

import datetime
from collections.abc import Iterable, Iterator
from itertools import islice

from attrs import frozen

from kineticchain.domain.anatomy import Side
from kineticchain.knowledge import Knowledge
from kineticchain.recommendation.assessment.input_validation import LAST_YEAR
from kineticchain.recommendation.counterfactual.change import (
    Change,
    PreferExercise,
    SetMinutes,
    applied,
)
from kineticchain.recommendation.forecast.outcome import Outcome
from kineticchain.recommendation.forecast.simulation import weeks_of
from kineticchain.recommendation.plan.cycle import cycle_days
from kineticchain.recommendation.plan.plan import Plan
from kineticchain.recommendation.plan.plan_input import PlanInput
from kineticchain.recommendation.planning.planner import Planner

WEEKS = 26
"""So many weeks are lived, half a year."""

MORE_MINUTES = (15, 20)
"""Minutes of a session that are tried where fewer do not lead there."""


LAST_DAY = datetime.date(LAST_YEAR, 12, 31)


@frozen
class FirstPlan:
    """The day of the first weekly plan that holds an exercise; `changes` are what that takes."""

    on: datetime.date
    changes: tuple[Change, ...] = ()


def arrival(
    planner: Planner, asked: PlanInput, exercise: str, sides: Iterable[Side], bonus: Iterable[str]
) -> FirstPlan | None:
    """When plans come to hold an exercise or a harder one of its ladder, if all goes as planned.

    First with what is asked for as it is, then with `bonus` for what leads there, with longer
    sessions, and with both. None where no plan within `WEEKS` does.
    """
    if asked.on is None:
        return None
    wanted = frozenset(sides)
    weeks = min(WEEKS, (LAST_DAY - asked.on).days // cycle_days(asked.request))
    for changes in _tried(asked, bonus):
        lived = weeks_of(planner, applied(asked, changes), lambda *_: Outcome.AS_PLANNED)
        for week in islice(lived, weeks + 1):
            if _holds(week.plan, exercise, wanted, planner.knowledge):
                return FirstPlan(week.start, changes)
    return None


def _tried(asked: PlanInput, bonus: Iterable[str]) -> Iterator[tuple[Change, ...]]:
    request = asked.request
    wishes = (*request.prefer, *request.avoid)
    wished = tuple(PreferExercise(name) for name in dict.fromkeys(bonus) if name not in wishes)
    yield ()
    if wished:
        yield wished
    for minutes in MORE_MINUTES:
        if minutes > request.minutes:
            yield (SetMinutes(minutes),)
            if wished:
                yield (SetMinutes(minutes), *wished)


def _holds(plan: Plan, exercise: str, sides: frozenset[Side], knowledge: Knowledge) -> bool:
    """Return whether a plan holds the exercise, or a higher rung, on one of these sides."""
    rung_of = knowledge.ladder_index.rung_of
    ladder, rung = rung_of[exercise]
    for item in plan.items:
        other, at = rung_of[item.exercise]
        on_sides = knowledge.exercise(item.exercise).sides(item.side)
        if other is ladder and at >= rung and not sides.isdisjoint(on_sides):
            return True
    return False
