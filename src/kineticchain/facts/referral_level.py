"""How urgently a professional should see a person."""

from enum import StrEnum


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
