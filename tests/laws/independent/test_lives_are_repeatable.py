"""Laws 9 to 12 over whole lives: the same plan each time, mirrored, event by event, no clock."""

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NoReturn

import drawn_people
import pytest
from attrs import evolve
from drawn_people import KNOWLEDGE, RECOMMENDER, Life
from lived import LIVES, assessed, breaches, life, planned, some

import kineticchain as kc
from kineticchain.domain.anatomy import Side
from kineticchain.domain.person import Event
from kineticchain.progression import advance, begin, replayed, standings

# 9


def unlike_a_newcomer(of: Life) -> Iterator[str]:
    """Of a recommender that has seen nobody else the same plan."""
    for step in some(of):
        plan = kc.Recommender(KNOWLEDGE).recommend(
            of.person, step.history, request=step.request, on=step.on
        )
        if kc.interop.json.dumps(plan) != kc.interop.json.dumps(step.plan):
            yield f"{step.on}"


def test_a_recommender_that_has_seen_nobody_else_gives_the_same_bytes() -> None:
    assert breaches(unlike_a_newcomer) == []


def test_threads_give_the_same_plans() -> None:
    steps = [(life(seed), step) for seed in range(min(LIVES, 40)) for step in life(seed).steps]
    with ThreadPoolExecutor(4) as pool:
        plans = list(pool.map(lambda pair: planned(*pair), steps))
    assert [at for at, (_, step) in enumerate(steps) if plans[at] != step.plan] == []


def digest(seeds: Iterable[int]) -> str:
    texts = (
        kc.interop.json.dumps(step.plan) for seed in seeds for step in drawn_people.life(seed).steps
    )
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def test_another_process_with_another_hash_seed_lives_the_same_lives() -> None:
    program = "import test_lives_are_repeatable as laws; print(laws.digest(range(6)))"
    here = os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])
    printed = {
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONPATH": here, "PYTHONHASHSEED": seed},
        ).stdout.strip()
        for seed in ("1", "77")
    }
    assert printed == {digest(range(6))}


# 10


Sided = tuple[object, ...]


def all_sides(plan: kc.Plan, turn: Callable[[Side], Side]) -> Sided:
    """What a plan says of sides."""
    items = {
        (one.number, item.exercise, turn(item.side), item.dose, item.whole_dose, item.days,
         item.starts, item.paired_with, item.rests_with)
        for one in plan.sessions
        for item in one.items
    }  # fmt: skip
    out = {
        (one.exercise, turn(one.side), one.code, one.reason.rule)
        for one in (*kc.explain(plan).exclusions, *kc.explain(plan).omissions)
    }
    stands = {
        (one.ladder, turn(one.side), one.height, one.dose, one.days_a_week, one.action, one.lags,
         one.reason.id, one.morning_wanted, one.stopped, one.mastered, one.maintenance)
        for one in kc.explain(plan).standings
    }  # fmt: skip
    aims = {(one.region, turn(one.side), one.points) for one in plan.targets}
    asked = tuple(one.id for one in kc.explain(plan).questions)
    advice = {(one.message.id, one.rule) for one in plan.advice}
    return items, out, stands, aims, asked, advice, plan.status, plan.referral.level, plan.coverage


def unlike_the_mirror(of: Life) -> Iterator[str]:
    for step in some(of, 3):
        other = RECOMMENDER.recommend(
            of.person.mirrored(), step.history.mirrored(), request=step.request, on=step.on
        )
        straight = all_sides(step.plan, lambda side: side)
        turned = all_sides(other, lambda side: side.mirrored)
        for one, mirrored in zip(straight, turned, strict=True):
            if one == mirrored:
                continue
            if isinstance(one, set) and isinstance(mirrored, set):
                yield f"{step.on} {sorted(map(str, one ^ mirrored))[:4]}"
            else:
                yield f"{step.on} {one} and {mirrored}"


def test_left_and_right_exchanged_give_the_mirrored_plan() -> None:
    assert breaches(unlike_the_mirror) == []


# 11


def unlike_event_by_event(of: Life) -> Iterator[str]:
    """Compare the replay event by event with the whole one, with the bars of rules and without.

    The assessment takes the lower standing of the two replays.
    """
    step = of.last
    barred = assessed(of, step).replay_context
    events: list[Event] = list(step.history)
    late = [one for one in events if isinstance(one, kc.MorningAfter)]
    for context in (barred, evolve(barred, infeasible=barred.without_equipment)):
        whole = standings(replayed(step.history, context, step.on), context, step.on)
        for order in (events, [*(one for one in events if one not in late), *late]):
            state = begin(context)
            for event in order:
                state = advance(state, event, context)
            if standings(state.progress, context, step.on) != whole:
                yield f"{step.on} {'late mornings' if order is not events else 'in order'}"


def test_event_by_event_and_with_late_mornings_the_standings_are_the_same() -> None:
    assert breaches(unlike_event_by_event) == []


# 12


def test_the_plan_needs_no_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> NoReturn:
        raise AssertionError("the clock was read")

    lives = [life(seed) for seed in range(min(LIVES, 40))]
    with monkeypatch.context() as patched:
        for name in ("time", "time_ns", "localtime", "gmtime", "monotonic"):
            patched.setattr(time, name, stopped)
        again = [of.seed for of in lives if planned(of, of.last) != of.last.plan]
    assert again == []
