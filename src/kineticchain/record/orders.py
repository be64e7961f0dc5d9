"""Orders of clinicians without a recorded operation: how much weight, and whether to train."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from kineticchain.facts import Value
from kineticchain.person.complaint import WeightBearing
from kineticchain.record.injuries import Operation, Order, is_about, latest_orders, order_of
from kineticchain.record.observation import Moment
from kineticchain.record.result import Place, Result, places_of

WEIGHT = "weight_bearing"
_WEIGHT = list(WeightBearing)


def standing_orders(
    facts: Mapping[str, Value],
    stated: Mapping[str, Moment],
    results: Sequence[Result],
    operations: Collection[Operation],
    places: Collection[Place],
) -> tuple[WeightBearing | None, bool]:
    """How much weight may be borne as far as no recorded operation says so.

    Args:
        facts: the answers that count; `weight_bearing` among them names no place.
        stated: the moment of each answer.
        results: the clinicians' results in force.
        operations: the recorded operations: what is ordered about them counts with them.
        places: all that hurts, was injured or was operated on.

    Returns:
        The strictest of the last orders at each place, and whether a place is not cleared.

    """
    weights, not_cleared = [], False
    for orders in _by_place(results, operations):
        weight, cleared = latest_orders(orders)
        weights += [] if weight is None else [weight]
        not_cleared = not_cleared or cleared is False
    value, at = facts.get(WEIGHT), stated.get(WEIGHT)
    if isinstance(value, str) and at is not None:
        later = _later(at, results, places)
        weights.append(WeightBearing(value) if later is None else later)
    return min(weights, key=_WEIGHT.index, default=None), not_cleared


def _by_place(
    results: Sequence[Result], operations: Collection[Operation]
) -> Iterator[Sequence[Order]]:
    """The orders at each place; those for the whole person count at each, and by themselves."""
    whole: list[Order] = []
    by_place: dict[Place, list[Order]] = {}
    for one in results:
        order = order_of(one)
        if order.weight_bearing is None and order.cleared is None:
            continue
        if any(is_about(one, known.region, known.side, known.day) for known in operations):
            continue
        if one.stated.region is None:
            whole.append(order)
            continue
        for place in places_of(one.stated.region, one.stated.side):
            by_place.setdefault(place, []).append(order)
    yield whole
    for orders in by_place.values():
        yield [*orders, *whole]


def _later(
    at: Moment, results: Sequence[Result], places: Collection[Place]
) -> WeightBearing | None:
    """The last order that takes the place of an answer given at some moment; None without one.

    The answer names no place: the order has to be about the whole person, or about all places.
    """
    orders = [
        order_of(one)
        for one in results
        if one.moment >= at
        and (one.stated.region is None or (places and all(map(one.covers, places))))
    ]
    weight, _ = latest_orders(orders)
    return weight
