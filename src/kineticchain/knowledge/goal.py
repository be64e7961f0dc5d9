"""What somebody may ask for."""

from attrs import frozen

from kineticchain.anatomy import Region


@frozen
class Goal:
    """What somebody may ask for, and how many points it gives to which regions."""

    id: str
    regions: tuple[tuple[Region, int], ...]
