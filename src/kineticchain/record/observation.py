"""Observations: dated statements about one subject, and the value that follows from them."""

import datetime
from collections.abc import Callable, Sequence
from itertools import groupby
from operator import attrgetter
from typing import TypeAlias

from attrs import frozen

from kineticchain.domain.facts import Value
from kineticchain.domain.person.event import Event

Moment: TypeAlias = tuple[datetime.date, int]
"""A day and a slot of the day; moments are compared in this order."""

INTAKE_SLOT = 0
"""Slot of an intake with a day; it comes before the first slot of the day."""

UNDATED_SLOT = -1
"""Slot of an intake without a day; it comes before everything else of the first day."""

LAST_SLOT = 24
"""Last slot of a day."""


def moment_of(event: Event) -> Moment:
    """Return the day and slot of an event."""
    return event.on, event.slot


def answered_at(moment: Moment) -> Moment:
    """Return the moment at which an answer counts as given.

    Args:
        moment: Moment of the statement; a dated intake counts as the first slot of its day.

    """
    day, slot = moment
    return (day, 1) if slot == INTAKE_SLOT else moment


@frozen
class Observation:
    """A statement about one subject at one moment; a `value` of None is *unsure*."""

    value: Value | None
    moment: Moment


@frozen
class Held:
    """The value of a subject after all observations of it.

    Attributes:
        value: Last known value; None if every observation was *unsure*.
        first: Moment since which the value has been the same.
        since: Moment at which the value was last stated; its age is counted from here.
        last: Moment of the last observation.
        unsure: True if an observation at the moment `last` was *unsure*.

    """

    value: Value | None
    first: Moment
    since: Moment
    last: Moment
    unsure: bool = False


Join: TypeAlias = Callable[[Sequence[Value]], Value]
"""A function that returns the most cautious of several values stated at one moment."""


def held_after(observations: Sequence[Observation], join: Join) -> Held | None:
    """Return the value of a subject after some observations of it.

    A later value replaces an earlier one and restarts its age. A later *unsure* keeps the last
    known value and marks it as unsure.

    Args:
        observations: Observations of one subject, in any order.
        join: Returns the value that counts if several values were stated at one moment.

    Returns:
        The value with its moments; None without observations.

    """
    if len(observations) == 1:
        [observation] = observations
        moment = observation.moment
        return Held(observation.value, moment, moment, moment, observation.value is None)
    held: Held | None = None
    ordered = sorted(observations, key=attrgetter("moment"))
    for moment, group in groupby(ordered, key=attrgetter("moment")):
        rivals = [observation.value for observation in group]
        known_values = [value for value in rivals if value is not None]
        unsure = len(known_values) < len(rivals)
        if known_values:
            value = join(known_values)
            same = held is not None and held.value == value
            held = Held(value, held.first if held and same else moment, moment, moment, unsure)
        elif held is None:
            held = Held(None, moment, moment, moment, unsure=True)
        else:
            held = Held(held.value, held.first, held.since, moment, unsure=True)
    return held
