"""How urgently a professional should see a person."""

from enum import StrEnum

from attrs import field, frozen

from kineticchain.domain.validators import identifier, optional, text


class ReferralLevel(StrEnum):
    """How urgently a professional should see the person, from not at all upwards.

    MODIFY: exercise with changes. SOON: within two to four weeks. URGENT: within two
    working days. SAME_DAY: today. EMERGENCY: now.
    """

    NONE = "NONE"
    MODIFY = "MODIFY"
    SOON = "SOON"
    URGENT = "URGENT"
    SAME_DAY = "SAME_DAY"
    EMERGENCY = "EMERGENCY"

    @property
    def rank(self) -> int:
        """0 for NONE, 5 for EMERGENCY."""
        return _RANKS[self]

    def __lt__(self, other: str) -> bool:
        """By urgency, not by spelling."""
        return self.rank < ReferralLevel(other).rank

    def __le__(self, other: str) -> bool:
        """By urgency, not by spelling."""
        return self.rank <= ReferralLevel(other).rank

    def __gt__(self, other: str) -> bool:
        """By urgency, not by spelling."""
        return self.rank > ReferralLevel(other).rank

    def __ge__(self, other: str) -> bool:
        """By urgency, not by spelling."""
        return self.rank >= ReferralLevel(other).rank


_RANKS = {level: rank for rank, level in enumerate(ReferralLevel)}


class Temporal(StrEnum):
    """What time does to an answer.

    FIXED: it stays (a clot in the past). AGE: it grows with the calendar. COUNTS_UP: weeks since
    something, which grow from the day on which they were stated. EXPIRES: it is valid for some
    days, and unknown afterwards. WINDOW: what it tells of holds for some days after it was stated
    (a fall in the last twelve months), and is unknown afterwards.
    """

    FIXED = "fixed"
    AGE = "age"
    COUNTS_UP = "counts_up"
    EXPIRES = "expires"
    WINDOW = "window"


class Caution(StrEnum):
    """Which end of the values calls for more caution.

    Values are in the order false before true, small before large numbers, words as `options`
    lists them, few before many members of a set.
    """

    HIGH = "high"
    LOW = "low"


class BindingKind(StrEnum):
    """What a rule may run over, with `here` bound to each in turn."""

    COMPLAINT = "complaint"
    INJURY = "injury"
    SURGERY = "surgery"


@frozen(kw_only=True)
class Diagnosis:
    """What a clinician may find or rule out, by an id that rules name in `settled_by`."""

    id: str = field(validator=identifier())
    title: str = field(validator=text())
    row: str | None = field(default=None, validator=optional(identifier()))
