"""The fine view of the body: a closed set of regions."""

from enum import StrEnum
from typing import TypeAlias

from kineticchain.domain.anatomy.side import Side


class Part(StrEnum):
    """The five links of the kinetic chain as it is usually drawn, from the ground up."""

    FOOT = "foot"
    KNEE = "knee"
    HIP = "hip"
    PELVIS = "pelvis"
    SPINE = "spine"


class Region(StrEnum):
    """A region of the body, from the toes up to the neck."""

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
        """The coarse part that this region belongs to."""
        return _PART_OF[self]

    @property
    def paired(self) -> bool:
        """Whether there is one on the left and one on the right (foot to hip)."""
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
"""A region on one side; a region of the midline has the side `both`."""


def sites_of(region: Region, side: Side) -> tuple[Site, ...]:
    """The single sites that a region has on a side."""
    sides = side.each if region.paired else (Side.BOTH,)
    return tuple((region, single) for single in sides)
