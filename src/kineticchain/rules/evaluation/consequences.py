"""What an effect of a rule that holds adds to a decision."""

from collections.abc import Mapping
from typing import TypeAlias

from attrs import field, fields, frozen

from kineticchain.domain.anatomy import Side, sites_of
from kineticchain.domain.facts import ReferralLevel, Truth, Value
from kineticchain.domain.facts.condition import Compare, Contains, Name, Operator
from kineticchain.record import Binding
from kineticchain.rules.model.decision import (
    Advised,
    Aim,
    Cap,
    Demand,
    Exclusion,
    Failure,
    Opened,
    Preference,
    Raised,
    Shown,
)
from kineticchain.rules.model.effect import (
    RESTRICTING,
    Advise,
    Conclude,
    Effect,
    Exclude,
    Limit,
    Prefer,
    Refer,
    Require,
    Show,
    Target,
)
from kineticchain.rules.model.exercise_index import ExerciseIndex, ExerciseSide
from kineticchain.rules.model.rule import PER_EXERCISE_LIMITS, Rule

Part: TypeAlias = (
    Raised | Exclusion | Cap | Demand | Preference | Aim | Advised | Shown | Opened | Failure
)

IN_REACH = Contains(Name("here.region"), Name("exercise.regions.within_1"))
"""What an urgent referral about a region keeps free of load: it and its neighbours."""

LOADED = Compare(Name("exercise.load"), Operator.MORE, "L0")
"""What an urgent referral about the whole person keeps out."""


@frozen
class Fired:
    """A rule with its binding, its truth, and the facts it was evaluated on."""

    rule: Rule
    here: Binding | None
    truth: Truth
    facts: Mapping[str, Value] = field(repr=False)

    @property
    def bound(self) -> Mapping[str, Value]:
        """The facts that `here` stands for."""
        return {} if self.here is None else self.here.values

    @property
    def effects(self) -> tuple[Effect, ...]:
        """The effects that follow: all where it is true, those that restrict where unknown."""
        if self.truth is None:
            return tuple(one for one in self.rule.effects if isinstance(one, RESTRICTING))
        return self.rule.effects if self.truth else ()


def consequences(fired: Fired, exercise_index: ExerciseIndex) -> list[Part]:
    """All that a fired rule adds."""
    return [part for effect in fired.effects for part in _parts(effect, fired, exercise_index)]


Ordered: TypeAlias = tuple[tuple[str, ...], Part]
"""A part with its place among others: by its rule, then by what it says, then by its kind."""


def ordered(part: Part) -> Ordered:
    """A part with its place; equal parts have equal places, others have others."""
    kind = type(part)
    said = [str(getattr(part, one.name)) for one in fields(kind)]
    return (part.rule, *said, kind.__name__), part


def _parts(effect: Effect, fired: Fired, exercise_index: ExerciseIndex) -> list[Part]:
    """What one effect of a fired rule adds."""
    rule, here = fired.rule, fired.here
    match effect:
        case Refer(level, whom):
            added: list[Part] = [Raised(level, whom, rule.id)]
            if level is ReferralLevel.URGENT:
                near = exercise_index.about(
                    LOADED if here is None else IN_REACH, fired.bound, or_unknown=True
                )
                side = Side.BOTH if here is None else here.side
                added += [
                    Exclusion(one.exercise, one.side, rule.id)
                    for one in exercise_index.candidates(near, side)
                ]
            return added
        case Conclude():
            return []
        case Advise(message):
            return [Advised(message, rule.id)]
        case Show(conflict):
            return [Shown(conflict, rule.id)]
        case Target(region, points):
            side = Side.BOTH if here is None else here.side
            return [Aim(*site, points, rule.id) for site in sites_of(region, side)]
        case Limit(kind, value) if kind not in PER_EXERCISE_LIMITS:
            return [Cap(kind, value, rule.id)]
        case _:
            return _exercise_parts(effect, fired, exercise_index)


def _exercise_parts(
    effect: Exclude | Limit | Require | Prefer, fired: Fired, exercise_index: ExerciseIndex
) -> list[Part]:
    rule = fired.rule
    about = exercise_index.about(
        rule.about, fired.bound, or_unknown=isinstance(effect, RESTRICTING)
    )
    side = fired.here.side if rule.same_side and fired.here is not None else Side.BOTH
    return [_exercise_part(effect, one, rule.id) for one in exercise_index.candidates(about, side)]


def _exercise_part(
    effect: Exclude | Limit | Require | Prefer, one: ExerciseSide, rule: str
) -> Part:
    match effect:
        case Exclude():
            return Exclusion(one.exercise, one.side, rule)
        case Limit(kind, value):
            return Cap(kind, value, rule, one.exercise, one.side)
        case Require(requirement):
            return Demand(requirement, one.exercise, one.side, rule)
        case Prefer(points):
            return Preference(one.exercise, one.side, points, rule)
