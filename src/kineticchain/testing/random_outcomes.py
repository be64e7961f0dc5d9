"""Random outcomes from a seed, for `Recommender.simulate`."""

import datetime
from collections.abc import Mapping
from random import Random  # noqa: TID251 - tests may draw; the core may not

from kineticchain.recommendation import Item, Outcome
from kineticchain.recommendation.forecast.simulation import OutcomeChoice

MOSTLY_WELL: Mapping[Outcome, int] = {
    Outcome.EASY: 4,
    Outcome.AS_PLANNED: 10,
    Outcome.HARD: 2,
    Outcome.HURT: 1,
    Outcome.WORSE_MORNING: 1,
    Outcome.SKIPPED_WEEK: 1,
}
"""Relative frequencies of outcomes. They are invented for tests and rest on no source."""


def seeded(seed: int, outcomes: Mapping[Outcome, int] = MOSTLY_WELL) -> OutcomeChoice:
    """Return a function that chooses the outcome of each item of each day at random.

    Args:
        seed: the seed; equal seeds give equal sequences of outcomes.
        outcomes: the relative frequency of each outcome.

    """
    chance = Random(seed)  # noqa: S311 - for tests, no secret
    kinds, weights = list(outcomes), list(outcomes.values())

    def choose(_item: Item, _day: datetime.date) -> Outcome:
        return chance.choices(kinds, weights)[0]

    return choose
