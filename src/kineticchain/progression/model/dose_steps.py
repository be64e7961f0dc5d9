"""The doses of a rung in the order in which they grow: one dimension at a time, days last."""

from collections.abc import Iterator
from itertools import pairwise

from attrs import frozen

from kineticchain.domain.exercises import Dose, DoseRange, Rung
from kineticchain.errors import Fault
from kineticchain.progression.model.transition import DoseOrder

_ALL = 100


@frozen
class DoseStep:
    """A dose in one session, and on how many days a week at most."""

    dose: Dose
    days: int
    protocol_days: int = 0
    """Days that a published protocol stays at this dose; 0 where there is none."""

    @property
    def weekly_volume(self) -> int:
        """The work of a week."""
        return self.dose.volume * self.days


def dose_steps(
    rung: Rung, dose_range: DoseRange, order: DoseOrder, weekly_step: int
) -> tuple[DoseStep, ...]:
    """All steps of a rung: its named doses, then more days a week where the order has days.

    With a day more the dose falls back as far as it takes for the week to grow by no more
    than `weekly_step` per cent, and then grows again. The days of a published protocol are
    its own from the start.
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
    for often in range(days.low + 1, days.high + 1):
        most = steps[-1].weekly_volume * (_ALL + weekly_step) // _ALL
        fitting = [at for at, dose in enumerate(rung.axis) if dose.volume * often <= most]
        if fitting:
            steps += [DoseStep(dose, often) for dose in rung.axis[fitting[-1] :]]
    return tuple(steps)


def order_faults(rung: Rung, order: DoseOrder) -> Iterator[Fault]:
    """Where more than one dimension grows at once, or one does before its turn.

    From one named dose to the next one dimension grows; those before it in the order may
    fall back, those after it stay. A published protocol is as it was published.
    """
    if rung.protocol is not None:
        return
    names = [name for name in order.order if name in Dose.AXES]
    for at, (dose, following) in enumerate(pairwise(rung.axis), 1):
        pairs = [(name, getattr(dose, name) or 0, getattr(following, name) or 0) for name in names]
        grown = [name for name, before, after in pairs if after > before]
        where = f".axis[{at}]"
        if len(grown) != 1:
            what = " and ".join(grown) or "nothing"
            yield Fault(f"{what} grows from the dose before", where, "let one dimension grow")
            continue
        later = names[names.index(grown[0]) + 1 :]
        for name, before, after in pairs:
            if name in later and after != before:
                yield Fault(f"`{name}` changes with `{grown[0]}`", where, "change one at a time")
