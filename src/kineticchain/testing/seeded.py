"""People who answer by chance, from a seed, for `Recommender.simulate`."""

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
"""How often each outcome comes, against the others; made up, for tests."""


def seeded(seed: int, outcomes: Mapping[Outcome, int] = MOSTLY_WELL) -> OutcomeChoice:
    """A person for whom every item of every day turns out by chance; equal seeds, equal lives.

    `outcomes` says how often each comes, against the others.
    """
    chance = Random(seed)  # noqa: S311 - for tests, no secret
    kinds, weights = list(outcomes), list(outcomes.values())

    def answer(_item: Item, _day: datetime.date) -> Outcome:
        return chance.choices(kinds, weights)[0]

    return answer
