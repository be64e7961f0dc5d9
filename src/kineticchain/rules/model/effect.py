"""Effects of rules. No effect cancels another one."""

from enum import Enum, StrEnum
from typing import TypeAlias

from attrs import field, frozen

from kineticchain.domain.anatomy import Region
from kineticchain.domain.exercises import LoadClass
from kineticchain.domain.facts import ReferralLevel
from kineticchain.domain.validators import exact_instance, identifier, whole
from kineticchain.errors import Fault, InvalidInput


class LimitKind(Enum):
    """The quantity that a limit bounds. Of several limits of a kind the smallest applies."""

    LOAD = "load"
    HOLD_S = "hold_s"
    DOSE_SHARE = "dose_share"
    MINUTES = "minutes"
    EXERCISES = "exercises"
    PAIN_CEILING = "pain_ceiling"
    ROLL_S = "roll_s"


_BOUNDS = {
    LimitKind.HOLD_S: (1, 600),
    LimitKind.DOSE_SHARE: (1, 100),
    LimitKind.MINUTES: (0, 240),
    LimitKind.EXERCISES: (0, 1000),
    LimitKind.PAIN_CEILING: (0, 10),
    LimitKind.ROLL_S: (1, 3600),
}
"""The lowest and the highest value of a limit, in the unit of its kind."""


class Requirement(StrEnum):
    """A condition under which an exercise may be done.

    If the person has no fixed support, `fixed_support` excludes the exercises. `shoes_on` excludes
    barefoot exercises. The other requirements are shown as precautions.
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

    def __attrs_post_init__(self) -> None:
        """Reject a referral with the level NONE."""
        if self.level is ReferralLevel.NONE:
            raise InvalidInput(Fault("a referral to nobody", ".level", "give a level"))


@frozen
class Exclude:
    """Exclude the exercises that the rule is about."""


@frozen
class Limit:
    """Limit a quantity of the exercises that the rule is about, or of the plan.

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
    """Add a requirement to the exercises that the rule is about."""

    requirement: Requirement = field(validator=exact_instance(Requirement))


@frozen
class Prefer:
    """Rank the exercises that the rule is about higher, by whole-number points."""

    points: int = field(validator=whole(1, 1000, "points"))


@frozen
class Target:
    """A region that the plan should train; `points` are its weight in the objective."""

    region: Region = field(validator=exact_instance(Region))
    points: int = field(validator=whole(1, 1000, "points"))


@frozen
class Advise:
    """Show advice to the person: the id of a message."""

    message: str = field(validator=identifier())


@frozen
class Show:
    """Show a conflict between sources."""

    conflict: str = field(validator=identifier())


@frozen
class Conclude:
    """Set a fact of the pack to true, for the rules that read it."""

    fact: str = field(validator=identifier())


@frozen
class Opened:
    """Allow an exercise that a rule excludes or limits in load, because a clinician allows it.

    A rule cannot state this effect; the evaluator adds it for a clinician's result. `since` and
    `until` are ISO dates; `until` is empty for a result without an end date.
    """

    since: str
    until: str


Effect: TypeAlias = Refer | Exclude | Limit | Require | Prefer | Target | Advise | Show | Conclude


class RowForm(Enum):
    """The form in which the row of a rule states effects of one kind."""

    FLAG = "true for one effect without arguments"
    TABLE = "a table with the arguments of one effect"
    NUMBER = "the only argument of one effect"
    NAMES = "a list with the only argument of each effect"
    PAIRS = "a table with the two arguments of each effect"


@frozen(kw_only=True)
class EffectKind:
    """One kind of effect: how a rule states it, when it applies and what it is about.

    Attributes:
        word: The key of the effect in the row of a rule.
        former: An earlier key that is still read; None if there is none.
        cls: The class of the effect.
        form: The form in which the row states the effect.
        restricts: True if the effect also applies when the condition is unknown.
        asks: True if the unknown facts of a rule with this effect are asked for.
        about_exercises: True if the rule's `about` chooses the targets of the effect.
        meaning: One sentence for the reference page.
    """

    word: str
    cls: type
    form: RowForm
    meaning: str
    former: str | None = None
    restricts: bool = False
    asks: bool = False
    about_exercises: bool = False


EFFECTS: tuple[EffectKind, ...] = (
    EffectKind(
        word="refer",
        cls=Refer,
        form=RowForm.TABLE,
        asks=True,
        meaning="Refer the person to a professional.",
    ),
    EffectKind(
        word="exclude",
        cls=Exclude,
        form=RowForm.FLAG,
        restricts=True,
        asks=True,
        about_exercises=True,
        meaning="Exclude exercises.",
    ),
    EffectKind(
        word="limit",
        cls=Limit,
        form=RowForm.PAIRS,
        restricts=True,
        meaning="Limit the load or the dose of exercises, or the whole plan.",
    ),
    EffectKind(
        word="require",
        cls=Require,
        form=RowForm.NAMES,
        restricts=True,
        about_exercises=True,
        meaning="Require something with exercises.",
    ),
    EffectKind(
        word="prefer",
        former="favour",
        cls=Prefer,
        form=RowForm.NUMBER,
        about_exercises=True,
        meaning="Rank exercises higher.",
    ),
    EffectKind(
        word="target", cls=Target, form=RowForm.PAIRS, meaning="Make regions targets of the plan."
    ),
    EffectKind(word="advise", cls=Advise, form=RowForm.NAMES, meaning="Give advice."),
    EffectKind(
        word="conflicts",
        cls=Show,
        form=RowForm.NAMES,
        meaning="Show a conflict between sources.",
    ),
    EffectKind(
        word="conclude",
        cls=Conclude,
        form=RowForm.NAMES,
        meaning="Conclude a fact of the pack's own.",
    ),
)
"""The registry of effects. The reader, writer, schema and reference page use it."""

RESTRICTING: tuple[type, ...] = tuple(kind.cls for kind in EFFECTS if kind.restricts)
"""Effects that apply if the condition of the rule is true or unknown."""

ASKING: tuple[type, ...] = tuple(kind.cls for kind in EFFECTS if kind.asks)
"""Effects of rules whose unknown facts are asked for."""

PER_EXERCISE_LIMITS = frozenset(
    {LimitKind.LOAD, LimitKind.HOLD_S, LimitKind.DOSE_SHARE, LimitKind.ROLL_S}
)
"""Limits of single exercises; the other kinds bound the whole plan."""

_ABOUT_EXERCISES: tuple[type, ...] = tuple(kind.cls for kind in EFFECTS if kind.about_exercises)


def is_about_exercises(effect: Effect) -> bool:
    """Return whether an effect applies to exercises that the rule's `about` chooses."""
    if isinstance(effect, Limit):
        return effect.kind in PER_EXERCISE_LIMITS
    return isinstance(effect, _ABOUT_EXERCISES)
