"""Targets of a plan besides complaints: goals, and differences between sides."""

from attrs import frozen

from kineticchain.domain.anatomy import Region


@frozen
class Goal:
    """A goal that a request may name.

    Attributes:
        id: The id of the goal.
        regions: The regions that it targets, each with its points.
        complaint: Regions for which the goal counts as a complaint of unknown pain.
    """

    id: str
    regions: tuple[tuple[Region, int], ...]
    complaint: tuple[Region, ...] = ()


@frozen
class Asymmetry:
    """A measure of both sides whose difference adds targets on the lower side.

    Attributes:
        measure: The id of the measure.
        more_than: The largest usual difference, in the unit of the measure.
        regions: The regions that the lower side targets, each with its points.
        evidence: The rows of evidence for the difference.
    """

    measure: str
    more_than: int
    regions: tuple[tuple[Region, int], ...]
    evidence: tuple[str, ...]
