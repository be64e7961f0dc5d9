"""Comparison of the dimension that a rung states as harder with the exercises themselves."""

from collections.abc import Iterator

from kineticchain.domain.exercises import (
    Base,
    Dimension,
    Exercise,
    Position,
    Support,
    Surface,
    Vision,
)
from kineticchain.errors import Fault


def harder_faults(
    where: str, below: Exercise, above: Exercise, stated: Dimension
) -> Iterator[Fault]:
    """Yield a fault if other than exactly the stated dimension gets harder.

    Task and load may be stated without a visible difference. A narrower base may be stated as load
    if the load class rises, too, because it puts more weight on the leg.

    Args:
        where: The place of the stated dimension.
        below: The exercise of the rung below.
        above: The exercise of the rung.
        stated: The dimension that the rung states as harder.
    """
    if above.load < below.load:
        what = f"the load falls from {below.load} to {above.load}"
        yield Fault(what, where, "put the exercise with less load on a lower rung")
    harder = list(_harder(below, above))
    if len(harder) > 1:
        names = " and ".join(harder)
        yield Fault(f"{names} get harder at once", where=where, remedy="put a rung in between")
    elif harder and stated is not harder[0]:
        more_load = stated is Dimension.LOAD and above.load > below.load
        if harder[0] is not Dimension.BASE_OF_SUPPORT or not more_load:
            yield Fault(f"`{stated}` is stated, yet `{harder[0]}` gets harder", where=where)
    elif not harder and stated not in {Dimension.TASK, Dimension.LOAD}:
        yield Fault(f"`{stated}` is stated, yet it does not get harder", where=where)


def _harder(below: Exercise, above: Exercise) -> Iterator[Dimension]:
    """Return the dimensions that get harder from one exercise to another."""
    # A hand on something fixed helps balance; who lies or kneels has nothing to balance.
    stands = above.position is Position.STANDING
    if stands and below.support is Support.HAND and above.support is Support.NONE:
        yield Dimension.HAND_SUPPORT
    bases = list(Base)
    if bases.index(above.base) > bases.index(below.base):
        yield Dimension.BASE_OF_SUPPORT
    if below.surface is Surface.FIRM and above.surface is Surface.FOAM:
        yield Dimension.SURFACE
    if below.vision is Vision.OPEN and above.vision is Vision.CLOSED:
        yield Dimension.VISION
