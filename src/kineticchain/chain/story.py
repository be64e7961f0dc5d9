"""A way along the chain that somebody tells."""

from attrs import field, frozen

from kineticchain.anatomy import Region
from kineticchain.constraints import identifier, text


@frozen(kw_only=True)
class Story:
    """What a source says travels along the chain, region by region.

    A story is told, not proven: `KineticChain.along` gives its influence and honest grade.
    """

    id: str = field(validator=identifier())
    source: str = field(validator=identifier())
    title: str = field(validator=text())
    regions: tuple[Region, ...]
