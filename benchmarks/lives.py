r"""Simulate lives with the planner in the loop, and count the laws that they break.

    bench/bin/python benchmarks/lives.py [--first-line] [--every N] [--weeks 26] [--processes 2]

The lives are all combinations of goals, budgets, ages, equipment and complaints, each once as
planned and once with flares, gaps or a weak side. The tables show laws broken, weeks until the ball
of the foot, minutes used, and exercises that change in a week. `--first-line` takes ten people
instead, each with a complaint that has a programme.
"""

import argparse
import datetime
import statistics
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from itertools import pairwise, product

from attrs import frozen

import kineticchain as kc
from kineticchain.domain.anatomy import Side
from kineticchain.recommendation import Item, Outcome
from kineticchain.testing.lives import Breach, Life, breaches, ladders_of, lived, used_share

GOALS = (
    "balance", "ankle_stability", "foot_strength", "balance_and_strength", "heel_pain", "back_pain"
)  # fmt: skip
BUDGETS = ((2, 3), (5, 1), (10, 1), (15, 1), (20, 1), (30, 1))
AGES = (35, 70)
EQUIPMENT = {
    "all": ["fixed_support", "towel", "chair", "band", "step", "soft_ball", "firm_ball"],
    "none": [],
}
COMPLAINTS = {
    "nothing hurts": [],
    "heel 3": [kc.Complaint("heel", side="right", pain=3, weeks=10)],
    "back 2": [kc.Complaint("lumbar", pain=2, weeks=20)],
}
EVERYTHING = [*EQUIPMENT["all"], "cushion", "weight"]
FIRST_LINE: dict[str, tuple[int, list[kc.Complaint], dict[str, bool | int], str]] = {
    "worn knee": (62, [kc.Complaint("knee", side="right", pain=3, weeks=30)], {}, "knee_pain"),
    "sore kneecap": (19, [kc.Complaint("knee", side="left", pain=3, weeks=16)], {}, "knee_pain"),
    "worn hip": (66, [kc.Complaint("hip", side="right", pain=3, weeks=40)], {}, "hip_pain"),
    "strained thigh": (28, [kc.Complaint("thigh", side="left", pain=2, weeks=6)], {}, "hip_pain"),
    "lasting back pain": (45, [kc.Complaint("lumbar", pain=4, weeks=52)], {}, "back_pain"),
    "narrow canal": (
        70,
        [kc.Complaint("lumbar", pain=3, weeks=60)],
        {"spinal_stenosis": True},
        "back_pain",
    ),
    "girdle pain after a birth": (
        32,
        [kc.Complaint("sacrum_si", pain=3, weeks=20)],
        {},
        "back_pain",
    ),
    "lasting neck pain": (40, [kc.Complaint("neck", pain=4, weeks=26)], {}, "neck_pain"),
    "stiff upper back": (50, [kc.Complaint("thoracic", pain=2, weeks=30)], {}, "neck_pain"),
    "weak bones": (72, [], {"osteoporosis": True, "chair_stand_30s": 12}, "prevent_back_pain"),
}
"""Ten people: age, complaints, further facts and goal."""

TROUBLES = ("flares", "gaps", "a weak side")
FACTS = {"tandem_stance_s": 20, "heel_rise_reps": 12}
BALL_OF_THE_FOOT = "single_leg_balance_forefoot"
DAYS = {1: 5, 3: 7}
START = datetime.date(2026, 1, 5)


def flares(_: Item, on: datetime.date) -> Outcome:
    """Return a worse morning every fifth week, on one day."""
    day = (on - START).days
    return Outcome.WORSE_MORNING if day % 35 == 28 else Outcome.AS_PLANNED


def gaps(_: Item, on: datetime.date) -> Outcome:
    """Return ten days without training in every ten weeks."""
    day = (on - START).days % 70
    return Outcome.SKIPPED_WEEK if day >= 60 else Outcome.AS_PLANNED


def weak_side(item: Item, _: datetime.date) -> Outcome:
    """Return hard work on the left."""
    return Outcome.HARD if item.side is Side.LEFT else Outcome.AS_PLANNED


OUTCOMES = {"flares": flares, "gaps": gaps, "a weak side": weak_side}


@frozen(kw_only=True)
class Figures:
    """What is counted of a life.

    Attributes:
        name: The name of the life.
        budget: Minutes and sessions a day.
        has_barrier: True if pain, age or equipment can bar the ball of the foot.
        as_planned: True if all went as planned.
        broken: The laws that it broke.
        ball: The week in which it stood on the ball of the foot, with and without a hand.
        used: The mean share of the minutes used, in per cent.
        changes: The mean number of exercises that come or go in a week.
    """

    name: str
    budget: tuple[int, int]
    has_barrier: bool
    as_planned: bool
    broken: tuple[Breach, ...]
    ball: tuple[int | None, int | None]
    used: float
    changes: float


def lives(weeks: int) -> Iterator[tuple[Life, tuple[int, int], bool]]:
    """Yield each life, its budget, and whether something can bar the ball of the foot."""
    grid = product(GOALS, BUDGETS, AGES, EQUIPMENT, COMPLAINTS)
    for number, (goal, (minutes, times), age, pieces, complaint) in enumerate(grid):
        person = kc.Person(
            age=age,
            sex="f",
            equipment=EQUIPMENT[pieces],
            facts=FACTS,
            complaints=COMPLAINTS[complaint],
            screening="clear",
            as_of=START,
        )
        request = kc.Request(
            minutes=minutes, sessions_per_day=times, days_per_week=DAYS[times], goal=goal
        )
        barrier = age > AGES[0] or pieces == "none" or complaint != "nothing hurts"
        barrier = barrier or goal != "balance"
        for trouble in (None, TROUBLES[number % len(TROUBLES)]):
            how = trouble or "as planned"
            name = f"{goal}, {times} × {minutes} min, {age}, {pieces}, {complaint}, {how}"
            outcomes = "as_planned" if trouble is None else OUTCOMES[trouble]
            life = Life(
                name=name, person=person, request=request, outcomes=outcomes, weeks=weeks, on=START
            )
            yield life, (times, minutes), barrier


def first_line_lives(weeks: int) -> Iterator[tuple[Life, tuple[int, int], bool]]:
    """Yield three lives of each of the ten people, as planned, on four days a week."""
    for (name, (age, complaints, facts, goal)), minutes in product(
        FIRST_LINE.items(), (10, 20, 30)
    ):
        person = kc.Person(
            age=age,
            sex="f",
            equipment=EVERYTHING,
            facts={**FACTS, **facts},
            complaints=complaints,
            screening="clear",
            as_of=START,
        )
        request = kc.Request(minutes=minutes, days_per_week=4, goal=goal)
        life = Life(
            name=f"{name}, {minutes} min", person=person, request=request, weeks=weeks, on=START
        )
        yield life, (1, minutes), True


@cache
def _recommender() -> kc.Recommender:
    return kc.Recommender(kc.Knowledge.builtin())


def figures(number: int, weeks: int, *, first_line: bool) -> Figures:
    """Return the figures of one life."""
    recommender = _recommender()
    life, budget, barrier = list((first_line_lives if first_line else lives)(weeks))[number]
    course = lived(recommender, life)
    plans = [plan for _, plan in course.plans]
    changes = [
        len(ladders_of(before, recommender) ^ ladders_of(after, recommender))
        for before, after in pairwise(plans)
    ]
    used = [used_share(plan) for plan in plans if plan.sessions]
    return Figures(
        name=life.name,
        budget=budget,
        has_barrier=barrier,
        as_planned=life.outcomes == "as_planned",
        broken=breaches(recommender, life, course),
        ball=(_first(plans, f"{BALL_OF_THE_FOOT}_supported"), _first(plans, BALL_OF_THE_FOOT)),
        used=statistics.mean(used) if used else 0,
        changes=statistics.mean(changes),
    )


def _first(plans: list[kc.Plan], exercise: str) -> int | None:
    weeks = (
        week
        for week, plan in enumerate(plans)
        if any(item.exercise == exercise for item in plan.items)
    )
    return next(weeks, None)


def all_figures(
    weeks: int, *, every: int = 1, first_line: bool = False, processes: int = 2
) -> list[Figures]:
    """Return the figures of all lives, or of one in so many.

    Args:
        weeks: The weeks of each life.
        every: One life in so many is taken.
        first_line: True for the ten people with complaints.
        processes: How many processes simulate lives.
    """
    count = sum(1 for _ in (first_line_lives if first_line else lives)(weeks))
    one_life = partial(figures, weeks=weeks, first_line=first_line)
    with ProcessPoolExecutor(processes) as pool:
        chunk = 1 if first_line else 4
        return list(pool.map(one_life, range(0, count, every), chunksize=chunk))


def report(results: list[Figures]) -> Iterator[str]:
    """Yield the lines of the tables."""
    yield f"{len(results)} lives, {sum(each.as_planned for each in results)} as planned"
    broken = Counter(breach.law for each in results for breach in each.broken)
    for law in (42, 43, 44, 45):
        lives_broken = sum(any(breach.law == law for breach in each.broken) for each in results)
        yield f"law {law}: broken {broken[law]} times, in {lives_broken} lives"
    yield "budget      minutes used   changes a week   ball of the foot, with and without a hand"
    for budget in sorted({each.budget for each in results}):
        group = [each for each in results if each.budget == budget and each.as_planned]
        free = [each.ball for each in group if not each.has_barrier]
        used = statistics.mean(each.used for each in group)
        changes = statistics.mean(each.changes for each in group)
        yield f"{budget[0]} × {budget[1]:2} min  {used:8.0f} %   {changes:12.2f}   {free}"
    for each in results:
        for breach in each.broken[:3]:
            yield f"  law {breach.law}, week {breach.week}: {breach.what} ({each.name})"


def main() -> None:
    """Run the lives and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--first-line", action="store_true", help="ten people with complaints")
    parser.add_argument("--every", type=int, default=1, help="take one life in so many (1)")
    parser.add_argument("--weeks", type=int, default=26, help="weeks of each life (26)")
    parser.add_argument("--processes", type=int, default=2, help="processes (2)")
    options = parser.parse_args()
    results = all_figures(
        options.weeks,
        every=options.every,
        first_line=options.first_line,
        processes=options.processes,
    )
    print("\n".join(report(results)))


if __name__ == "__main__":
    main()
