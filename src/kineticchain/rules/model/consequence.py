"""Consequences: the effects of fired rules on their targets."""

from collections.abc import Collection, Iterable, Mapping
from operator import itemgetter
from typing import Any, Generic, TypeAlias, TypeVar

from attrs import fields, frozen

from kineticchain.domain.anatomy import Site
from kineticchain.rules.model.effect import Effect, Exclude, Opened
from kineticchain.rules.model.exercise_index import ExerciseSide

ConsequenceTarget: TypeAlias = ExerciseSide | Site | None
"""An exercise on a side, a region on a side, or None for the whole plan."""

E = TypeVar("E", bound=Effect | Opened)
T = TypeVar("T", bound=ConsequenceTarget)


@frozen
class Consequence(Generic[E, T]):
    """One effect of one rule on one target.

    Attributes:
        effect: The effect, with its arguments.
        rule: The id of the rule.
        target: What the effect is about; None for the person or the whole plan.
    """

    effect: E
    rule: str
    target: T


AnyConsequence: TypeAlias = Consequence[Any, Any]

SortKey: TypeAlias = tuple[str, ...]


def sort_key(consequence: AnyConsequence) -> SortKey:
    """Return the position of a consequence among others: rule, target, arguments, kind.

    Equal consequences have equal keys, and different ones have different keys.
    """
    effect, target = consequence.effect, consequence.target
    arguments = [str(getattr(effect, attribute.name)) for attribute in fields(type(effect))]
    if isinstance(target, ExerciseSide):
        place = (target.exercise, str(target.side))
    elif target is None:
        place = ("", "")
    else:
        place = (str(target[0]), str(target[1]))
    return (consequence.rule, *place, *arguments, type(effect).__name__)


@frozen(eq=False)
class RuleOutcome:
    """The consequences of one rule.

    Attributes:
        ordered: The consequences with their positions, in order.
        by_effect: The same, by the class of their effect.
        excluded: The exercises and sides that the rule excludes.
    """

    ordered: tuple[tuple[SortKey, AnyConsequence], ...]
    by_effect: Mapping[type, tuple[AnyConsequence, ...]]
    excluded: frozenset[ExerciseSide]

    @classmethod
    def of(cls, consequences: Iterable[AnyConsequence]) -> "RuleOutcome":
        """Sort consequences, and keep each once."""
        return cls._of({sort_key(consequence): consequence for consequence in consequences})

    @classmethod
    def union(cls, outcomes: Collection["RuleOutcome"]) -> "RuleOutcome":
        """Return the consequences of several outcomes, each once."""
        first, *others = outcomes
        if all(other is first for other in others):
            return first
        return cls._of({key: one for outcome in outcomes for key, one in outcome.ordered})

    @classmethod
    def _of(cls, unique: Mapping[SortKey, AnyConsequence]) -> "RuleOutcome":
        ordered = tuple(sorted(unique.items(), key=itemgetter(0)))
        by_effect: dict[type, list[AnyConsequence]] = {}
        for _, consequence in ordered:
            by_effect.setdefault(type(consequence.effect), []).append(consequence)
        excluded = frozenset(exclusion.target for exclusion in by_effect.get(Exclude, ()))
        return cls(ordered, {kind: tuple(members) for kind, members in by_effect.items()}, excluded)
