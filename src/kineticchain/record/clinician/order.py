"""Orders for a leg: how much weight it may bear, and whether exercise is cleared."""

from collections.abc import Iterable

from attrs import frozen

from kineticchain.domain.person.complaint import WeightBearing
from kineticchain.record.observation import Moment

_WEIGHT = list(WeightBearing)
"""From no weight to full weight."""


def strictest(weights: Iterable[WeightBearing]) -> WeightBearing | None:
    """The order of the least weight; None without any."""
    return min(weights, key=_WEIGHT.index, default=None)


@frozen
class Order:
    """How much weight a leg may bear, and whether exercise is cleared, as ordered at a moment."""

    weight_bearing: WeightBearing | None
    cleared: bool | None
    moment: Moment

    @property
    def restricts(self) -> bool:
        """Whether it allows less than full weight, or no exercise."""
        return self.cleared is False or self.weight_bearing not in {None, WeightBearing.FWB}


def latest_orders(orders: Iterable[Order]) -> tuple[WeightBearing | None, bool | None]:
    """The last order of each kind; of one moment the stricter one."""
    weight: WeightBearing | None = None
    cleared: bool | None = None
    latest: dict[str, Moment] = {}
    for one in sorted(orders, key=lambda order: order.moment):
        if one.weight_bearing is not None:
            rival = weight if latest.get("weight") == one.moment else None
            weight = strictest(filter(None, (one.weight_bearing, rival)))
            latest["weight"] = one.moment
        if one.cleared is not None:
            rival_cleared = cleared if latest.get("cleared") == one.moment else None
            cleared = one.cleared and rival_cleared is not False
            latest["cleared"] = one.moment
    return weight, cleared
