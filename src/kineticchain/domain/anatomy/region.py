"""Regions of the body and the parts that they belong to."""

from enum import StrEnum
from typing import TypeAlias

from kineticchain.domain.anatomy.side import Side
from kineticchain.domain.validators import repr_short
from kineticchain.errors import Fault, InvalidInput, UnknownName, likely


class Part(StrEnum):
    """The five segments of the kinetic chain as it is usually drawn, from the ground up."""

    FOOT = "foot"
    KNEE = "knee"
    HIP = "hip"
    PELVIS = "pelvis"
    SPINE = "spine"


class Region(StrEnum):
    """A region of the body; the regions are ordered from the toes up to the neck."""

    TOES = "toes"
    PLANTAR_FASCIA = "plantar_fascia"
    HEEL = "heel"
    ANKLE = "ankle"
    CALF_ACHILLES = "calf_achilles"
    SHIN = "shin"
    KNEE = "knee"
    THIGH = "thigh"
    HIP = "hip"
    PELVIS = "pelvis"
    SACRUM_SI = "sacrum_si"
    LUMBAR = "lumbar"
    CORE = "core"
    THORACIC = "thoracic"
    NECK = "neck"

    @property
    def part(self) -> Part:
        """The segment of the chain that contains the region."""
        return _PART_OF[self]

    @property
    def paired(self) -> bool:
        """True if the region exists on the left and on the right (foot, knee and hip parts)."""
        return self.part in _PAIRED


_REGIONS_OF_PART: dict[Part, tuple[Region, ...]] = {
    Part.FOOT: (Region.TOES, Region.PLANTAR_FASCIA, Region.HEEL, Region.ANKLE),
    Part.KNEE: (Region.CALF_ACHILLES, Region.SHIN, Region.KNEE),
    Part.HIP: (Region.THIGH, Region.HIP),
    Part.PELVIS: (Region.PELVIS, Region.SACRUM_SI, Region.CORE),
    Part.SPINE: (Region.LUMBAR, Region.THORACIC, Region.NECK),
}
_PART_OF = {region: part for part, regions in _REGIONS_OF_PART.items() for region in regions}
_PAIRED = frozenset({Part.FOOT, Part.KNEE, Part.HIP})


Site: TypeAlias = tuple[Region, Side]
"""A region on one side; midline regions have the side `both`."""


_SITES: dict[tuple[Region, Side], tuple[Site, ...]] = {
    (region, side): tuple(
        (region, single) for single in (side.each if region.paired else (Side.BOTH,))
    )
    for region in Region
    for side in Side
}


def sites_of(region: Region, side: Side) -> tuple[Site, ...]:
    """Return the sites of a region on a side; `both` yields two sites for a paired region."""
    return _SITES[region, side]


Place: TypeAlias = Region | Part | str
"""A region or a part of the body, by itself or by its id."""


def regions_of(place: Place) -> tuple[Region, ...]:
    """Return the regions of a part, or the region itself.

    An id that is both, such as ``knee``, is the region; `Part.KNEE` is the part.

    Raises:
        UnknownName: For an id that is neither, with the likely one.
    """
    if isinstance(place, Region):
        return (place,)
    if isinstance(place, Part):
        return _REGIONS_OF_PART[place]
    if not isinstance(place, str):
        remedy = "give a region, such as heel, or a part of the body, such as foot"
        raise InvalidInput(Fault(f"{repr_short(place)} is no region", remedy=remedy))
    if place in _REGION_IDS:
        return (Region(place),)
    if place in _PART_IDS:
        return _REGIONS_OF_PART[Part(place)]
    known = sorted(_REGION_IDS | _PART_IDS)
    raise UnknownName("region or part of the body", place, likely(place, known))


_REGION_IDS = frozenset(region.value for region in Region)
_PART_IDS = frozenset(part.value for part in Part)
