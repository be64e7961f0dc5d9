r"""Time complete plans in one run: seventeen people, growth, histories, and batches.

    python3 -m venv bench && bench/bin/pip install .
    bench/bin/python benchmarks/recommend.py

CPU time of warm calls. The people are those of `tests/cases`, in several series with pauses between
them, since other work on the machine slows entire series. A recommender caches its selections, so
each person is measured twice: with the cache, and with the cache cleared before each call. Growth
is measured the second way, and printed as the exponent of a power law between the smallest and the
largest size: 1 is linear. Further exercises are copies of the built-in ones on ladders of their
own, and further rules are copies of the built-in ones.
"""

import argparse
import datetime
import gc
import math
import random
import statistics
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from itertools import chain
from pathlib import Path

from attrs import evolve

import kineticchain as kc
from kineticchain.domain.exercises import Exercise, Ladder
from kineticchain.rules import Rule
from kineticchain.testing.cases import Case, read_case

CASES = Path(__file__).parent.parent / "tests" / "cases"
BAR_MS = 2.0
BARE_CALL_NS = 27
"""The nanoseconds of an empty call on a quiet machine of this kind."""

SERIES = 7
PAUSE_S = 1.5
DAY = datetime.timedelta(days=1)


def milliseconds(work: Callable[[], object], rounds: int) -> list[float]:
    """Return the CPU time of each of `rounds` calls in milliseconds, after one untimed call."""
    work()
    gc.collect()
    samples = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        samples.append((time.process_time() - start) * 1e3)
    return samples


def in_bare_calls(work: Callable[[], object], rounds: int) -> list[float]:
    """Return the time of each call as a multiple of an empty call measured right before it."""
    work()
    samples = []
    for _ in range(rounds):
        bare_ns = bare_call(1, 20_000)
        start = time.process_time()
        work()
        samples.append((time.process_time() - start) * 1e9 / bare_ns)
    return samples


def bare_call(rounds: int = 7, times: int = 100_000) -> float:
    """Return the nanoseconds of an empty call, which shows the current speed of the machine."""

    def nothing() -> None:
        return None

    calls = range(times)
    samples = []
    for _ in range(rounds):
        start = time.process_time()
        for _ in calls:
            nothing()
        samples.append((time.process_time() - start) * 1e9 / len(calls))
    return statistics.median(samples)


def planning(case: Case, recommender: kc.Recommender) -> Callable[[], kc.Plan]:
    """Return a call that makes the plan of a case."""
    return lambda: recommender.recommend(
        case.person, case.history, request=case.request, on=case.on
    )


def people(cases: list[Case], recommender: kc.Recommender, rounds: int) -> None:
    """Time the plans of all cases in several series, after one untimed plan for each case.

    Other work on the machine slows entire series, so the fastest one is printed beside all of them.
    """
    for case in cases:
        planning(case, recommender)()
    series = []
    for number in range(SERIES):
        time.sleep(PAUSE_S if number else 0)
        series.append([milliseconds(planning(case, recommender), rounds) for case in cases])
    print_series(cases, series)


def print_series(cases: list[Case], series: list[list[list[float]]]) -> None:
    """Print the fastest series case by case, then the totals of it and of all series.

    Args:
        cases: The cases.
        series: For each series and each case the times in milliseconds.
    """
    quietest = min(series, key=lambda times: statistics.median(map(statistics.median, times)))
    for case, times in zip(cases, quietest, strict=True):
        print(f"    {case.title[:50]:<52} {statistics.median(times):6.2f} ms")
    everything = [[*chain.from_iterable(times)] for times in zip(*series, strict=True)]
    for name, by_case in (("the quietest series", quietest), ("all series", everything)):
        median = statistics.median(map(statistics.median, by_case))
        ordered = sorted(chain.from_iterable(by_case))
        last = ordered[int(len(ordered) * 0.99)]
        met = "met" if median <= BAR_MS else "not met"
        print(f"    {name}: median {median:.2f} ms, 99th percentile {last:.2f} ms; bar: {met}")


def beside_bare_calls(cases: list[Case], recommender: kc.Recommender, rounds: int) -> None:
    """Print the times of all cases relative to an empty call, whatever the machine's speed."""
    bar = BAR_MS * 1e6 / BARE_CALL_NS
    ratios = [in_bare_calls(planning(case, recommender), rounds) for case in cases]
    median = statistics.median(map(statistics.median, ratios))
    hardest = max(map(statistics.median, ratios))
    print(
        f"  in bare calls, measured right before: median {median:,.0f}, hardest {hardest:,.0f};"
        f" {BAR_MS:.0f} ms where one takes {BARE_CALL_NS} ns are {bar:,.0f}:"
        f" {'met' if median <= bar else 'not met'}"
    )


def strangers(recommender: kc.Recommender, count: int, which: str) -> None:
    """Time one plan for each of `count` random people.

    Args:
        recommender: The recommender.
        count: The number of people.
        which: The name of the group, which is also the random seed.
    """
    rng = random.Random(which)
    knowledge = recommender.knowledge
    owned = [piece.id for piece in knowledge.equipment]
    goals = [None, *(goal.id for goal in knowledge.goals)]
    times = []
    for _ in range(count):
        complaints = {
            region: kc.Complaint(region, pain=rng.randint(1, 6))
            for region in rng.choices(
                ["heel", "shin", "knee", "hip", "lumbar", "plantar_fascia"], k=2
            )
        }
        person = kc.Person(
            age=rng.randint(16, 90),
            complaints=list(complaints.values())[: rng.randint(0, 2)],
            equipment=rng.sample(owned, rng.randint(0, 5)),
            facts={
                "tandem_stance_s": rng.randint(0, 30),
                "heel_rise_reps": rng.randint(0, 30),
            },
            screening="clear",
        )
        request = kc.Request(goal=rng.choice(goals), minutes=rng.choice([3, 10, 20, 30]))
        start = time.process_time()
        recommender.recommend(person, request=request)
        times.append((time.process_time() - start) * 1e3)
    ordered = sorted(times)
    print(
        f"  the {which} {count} people, each seen once: median {statistics.median(times):.2f} ms,"
        f" 99th percentile {ordered[int(count * 0.99)]:.2f} ms"
    )


def parts(case: Case, recommender: kc.Recommender, rounds: int) -> None:
    """Print the time of each stage of one plan."""

    def assess() -> object:
        return recommender.assess(case.person, case.history, request=case.request, on=case.on)

    def situation() -> object:
        return recommender.situation(case.person, case.history, request=case.request, on=case.on)

    whole = statistics.median(milliseconds(planning(case, recommender), rounds))
    assessed = statistics.median(milliseconds(assess, rounds))
    derived = statistics.median(milliseconds(situation, rounds))
    settled = recommender.situation(case.person, request=case.request, on=case.on)
    rules = recommender.knowledge.compiled_rules
    decided = statistics.median(milliseconds(lambda: rules.decide(settled), rounds))
    print(
        f"  facts {derived:.2f}, rules {decided:.2f}, standings, targets and feasible set"
        f" {assessed - derived - decided:.2f}, choice and explanation {whole - assessed:.2f} ms"
    )


def with_exercises(knowledge: kc.Knowledge, count: int) -> kc.Knowledge:
    """Return the knowledge with copies of exercises up to `count`, on ladders of one rung."""
    originals = list(knowledge.exercises.values())
    packs = []
    for number in range((count - len(originals)) // len(originals) + 1):
        copies: list[Exercise] = []
        ladders: list[Ladder] = []
        for exercise in originals:
            if len(originals) * (number + 1) + len(copies) >= count:
                break
            ladder = knowledge.ladder_of(exercise.id)
            rung = next(rung for rung in ladder.rungs if rung.exercise == exercise.id)
            name = f"{exercise.id}_{number}"
            copies.append(evolve(exercise, id=name))
            alone = evolve(rung, exercise=name, harder=None, needs=None)
            ladders.append(evolve(ladder, id=f"l_{name}", rungs=(alone,)))
        if copies:
            packs.append(
                kc.RulePack(
                    id=f"copies_{number}",
                    version="1",
                    exercises=tuple(copies),
                    ladders=tuple(ladders),
                )
            )
    return knowledge.with_packs(*packs)


def with_rules(knowledge: kc.Knowledge, count: int) -> kc.Knowledge:
    """Return the knowledge with `count` rules: without some built-in ones, or with copies."""
    originals = [rule for rule in knowledge.rules if isinstance(rule, Rule) and not rule.concludes]
    if count < len(originals):
        return knowledge.without_rules(*(rule.id for rule in originals[count:]))
    copies = [
        evolve(rule, id=f"more.{rule.id}_{number}")
        for number in range(count // len(originals))
        for rule in originals
    ][: count - len(originals)]
    pack = kc.RulePack(id="more", version="1", rules=tuple(copies))
    return knowledge.with_packs(pack, most_rules=count + 1000)


def print_growth(sizes: list[int], times: list[float], label: str) -> None:
    """Print the time in milliseconds at each size, and the exponent of growth."""
    power = math.log(times[-1] / times[0]) / math.log(sizes[-1] / sizes[0])
    line = ", ".join(f"{size:,}: {ms:.1f}" for size, ms in zip(sizes, times, strict=True))
    print(f"  {label}: {line} ms; exponent {power:.2f}")


def growth(case: Case, knowledge: kc.Knowledge, rounds: int) -> None:
    """Print the growth of the time of one plan with exercises, rules and events."""
    sizes = [53, 200, 600, 2_000]
    times = []
    for size in sizes:
        recommender = kc.Recommender(with_exercises(knowledge, size))
        times.append(statistics.median(milliseconds(planning(case, recommender), rounds)))
    print_growth(sizes, times, "exercises")
    sizes = [100, 500, 1_500, 5_000]
    times = []
    for size in sizes:
        recommender = kc.Recommender(with_rules(knowledge, size))
        times.append(statistics.median(milliseconds(planning(case, recommender), rounds)))
    print_growth(sizes, times, "rules")
    sizes = [10, 100, 1_000, 10_000]
    times = []
    recommender = kc.Recommender(knowledge)
    for size in sizes:
        trained = evolve(case, history=history(size), on=datetime.date(2026, 11, 21))
        times.append(
            statistics.median(milliseconds(planning(trained, recommender), max(3, rounds // 4)))
        )
    print_growth(sizes, times, "events")


def history(events: int) -> kc.History:
    """Return a session every second day with its next morning, and answers on the last day.

    Args:
        events: The number of sessions and mornings together.
    """
    first = datetime.date(2026, 11, 20) - events * DAY
    line = kc.ExerciseLog(
        "single_leg_balance", done=kc.Dose(sets=2, hold_s=10), pain=1, effort=4, form_ok=True
    )
    answered = kc.Finding(on=datetime.date(2026, 11, 20), screening="clear")
    log: list[kc.SessionLog | kc.MorningAfter | kc.Finding] = [answered]
    for number in range(events // 2):
        on = first + 2 * number * DAY
        log += [kc.SessionLog(on=on, lines=[line]), kc.MorningAfter(on=on + DAY, change=0)]
    return kc.History(log)


def many(cases: list[Case], recommender: kc.Recommender, count: int) -> None:
    """Print the wall time of `recommend_many` in this process and on two processes, in turn.

    Plans are consumed one by one and not stored.
    """
    batch = [cases[number % len(cases)].person for number in range(count)]
    times: list[tuple[float, float]] = []
    with ProcessPoolExecutor(2) as executor:
        plans = recommender.recommend_many(batch)
        pool_plans = recommender.recommend_many(batch, executor)
        same = all(plan == pool_plan for plan, pool_plan in zip(plans, pool_plans, strict=True))
        for _ in range(5):
            start = time.perf_counter()
            deque(recommender.recommend_many(batch), maxlen=0)
            between = time.perf_counter()
            deque(recommender.recommend_many(batch, executor), maxlen=0)
            times.append((between - start, time.perf_counter() - between))
    single, pooled = (statistics.median(each) for each in zip(*times, strict=True))
    gain = statistics.median(own / pool for own, pool in times)
    print(
        f"  {count:,} people: in process {single:.2f} s, on two processes {pooled:.2f} s,"
        f" {gain:.2f} times as fast; {'the same plans' if same else 'OTHER PLANS'}"
    )


def main() -> None:
    """Run all measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--people", type=int, default=600)
    options = parser.parse_args()
    knowledge = kc.Knowledge.builtin()
    recommender = kc.Recommender(knowledge)
    cases = [read_case(path) for path in sorted(CASES.glob("*.toml"))]
    print(f"a warm plan, CPU time; a bare call now costs {bare_call():.0f} ns")
    people(cases, recommender, options.rounds)
    beside_bare_calls(cases, recommender, options.rounds)
    for which in ("first", "next"):
        strangers(recommender, options.people, which)
    print("time by stage, for the first case")
    parts(cases[0], recommender, options.rounds)
    print("batches, wall time")
    many(cases, recommender, options.people)
    print("growth, for the third case")
    growth(cases[2], knowledge, options.rounds)


if __name__ == "__main__":
    main()
