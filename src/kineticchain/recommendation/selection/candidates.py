"""Offers of ladders as candidates of the choice: shares, clashes, and what goes together."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence

from kineticchain.domain.anatomy import Side
from kineticchain.domain.evidence import Conflict
from kineticchain.domain.exercises import Kind, Position
from kineticchain.recommendation.assessment.targets import Place, Targets
from kineticchain.recommendation.assessment.tissue_loading import days_between
from kineticchain.recommendation.plan.cycle import WEEK
from kineticchain.recommendation.selection.bonuses import SelectionBonus
from kineticchain.recommendation.selection.offer import Offer
from kineticchain.recommendation.selection.problem import Candidate
from kineticchain.rules import Decision, Requirement

GUARDED = frozenset({Requirement.FIXED_SUPPORT, Requirement.SUPERVISION})
"""Where these are required, nothing else is done at the same time."""


_NONE: frozenset[str] = frozenset()
_NOBODY: frozenset[int] = frozenset()


def candidates_of(
    offers: Sequence[Offer],
    targets: Targets,
    decision: Decision,
    conflicts: Iterable[Conflict],
    bonus: SelectionBonus,
) -> tuple[tuple[int, ...], tuple[Candidate, ...]]:
    """The worth of places, and a candidate for each offer, in the order of the offers.

    Places that every candidate covers alike are one.
    """
    columns: dict[Place, list[tuple[int, int]]] = {}
    for number, offer in enumerate(offers):
        for place, part in offer.shares.items():
            if place in targets.worth:
                columns.setdefault(place, []).append((number, part))
    alike: dict[tuple[tuple[int, int], ...], int] = {}
    for place, column in columns.items():
        key = tuple(column)
        alike[key] = alike.get(key, 0) + targets.points_at(place)
    shares: list[list[tuple[int, int]]] = [[] for _ in offers]
    for at, parts in enumerate(alike):
        for number, part in parts:
            shares[number].append((at, part))
    favour = _favour(decision)
    cards = _cards_by_exercise(conflicts)
    beside = _beside(offers, decision)
    candidates = tuple(
        [
            Candidate(
                key=offer.key,
                shares=tuple(shares[number]),
                kind=offer.picks[0].exercise.kind,
                favour=_wished(offer, bonus.points),
                growing=_favoured(offer, favour) + _wished(offer, bonus.growing),
                versions=offer.versions,
                claims=offer.tissue,
                session_claims=_NONE.union(*[cards.get(one, _NONE) for one in offer.exercises]),
                beside=beside.get(number, _NOBODY),
            )
            for number, offer in enumerate(offers)
        ]
    )
    return tuple(alike.values()), candidates


def suits_micro_sessions(offer: Offer, days: int, often: Mapping[str, int]) -> bool:
    """Whether it may be done on more days a week than these, or several times a day.

    `often` tells on how many days the exercises of a ladder may come, where fewer than all.
    """
    most = often.get(offer.ladder.id, WEEK)
    return all(
        days_between(pick.exercise) == 0
        and (
            min(most, pick.exercise.dose.days_a_week.high) > days
            or pick.exercise.dose.times_a_day.high > 1
        )
        for pick in offer.picks
    )


def _cards_by_exercise(conflicts: Iterable[Conflict]) -> Mapping[str, frozenset[str]]:
    """Of which cards each exercise is one that there is room for once a session."""
    found: dict[str, frozenset[str]] = {}
    for card in conflicts:
        for exercise in card.one_a_session:
            found[exercise] = found.get(exercise, _NONE) | {card.id}
    return found


def _favour(decision: Decision) -> Mapping[tuple[str, Side], int]:
    favour: Counter[tuple[str, Side]] = Counter()
    for one in decision.preferences:
        favour[one.exercise, one.side] += one.points
    return favour


def _favoured(offer: Offer, favour: Mapping[tuple[str, Side], int]) -> int:
    if not favour:
        return 0
    return max(
        favour.get((pick.exercise.id, one), 0)
        for pick in offer.picks
        for one in (pick.side, *pick.side.each)
    )


def _wished(offer: Offer, points: Mapping[str, int]) -> int:
    return max([points.get(one, 0) for one in offer.exercises]) if points else 0


def _beside(offers: Sequence[Offer], decision: Decision) -> dict[int, frozenset[int]]:
    """What each may be done at the same time as; only where nothing has to be guarded."""
    superset_members = [
        number for number, offer in enumerate(offers) if offer.picks[0].exercise.alongside
    ]
    if not superset_members:
        return {}
    guarded = {one.exercise for one in decision.demands if one.requirement in GUARDED}
    primaries: dict[tuple[Kind, Position], set[int]] = {}
    for number, offer in enumerate(offers):
        if offer.pairing_key is not None and guarded.isdisjoint(offer.exercises):
            primaries.setdefault(offer.pairing_key, set()).add(number)
    found = {}
    for superset_member in superset_members:
        exercise = offers[superset_member].picks[0].exercise
        wanted = [(kind, exercise.position) for kind in exercise.alongside]
        found[superset_member] = frozenset(
            one for place in wanted for one in primaries.get(place, ())
        )
    return found


def classes_of(candidates: Sequence[Candidate]) -> list[int]:
    """For each candidate the number of the first one that is like it."""
    rough = _first_of_each((one.shares, one.kind, one.favour) for one in candidates)
    if rough == list(range(len(candidates))):
        return rough
    superset_members: dict[int, list[int]] = {}
    for number, one in enumerate(candidates):
        for host in one.beside:
            superset_members.setdefault(host, []).append(number)
    return _first_of_each(
        (
            rough[number],
            tuple([(how.seconds, how.dose_eighths) for how in one.versions]),
            one.claims,
            one.session_claims,
            one.beside,
            one.micro_first,
            one.growing,
            tuple(superset_members.get(number, ())),
        )
        for number, one in enumerate(candidates)
    )


def needed(classes: Iterable[int], most: int) -> list[int]:
    """The numbers of the candidates that are enough where so many can be taken."""
    count: dict[int, int] = {}
    found = []
    for number, first in enumerate(classes):
        count[first] = count.get(first, 0) + 1
        if count[first] <= most:
            found.append(number)
    return found


def _first_of_each(signs: Iterable[Hashable]) -> list[int]:
    first: dict[Hashable, int] = {}
    return [first.setdefault(sign, number) for number, sign in enumerate(signs)]
