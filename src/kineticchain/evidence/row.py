"""One statement of the fact base."""

from attrs import field, frozen

from kineticchain.constraints import boolean, each, identifier, text
from kineticchain.errors import Fault, InvalidInput
from kineticchain.evidence.grade import Grade


@frozen(kw_only=True)
class Evidence:
    """A row of evidence: a statement with its grade and its sources.

    A row that no source could be found for is not `confirmed`; it is shown as unconfirmed
    and its grade is at most *limited*.
    """

    id: str = field(validator=identifier())
    statement: str = field(validator=text())
    grade: Grade = field(converter=Grade)
    sources: tuple[str, ...] = field(default=(), validator=each(identifier()))
    confirmed: bool = field(default=True, validator=boolean())

    def __attrs_post_init__(self) -> None:
        """Hold an unconfirmed row to a weak grade."""
        if not self.confirmed and self.grade.rank > Grade.LIMITED.rank:
            raise InvalidInput(
                Fault(
                    f"unconfirmed, yet graded `{self.grade}`",
                    where=".grade",
                    remedy="an unconfirmed row is `limited` at most",
                )
            )
