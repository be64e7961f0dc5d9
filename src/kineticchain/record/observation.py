"""Observations: what was said about something at one moment."""

import datetime
from collections.abc import Callable, Sequence
from itertools import groupby
from operator import attrgetter
from typing import TypeAlias

from attrs import frozen

from kineticchain.domain.facts import Value
from kineticchain.domain.person.event import Event

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


Join: TypeAlias = Callable[[Sequence[Value]], Value]
"""Of values that differ, the one that calls for most caution."""


def held_after(observations: Sequence[Observation], join: Join) -> Held | None:
    """What is known after some observations of one subject; None after none.

    The order in which they are given does not matter. A later value takes the place of an earlier
    one, and its clock with it. Of values of one moment the one counts that `join` returns. A later
    *unsure* takes nothing away: the last value known stays, and is marked as unsure.
    """
    if len(observations) == 1:
        [only] = observations
        return Held(only.value, only.moment, only.moment, only.moment, only.value is None)
    held: Held | None = None
    ordered = sorted(observations, key=attrgetter("moment"))
    for moment, group in groupby(ordered, key=attrgetter("moment")):
        rivals = [one.value for one in group]
        known = [value for value in rivals if value is not None]
        unsure = len(known) < len(rivals)
        if known:
            value = join(known)
            same = held is not None and held.value == value
            held = Held(value, held.first if held and same else moment, moment, moment, unsure)
        elif held is None:
            held = Held(None, moment, moment, moment, unsure=True)
        else:
            held = Held(held.value, held.first, held.since, moment, unsure=True)
    return held
