"""What the rules decided, joined.

Effects of a kind are joined by union, maximum or minimum: operations for which neither
order nor repetition matters. There is no operation that removes.
"""

from functools import cached_property

from attrs import field, frozen

from kineticchain.domain.anatomy import Region, Side
from kineticchain.domain.exercises import LoadClass
from kineticchain.domain.facts import ReferralLevel, Truth, Value
from kineticchain.domain.facts.fact_values import value_text
from kineticchain.quick_init import quick_init
from kineticchain.rules.model.effect import LimitKind, Requirement


@quick_init
@frozen
class Firing:
    """A rule whose condition was not false: what it was bound to and the values it saw.

    `truth` is None where the condition stayed unknown. `region` and `side` tell the
    complaint, injury or surgery of a rule that runs over each of them.
    """

    rule: str
    truth: Truth
    region: Region | None = None
    side: Side | None = None
    seen: tuple[tuple[str, Value | None], ...] = field(default=(), repr=False)

    def __str__(self) -> str:
        """Such as ``one_leg_balance_snacks: goal = foot_pain, minutes = 2``."""
        return f"{self.rule}: " + ", ".join(
            f"{name} = {value_text(value)}" for name, value in self.seen
        )


@frozen(order=True)
class Exclusion:
    """An exercise left out on a side, by a rule."""

    exercise: str
    side: Side
    rule: str


@frozen
class Cap:
    """A limit by a rule; on one exercise and side, or on the whole plan where they are None."""

    kind: LimitKind
    value: int | LoadClass
    rule: str
    exercise: str | None = None
    side: Side | None = None


@frozen(order=True)
class Demand:
    """Something required with an exercise, by a rule."""

    requirement: Requirement
    exercise: str
    side: Side
    rule: str


@frozen(order=True)
class Preference:
    """Points for an exercise on a side, by a rule."""

    exercise: str
    side: Side
    points: int
    rule: str


@frozen(order=True)
class Aim:
    """Points for a region on a side, by a rule."""

    region: Region
    side: Side
    points: int
    rule: str


@frozen(order=True)
class Raised:
    """A referral, by a rule."""

    level: ReferralLevel
    whom: str
    rule: str


@frozen(order=True)
class Advised:
    """A message for the person, by a rule."""

    message: str
    rule: str


@frozen(order=True)
class Shown:
    """A conflict between sources to show, by a rule."""

    conflict: str
    rule: str


@frozen(order=True)
class Opened:
    """An exercise on a side that a rule excludes and a clinician allowed.

    `since` and `until` are days as text; without a last day `until` is empty.
    """

    exercise: str
    side: Side
    rule: str
    since: str
    until: str


@frozen(order=True)
class Failure:
    """A Python rule that raised or answered nonsense, and how."""

    rule: str
    what: str


@frozen(kw_only=True)
class Decision:
    """The join of all effects, with the rules that each part comes from.

    `questions` are the facts to ask for, those first on which most decisions hang;
    `decision_counts` says on how many rules each of them bears.
    """

    referrals: tuple[Raised, ...] = ()
    questions: tuple[str, ...] = ()
    decision_counts: tuple[int, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    caps: tuple[Cap, ...] = ()
    demands: tuple[Demand, ...] = ()
    preferences: tuple[Preference, ...] = ()
    aims: tuple[Aim, ...] = ()
    advice: tuple[Advised, ...] = ()
    conflicts: tuple[Shown, ...] = ()
    opened: tuple[Opened, ...] = ()
    failures: tuple[Failure, ...] = ()
    trace: tuple[Firing, ...] = ()

    @cached_property
    def level(self) -> ReferralLevel:
        """The most urgent referral."""
        return max((one.level for one in self.referrals), default=ReferralLevel.NONE)

    def tightest(self, kind: LimitKind) -> int | None:
        """The tightest limit of a kind on the whole plan; None where there is none."""
        values = [cap.value for cap in self.caps if cap.kind is kind and type(cap.value) is int]
        return min(values, default=None)
