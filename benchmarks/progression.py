r"""Time the log folded into standings beside py-fsrs on as many reviews, in one run.

    python3 -m venv bench && bench/bin/pip install . fsrs
    bench/bin/python benchmarks/progression.py

Folded one by one: `advance(state, event)` beside `Scheduler.review_card(card, …)`. Replayed as a
whole: 1,000 and 10,000 events beside `Scheduler.reschedule_card(card, reviews)`. An event is a
session of one exercise on one side or its next morning, in turn. Each round times both in turn,
so that noise falls on both; medians are told, with the spread of the ratio over the rounds.
"""

import argparse
import datetime
import gc
import importlib
import importlib.metadata
import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

import kineticchain as kc
from kineticchain.domain.person import Event
from kineticchain.progression import advance, begin, replayed

FSRS: Any = importlib.import_module("fsrs")
START = datetime.date(2000, 1, 1)
DAY = datetime.timedelta(days=1)
BAR = 1.5
"""An event may cost so many times what a review costs."""

PERSON = kc.Person(
    age=40,
    equipment=["fixed_support", "chair"],
    facts={"tandem_stance_s": 30, "heel_rise_reps": 12},
    screening="clear",
)


def good_days(number: int) -> list[Event]:
    """Sessions that go well on one leg, each with its next morning."""
    line = kc.ExerciseLog(
        "single_leg_balance",
        side="left",
        done=kc.Dose(sets=4, hold_s=15),
        pain=1,
        effort=4,
        form_ok=True,
        touches=0,
    )
    events: list[Event] = []
    for day in range(number // 2):
        on = START + day * DAY
        events += [kc.SessionLog(on=on, lines=[line]), kc.MorningAfter(on=on + DAY, change=0)]
    return events


def reviews(number: int) -> list[Any]:
    """Reviews of one card, one a day, all good."""
    midday = datetime.datetime.combine(START, datetime.time(12), datetime.UTC)
    return [FSRS.ReviewLog(0, FSRS.Rating.Good, midday + day * DAY, None) for day in range(number)]


def seconds(work: Callable[[], object]) -> float:
    """Processor time of one call."""
    gc.collect()
    begun = time.process_time()
    work()
    return time.process_time() - begun


def told(name: str, number: int, ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Print a line of medians per event; the ratio of the medians."""
    ratios = sorted(one / other for one, other in zip(ours, theirs, strict=True))
    per = [statistics.median(times) / number * 1e6 for times in (ours, theirs)]
    ratio = statistics.median(ratios)
    print(
        f"{name:<24} {number:>6} {per[0]:>8.1f} µs {per[1]:>8.1f} µs   {ratio:.2f} "
        f"({ratios[0]:.2f} to {ratios[-1]:.2f})"
    )
    return ratio


def run(rounds: int) -> bool:
    """All measurements; whether every bar is met."""
    course = kc.Recommender(kc.Knowledge.builtin()).assess(PERSON, on=START).replay_context
    scheduler = FSRS.Scheduler(enable_fuzzing=False)
    version = importlib.metadata.version("fsrs")
    print(f"per event, median of {rounds} rounds; py-fsrs {version}")
    print(f"{'':<24} {'events':>6} {'ours':>11} {'py-fsrs':>11}   ratio")
    met = True
    for number in (1_000, 10_000):
        events, cards = good_days(number), reviews(number)
        history = kc.History(events)

        def one_by_one(events: Sequence[Event] = events) -> None:
            state = begin(course)
            for event in events:
                state = advance(state, event, course)

        def card_by_card(cards: Sequence[Any] = cards) -> None:
            card = FSRS.Card(card_id=0)
            for one in cards:
                card, _ = scheduler.review_card(card, one.rating, one.review_datetime)

        def whole(history: kc.History = history) -> None:
            replayed(history, course)

        def rescheduled(cards: list[Any] = cards) -> None:
            scheduler.reschedule_card(FSRS.Card(card_id=0), cards)

        for name, ours, theirs in (
            ("folded one by one", one_by_one, card_by_card),
            ("replayed as a whole", whole, rescheduled),
        ):
            ours(), theirs()
            pairs = [(seconds(ours), seconds(theirs)) for _ in range(rounds)]
            first, second = zip(*pairs, strict=True)
            met = told(name, number, first, second) <= BAR and met
    return met


def main() -> None:
    """Run, and say whether the bar is met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    met = run(parser.parse_args().rounds)
    print(f"bar: {BAR} times py-fsrs per event: {'met' if met else 'not met'}")


if __name__ == "__main__":
    main()
