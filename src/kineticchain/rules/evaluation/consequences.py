"""The consequences of a fired rule."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from kineticchain.domain.anatomy import Side, sites_of
from kineticchain.domain.facts import ReferralLevel
from kineticchain.domain.facts.condition import Compare, Contains, Name, Operator
from kineticchain.rules.model.consequence import AnyConsequence, Consequence
from kineticchain.rules.model.decision import Fired
from kineticchain.rules.model.effect import (
    RESTRICTING,
    Conclude,
    Effect,
    Exclude,
    Refer,
    Target,
    is_about_exercises,
)
from kineticchain.rules.model.exercise_index import ExerciseIndex

IN_REACH = Contains(Name("here.region"), Name("exercise.regions.within_1"))
"""The condition that an exercise loads the region of the binding or a neighbour of this region.

An urgent referral about a region excludes these exercises.
"""

LOADED = Compare(Name("exercise.load"), Operator.MORE, "L0")
"""The condition that an exercise has a load above L0.

An urgent referral about the whole person excludes these exercises.
"""


def consequences(fired: Fired, exercise_index: ExerciseIndex) -> list[AnyConsequence]:
    """Return the consequences of a fired rule.

    All effects apply if the condition is true. If it is unknown, only restricting effects apply.
    """
    if fired.truth is False:
        return []
    return [
        consequence
        for effect in fired.rule.effects
        if fired.truth or isinstance(effect, RESTRICTING)
        for consequence in _follow(effect, fired, exercise_index)
    ]


UNSURE_LEVEL = ReferralLevel.URGENT
"""The highest level of a referral for a sign that the person is not sure about (a choice)."""


def consequences_of_unsure(fired: Fired, exercise_index: ExerciseIndex) -> Iterator[AnyConsequence]:
    """Yield the referrals of a rule that only *unsure* keeps undecided.

    The rule refers as if it were true, but at `UNSURE_LEVEL` at most. A professional then finds out
    what the person cannot tell.
    """
    for effect in fired.rule.effects:
        if not isinstance(effect, Refer):
            continue
        if effect.level > UNSURE_LEVEL:
            yield from _refer(Refer(UNSURE_LEVEL, "doctor_urgently"), fired, exercise_index)
        else:
            yield from _refer(effect, fired, exercise_index)


def _follow(
    effect: Effect, fired: Fired, exercise_index: ExerciseIndex
) -> Iterable[AnyConsequence]:
    special = _SPECIAL.get(type(effect))
    if special is not None:
        return special(effect, fired, exercise_index)
    if is_about_exercises(effect):
        return _on_exercises(effect, fired, exercise_index)
    return (Consequence(effect, fired.rule.id, None),)


def _on_exercises(
    effect: Effect, fired: Fired, exercise_index: ExerciseIndex
) -> Iterator[AnyConsequence]:
    """Yield a consequence for each exercise and side that the rule is about."""
    rule = fired.rule
    exercises = exercise_index.about(
        rule.about, fired.bound, or_unknown=isinstance(effect, RESTRICTING)
    )
    binding = fired.binding
    side = binding.side if rule.same_side and binding is not None else Side.BOTH
    for target in exercise_index.candidates(exercises, side):
        yield Consequence(effect, rule.id, target)


def _refer(effect: Refer, fired: Fired, exercise_index: ExerciseIndex) -> Iterator[AnyConsequence]:
    """Yield the referral, and the exclusions that a referral at level URGENT implies."""
    yield Consequence(effect, fired.rule.id, None)
    if effect.level is not ReferralLevel.URGENT:
        return
    binding = fired.binding
    about = LOADED if binding is None else IN_REACH
    exercises = exercise_index.about(about, fired.bound, or_unknown=True)
    side = Side.BOTH if binding is None else binding.side
    for target in exercise_index.candidates(exercises, side):
        yield Consequence(Exclude(), fired.rule.id, target)


def _target(effect: Target, fired: Fired, _: ExerciseIndex) -> Iterator[AnyConsequence]:
    """Yield a target for each site of the rule."""
    side = Side.BOTH if fired.binding is None else fired.binding.side
    for site in sites_of(effect.region, side):
        yield Consequence(effect, fired.rule.id, site)


def _conclude(_: Conclude, __: Fired, ___: ExerciseIndex) -> tuple[AnyConsequence, ...]:
    """Return nothing: conclusions became facts before this evaluation (see `strata`)."""
    return ()


_Follow: TypeAlias = Callable[[Any, Fired, ExerciseIndex], Iterable[AnyConsequence]]
_SPECIAL: Mapping[type, _Follow] = {Refer: _refer, Target: _target, Conclude: _conclude}
"""The effects whose consequences have a function of their own."""
