"""Injuries and operations as of a day, each with the moment from which it counts."""

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
"""Upper bound of the days since an injury or operation: 5,200 weeks."""

Happened: TypeAlias = "datetime.date | None"
"""The day of an injury or operation; None if unknown."""


@frozen
class Harm:
    """An injury with its day and the moment from which it counts."""

    region: Region
    side: Side
    day: Happened
    moment: Moment


@frozen
class Operation:
    """An operation with its day and the order that was stated with it."""

    region: Region
    side: Side
    day: Happened
    order: Order


def injuries_on(
    stated: Iterable[Harm], day: datetime.date
) -> tuple[tuple[Injury, ...], tuple[Moment, ...]]:
    """Return the injuries on a day, and the moment of each in the same order.

    Statements of the same region, side and day are one injury. Its moment is that of the last
    statement.

    Args:
        stated: Injuries as stated.
        day: Day up to which the days since the injury are counted.

    """
    moments: dict[tuple[Region, Side, Happened], Moment] = {}
    for harm in stated:
        injury_key = (harm.region, harm.side, harm.day)
        moments[injury_key] = max(harm.moment, moments.get(injury_key, harm.moment))
    ordered = sorted(moments.items(), key=repr)
    injuries = [
        Injury(region, side, None if on is None else _days_ago(on, day))
        for (region, side, on), _ in ordered
    ]
    return tuple(injuries), tuple(moment for _, moment in ordered)


def surgeries_on(
    stated: Iterable[Operation], results: Sequence[Result], day: datetime.date
) -> tuple[tuple[Surgery, ...], tuple[Moment, ...]]:
    """Return the operations on a day with the orders in force, and the moment of each.

    Statements of the same region, side and day are one operation. A later order, of the operation
    or of a clinician's result about it, replaces an earlier one field by field. Of several orders
    of one moment, the stricter one counts. A restricting order of a result counts like a new
    operation: it ends earlier allowances.

    Args:
        stated: Operations as stated.
        results: Clinicians' results in force.
        day: Day up to which the weeks since the operation are counted.

    """
    by_operation: dict[tuple[Region, Side, Happened], list[Order]] = {}
    for operation in stated:
        operation_key = (operation.region, operation.side, operation.day)
        by_operation.setdefault(operation_key, []).append(operation.order)
    surgeries, moments = [], []
    for (region, side, on), stated_orders in sorted(by_operation.items(), key=repr):
        first_stated = min(order.moment for order in stated_orders)
        results_about = [result for result in results if is_about(result, region, side, on)]
        # A result from before the first statement of the operation may be older than the
        # operation. It counts only if it restricts, or if the operation is known to be older than
        # that statement.
        result_orders = [
            result.order
            for result in results_about
            if result.moment >= first_stated
            or result.order.restricts
            or (on is not None and on < first_stated[0])
        ]
        weight, cleared = latest_orders([*stated_orders, *result_orders])
        weeks = None if on is None else _days_ago(on, day) // 7
        surgeries.append(Surgery(region, side, weeks, weight, cleared))
        moments.append(_moment_of(on, stated_orders, result_orders))
    return tuple(surgeries), tuple(moments)


def _days_ago(on: datetime.date, day: datetime.date) -> int:
    """Return the days since an injury or operation, from 0 to `MAX_DAYS`."""
    return min(max(0, (day - on).days), MAX_DAYS)


def _moment_of(
    on: Happened, stated_orders: Iterable[Order], result_orders: Iterable[Order]
) -> Moment:
    """Return the moment of an operation, or of a later restricting order of a result about it.

    An operation counts from its day, but at the latest from its first statement.
    """
    done = min(order.moment for order in stated_orders)
    if on is not None and done[0] > on:
        done = (on, INTAKE_SLOT)
    return max([done, *(order.moment for order in result_orders if order.restricts)])


def is_about(result: Result, region: Region, side: Side, on: Happened) -> bool:
    """Return whether a clinician's result is about an operation.

    Args:
        result: A clinician's result.
        region: Region of the operation.
        side: Side of the operation.
        on: Day of the operation; a result of an earlier day is not about it. None if unknown: a
            result of any day is accepted.

    """
    return result.covers((region, side)) and (on is None or result.stated.on >= on)
