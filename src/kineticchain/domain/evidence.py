"""What the knowledge rests on: sources, graded rows of evidence, conflicts between sources."""

from enum import StrEnum

from attrs import field, frozen

from kineticchain.domain.validators import boolean, each, identifier, optional, text, whole
from kineticchain.errors import Fault, InvalidInput

__all__ = ["Conflict", "Evidence", "Grade", "ReadDepth", "Source"]


class Grade(StrEnum):
    """The strength of one claim, not of the study that it comes from.

    The wording follows the fact base: consistent trials or direct proof are *strong*;
    opinion and theory are *expert*; *none* means that nothing was found.
    """

    NONE = "none"
    EXPERT = "expert"
    LIMITED = "limited"
    MODERATE = "moderate"
    STRONG = "strong"

    @property
    def rank(self) -> int:
        """0 for *none*, 4 for *strong*."""
        return _RANKS[self]


_RANKS = {grade: at for at, grade in enumerate(Grade)}


class ReadDepth(StrEnum):
    """How much of a source was read."""

    WHOLE = "whole"
    ABSTRACT = "abstract"
    TABLE = "table"
    PAGE = "page"
    SECONDARY = "secondary"
    UNREAD = "unread"


@frozen(kw_only=True)
class Source:
    """A paper, page or article.

    `interest` names what its author stands to gain, for example shoes to sell; it is shown
    wherever the source is.
    """

    id: str = field(validator=identifier())
    title: str = field(validator=text())
    author: str = field(default="", validator=text())
    year: int | None = field(default=None, validator=optional(whole(1800, 2100)))
    address: str = field(default="", validator=text())
    read: ReadDepth = field(default=ReadDepth.UNREAD, converter=ReadDepth)
    interest: str = field(default="", validator=text())

    def __str__(self) -> str:
        """The source as a line of a reference list."""
        head = f"{self.author}. " if self.author else ""
        year = f" ({self.year})" if self.year else ""
        address = f". {self.address}" if self.address else ""
        interest = f" [interest: {self.interest}]" if self.interest else ""
        return f"{head}{self.title}{year}{address}{interest}"


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


@frozen(kw_only=True)
class Conflict:
    """A conflict card: two claims, for whom each holds, and the resolution.

    `claims` and `holds_for` are pairs, in the same order. `evidence` names rows that weigh
    against one side or both. Of the exercises `one_a_session`, one at most is in a session. A
    plan with an exercise that it `touches` shows it.
    """

    id: str = field(validator=identifier())
    claims: tuple[str, str] = field(validator=each(text()))
    sources: tuple[tuple[str, ...], tuple[str, ...]]
    holds_for: tuple[str, str] = field(validator=each(text()))
    resolution: str = field(validator=text())
    evidence: tuple[str, ...] = field(default=(), validator=each(identifier()))
    one_a_session: tuple[str, ...] = field(default=(), validator=each(identifier()))
    touches: tuple[str, ...] = field(default=(), validator=each(identifier()))
