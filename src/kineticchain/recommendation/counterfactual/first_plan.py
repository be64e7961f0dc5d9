"""The first weekly plan that contains an exercise, found by simulation."""

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
"""The number of simulated weeks: half a year."""

MORE_MINUTES = (15, 20)
"""Minutes of a session that are tried if shorter sessions do not lead to the exercise."""


LAST_DAY = datetime.date(LAST_YEAR, 12, 31)


@frozen
class FirstPlan:
    """The day of the first weekly plan that contains an exercise, and the changes it requires."""

    on: datetime.date
    changes: tuple[Change, ...] = ()


def arrival(
    planner: Planner, asked: PlanInput, exercise: str, sides: Iterable[Side], bonus: Iterable[str]
) -> FirstPlan | None:
    """Return the first weekly plan that contains an exercise or a harder one of its ladder.

    All training goes as planned. The request is tried unchanged first, then with a preference for
    the exercises in `bonus`, with longer sessions, and with both. None if no plan within `WEEKS`
    contains the exercise.
    """
    if asked.on is None:
        return None
    wanted = frozenset(sides)
    weeks = min(WEEKS, (LAST_DAY - asked.on).days // cycle_days(asked.request))
    for changes in _tried(asked, bonus):
        simulated_weeks = weeks_of(planner, applied(asked, changes), lambda *_: Outcome.AS_PLANNED)
        for week in islice(simulated_weeks, weeks + 1):
            if _contains(week.plan, exercise, wanted, planner.knowledge):
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


def _contains(plan: Plan, exercise: str, sides: frozenset[Side], knowledge: Knowledge) -> bool:
    """Return whether a plan contains the exercise, or a higher rung, on one of these sides."""
    rung_of = knowledge.ladder_index.rung_of
    ladder, rung = rung_of[exercise]
    for item in plan.items:
        item_ladder, item_rung = rung_of[item.exercise]
        on_sides = knowledge.exercise(item.exercise).sides(item.side)
        if item_ladder is ladder and item_rung >= rung and not sides.isdisjoint(on_sides):
            return True
    return False
