"""What hurts, what was injured, and what was operated on."""

from enum import StrEnum

from attrs import field, frozen

from kineticchain.domain.anatomy import Region, Side
from kineticchain.domain.person.readers import check_side, read_region, read_side, word
from kineticchain.domain.validators import boolean, optional, whole
from kineticchain.errors import Fault, InvalidInput

_PAIN = whole(0, 10)
_WEEKS = whole(0, 5200, "weeks")
_DAYS = whole(0, 36_500, "days")


class WeightBearing(StrEnum):
    """What a surgeon allows the leg to bear."""

    NWB = "NWB"
    TWB = "TWB"
    PWB = "PWB"
    FWB = "FWB"


def read_weight_bearing(value: "WeightBearing | str | None") -> "WeightBearing | None":
    """A weight-bearing order by its letters."""
    if value is None:
        return None
    return word(WeightBearing, value, "a weight-bearing order", ".weight_bearing")


@frozen
class Complaint:
    """A painful region: worst pain of the last 24 hours (0–10), and for how long.

    A paired region without a side counts as painful on both. Give `weeks` or `days`, not
    both. `joint` says whether the pain sits in the joint itself.
    """

    region: Region = field(converter=read_region)
    side: Side = field(default=None, converter=read_side)
    pain: int | None = field(default=None, validator=optional(_PAIN))
    weeks: int | None = field(default=None, validator=optional(_WEEKS))
    days: int | None = field(default=None, validator=optional(_DAYS))
    joint: bool | None = field(default=None, validator=optional(boolean()))

    def __attrs_post_init__(self) -> None:
        """Check what only makes sense together."""
        check_side(self.region, self.side)
        if self.weeks is not None and self.days is not None:
            raise InvalidInput(Fault("both weeks and days", where=".days", remedy="give one"))


@frozen
class Injury:
    """An injury and how many days ago it was."""

    region: Region = field(converter=read_region)
    side: Side = field(default=None, converter=read_side)
    days_ago: int | None = field(default=None, validator=optional(_DAYS))

    def __attrs_post_init__(self) -> None:
        """Check what only makes sense together."""
        check_side(self.region, self.side)


@frozen
class Surgery:
    """An operation, how many weeks ago it was, and what the surgeon allows.

    `cleared` says that the surgeon has lifted all restrictions. Where `weight_bearing` or
    `cleared` is left out it is unknown, and the cautious rules hold.
    """

    region: Region = field(converter=read_region)
    side: Side = field(default=None, converter=read_side)
    weeks_ago: int | None = field(default=None, validator=optional(_WEEKS))
    weight_bearing: WeightBearing | None = field(default=None, converter=read_weight_bearing)
    cleared: bool | None = field(default=None, validator=optional(boolean()))

    def __attrs_post_init__(self) -> None:
        """Check what only makes sense together."""
        check_side(self.region, self.side)
