"""Links of the kinetic chain between neighbouring regions."""

from attrs import field, frozen

from kineticchain.domain.anatomy.claim import ClaimKind
from kineticchain.domain.anatomy.region import Region
from kineticchain.domain.evidence import Grade
from kineticchain.domain.validators import each, identifier, title
from kineticchain.errors import Fault, InvalidInput


@frozen(kw_only=True)
class Link:
    """The influence of a region on its neighbour, graded by hand for each kind of claim.

    Attributes:
        origin: the influencing region.
        target: the influenced region.
        mechanics: the grade of the mechanical influence.
        pain_association: the grade of the association with pain.
        treatment_effect: the grade of the effect of treatment.
        claims: ids of rows that support the grades.
        against: ids of rows that are evidence against the influence.

    """

    origin: Region
    target: Region
    mechanics: Grade
    pain_association: Grade
    treatment_effect: Grade
    claims: tuple[str, ...] = field(default=(), validator=each(identifier()))
    against: tuple[str, ...] = field(default=(), validator=each(identifier()))

    def __attrs_post_init__(self) -> None:
        """Reject a link from a region to itself."""
        if self.origin is self.target:
            raise InvalidInput(Fault(f"`{self.origin}` is linked to itself", where=".target"))

    def grade(self, kind: ClaimKind) -> Grade:
        """Return the grade for one kind of claim."""
        match kind:
            case ClaimKind.MECHANICS:
                return self.mechanics
            case ClaimKind.PAIN_ASSOCIATION:
                return self.pain_association
            case ClaimKind.TREATMENT_EFFECT:
                return self.treatment_effect


@frozen(kw_only=True)
class Story:
    """A published sequence of regions along which an influence is said to travel.

    A story is a claim of its source, not evidence; `KineticChain.along` returns its influence and
    its grade.

    Attributes:
        id: the id of the story.
        source: the id of the source.
        title: the title for display.
        regions: the regions in order.

    """

    id: str = field(validator=identifier())
    source: str = field(validator=identifier())
    title: str = field(validator=title())
    regions: tuple[Region, ...]
