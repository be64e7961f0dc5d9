"""Clinicians' orders without a recorded operation: weight bearing and clearance."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from kineticchain.domain.anatomy import Site, sites_of
from kineticchain.domain.facts import Value
from kineticchain.domain.person.complaint import WeightBearing
from kineticchain.record.clinician.order import Order, latest_orders, strictest
from kineticchain.record.clinician.result import Result
from kineticchain.record.injuries import Operation, is_about
from kineticchain.record.observation import Moment

WEIGHT = "weight_bearing"
"""Name of the fact for the weight that a leg may bear."""


def standing_orders(
    facts: Mapping[str, Value],
    stated: Mapping[str, Moment],
    results: Sequence[Result],
    operations: Collection[Operation],
    sites: Collection[Site],
) -> tuple[WeightBearing | None, bool]:
    """Return the standing orders that belong to no recorded operation.

    Args:
        facts: Answers that count. The answer `weight_bearing` names no site.
        stated: Moment of each answer.
        results: Clinicians' results in force.
        operations: Recorded operations; orders about them are not standing orders.
        sites: All sites that hurt, were injured or were operated on.

    Returns:
        The strictest of the last weight-bearing orders at each site, or None without one; and
        whether a site is not cleared.

    """
    weights, not_cleared = [], False
    for orders in _by_site(results, operations):
        weight, cleared = latest_orders(orders)
        weights += [] if weight is None else [weight]
        not_cleared = not_cleared or cleared is False
    value, moment = facts.get(WEIGHT), stated.get(WEIGHT)
    if isinstance(value, str) and moment is not None:
        later = _order_since(moment, results, sites)
        weights.append(WeightBearing(value) if later is None else later)
    return strictest(weights), not_cleared


def _by_site(
    results: Sequence[Result], operations: Collection[Operation]
) -> Iterator[Sequence[Order]]:
    """Yield the orders for the whole person, then for each site these and the site's own orders.

    Orders about a recorded operation are left out.
    """
    whole_person: list[Order] = []
    by_site: dict[Site, list[Order]] = {}
    for result in results:
        order = result.order
        if order.weight_bearing is None and order.cleared is None:
            continue
        if any(
            is_about(result, operation.region, operation.side, operation.day)
            for operation in operations
        ):
            continue
        if result.stated.region is None:
            whole_person.append(order)
            continue
        for site in sites_of(result.stated.region, result.stated.side):
            by_site.setdefault(site, []).append(order)
    yield whole_person
    for orders in by_site.values():
        yield [*orders, *whole_person]


def _order_since(
    moment: Moment, results: Sequence[Result], sites: Collection[Site]
) -> WeightBearing | None:
    """Return the last order that replaces an answer given at some moment; None without one.

    The answer names no site. So the order has to cover the whole person or all sites.
    """
    orders = [
        result.order
        for result in results
        if result.moment >= moment
        and (result.stated.region is None or (sites and all(map(result.covers, sites))))
    ]
    weight, _ = latest_orders(orders)
    return weight
