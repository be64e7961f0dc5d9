"""The fine view of the body: a closed set of regions."""

from enum import StrEnum

from kineticchain.anatomy.part import Part


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


_PARTS: dict[Part, tuple[Region, ...]] = {
    Part.FOOT: (Region.TOES, Region.PLANTAR_FASCIA, Region.HEEL, Region.ANKLE),
    Part.KNEE: (Region.CALF_ACHILLES, Region.SHIN, Region.KNEE),
    Part.HIP: (Region.THIGH, Region.HIP),
    Part.PELVIS: (Region.PELVIS, Region.SACRUM_SI, Region.CORE),
    Part.SPINE: (Region.LUMBAR, Region.THORACIC, Region.NECK),
}
_PART_OF = {region: part for part, regions in _PARTS.items() for region in regions}
_PAIRED = frozenset({Part.FOOT, Part.KNEE, Part.HIP})
