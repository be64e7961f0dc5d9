"""One row of evidence about two regions."""

from enum import StrEnum

from attrs import field, frozen

from kineticchain.domain.anatomy.region import Region
from kineticchain.domain.evidence import Evidence, Grade
from kineticchain.domain.validators import boolean, each, identifier, text


class ClaimKind(StrEnum):
    """What a claim is about; support for one kind says nothing of the others."""

    MECHANICS = "mechanics"
    PAIN_ASSOCIATION = "pain_association"
    TREATMENT_EFFECT = "treatment_effect"


class Direction(StrEnum):
    """Which way along the chain the influence travels."""

    ASCENDING = "ascending"
    DESCENDING = "descending"
    BOTH = "both"


@frozen(kw_only=True)
class Claim:
    """A graded statement that one region influences another.

    `against` is true for a row that speaks against the influence. `origin` and `target`
    list every region that the row speaks of; a row about distant regions supports no link
    between neighbours.
    """

    id: str = field(validator=identifier())
    origin: tuple[Region, ...]
    target: tuple[Region, ...]
    direction: Direction
    kind: ClaimKind
    statement: str = field(validator=text())
    grade: Grade
    sources: tuple[str, ...] = field(default=(), validator=each(identifier()))
    against: bool = field(default=False, validator=boolean())
    confirmed: bool = field(default=True, validator=boolean())

    def __attrs_post_init__(self) -> None:
        """Hold it to what holds for every row of evidence."""
        self.as_evidence()

    def as_evidence(self) -> Evidence:
        """The claim as a plain row of evidence."""
        return Evidence(
            id=self.id,
            statement=self.statement,
            grade=self.grade,
            sources=self.sources,
            confirmed=self.confirmed,
        )
