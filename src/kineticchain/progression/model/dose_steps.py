"""Steps of the dose of a rung, in the order in which the dose grows."""

from collections.abc import Iterator
from itertools import pairwise

from attrs import frozen

from kineticchain.domain.exercises import Dose, DoseRange, Rung
from kineticchain.errors import Fault
from kineticchain.progression.model.transition import DoseOrder

_ALL = 100


@frozen
class DoseStep:
    """A dose per session and its days a week.

    Attributes:
        dose: Dose of one session.
        days: Highest number of days a week.
        protocol_days: Days for which a published protocol stays at this dose; 0 without one.
        days_percent: Share of the usual days a week in per cent; below 100 if a reduction asks for
            a dose that is smaller than the range of the exercise allows.

    """

    dose: Dose
    days: int
    protocol_days: int = 0
    days_percent: int = _ALL

    @property
    def weekly_volume(self) -> int:
        """Volume of the dose times the days a week."""
        return self.dose.volume * self.days


def dose_steps(
    rung: Rung, dose_range: DoseRange, order: DoseOrder, weekly_step: int
) -> tuple[DoseStep, ...]:
    """Return all steps of a rung: its named doses, then more days a week if the order has days.

    A published protocol, and an order without days, have the highest number of days a week from
    the first step on.

    Args:
        rung: Rung with its named doses.
        dose_range: Range of the exercise, for its days a week.
        order: Order in which the dimensions of the dose grow.
        weekly_step: Highest growth of the weekly volume in per cent when a day is added.

    """
    days = dose_range.days_a_week
    if rung.protocol is not None:
        waits = rung.protocol.days
        return tuple(
            DoseStep(dose, days.high, wait) for dose, wait in zip(rung.axis, waits, strict=True)
        )
    if not order.grows_days:
        return tuple(DoseStep(dose, days.high) for dose in rung.axis)
    steps = [DoseStep(dose, days.low) for dose in rung.axis]
    for days_a_week in range(days.low + 1, days.high + 1):
        # With one more day, the dose falls back to the last named dose that keeps the growth of
        # the weekly volume within `weekly_step`, and then grows again. If no dose does, this
        # number of days is skipped.
        most = steps[-1].weekly_volume * (_ALL + weekly_step) // _ALL
        fitting = [
            index for index, dose in enumerate(rung.axis) if dose.volume * days_a_week <= most
        ]
        if fitting:
            steps += [DoseStep(dose, days_a_week) for dose in rung.axis[fitting[-1] :]]
    return tuple(steps)


def order_faults(rung: Rung, order: DoseOrder) -> Iterator[Fault]:
    """Yield a fault for each named dose that does not grow in exactly one dimension.

    From one named dose to the next, one dimension grows; dimensions before it in the order may
    fall back, dimensions after it stay. A published protocol is not checked.

    Args:
        rung: Rung with its named doses.
        order: Order in which the dimensions of the dose grow.

    """
    if rung.protocol is not None:
        return
    names = [name for name in order.order if name in Dose.AXES]
    for index, (dose, following) in enumerate(pairwise(rung.axis), 1):
        pairs = [(name, getattr(dose, name) or 0, getattr(following, name) or 0) for name in names]
        grown = [name for name, before, after in pairs if after > before]
        where = f".axis[{index}]"
        foreign = [
            axis
            for axis in Dose.AXES
            if axis not in names and getattr(dose, axis) != getattr(following, axis)
        ]
        if foreign:
            what = f"`{foreign[0]}` does not grow in exercises of the kind {order.kind}"
            yield Fault(what, where, "let one of " + ", ".join(names) + " grow")
            continue
        if len(grown) != 1:
            what = " and ".join(grown) or "nothing"
            yield Fault(f"{what} grows from the dose before", where, "let one dimension grow")
            continue
        later = names[names.index(grown[0]) + 1 :]
        for name, before, after in pairs:
            if name in later and after != before:
                yield Fault(f"`{name}` changes with `{grown[0]}`", where, "change one at a time")
