r"""Time the replay of a log beside py-fsrs on the same number of reviews, in one run.

    python3 -m venv bench && bench/bin/pip install . fsrs
    bench/bin/python benchmarks/progression.py

Applied one by one: `advance(state, event)` beside `Scheduler.review_card(card, …)`. Replayed at
once: 1,000 and 10,000 events beside `Scheduler.reschedule_card(card, reviews)`. Events are sessions
of one exercise on one side, each followed by its next morning. Each round times both libraries in
turn, so that noise affects both. The output has medians, and the spread of the ratio over the
rounds.
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
"""The largest acceptable ratio of the time of an event to that of a review."""

PERSON = kc.Person(
    age=40,
    equipment=["fixed_support", "chair"],
    facts={"tandem_stance_s": 30, "heel_rise_reps": 12},
    screening="clear",
)


def good_days(number: int) -> list[Event]:
    """Return successful sessions on one leg, each with its next morning: `number` events in all."""
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
    """Return good reviews of one card, one a day."""
    midday = datetime.datetime.combine(START, datetime.time(12), datetime.UTC)
    return [FSRS.ReviewLog(0, FSRS.Rating.Good, midday + day * DAY, None) for day in range(number)]


def seconds(work: Callable[[], object]) -> float:
    """Return the CPU time of one call in seconds."""
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def print_ratio(name: str, number: int, ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Print median times per event, and return the median ratio of the rounds.

    Args:
        name: The name of the measurement.
        number: The number of events.
        ours: The seconds of each round for this library.
        theirs: The seconds of each round for py-fsrs.
    """
    ratios = sorted(own / other for own, other in zip(ours, theirs, strict=True))
    per_event = [statistics.median(times) / number * 1e6 for times in (ours, theirs)]
    ratio = statistics.median(ratios)
    print(
        f"{name:<24} {number:>6} {per_event[0]:>8.1f} µs {per_event[1]:>8.1f} µs   {ratio:.2f} "
        f"({ratios[0]:.2f} to {ratios[-1]:.2f})"
    )
    return ratio


def run(rounds: int) -> bool:
    """Run all measurements, and return whether every ratio is acceptable."""
    replay_context = kc.Recommender(kc.Knowledge.builtin()).assess(PERSON, on=START).replay_context
    scheduler = FSRS.Scheduler(enable_fuzzing=False)
    version = importlib.metadata.version("fsrs")
    print(f"per event, median of {rounds} rounds; py-fsrs {version}")
    print(f"{'':<24} {'events':>6} {'ours':>11} {'py-fsrs':>11}   ratio")
    met = True
    for number in (1_000, 10_000):
        events, cards = good_days(number), reviews(number)
        history = kc.History(events)

        def one_by_one(events: Sequence[Event] = events) -> None:
            state = begin(replay_context)
            for event in events:
                state = advance(state, event, replay_context)

        def card_by_card(cards: Sequence[Any] = cards) -> None:
            card = FSRS.Card(card_id=0)
            for review in cards:
                card, _ = scheduler.review_card(card, review.rating, review.review_datetime)

        def at_once(history: kc.History = history) -> None:
            replayed(history, replay_context)

        def rescheduled(cards: list[Any] = cards) -> None:
            scheduler.reschedule_card(FSRS.Card(card_id=0), cards)

        for name, ours, theirs in (
            ("applied one by one", one_by_one, card_by_card),
            ("replayed at once", at_once, rescheduled),
        ):
            ours(), theirs()
            pairs = [(seconds(ours), seconds(theirs)) for _ in range(rounds)]
            first, second = zip(*pairs, strict=True)
            met = print_ratio(name, number, first, second) <= BAR and met
    return met


def main() -> None:
    """Run the measurements, and print whether the ratio is acceptable."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    met = run(parser.parse_args().rounds)
    print(f"bar: {BAR} times py-fsrs per event: {'met' if met else 'not met'}")


if __name__ == "__main__":
    main()
