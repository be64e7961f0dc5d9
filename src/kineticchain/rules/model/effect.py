"""What a rule may do. No effect takes back what another did."""

from enum import Enum, StrEnum
from typing import TypeAlias

from attrs import field, frozen

from kineticchain.domain.anatomy import Region
from kineticchain.domain.exercises import LoadClass
from kineticchain.domain.facts import ReferralLevel
from kineticchain.domain.validators import exact_instance, identifier, whole
from kineticchain.errors import Fault, InvalidInput


class LimitKind(Enum):
    """What a limit bounds. Of several limits of a kind the tightest counts."""

    LOAD = "load"
    HOLD_S = "hold_s"
    DOSE_SHARE = "dose_share"
    MINUTES = "minutes"
    EXERCISES = "exercises"
    PAIN_CEILING = "pain_ceiling"
    ROLL_S = "roll_s"


_BOUNDS = {
    LimitKind.HOLD_S: (0, 600),
    LimitKind.DOSE_SHARE: (1, 100),
    LimitKind.MINUTES: (0, 240),
    LimitKind.EXERCISES: (0, 1000),
    LimitKind.PAIN_CEILING: (0, 10),
    LimitKind.ROLL_S: (0, 3600),
}
"""What the value of a limit may be, in the unit of its kind."""


class Requirement(StrEnum):
    """What must be there or must happen.

    `fixed_support` excludes what it is asked of where there is none; `shoes_on` excludes
    what can only be done barefoot; the others are precautions that are shown.
    """

    SHOES_ON = "shoes_on"
    FIXED_SUPPORT = "fixed_support"
    SUPERVISION = "supervision"
    ADULT_OR_COACH = "adult_or_coach"
    DAILY_FOOT_CHECK = "daily_foot_check"


@frozen
class Refer:
    """Send the person to a professional; `whom` is the id of a message."""

    level: ReferralLevel = field(validator=exact_instance(ReferralLevel))
    whom: str = field(validator=identifier())


@frozen
class Exclude:
    """Leave out the exercises that the rule is about."""


@frozen
class Limit:
    """Bound something of the exercises that the rule is about.

    The value is a load class for `LOAD`, else a whole number in the unit of the kind
    (seconds, per cent of the dose, minutes, a count, pain 0–10). `MINUTES`, `EXERCISES`
    and `PAIN_CEILING` bound the whole plan.
    """

    kind: LimitKind = field(validator=exact_instance(LimitKind))
    value: int | LoadClass

    def __attrs_post_init__(self) -> None:
        """Check the value against the kind."""
        low, high = _BOUNDS.get(self.kind, (0, 0))
        fits = (
            type(self.value) is LoadClass
            if self.kind is LimitKind.LOAD
            else type(self.value) is int and low <= self.value <= high
        )
        if not fits:
            raise InvalidInput(
                Fault(f"`{self.value}` cannot limit {self.kind.value}", where=f".{self.kind.value}")
            )


@frozen
class Require:
    """Ask for something with the exercises that the rule is about."""

    requirement: Requirement = field(validator=exact_instance(Requirement))


@frozen
class Prefer:
    """Rank the exercises that the rule is about higher, by whole-number points."""

    points: int = field(validator=whole(1, 1000, "points"))


@frozen
class Target:
    """Work on a region: `points` say how much. With `here`, on its side only."""

    region: Region = field(validator=exact_instance(Region))
    points: int = field(validator=whole(1, 1000, "points"))


@frozen
class Advise:
    """Tell the person something: the id of a message."""

    message: str = field(validator=identifier())


@frozen
class Show:
    """Show a conflict between sources."""

    conflict: str = field(validator=identifier())


@frozen
class Conclude:
    """Say that a fact of the pack's own is true, for rules that come after."""

    fact: str = field(validator=identifier())


Effect: TypeAlias = Refer | Exclude | Limit | Require | Prefer | Target | Advise | Show | Conclude

RESTRICTING: tuple[type, ...] = (Exclude, Limit, Require)
"""Effects that hold where the rule's condition is true or unknown."""

ASKING: tuple[type, ...] = (Refer, Exclude)
"""Effects for which an unknown screening fact is a question."""
