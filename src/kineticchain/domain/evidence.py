"""The evidence base: sources, graded rows of evidence, conflicts between sources."""

from enum import StrEnum

from attrs import field, frozen

from kineticchain.domain.validators import boolean, each, identifier, optional, passage, whole
from kineticchain.errors import Fault, InvalidInput

__all__ = ["Conflict", "Evidence", "Grade", "ReadDepth", "Source"]


class Grade(StrEnum):
    """The strength of one claim, not of the study that it comes from.

    Consistent trials or direct proof are *strong*; opinion and theory are *expert*; *none* means
    that no evidence was found.
    """

    NONE = "none"
    EXPERT = "expert"
    LIMITED = "limited"
    MODERATE = "moderate"
    STRONG = "strong"

    @property
    def rank(self) -> int:
        """The position in ascending strength: 0 for *none*, 4 for *strong*."""
        return _RANKS[self]


_RANKS = {grade: rank for rank, grade in enumerate(Grade)}


class ReadDepth(StrEnum):
    """The part of a source that was read."""

    WHOLE = "whole"
    ABSTRACT = "abstract"
    TABLE = "table"
    PAGE = "page"
    SECONDARY = "secondary"
    UNREAD = "unread"


@frozen(kw_only=True)
class Source:
    """A paper, web page or article.

    Attributes:
        id: the id by which rows and exercises cite the source.
        title: the title of the publication.
        author: the author or authors, as in a reference list.
        year: the year of publication; None if unknown.
        address: a URL or DOI.
        read: how much of the source was read for the knowledge base.
        interest: the author's conflict of interest, for example shoes to sell; shown with the
            source.

    """

    id: str = field(validator=identifier())
    title: str = field(validator=passage())
    author: str = field(default="", validator=passage(0))
    year: int | None = field(default=None, validator=optional(whole(1800, 2100)))
    address: str = field(default="", validator=passage(0))
    read: ReadDepth = field(default=ReadDepth.UNREAD, converter=ReadDepth)
    interest: str = field(default="", validator=passage(0))

    def __str__(self) -> str:
        """Return the source as one line of a reference list."""
        head = f"{self.author}. " if self.author else ""
        year = f" ({self.year})" if self.year else ""
        address = f". {self.address}" if self.address else ""
        interest = f" [interest: {self.interest}]" if self.interest else ""
        return f"{head}{self.title}{year}{address}{interest}"


@frozen(kw_only=True)
class Evidence:
    """A row of evidence: a statement with its grade and its sources.

    Attributes:
        id: the row id, such as ``C01``.
        statement: the claim, in one sentence.
        grade: the strength of the claim; at most *limited* if the row is not confirmed.
        sources: ids of the sources.
        confirmed: False if no source could be found; the row is then shown as unconfirmed.

    """

    id: str = field(validator=identifier())
    statement: str = field(validator=passage())
    grade: Grade = field(converter=Grade)
    sources: tuple[str, ...] = field(default=(), validator=each(identifier()))
    confirmed: bool = field(default=True, validator=boolean())

    def __attrs_post_init__(self) -> None:
        """Reject an unconfirmed row with a grade above *limited*."""
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
    """A conflict card: two contradicting claims, their scopes, and the resolution.

    Attributes:
        id: the id of the card.
        claims: the two claims.
        sources: ids of the sources of each claim, in the same order.
        holds_for: the population or situation of each claim, in the same order.
        resolution: how the library decides.
        evidence: ids of rows that weigh against one claim or both.
        one_a_session: ids of exercises; a session contains at most one of them.
        touches: ids of exercises whose presence in a plan makes the plan show the card.

    """

    id: str = field(validator=identifier())
    claims: tuple[str, str] = field(validator=each(passage()))
    sources: tuple[tuple[str, ...], tuple[str, ...]]
    holds_for: tuple[str, str] = field(validator=each(passage()))
    resolution: str = field(validator=passage())
    evidence: tuple[str, ...] = field(default=(), validator=each(identifier()))
    one_a_session: tuple[str, ...] = field(default=(), validator=each(identifier()))
    touches: tuple[str, ...] = field(default=(), validator=each(identifier()))
