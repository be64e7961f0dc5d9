"""Lives that were planned, lived and planned anew, and what the laws are asked of.

The people come from `drawn_people.py` beside this, which shares nothing with the library's
generators. `KINETICCHAIN_LIVES` raises the number of lives; the seeds are always the first ones.

What plans do not show is left to its own test in `tests/laws`: that a rule in Python which fails
excludes what it was about (7; here only that nothing fails and no empty plan is silent), packs of
strangers (2, 4; here rules of the built-in packs are left out instead), other versions of Python
(9), and the clock of other processes (12). Law 17 is held for those who do all as planned, since
only there the plan's own week is the tolerated one.
"""

import os
import random  # noqa: TID251 - changes of lives, from their seeds
from collections.abc import Callable, Iterator
from functools import cache

import drawn_people
from drawn_people import RECOMMENDER, Life, Step

import kineticchain as kc
from kineticchain.domain.anatomy import Side
from kineticchain.recommendation import Assessment

LIVES = int(os.environ.get("KINETICCHAIN_LIVES", "12"))
FEW = 60
DILIGENT_SEEDS = (2, 7, 10, 17, 20, 28, 30, 36) if LIVES <= FEW else range(LIVES // 5)
"""Of those who do all as planned. With more lives the first seeds, whatever they come to."""

STEPS_UP = {kc.Action.INCREASE_DOSE, kc.Action.ADVANCE_VARIANT}
STEPS_DOWN = {
    kc.Action.REGRESS_VARIANT,
    kc.Action.REDUCE_DOSE,
    kc.Action.STOP_AND_REFER,
    kc.Action.RESTART_BASELINE,
}

Place = tuple[str, Side]
Law = Callable[[Life], Iterator[str]]


@cache
def life(seed: int) -> Life:
    return drawn_people.life(seed)


@cache
def diligent_life(seed: int) -> Life:
    return drawn_people.diligent_life(seed)


def chance(of: Life) -> random.Random:
    """A chance of its own for the changes that are made to a life."""
    return random.Random(1_000_003 * of.seed + 17)  # noqa: S311 - no secret


def breaches(law: Law) -> list[str]:
    return [f"{seed}: {told}" for seed in range(LIVES) for told in law(life(seed))]


def diligent_breaches(law: Law) -> list[str]:
    return [f"{seed}: {told}" for seed in DILIGENT_SEEDS for told in law(diligent_life(seed))]


def assessed(of: Life, step: Step, history: kc.History | None = None) -> Assessment:
    lived = step.history if history is None else history
    return RECOMMENDER.assess(of.person, lived, request=step.request, on=step.on)


def planned(of: Life, step: Step, history: kc.History | None = None) -> kc.Plan:
    lived = step.history if history is None else history
    return RECOMMENDER.recommend(of.person, lived, request=step.request, on=step.on)


def some(of: Life, most: int = 2) -> list[Step]:
    """The last plan, and some of the others."""
    rest = list(of.steps[:-1])
    return [*chance(of).sample(rest, min(most - 1, len(rest))), of.last]


def no_more(dose: kc.Dose, cap: kc.Dose) -> bool:
    """Return whether a dose is no larger on any axis, or less work in no longer holds."""
    shorter = (dose.hold_s or 0, dose.duration_s or 0) <= (cap.hold_s or 0, cap.duration_s or 0)
    return at_most(dose, cap) or (dose.volume <= cap.volume and shorter)


def at_most(lesser: kc.Dose, greater: kc.Dose) -> bool:
    return lesser.lesser(greater) == lesser
