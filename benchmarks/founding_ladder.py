r"""Explore the founding ladder with the planner in the loop.

    bench/bin/python benchmarks/founding_ladder.py [--weeks 2] [--processes 2]

Every sequence of weekly outcomes of some weeks is lived, for budgets from two to ten minutes. From
each standing that is reached, training as planned has to lead to the top of the founding ladder,
the balance on the ball of one foot. The person is healthy and has taken the self-tests.
"""

import argparse
import datetime
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from itertools import product
from typing import TypeAlias

import kineticchain as kc
from kineticchain.recommendation import Item, Outcome

BUDGETS = ((2, 3), (3, 2), (5, 1), (5, 2), (8, 1), (10, 1))
WEEKS = (
    (Outcome.AS_PLANNED, 7),
    (Outcome.HARD, 7),
    (Outcome.HURT, 1),
    (Outcome.WORSE_MORNING, 1),
    (Outcome.WORSE_MORNING, 2),
    (Outcome.SKIPPED_WEEK, 7),
)
"""The outcome of the first days of a week, and their number; the others go as planned. Longer
troubles stop the training until a professional has looked: they bar the ladder."""

Week: TypeAlias = tuple[Outcome, int]
LADDER, TOP = "single_leg_balance", "single_leg_balance_forefoot"
START = datetime.date(2026, 1, 5)
LONGEST = 52
"""Weeks within which the top has to be reached."""

STEP = 4
"""Weeks that are lived at once; a life ends once it is at the top."""

PERSON = kc.Person(
    age=35,
    equipment=["fixed_support", "chair", "towel", "band"],
    facts={"tandem_stance_s": 30, "heel_rise_reps": 15},
    screening="clear",
    as_of=START,
)


@cache
def _recommender() -> kc.Recommender:
    return kc.Recommender(kc.Knowledge.builtin())


def weeks_to_the_top(budget: tuple[int, int], script: tuple[Week, ...]) -> int | None:
    """Return the weeks as planned after a script until the top; None if it is not reached."""
    minutes, times = budget
    request = kc.Request(minutes=minutes, sessions_per_day=times, goal="balance")
    recommender = _recommender()
    history, on = kc.History(), START
    for week in script:
        course = recommender.simulate(
            PERSON, partial(_outcome, week, on), 1, history=history, request=request, on=on
        )
        history, on = course.history, course.plans[-1][0]
    for done in range(0, LONGEST, STEP):
        course = recommender.simulate(
            PERSON, "as_planned", STEP, history=history, request=request, on=on
        )
        history, on = course.history, course.plans[-1][0]
        for later, standings in enumerate(course.standings):
            if any(each.ladder == LADDER and each.exercise == TOP for each in standings):
                return done + later
    return None


def _outcome(week: Week, first: datetime.date, _: Item, on: datetime.date) -> Outcome:
    outcome, days = week
    return outcome if (on - first).days < days else Outcome.AS_PLANNED


def report(weeks: int, processes: int) -> Iterator[str]:
    """Yield a line for each budget.

    Args:
        weeks: The weeks of free outcomes.
        processes: The processes to use.
    """
    scripts = list(product(WEEKS, repeat=weeks))
    with ProcessPoolExecutor(processes) as pool:
        for budget in BUDGETS:
            found = list(pool.map(weeks_to_the_top, [budget] * len(scripts), scripts, chunksize=2))
            reached = [each for each in found if each is not None]
            stuck = [script for script, each in zip(scripts, found, strict=True) if each is None]
            longest = max(reached, default=0)
            yield (
                f"{budget[1]} × {budget[0]} min: {len(scripts)} scripts, {len(stuck)} stuck, "
                f"at most {longest} weeks; {stuck[:3]}"
            )


def main() -> None:
    """Explore, and print the lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weeks", type=int, default=2, help="weeks of free outcomes (2)")
    parser.add_argument("--processes", type=int, default=2, help="processes (2)")
    options = parser.parse_args()
    for line in report(options.weeks, options.processes):
        print(line, flush=True)


if __name__ == "__main__":
    main()
