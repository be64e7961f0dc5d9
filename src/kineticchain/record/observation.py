"""Observations: what was said about something at one moment."""

import datetime
from typing import TypeAlias

from attrs import frozen

from kineticchain.facts import Value
from kineticchain.person.event import Event

Moment: TypeAlias = tuple[datetime.date, int]
"""A day, and the slot of the day. An intake comes before the first slot."""

INTAKE_SLOT = 0
"""The slot of an intake that has its day."""

UNDATED_SLOT = -1
"""The slot of an intake without a day: it came before everything else of the first day."""


def moment_of(event: Event) -> Moment:
    """The day and slot of an event."""
    return event.on, event.slot


def answered_at(moment: Moment) -> Moment:
    """When an answer counts as given: a dated intake is as good as the first slot of its day."""
    day, slot = moment
    return (day, 1) if slot == INTAKE_SLOT else moment


@frozen
class Observation:
    """What was said at one moment about one subject; a `value` of None is *unsure*."""

    value: Value | None
    moment: Moment


@frozen
class Held:
    """What is known of a subject after all observations of it.

    `value` was stated at `since`, which is its clock; it has been the same since `first`. `last` is
    the moment of the last observation; where that one was *unsure*, `unsure` is true and the value
    is the last one known.
    """

    value: Value | None
    first: Moment
    since: Moment
    last: Moment
    unsure: bool = False
