"""The choice: greedy for now, deterministic, in whole numbers.

At each step the offer with the most points is taken: the target points that it covers, each
region's share halved each time it has been covered, halved again for each exercise of its
kind already chosen; plus, unhalved, the points that rules favour it by. It goes into the first
session that has the time, at the largest named dose that fits. Ties go by id.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from attrs import frozen

from kineticchain.chain.kinetic_chain import WHOLE
from kineticchain.recommendation.offer import Offer, Prescribed
from kineticchain.recommendation.targets import Place, Targets, places
from kineticchain.rules import Preference


@frozen
class Chosen:
    """An offer that was taken, at a dose, into a session."""

    offer: Offer
    items: tuple[Prescribed, ...]
    session: int
    points: int

    @property
    def seconds(self) -> int:
        """The time of its items."""
        return sum(item.seconds for item in self.items)


@frozen(kw_only=True)
class Budget:
    """Seconds of a session, number of sessions a day, and the most exercises."""

    seconds: int
    sessions: int
    exercises: int


@frozen(kw_only=True)
class Choice:
    """What was chosen, best first, and why each other offer was not."""

    chosen: tuple[Chosen, ...]
    refused: tuple[tuple[Offer, str], ...]
    repeats: tuple[Chosen, ...]
    """The same again in later sessions of the day, where an exercise wants it more often."""


def choose(
    offers: Iterable[Offer],
    targets: Targets,
    preferences: Iterable[Preference],
    budget: Budget,
) -> Choice:
    """The offers taken one after another, until nothing fits or nothing adds."""
    favour = _favour(preferences)
    open_offers = sorted(offers, key=lambda offer: offer.key)
    left = [budget.seconds] * budget.sessions
    chosen: list[Chosen] = []
    refused: list[tuple[Offer, str]] = []
    share: Counter[Place] = Counter()
    while open_offers:
        points = {
            offer.key: _points(offer, targets, share, favour, chosen) for offer in open_offers
        }
        best = min(open_offers, key=lambda offer: (-points[offer.key], offer.key))
        open_offers.remove(best)
        reason, taken = _take(best, points[best.key], chosen, left, budget)
        if taken is None:
            helps = reason == "no_target" and _points(best, targets, {}, favour, []) > 0
            refused.append((best, "covered" if helps else reason))
            continue
        chosen.append(taken)
        left[taken.session] -= taken.seconds
        _cover(taken, share)
    return Choice(
        chosen=tuple(chosen),
        refused=tuple(refused),
        repeats=tuple(_repeats(chosen, left)),
    )


def _take(
    offer: Offer, points: int, chosen: list[Chosen], left: list[int], budget: Budget
) -> tuple[str, Chosen | None]:
    if points <= 0:
        return "no_target", None
    if len(chosen) >= budget.exercises:
        return "too_many", None
    for items in offer.versions():
        seconds = sum(item.seconds for item in items)
        session = next((at for at, free in enumerate(left) if seconds <= free), None)
        if session is not None:
            return "", Chosen(offer, items, session, points)
    return "no_time", None


def _points(
    offer: Offer,
    targets: Targets,
    share: Mapping[Place, int],
    favour: Mapping[tuple[str, str], int],
    chosen: list[Chosen],
) -> int:
    still_open = {place: WHOLE >> times for place, times in share.items()}
    covered = sum(targets.value(pick.exercise, pick.side, still_open) for pick in offer.picks)
    kind = offer.picks[0].exercise.kind
    of_kind = sum(one.items[0].exercise.kind is kind for one in chosen)
    favoured = max(
        favour.get((pick.exercise.id, one), 0)
        for pick in offer.picks
        for one in (pick.side, *pick.side.each)
    )
    return (covered >> of_kind) + favoured


def _cover(taken: Chosen, share: Counter[Place]) -> None:
    for item in taken.items:
        for region, _ in item.exercise.targets:
            for place in places(region, item.side):
                share[place] += 1


def _favour(preferences: Iterable[Preference]) -> dict[tuple[str, str], int]:
    favour: Counter[tuple[str, str]] = Counter()
    for one in preferences:
        favour[one.exercise, one.side] += one.points
    return dict(favour)


def _repeats(chosen: list[Chosen], left: list[int]) -> Iterable[Chosen]:
    """Exercises that are done several times a day, once more in each session with room."""
    for session in range(len(left)):
        for one in chosen:
            most = one.items[0].exercise.dose.times_a_day.high
            if session <= one.session or session - one.session >= most:
                continue
            if one.seconds <= left[session]:
                left[session] -= one.seconds
                yield Chosen(one.offer, one.items, session, one.points)
