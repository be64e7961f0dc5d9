"""The claims of offers: exercises that share a claim exclude each other."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from kineticchain.domain.evidence import Conflict
from kineticchain.recommendation.selection.bonuses import SelectionBonus
from kineticchain.recommendation.selection.offers.offer import Offer

_NO_CLAIMS: frozenset[str] = frozenset()


def claims_of(
    offers: Sequence[Offer], bonus: SelectionBonus, *, apart: bool
) -> list[frozenset[str]]:
    """Return the claims of each offer: on tissue that it loads heavily, and on its likeness.

    An offer that is asked for makes no claim on its likeness. It makes no claim on tissue either if
    the tissue rests on the day after each session (`apart`). Exercises that belong together do not
    exclude each other.
    """
    tissue = _without_partners(offers, [offer.tissue for offer in offers])
    likeness = _without_partners(offers, [offer.likeness for offer in offers])
    claims = []
    for number, offer in enumerate(offers):
        if bonus.wanted(offer.exercises):
            claims.append(_NO_CLAIMS if apart else tissue[number])
        else:
            claims.append(tissue[number] | likeness[number])
    return claims


def _without_partners(
    offers: Sequence[Offer], claims: Sequence[frozenset[str]]
) -> Sequence[frozenset[str]]:
    """Return the claims, changed so that offers whose exercises belong together share no claim.

    If an offer with a claim has partners, the claim is replaced. Each pair of offers that had the
    claim in common and do not belong together gets a claim of its own.
    """
    partners = [
        frozenset.intersection(*[frozenset(pick.exercise.together) for pick in offer.picks])
        for offer in offers
    ]
    if not any(partners):
        return claims
    holders: dict[str, list[int]] = {}
    for number, offer_claims in enumerate(claims):
        for claim in offer_claims:
            holders.setdefault(claim, []).append(number)
    apart = [set(offer_claims) for offer_claims in claims]
    for claim, numbers in holders.items():
        if not any(partners[number] for number in numbers):
            continue
        for number in numbers:
            apart[number].discard(claim)
        for first, second in combinations(numbers, 2):
            if not partners[first].issuperset(offers[second].exercises):
                pair = f"{claim}: {first}, {second}"
                apart[first].add(pair)
                apart[second].add(pair)
    return [frozenset(offer_claims) for offer_claims in apart]


def session_claims(
    offer: Offer, cards: Mapping[str, frozenset[str]], bonus: SelectionBonus
) -> frozenset[str]:
    """Return the conflicts of an offer that allow only one of their exercises in a session.

    An offer that is asked for is done as asked, so it has none; the plan still shows the conflict.
    """
    if bonus.wanted(offer.exercises):
        return _NO_CLAIMS
    return _NO_CLAIMS.union(*[cards.get(exercise, _NO_CLAIMS) for exercise in offer.exercises])


def cards_by_exercise(conflicts: Iterable[Conflict]) -> Mapping[str, frozenset[str]]:
    """Return for each exercise the ids of conflicts that allow only one exercise in a session."""
    cards: dict[str, frozenset[str]] = {}
    for card in conflicts:
        for exercise in card.one_a_session:
            cards[exercise] = cards.get(exercise, _NO_CLAIMS) | {card.id}
    return cards
