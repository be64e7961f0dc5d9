"""Which of several observations of a subject counts."""

from collections.abc import Callable, Sequence
from itertools import groupby
from operator import attrgetter
from typing import TypeAlias

from kineticchain.facts import Value
from kineticchain.record.observation import Held, Observation

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
