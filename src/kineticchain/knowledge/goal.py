"""What a plan may work for besides what hurts: goals, and sides that differ."""

from attrs import frozen

from kineticchain.domain.anatomy import Region


@frozen
class Goal:
    """What somebody may ask for, and how many points it gives to which regions.

    `complaint` lists regions that hurt for whoever asks for it, how much is not known.
    """

    id: str
    regions: tuple[tuple[Region, int], ...]
    complaint: tuple[Region, ...] = ()


@frozen
class Asymmetry:
    """A measure of both sides: if they differ by more, the lower one gets points for regions."""

    measure: str
    more_than: int
    regions: tuple[tuple[Region, int], ...]
    evidence: tuple[str, ...]
