"""Orders of clinicians without a recorded operation: how much weight, and whether to train."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from kineticchain.domain.anatomy import Site, sites_of
from kineticchain.domain.facts import Value
from kineticchain.domain.person.complaint import WeightBearing
from kineticchain.record.clinician.order import Order, latest_orders, strictest
from kineticchain.record.clinician.result import Result
from kineticchain.record.injuries import Operation, is_about
from kineticchain.record.observation import Moment

WEIGHT = "weight_bearing"


def standing_orders(
    facts: Mapping[str, Value],
    stated: Mapping[str, Moment],
    results: Sequence[Result],
    operations: Collection[Operation],
    sites: Collection[Site],
) -> tuple[WeightBearing | None, bool]:
    """How much weight may be borne as far as no recorded operation says so.

    Args:
        facts: the answers that count; `weight_bearing` among them names no site.
        stated: the moment of each answer.
        results: the clinicians' results in force.
        operations: the recorded operations: what is ordered about them counts with them.
        sites: all that hurts, was injured or was operated on.

    Returns:
        The strictest of the last orders at each site, and whether a site is not cleared.

    """
    weights, not_cleared = [], False
    for orders in _by_site(results, operations):
        weight, cleared = latest_orders(orders)
        weights += [] if weight is None else [weight]
        not_cleared = not_cleared or cleared is False
    value, at = facts.get(WEIGHT), stated.get(WEIGHT)
    if isinstance(value, str) and at is not None:
        later = _later(at, results, sites)
        weights.append(WeightBearing(value) if later is None else later)
    return strictest(weights), not_cleared


def _by_site(
    results: Sequence[Result], operations: Collection[Operation]
) -> Iterator[Sequence[Order]]:
    """The orders at each site; those for the whole person count at each, and by themselves."""
    whole: list[Order] = []
    by_site: dict[Site, list[Order]] = {}
    for one in results:
        order = one.order
        if order.weight_bearing is None and order.cleared is None:
            continue
        if any(is_about(one, known.region, known.side, known.day) for known in operations):
            continue
        if one.stated.region is None:
            whole.append(order)
            continue
        for site in sites_of(one.stated.region, one.stated.side):
            by_site.setdefault(site, []).append(order)
    yield whole
    for orders in by_site.values():
        yield [*orders, *whole]


def _later(at: Moment, results: Sequence[Result], sites: Collection[Site]) -> WeightBearing | None:
    """The last order that takes the place of an answer given at some moment; None without one.

    The answer names no site: the order has to be about the whole person, or about all sites.
    """
    orders = [
        one.order
        for one in results
        if one.moment >= at
        and (one.stated.region is None or (sites and all(map(one.covers, sites))))
    ]
    weight, _ = latest_orders(orders)
    return weight
