"""Conversion of offers into candidates of the selection problem."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from attrs import evolve

from kineticchain.domain.anatomy import Side, Site
from kineticchain.domain.evidence import Conflict
from kineticchain.domain.exercises import Kind, Position
from kineticchain.recommendation.assessment.targets import Targets
from kineticchain.recommendation.assessment.tissue_loading import days_between
from kineticchain.recommendation.plan.cycle import WEEK
from kineticchain.recommendation.selection.bonuses import NO_GROWTH_COST_OF_KIND, SelectionBonus
from kineticchain.recommendation.selection.candidates.claims import (
    cards_by_exercise,
    claims_of,
    session_claims,
)
from kineticchain.recommendation.selection.candidates.groups_of_days import GroupsOfDays
from kineticchain.recommendation.selection.offers.offer import Offer
from kineticchain.recommendation.selection.session_budget import SessionBudget
from kineticchain.recommendation.selection.solver.problem import WHOLE_DOSE, Candidate, Version
from kineticchain.rules import Decision, Requirement

GUARDED = frozenset({Requirement.FIXED_SUPPORT, Requirement.SUPERVISION})
"""Requirements under which nothing else may be done at the same time."""


_NO_CANDIDATES: frozenset[int] = frozenset()
_NO_GROUPS: tuple[tuple[int, ...], tuple[int, ...]] = ((), ())


def candidates_of(
    offers: Sequence[Offer],
    targets: Targets,
    decision: Decision,
    conflicts: Iterable[Conflict],
    bonus: SelectionBonus,
    budget: SessionBudget,
) -> tuple[tuple[int, ...], tuple[Candidate, ...]]:
    """Return the worth of places in points, and a candidate for each offer in the same order.

    Places that every candidate covers to the same extent are merged into one.

    Args:
        offers: The offers of ladders.
        targets: The targets of the plan, and the worth of places for them.
        decision: The preferences and the requirements from rules.
        conflicts: Conflicts of evidence, which may allow only one of their exercises in a session.
        bonus: The bonus points of exercises.
        budget: The time of the sessions of a day.
    """
    # Places with equal columns of shares always keep the same share open, so their worth can be
    # added.
    columns: dict[Site, list[tuple[int, int]]] = {}
    for number, offer in enumerate(offers):
        for place, part in offer.shares.items():
            if place in targets.worth:
                columns.setdefault(place, []).append((number, part))
    merged: dict[tuple[tuple[int, int], ...], int] = {}
    for place, column in columns.items():
        key = tuple(column)
        merged[key] = merged.get(key, 0) + targets.points_at(place)
    shares: list[list[tuple[int, int]]] = [[] for _ in offers]
    for index, parts in enumerate(merged):
        for number, part in parts:
            shares[number].append((index, part))
    favour = _favour(decision)
    cards = cards_by_exercise(conflicts)
    beside = _beside(offers, decision)
    claims = claims_of(offers, bonus, apart=budget.apart)
    days = GroupsOfDays(budget)
    candidates = tuple(
        [
            Candidate(
                key=offer.key,
                shares=tuple(shares[number]),
                kind=offer.picks[0].exercise.kind,
                favour=_bonus(offer, bonus.points),
                growing=_preference(offer, favour) + _bonus(offer, bonus.growing),
                no_growth_cost=_no_growth_cost(offer, bonus),
                cut=_cut(offer, bonus),
                versions=_versions(offer, bonus),
                claims=claims[number],
                session_claims=session_claims(offer, cards, bonus),
                beside=beside.get(number, _NO_CANDIDATES),
                groups=_NO_GROUPS if number in beside else days.groups_of(offer),
            )
            for number, offer in enumerate(offers)
        ]
    )
    return tuple(merged.values()), candidates


def suits_micro_sessions(offer: Offer, days: int, often: Mapping[str, int]) -> bool:
    """Return whether an offer may be done on more days than there are longer sessions.

    That is the case if all its exercises need no rest days, and may be done on more days a week or
    several times a day.

    Args:
        offer: The offer.
        days: The days a week with longer sessions.
        often: For ladders with a limit, the most days a week of their exercises.
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


def _no_growth_cost(offer: Offer, bonus: SelectionBonus) -> int:
    """Return the points that an offer loses if it has no time to grow."""
    if not offer.grown:
        return 0
    return max(
        NO_GROWTH_COST_OF_KIND.get(offer.picks[0].exercise.kind, 0),
        _bonus(offer, bonus.no_growth_cost),
    )


def _cut(offer: Offer, bonus: SelectionBonus) -> int:
    """Return the points that an offer loses if its dose is too small."""
    return _bonus(offer, bonus.cut) or _bonus(offer, bonus.less)


def _versions(offer: Offer, bonus: SelectionBonus) -> tuple[Version, ...]:
    """Return the versions of an offer, with doses that are too small marked as cut.

    If the exercise opens a next step, a dose below the whole dose is too small. Otherwise a dose
    below the last dose is too small, if `bonus` has points for it.
    """
    versions = offer.versions
    if _bonus(offer, bonus.cut):
        return tuple(
            [
                evolve(version, is_cut=True) if version.dose_eighths < WHOLE_DOSE else version
                for version in versions
            ]
        )
    if not _bonus(offer, bonus.less):
        return versions
    return tuple(
        [
            version if offer.is_kept(items) else evolve(version, is_cut=True)
            for version, items in zip(versions, offer.doses, strict=True)
        ]
    )


def _favour(decision: Decision) -> Mapping[tuple[str, Side], int]:
    """Return the points by which rules prefer each exercise on each side."""
    favour: Counter[tuple[str, Side]] = Counter()
    for preference in decision.preferences:
        favour[preference.target] += preference.effect.points
    return favour


def _preference(offer: Offer, favour: Mapping[tuple[str, Side], int]) -> int:
    """Return the largest points by which rules prefer an exercise of an offer."""
    if not favour:
        return 0
    return max(
        favour.get((pick.exercise.id, side), 0)
        for pick in offer.picks
        for side in (pick.side, *pick.side.each)
    )


def _bonus(offer: Offer, points: Mapping[str, int]) -> int:
    """Return the largest bonus points of an exercise of an offer."""
    return max([points.get(exercise, 0) for exercise in offer.exercises]) if points else 0


def _beside(offers: Sequence[Offer], decision: Decision) -> dict[int, frozenset[int]]:
    """Return the numbers of the possible primaries of each offer that may be done beside another.

    Exercises that need fixed support or supervision are no primaries.
    """
    superset_members = [
        number for number, offer in enumerate(offers) if offer.picks[0].exercise.alongside
    ]
    if not superset_members:
        return {}
    guarded = {
        requirement.target.exercise
        for requirement in decision.requirements
        if requirement.effect.requirement in GUARDED
    }
    primaries: dict[tuple[Kind, Position], set[int]] = {}
    for number, offer in enumerate(offers):
        if offer.pairing_key is not None and guarded.isdisjoint(offer.exercises):
            primaries.setdefault(offer.pairing_key, set()).add(number)
    beside = {}
    for superset_member in superset_members:
        exercise = offers[superset_member].picks[0].exercise
        keys = [(kind, exercise.position) for kind in exercise.alongside]
        beside[superset_member] = frozenset(
            number for key in keys for number in primaries.get(key, ())
        )
    return beside
