"""Offers of ladders as candidates of the choice: shares, clashes, and what goes together."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import combinations

from kineticchain.anatomy import Region, Side
from kineticchain.evidence import Conflict
from kineticchain.recommendation.choice.offer import Offer
from kineticchain.recommendation.choice.problem import (
    SIXTEENTHS,
    WHOLE_DOSE,
    Candidate,
    Version,
)
from kineticchain.recommendation.targets import Place, Targets, places
from kineticchain.recommendation.tissue import heavy_places
from kineticchain.rules import Decision, Requirement

GUARDED = frozenset({Requirement.FIXED_SUPPORT, Requirement.SUPERVISION})
"""Where these are required, nothing else is done at the same time."""


def candidates_of(
    offers: Sequence[Offer],
    targets: Targets,
    decision: Decision,
    conflicts: Iterable[Conflict],
    wishes: Mapping[str, int],
) -> tuple[tuple[int, ...], tuple[Candidate, ...]]:
    """The worth of places, and a candidate for each offer, in the order of the offers.

    Places that every candidate covers alike are one. `wishes` are further points of exercises.
    """
    columns: dict[Place, list[tuple[int, int]]] = {}
    for number, offer in enumerate(offers):
        for place, part in _shares(offer).items():
            if place in targets.worth:
                columns.setdefault(place, []).append((number, part))
    alike: Counter[tuple[tuple[int, int], ...]] = Counter()
    for place, column in columns.items():
        alike[tuple(column)] += sum(one.points for one in targets.worth[place])
    shares: list[list[tuple[int, int]]] = [[] for _ in offers]
    for at, parts in enumerate(alike):
        for number, part in parts:
            shares[number].append((at, part))
    favour = _favour(decision)
    never, apart = _same_tissue(offers), _one_a_session(offers, conflicts)
    beside = _beside(offers, decision)
    candidates = tuple(
        Candidate(
            key=offer.key,
            shares=tuple(shares[number]),
            kind=offer.picks[0].exercise.kind,
            favour=_favoured(offer, favour)
            + max(wishes.get(pick.exercise.id, 0) for pick in offer.picks),
            versions=_versions(offer),
            never_with=frozenset(never.get(number, ())),
            apart_from=frozenset(apart.get(number, ())),
            beside=frozenset(beside.get(number, ())),
        )
        for number, offer in enumerate(offers)
    )
    return tuple(alike.values()), candidates


def _shares(offer: Offer) -> dict[Place, int]:
    """The share that an offer covers of each place, in sixteenths."""
    found: dict[Place, int] = {}
    for pick in offer.picks:
        for place, part in _parts(pick.exercise.weights, pick.side):
            found[place] = max(found.get(place, 0), part)
    return found


@lru_cache(maxsize=4096)
def _parts(weights: tuple[tuple[Region, int], ...], side: Side) -> tuple[tuple[Place, int], ...]:
    """The places that weights speak of on a side, with the share of each."""
    return tuple(
        (place, SIXTEENTHS[weight]) for region, weight in weights for place in places(region, side)
    )


def _versions(offer: Offer) -> tuple[Version, ...]:
    """The doses downwards; the value follows the volume."""
    found: list[Version] = []
    whole = [pick.dose.volume for pick in offer.picks]
    for items in offer.versions():
        left = min(
            item.dose.volume * WHOLE_DOSE // max(1, full)
            for item, full in zip(items, whole, strict=True)
        )
        eighths = max(1, min(WHOLE_DOSE, left))
        found.append(Version(sum(item.seconds for item in items), eighths))
    return tuple(found)


def _favour(decision: Decision) -> Mapping[tuple[str, Side], int]:
    favour: Counter[tuple[str, Side]] = Counter()
    for one in decision.preferences:
        favour[one.exercise, one.side] += one.points
    return favour


def _favoured(offer: Offer, favour: Mapping[tuple[str, Side], int]) -> int:
    return max(
        favour.get((pick.exercise.id, one), 0)
        for pick in offer.picks
        for one in (pick.side, *pick.side.each)
    )


def _pairs(pairs: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for one, other in pairs:
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return found


def _same_tissue(offers: Sequence[Offer]) -> dict[int, set[int]]:
    """Strength work of L3 and up for one tissue is one exercise: it has its sets a week."""
    users: dict[Place, list[int]] = {}
    for number, offer in enumerate(offers):
        tissue = (heavy_places(pick.exercise, pick.side) for pick in offer.picks)
        for place in sorted(frozenset().union(*tissue)):
            users.setdefault(place, []).append(number)
    return _pairs(pair for numbers in users.values() for pair in combinations(numbers, 2))


def _one_a_session(offers: Sequence[Offer], conflicts: Iterable[Conflict]) -> dict[int, set[int]]:
    """What sources disagree on so that one of it is enough for a session."""
    pairs: list[tuple[int, int]] = []
    for card in (one for one in conflicts if one.one_a_session):
        numbers = [
            number
            for number, offer in enumerate(offers)
            if any(pick.exercise.id in card.one_a_session for pick in offer.picks)
        ]
        pairs += combinations(numbers, 2)
    return _pairs(pairs)


def _beside(offers: Sequence[Offer], decision: Decision) -> dict[int, set[int]]:
    """What each may be done at the same time as; only where nothing has to be guarded."""
    riders = [number for number, offer in enumerate(offers) if offer.picks[0].exercise.alongside]
    if not riders:
        return {}
    guarded = {one.exercise for one in decision.demands if one.requirement in GUARDED}
    found = {}
    for rider in riders:
        exercise = offers[rider].picks[0].exercise
        found[rider] = {
            number
            for number, offer in enumerate(offers)
            if number not in riders
            and all(
                pick.exercise.kind in exercise.alongside
                and pick.exercise.position is exercise.position
                and pick.exercise.id not in guarded
                for pick in offer.picks
            )
        }
    return found
