"""Claims: rows of evidence that one region influences another."""

from enum import StrEnum

from attrs import field, frozen

from kineticchain.domain.anatomy.region import Region
from kineticchain.domain.evidence import Evidence, Grade
from kineticchain.domain.validators import boolean, each, identifier, passage


class ClaimKind(StrEnum):
    """The subject of a claim; evidence for one kind is not evidence for another."""

    MECHANICS = "mechanics"
    PAIN_ASSOCIATION = "pain_association"
    TREATMENT_EFFECT = "treatment_effect"


class Direction(StrEnum):
    """The direction of an influence along the kinetic chain, up or down the body."""

    ASCENDING = "ascending"
    DESCENDING = "descending"
    BOTH = "both"


@frozen(kw_only=True)
class Claim:
    """A graded statement that one region influences another.

    A row about distant regions supports no link between neighbouring regions.

    Attributes:
        id: the row id, such as ``C01``.
        origin: every influencing region that the row names.
        target: every influenced region that the row names.
        direction: the direction along the chain.
        kind: the subject of the claim.
        statement: the claim, in one sentence.
        grade: the strength of the claim.
        sources: ids of the sources.
        against: True if the row is evidence against the influence.
        confirmed: False if no source could be found for the row.

    """

    id: str = field(validator=identifier())
    origin: tuple[Region, ...]
    target: tuple[Region, ...]
    direction: Direction
    kind: ClaimKind
    statement: str = field(validator=passage())
    grade: Grade
    sources: tuple[str, ...] = field(default=(), validator=each(identifier()))
    against: bool = field(default=False, validator=boolean())
    confirmed: bool = field(default=True, validator=boolean())

    def __attrs_post_init__(self) -> None:
        """Apply the checks of a row of evidence."""
        self.as_evidence()

    def as_evidence(self) -> Evidence:
        """Return the claim as a row of evidence, without its regions."""
        return Evidence(
            id=self.id,
            statement=self.statement,
            grade=self.grade,
            sources=self.sources,
            confirmed=self.confirmed,
        )
