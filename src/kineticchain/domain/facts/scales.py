"""Ordered scales and small enumerations that fact types use."""

from enum import StrEnum

from attrs import field, frozen

from kineticchain.domain.validators import identifier, optional, title


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


class FactKind(StrEnum):
    """The type of a fact's value."""

    BOOLEAN = "boolean"
    NUMBER = "number"
    ONE_OF = "one_of"
    SET_OF = "set_of"


class FactClass(StrEnum):
    """The origin of a fact and its treatment while it is unknown.

    A *screening* fact has a question and a reassuring value, which an "all clear" assumes. A
    *measure* is unknown until given; until then, restricting rules that read it apply. A *plain*
    fact cannot be read by a restricting rule. A *derived* fact is computed from the person, the
    request and the history and cannot be given. A *concluded* fact is set by the rules of a pack
    and cannot be given.
    """

    SCREENING = "screening"
    MEASURE = "measure"
    PLAIN = "plain"
    DERIVED = "derived"
    CONCLUDED = "concluded"


class Section(StrEnum):
    """The section of an intake that asks a question, in order from the most urgent.

    EMERGENCY: signs that need help now, whatever hurts. ABOUT_YOU: age, sex, and what hurts. SIGNS:
    urgent signs of the regions that hurt or were injured. CONDITIONS: conditions and medicines.
    LIMITS: what limits exercise. MEASURES: what the person can do. WISHES: preferences.
    """

    EMERGENCY = "emergency"
    ABOUT_YOU = "about_you"
    SIGNS = "signs"
    CONDITIONS = "conditions"
    LIMITS = "limits"
    MEASURES = "measures"
    WISHES = "wishes"

    @property
    def rank(self) -> int:
        """The position in the order of an intake: 0 for EMERGENCY."""
        return _SECTION_RANKS[self]


_SECTION_RANKS = {section: rank for rank, section in enumerate(Section)}


class Temporal(StrEnum):
    """The change of an answer over time.

    FIXED: the answer does not change, as for a past clot. AGE: the answer grows with the calendar.
    COUNTS_UP: the answer is the time since an event and grows from the day on which it was stated.
    EXPIRES: the answer is valid for some days and unknown afterwards. WINDOW: the answer is about a
    period, such as a fall in the last twelve months; it is valid for the length of the period and
    unknown afterwards.
    """

    FIXED = "fixed"
    AGE = "age"
    COUNTS_UP = "counts_up"
    EXPIRES = "expires"
    WINDOW = "window"


class Caution(StrEnum):
    """The end of a fact's range of values that calls for more caution.

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
    title: str = field(validator=title())
    row: str | None = field(default=None, validator=optional(identifier()))
