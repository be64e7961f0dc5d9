"""Where a statement comes from, and how much of it was read."""

from enum import StrEnum

from attrs import field, frozen

from kineticchain.constraints import identifier, optional, text, whole


class Reading(StrEnum):
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
    read: Reading = field(default=Reading.UNREAD, converter=Reading)
    interest: str = field(default="", validator=text())

    def __str__(self) -> str:
        """The source as a line of a reference list."""
        head = f"{self.author}. " if self.author else ""
        year = f" ({self.year})" if self.year else ""
        address = f". {self.address}" if self.address else ""
        interest = f" [interest: {self.interest}]" if self.interest else ""
        return f"{head}{self.title}{year}{address}{interest}"
