"""A site: a region on one side, where something hurts, was injured or is examined."""

from typing import TypeAlias

from kineticchain.anatomy.region import Region
from kineticchain.anatomy.side import Side

Site: TypeAlias = tuple[Region, Side]
"""A region on one side; a region of the midline has the side `both`."""


def sites_of(region: Region, side: Side) -> tuple[Site, ...]:
    """The single sites that a region has on a side."""
    sides = side.each if region.paired else (Side.BOTH,)
    return tuple((region, single) for single in sides)
