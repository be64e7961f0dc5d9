"""Targets of a plan besides complaints: goals, and differences between sides."""

from attrs import field, frozen

from kineticchain.domain.anatomy import Region, RegionPoints
from kineticchain.domain.anatomy.region import region_points
from kineticchain.domain.validators import each, identifier, whole
from kineticchain.errors import Fault, InvalidInput


@frozen(kw_only=True)
class Goal:
    """A goal that a request may name.

    Attributes:
        id: The id of the goal.
        regions: The regions that the goal targets, each with its points (1 to 100).
        complaint: Regions for which the goal counts as a complaint of unknown pain.
        same_pain: Further regions whose complaint means the same pain. With such a complaint, the
            goal adds no complaint.
    """

    id: str = field(validator=identifier())
    regions: RegionPoints = field(validator=region_points(100))
    complaint: tuple[Region, ...] = ()
    same_pain: tuple[Region, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Reject a goal without a region, because no exercise could serve the goal."""
        if not self.regions:
            raise InvalidInput(Fault("no region", ".regions", "name what it targets"))


@frozen(kw_only=True)
class Asymmetry:
    """A measure of both sides whose difference adds targets on the lower side.

    Attributes:
        measure: The id of the measure.
        more_than: The largest usual difference, in the unit of the measure (0 to 1,000).
        regions: The regions that are targeted on the lower side, each with its points (1 to 100).
        evidence: The rows of evidence for the difference.
    """

    measure: str = field(validator=identifier())
    more_than: int = field(validator=whole(0, 1000))
    regions: RegionPoints = field(validator=region_points(100))
    evidence: tuple[str, ...] = field(default=(), validator=each(identifier()))
