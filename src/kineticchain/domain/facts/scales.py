"""Ordered scales and small enumerations that fact types use."""

from enum import StrEnum

from attrs import field, frozen

from kineticchain.domain.validators import identifier, optional, text


class ReferralLevel(StrEnum):
    """The urgency of a referral to a professional, in ascending order.

    NONE: no referral. MODIFY: exercise with changes. SOON: within two to four weeks. URGENT: within
    two working days. SAME_DAY: today. EMERGENCY: now.
    """

    NONE = "NONE"
    MODIFY = "MODIFY"
    SOON = "SOON"
    URGENT = "URGENT"
    SAME_DAY = "SAME_DAY"
    EMERGENCY = "EMERGENCY"

    @property
    def rank(self) -> int:
        """The position in ascending urgency: 0 for NONE, 5 for EMERGENCY."""
        return _RANKS[self]

    def __lt__(self, other: str) -> bool:
        """Compare by urgency, not alphabetically."""
        return self.rank < ReferralLevel(other).rank

    def __le__(self, other: str) -> bool:
        """Compare by urgency, not alphabetically."""
        return self.rank <= ReferralLevel(other).rank

    def __gt__(self, other: str) -> bool:
        """Compare by urgency, not alphabetically."""
        return self.rank > ReferralLevel(other).rank

    def __ge__(self, other: str) -> bool:
        """Compare by urgency, not alphabetically."""
        return self.rank >= ReferralLevel(other).rank


_RANKS = {level: rank for rank, level in enumerate(ReferralLevel)}


class Temporal(StrEnum):
    """The change of an answer over time.

    FIXED: no change, as for a past clot. AGE: it grows with the calendar. COUNTS_UP: the time since
    an event; it grows from the day on which it was stated. EXPIRES: it is valid for some days and
    unknown afterwards. WINDOW: it is about a period, such as a fall in the last twelve months; it
    is valid for the length of the period and unknown afterwards.
    """

    FIXED = "fixed"
    AGE = "age"
    COUNTS_UP = "counts_up"
    EXPIRES = "expires"
    WINDOW = "window"


class Caution(StrEnum):
    """The end of a fact's values that calls for more caution.

    Values are ordered: false before true, numbers by size, words by their position in `options`,
    sets by their number of members.
    """

    HIGH = "high"
    LOW = "low"


class BindingKind(StrEnum):
    """The items to each of which a rule can be applied, with ``here`` bound to the item."""

    COMPLAINT = "complaint"
    INJURY = "injury"
    SURGERY = "surgery"


@frozen(kw_only=True)
class Diagnosis:
    """A diagnosis that a clinician can find or rule out.

    Attributes:
        id: the id that rules name in `settled_by`.
        title: the title for display.
        row: the id of a row of evidence; None if there is none.

    """

    id: str = field(validator=identifier())
    title: str = field(validator=text())
    row: str | None = field(default=None, validator=optional(identifier()))
