"""Offers of ladders as candidates of the choice: shares, clashes, and what goes together."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from kineticchain.anatomy import Region, Side
from kineticchain.evidence import Conflict
from kineticchain.exercises import Kind, Position
from kineticchain.recommendation.assessing.targets import Place, Targets, places
from kineticchain.recommendation.assessing.tissue import heavy_places
from kineticchain.recommendation.choice.offer import Offer
from kineticchain.recommendation.choice.problem import (
    SIXTEENTHS,
    WHOLE_DOSE,
    Candidate,
    Version,
)
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
    cards = [card for card in conflicts if card.one_a_session]
    beside = _beside(offers, decision)
    candidates = tuple(
        Candidate(
            key=offer.key,
            shares=tuple(shares[number]),
            kind=offer.picks[0].exercise.kind,
            favour=_favoured(offer, favour)
            + max(wishes.get(pick.exercise.id, 0) for pick in offer.picks),
            versions=_versions(offer),
            claims=_tissue(offer),
            session_claims=frozenset(
                card.id
                for card in cards
                if any(pick.exercise.id in card.one_a_session for pick in offer.picks)
            ),
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


def _tissue(offer: Offer) -> frozenset[str]:
    """What it loads heavily: one strength exercise of L3 and up is enough for a tissue."""
    return frozenset(
        f"{region}.{side}"
        for pick in offer.picks
        for region, side in heavy_places(pick.exercise, pick.side)
    )


def _beside(offers: Sequence[Offer], decision: Decision) -> dict[int, set[int]]:
    """What each may be done at the same time as; only where nothing has to be guarded."""
    riders = [number for number, offer in enumerate(offers) if offer.picks[0].exercise.alongside]
    if not riders:
        return {}
    guarded = {one.exercise for one in decision.demands if one.requirement in GUARDED}
    hosts: dict[tuple[Kind, Position], set[int]] = {}
    for number, offer in enumerate(offers):
        kinds = {(pick.exercise.kind, pick.exercise.position) for pick in offer.picks}
        free = all(pick.exercise.id not in guarded for pick in offer.picks)
        if len(kinds) == 1 and free and not offer.picks[0].exercise.alongside:
            hosts.setdefault(kinds.pop(), set()).add(number)
    found = {}
    for rider in riders:
        exercise = offers[rider].picks[0].exercise
        wanted = [(kind, exercise.position) for kind in exercise.alongside]
        found[rider] = {one for place in wanted for one in hosts.get(place, ())}
    return found
