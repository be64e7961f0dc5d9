"""A step of the chain between two neighbouring regions."""

from attrs import field, frozen

from kineticchain.domain.anatomy.claim import ClaimKind
from kineticchain.domain.anatomy.region import Region
from kineticchain.domain.evidence import Grade
from kineticchain.domain.validators import each, identifier, text
from kineticchain.errors import Fault, InvalidInput


@frozen(kw_only=True)
class Link:
    """The influence of `origin` on its neighbour `target`, graded by hand in three kinds.

    `claims` and `against` name the rows that the grades were read from.
    """

    origin: Region
    target: Region
    mechanics: Grade
    pain_association: Grade
    treatment_effect: Grade
    claims: tuple[str, ...] = field(default=(), validator=each(identifier()))
    against: tuple[str, ...] = field(default=(), validator=each(identifier()))

    def __attrs_post_init__(self) -> None:
        """Refuse a region that is its own neighbour."""
        if self.origin is self.target:
            raise InvalidInput(Fault(f"`{self.origin}` is linked to itself", where=".target"))

    def grade(self, kind: ClaimKind) -> Grade:
        """The grade of the influence of that kind."""
        match kind:
            case ClaimKind.MECHANICS:
                return self.mechanics
            case ClaimKind.PAIN_ASSOCIATION:
                return self.pain_association
            case ClaimKind.TREATMENT_EFFECT:
                return self.treatment_effect


@frozen(kw_only=True)
class Story:
    """What a source says travels along the chain, region by region.

    A story is told, not proven: `KineticChain.along` gives its influence and honest grade.
    """

    id: str = field(validator=identifier())
    source: str = field(validator=identifier())
    title: str = field(validator=text())
    regions: tuple[Region, ...]
