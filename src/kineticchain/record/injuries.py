"""Injuries and operations on a day, with the orders that were given since."""

import datetime
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from attrs import frozen

from kineticchain.anatomy import Region, Side
from kineticchain.person.clinician_result import ClinicianResult
from kineticchain.person.complaint import Injury, Surgery, WeightBearing
from kineticchain.record.observation import Moment

_WEIGHT = list(WeightBearing)
"""From no weight to full weight."""

Happened: TypeAlias = "datetime.date | None"
"""The day of an injury or operation; None where it is not known."""


@frozen
class Operation:
    """An operation with what was stated of it at one moment."""

    region: Region
    side: Side
    day: Happened
    weight_bearing: WeightBearing | None
    cleared: bool | None
    moment: Moment


def injuries_on(
    happened: Iterable[tuple[Region, Side, Happened]], day: datetime.date
) -> tuple[Injury, ...]:
    """The injuries on a day; one that was stated twice, with its day, is one."""
    once = dict.fromkeys(happened)
    return tuple(
        Injury(region, side, None if on is None else max(0, (day - on).days))
        for region, side, on in sorted(once, key=repr)
    )


def surgeries_on(
    stated: Iterable[Operation], results: Sequence[ClinicianResult], day: datetime.date
) -> tuple[Surgery, ...]:
    """The operations on a day with the orders in force.

    An operation is the same where region, side and day are. Later orders, of the operation or of a
    clinician's result about the region and side, take the place of earlier ones, field by field; of
    orders of one moment the stricter one counts.
    """
    by_place: dict[tuple[Region, Side, Happened], list[Operation]] = {}
    for one in stated:
        by_place.setdefault((one.region, one.side, one.day), []).append(one)
    surgeries = []
    for (region, side, on), statements in sorted(by_place.items(), key=repr):
        orders = [*statements, *_orders(region, side, on, results)]
        weight, cleared = _latest_orders(orders)
        weeks = None if on is None else max(0, (day - on).days) // 7
        surgeries.append(Surgery(region, side, weeks, weight, cleared))
    return tuple(surgeries)


def _orders(
    region: Region, side: Side, on: Happened, results: Sequence[ClinicianResult]
) -> Iterable[Operation]:
    """What clinicians ordered for an operation since it was done."""
    for one in results:
        here = one.region is None or one.region is region
        covers = here and (one.side is Side.BOTH or one.side is side)
        if covers and (on is None or one.on >= on):
            moment = (one.on, one.slot)
            yield Operation(region, side, on, one.weight_bearing, one.cleared, moment)


def _latest_orders(orders: Iterable[Operation]) -> tuple[WeightBearing | None, bool | None]:
    weight: WeightBearing | None = None
    cleared: bool | None = None
    latest: dict[str, Moment] = {}
    for one in sorted(orders, key=lambda order: order.moment):
        if one.weight_bearing is not None:
            rival = weight if latest.get("weight") == one.moment else None
            weight = min(filter(None, (one.weight_bearing, rival)), key=_WEIGHT.index)
            latest["weight"] = one.moment
        if one.cleared is not None:
            rival_cleared = cleared if latest.get("cleared") == one.moment else None
            cleared = one.cleared and rival_cleared is not False
            latest["cleared"] = one.moment
    return weight, cleared
