"""Regions of the body and the parts that they belong to."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import field, frozen

from kineticchain.domain.anatomy.side import Side
from kineticchain.domain.validators import Whole, boolean, is_fact_name, repr_short, title, whole
from kineticchain.errors import Fault, InvalidInput, UnknownName, likely

if TYPE_CHECKING:
    import attrs


class Part(StrEnum):
    """The segments of the usual kinetic chain from the ground up, and the arm.

    No built-in region belongs to the arm; packs add the regions of the arm.
    """

    FOOT = "foot"
    KNEE = "knee"
    HIP = "hip"
    PELVIS = "pelvis"
    SPINE = "spine"
    ARM = "arm"


class Region(StrEnum):
    """A region of the body; the built-in regions are ordered from the toes up to the neck.

    `declare_region` adds the region of a pack for this process; from then on,
    ``Region("shoulder")`` returns that region. Iteration yields only the built-in regions, whatever
    packs are loaded. `Knowledge.regions` contains all regions of a knowledge.
    """

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
        return _ANATOMY[self][0]

    @property
    def paired(self) -> bool:
        """True if the region exists on the left and on the right."""
        return _ANATOMY[self][1]

    @classmethod
    def _missing_(cls, value: object) -> "Region | None":
        """Return the region that a pack declared under an id; None if there is none."""
        return _DECLARED.get(value) if isinstance(value, str) else None

    def __reduce_ex__(self, protocol: object) -> tuple[Callable[..., "Region"], tuple[object, ...]]:
        """Pickle a declared region with its anatomy, so that another process can declare it."""
        if self.value in _DECLARED:
            return declare_region, (self.value, self.part.value, self.paired)
        return Region, (self.value,)


_REGIONS_OF_PART: dict[Part, tuple[Region, ...]] = {
    Part.FOOT: (Region.TOES, Region.PLANTAR_FASCIA, Region.HEEL, Region.ANKLE),
    Part.KNEE: (Region.CALF_ACHILLES, Region.SHIN, Region.KNEE),
    Part.HIP: (Region.THIGH, Region.HIP),
    Part.PELVIS: (Region.PELVIS, Region.SACRUM_SI, Region.CORE),
    Part.SPINE: (Region.LUMBAR, Region.THORACIC, Region.NECK),
}
_PAIRED = frozenset({Part.FOOT, Part.KNEE, Part.HIP})
_ANATOMY: dict[Region, tuple[Part, bool]] = {
    region: (part, part in _PAIRED)
    for part, regions in _REGIONS_OF_PART.items()
    for region in regions
}
"""The part of each region, and whether it is paired; `declare_region` adds rows."""

_DECLARED: dict[str, Region] = {}
"""The declared regions of packs by id.

Like the built-in regions they are constants of the process, because a complaint is validated on
construction, without a knowledge.
"""

_DECLARING = Lock()


def declare_region(name: str, part: Part | str, paired: bool) -> Region:  # noqa: FBT001 - pickled
    """Declare the region of a pack for this process, and return the region.

    The same region can be declared many times. Reading a pack declares its regions.

    Args:
        name: The id, such as ``shoulder``; one word without a dot.
        part: The segment of the body that contains the region.
        paired: True if the region exists on the left and on the right.

    Raises:
        InvalidInput: For an id that is not a single word or is the id of a part or side, for an
            unknown part, and for an anatomy that differs from an earlier declaration.
    """
    if not is_fact_name(name) or "." in name:
        raise InvalidInput(
            Fault(f"{repr_short(name)} is no id of a region", ".id", "use a word, such as shoulder")
        )
    if name in {*Part, *Side} - {*Region}:
        raise InvalidInput(
            Fault(f"`{name}` is a part or a side of the body", ".id", "choose another id")
        )
    anatomy = (_part(part), bool(paired))
    with _DECLARING:
        region = _DECLARED.get(name)
        if region is None and name in _REGION_IDS:
            region = Region(name)
        if region is None:
            region = str.__new__(Region, name)
            region._name_, region._value_ = name.upper(), name
            _ANATOMY[region] = anatomy
            _SITES.update(_sites(region))
            _DECLARED[name] = region
    if _ANATOMY[region] != anatomy:
        stated = f"{region.part}, {'paired' if region.paired else 'on the midline'}"
        raise InvalidInput(
            Fault(
                f"the region `{name}` is known with another anatomy: {stated}",
                ".id",
                "choose another id; after a correction of the pack, start a new process",
            )
        )
    return region


def _part(part: Part | str) -> Part:
    try:
        return Part(part)
    except ValueError:
        parts = [member.value for member in Part]
        remedy = likely(str(part), parts) or "use one of " + ", ".join(parts)
        raise InvalidInput(
            Fault(f"{repr_short(part)} is no part of the body", ".part", remedy)
        ) from None


def is_region(name: str) -> bool:
    """Return whether `name` is the id of a built-in or a declared region."""
    return name in _REGION_IDS or name in _DECLARED


def region_ids() -> list[str]:
    """Return the ids of the built-in regions, then those of the declared regions."""
    return [*(region.value for region in Region), *_DECLARED]


@frozen(kw_only=True)
class BodyRegion:
    """The anatomy of one region, as a row of the knowledge.

    Attributes:
        id: the region.
        part: the segment of the chain that contains the region.
        paired: True if the region exists on the left and on the right.
        position: the x and y coordinates in pictures of the chain (0 to 1,000 units).
        title: the name of the region; empty for built-in regions, whose names are messages.

    """

    id: Region
    part: Part
    paired: bool = field(validator=boolean())
    position: tuple[int, int]
    title: str = field(default="", validator=title(0))

    def __attrs_post_init__(self) -> None:
        """Reject a part or a `paired` that differs from the declaration of the region."""
        if (self.part, self.paired) != (self.id.part, self.id.paired):
            raise InvalidInput(
                Fault(f"`{self.id}` is declared with another part or another `paired`", ".part")
            )


def regions_in_order(added: Iterable[BodyRegion]) -> tuple[Region, ...]:
    """Return the built-in regions from the toes to the neck, then added regions by id."""
    return (*Region, *sorted({region.id for region in added} - {*Region}))


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
            for region in dict.fromkeys(regions)
            if regions.count(region) > 1
        ]
        if faults:
            raise InvalidInput(*faults)


def region_points(high: int) -> Points:
    """Return a validator for regions with whole numbers from 1 to `high`."""
    return Points(whole(1, high))


Site: TypeAlias = tuple[Region, Side]
"""A region on one side; midline regions have the side `both`."""


def _sites(region: Region) -> dict[tuple[Region, Side], tuple[Site, ...]]:
    """Return the sites of a region for each side that can be stated."""
    return {
        (region, side): tuple(
            (region, single) for single in (side.each if region.paired else (Side.BOTH,))
        )
        for side in Side
    }


_SITES = {stated: sites for region in Region for stated, sites in _sites(region).items()}


def sites_of(region: Region, side: Side) -> tuple[Site, ...]:
    """Return the sites of a region on a side; `both` yields two sites for a paired region."""
    return _SITES[region, side]


Place: TypeAlias = Region | Part | str
"""A region or a part of the body, as an enumeration member or as an id."""


def regions_of(place: Place, regions: Iterable[Region] = tuple(Region)) -> tuple[Region, ...]:
    """Return the regions of a part, or the region itself.

    An id that a region and a part share, such as ``knee``, stands for the region; `Part.KNEE`
    stands for the part.

    Args:
        place: A region or a part.
        regions: The regions to choose from; by default the built-in ones.

    Raises:
        UnknownName: For an id of neither a region nor a part, with a likely id.
        InvalidInput: For a place that is not text.
    """
    if isinstance(place, Part):
        return tuple(region for region in regions if region.part is place)
    if not isinstance(place, str):
        remedy = "give a region, such as heel, or a part of the body, such as foot"
        raise InvalidInput(Fault(f"{repr_short(place)} is no region", remedy=remedy))
    by_id = {region.value: region for region in regions}
    if place in by_id:
        return (by_id[place],)
    if place in _PART_IDS:
        return regions_of(Part(place), by_id.values())
    valid_ids = sorted({*by_id} | _PART_IDS)
    raise UnknownName("region or part of the body", place, likely(place, valid_ids))


_REGION_IDS = frozenset(region.value for region in Region)
_PART_IDS = frozenset(part.value for part in Part)
