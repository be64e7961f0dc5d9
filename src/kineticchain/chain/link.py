"""A step of the chain between two neighbouring regions."""

from attrs import field, frozen

from kineticchain.anatomy import Region
from kineticchain.chain.claim import ClaimKind
from kineticchain.constraints import each, identifier
from kineticchain.errors import Fault, InvalidInput
from kineticchain.evidence import Grade


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
