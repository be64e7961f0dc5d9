"""How strongly a claim is supported."""

from enum import StrEnum


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
