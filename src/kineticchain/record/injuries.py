"""Injuries and operations on a day, each with the moment that counts for it."""

import datetime
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from attrs import frozen

from kineticchain.domain.anatomy import Region, Side
from kineticchain.domain.person.complaint import Injury, Surgery
from kineticchain.record.clinician.order import Order, latest_orders
from kineticchain.record.clinician.result import Result
from kineticchain.record.observation import INTAKE_SLOT, Moment

MAX_DAYS = 36_400
"""An injury or operation that is longer ago counts as so many days ago: 5,200 weeks."""

Happened: TypeAlias = "datetime.date | None"
"""The day of an injury or operation; None where it is not known."""


@frozen
class Harm:
    """An injury with its day, and the moment from which it counts."""

    region: Region
    side: Side
    day: Happened
    moment: Moment


@frozen
class Operation:
    """An operation with its day, and the order that came with it."""

    region: Region
    side: Side
    day: Happened
    order: Order


def injuries_on(
    stated: Iterable[Harm], day: datetime.date
) -> tuple[tuple[Injury, ...], tuple[Moment, ...]]:
    """The injuries on a day, and the moment of each; one stated twice with its day is one."""
    moments: dict[tuple[Region, Side, Happened], Moment] = {}
    for one in stated:
        place = (one.region, one.side, one.day)
        moments[place] = max(one.moment, moments.get(place, one.moment))
    ordered = sorted(moments.items(), key=repr)
    injuries = [
        Injury(region, side, None if on is None else _days_ago(on, day))
        for (region, side, on), _ in ordered
    ]
    return tuple(injuries), tuple(moment for _, moment in ordered)


def surgeries_on(
    stated: Iterable[Operation], results: Sequence[Result], day: datetime.date
) -> tuple[tuple[Surgery, ...], tuple[Moment, ...]]:
    """The operations on a day with the orders in force, and the moment that counts for each.

    An operation is the same where region, side and day are. Later orders, of the operation or of a
    clinician's result about the region and side, take the place of earlier ones, field by field; of
    orders of one moment the stricter one counts. An order that restricts is as good as a new
    operation: what was allowed before it is allowed no longer.
    """
    by_place: dict[tuple[Region, Side, Happened], list[Order]] = {}
    for one in stated:
        by_place.setdefault((one.region, one.side, one.day), []).append(one.order)
    surgeries, moments = [], []
    for (region, side, on), own in sorted(by_place.items(), key=repr):
        later = [one.order for one in results if is_about(one, region, side, on)]
        weight, cleared = latest_orders([*own, *later])
        weeks = None if on is None else _days_ago(on, day) // 7
        surgeries.append(Surgery(region, side, weeks, weight, cleared))
        moments.append(_moment_of(on, own, later))
    return tuple(surgeries), tuple(moments)


def _days_ago(on: datetime.date, day: datetime.date) -> int:
    """How many days ago something was, as far as injuries and operations can tell it."""
    return min(max(0, (day - on).days), MAX_DAYS)


def _moment_of(on: Happened, own: Iterable[Order], later: Iterable[Order]) -> Moment:
    """When an operation was done, or when a clinician last restricted what it allows."""
    done = min(one.moment for one in own)
    if on is not None and done[0] > on:
        done = (on, INTAKE_SLOT)
    return max([done, *(one.moment for one in later if one.restricts)])


def is_about(result: Result, region: Region, side: Side, on: Happened) -> bool:
    """Whether a clinician's result gives orders for an operation, since it was done."""
    return result.covers((region, side)) and (on is None or result.stated.on >= on)
