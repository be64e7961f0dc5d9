"""Clinicians' orders: weight bearing and clearance for exercise."""

from collections.abc import Iterable

from attrs import frozen

from kineticchain.domain.person.complaint import WeightBearing
from kineticchain.record.observation import Moment

_WEIGHT = list(WeightBearing)
"""Weight-bearing orders from no weight to full weight."""


def strictest(weights: Iterable[WeightBearing]) -> WeightBearing | None:
    """Return the order that allows the least weight; None without orders."""
    return min(weights, key=_WEIGHT.index, default=None)


@frozen
class Order:
    """An order for weight bearing and clearance, given at one moment.

    Attributes:
        weight_bearing: Weight that a leg may bear; None if not ordered.
        cleared: Whether exercise is cleared; None if not ordered.
        moment: Moment of the order.

    """

    weight_bearing: WeightBearing | None
    cleared: bool | None
    moment: Moment

    @property
    def restricts(self) -> bool:
        """True if the order allows less than full weight, or no exercise."""
        return self.cleared is False or self.weight_bearing not in {None, WeightBearing.FWB}


def latest_orders(orders: Iterable[Order]) -> tuple[WeightBearing | None, bool | None]:
    """Return the latest weight-bearing order and the latest clearance; None for a missing one.

    Of several orders of one moment, the stricter one counts.
    """
    weight: WeightBearing | None = None
    cleared: bool | None = None
    latest: dict[str, Moment] = {}
    for order in sorted(orders, key=lambda order: order.moment):
        # A value replaces values of earlier moments. Values of the same moment compete.
        if order.weight_bearing is not None:
            rival = weight if latest.get("weight") == order.moment else None
            weight = strictest(filter(None, (order.weight_bearing, rival)))
            latest["weight"] = order.moment
        if order.cleared is not None:
            rival_cleared = cleared if latest.get("cleared") == order.moment else None
            cleared = order.cleared and rival_cleared is not False
            latest["cleared"] = order.moment
    return weight, cleared
