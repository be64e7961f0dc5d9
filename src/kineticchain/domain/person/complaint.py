"""Complaints, injuries and operations."""

from enum import StrEnum

from attrs import field, frozen

from kineticchain.domain.anatomy import Region, Side
from kineticchain.domain.person.readers import check_side, read_region, read_side, word
from kineticchain.domain.validators import boolean, optional, whole
from kineticchain.errors import Fault, InvalidInput

_PAIN = whole(0, 10)
MAX_WEEKS = 5200
"""The longest duration in weeks that can be stated; longer computed durations are cut to it."""

_WEEKS = whole(0, MAX_WEEKS, "weeks")
_DAYS = whole(0, 36_500, "days")


class WeightBearing(StrEnum):
    """The weight that a surgeon allows on the leg: none, toe touch, partial or full."""

    NWB = "NWB"
    TWB = "TWB"
    PWB = "PWB"
    FWB = "FWB"


def read_weight_bearing(value: "WeightBearing | str | None") -> "WeightBearing | None":
    """Return a weight-bearing order from its abbreviation; None remains None.

    Raises:
        InvalidInput: if the abbreviation is unknown.

    """
    if value is None:
        return None
    return word(WeightBearing, value, "a weight-bearing order", ".weight_bearing")


@frozen
class Complaint:
    """A painful region.

    Attributes:
        region: the painful region.
        side: the painful side; a paired region without a side is painful on both.
        pain: the worst pain of the last 24 hours (0–10); None for unknown.
        weeks: the duration in weeks; None for unknown. Give `weeks` or `days`, not both.
        days: the duration in days; None for unknown.
        joint: True if the pain is in the joint itself; None for unknown.

    """

    region: Region = field(converter=read_region)
    side: Side = field(default=None, converter=read_side)
    pain: int | None = field(default=None, validator=optional(_PAIN))
    weeks: int | None = field(default=None, validator=optional(_WEEKS))
    days: int | None = field(default=None, validator=optional(_DAYS))
    joint: bool | None = field(default=None, validator=optional(boolean()))

    def __attrs_post_init__(self) -> None:
        """Reject a side of a midline region, and a duration in both weeks and days."""
        check_side(self.region, self.side)
        if self.weeks is not None and self.days is not None:
            raise InvalidInput(Fault("both weeks and days", where=".days", remedy="give one"))


@frozen
class Injury:
    """A past injury.

    Attributes:
        region: the injured region.
        side: the injured side; a paired region without a side is injured on both.
        days_ago: days since the injury; None for unknown.

    """

    region: Region = field(converter=read_region)
    side: Side = field(default=None, converter=read_side)
    days_ago: int | None = field(default=None, validator=optional(_DAYS))

    def __attrs_post_init__(self) -> None:
        """Reject a side of a midline region."""
        check_side(self.region, self.side)


@frozen
class Surgery:
    """A past operation and the orders of the surgeon.

    If `weight_bearing` or `cleared` is None it is unknown, and the cautious rules apply.

    Attributes:
        region: the operated region.
        side: the operated side; a paired region without a side counts for both.
        weeks_ago: weeks since the operation; None for unknown.
        weight_bearing: the order for weight bearing.
        cleared: True if the surgeon has lifted all restrictions.

    """

    region: Region = field(converter=read_region)
    side: Side = field(default=None, converter=read_side)
    weeks_ago: int | None = field(default=None, validator=optional(_WEEKS))
    weight_bearing: WeightBearing | None = field(default=None, converter=read_weight_bearing)
    cleared: bool | None = field(default=None, validator=optional(boolean()))

    def __attrs_post_init__(self) -> None:
        """Reject a side of a midline region."""
        check_side(self.region, self.side)
