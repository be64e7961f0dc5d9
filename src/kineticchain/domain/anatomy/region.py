"""Regions of the body and the parts that they belong to."""

from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import field, frozen

from kineticchain.domain.anatomy.side import Side
from kineticchain.domain.validators import Whole, boolean, repr_short, whole
from kineticchain.errors import Fault, InvalidInput, UnknownName, likely

if TYPE_CHECKING:
    import attrs


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


@frozen(kw_only=True)
class BodyRegion:
    """The row of a region in the anatomy.

    Attributes:
        id: the region.
        part: the segment of the chain that contains it.
        paired: True if the region exists on the left and on the right.
        position: the x and y coordinates in pictures of the chain (0 to 1,000 units).

    """

    id: Region
    part: Part
    paired: bool = field(validator=boolean())
    position: tuple[int, int]


RegionPoints: TypeAlias = tuple[tuple[Region, int], ...]
"""Regions, each with its points or its weight."""


@frozen
class Points:
    """A validator of `RegionPoints`: no region twice, and each number within `range`."""

    range: Whole

    def __call__(self, _: object, attribute: "attrs.Attribute[Any]", value: RegionPoints) -> None:
        """Raise `InvalidInput` with every number out of range and every region stated twice."""
        faults = [
            Fault(f"{repr_short(points)} is not {self.range.wanted}", f".{attribute.name}.{region}")
            for region, points in value
            if not self.range.fits(points)
        ]
        regions = [region for region, _ in value]
        faults += [
            Fault(f"`{region}` is stated twice", f".{attribute.name}")
            for region in Region
            if regions.count(region) > 1
        ]
        if faults:
            raise InvalidInput(*faults)


def region_points(high: int) -> Points:
    """Return a validator for regions with whole numbers from 1 to `high`."""
    return Points(whole(1, high))


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
