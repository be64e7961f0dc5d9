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
        target: The exercise or region that the effect is about; None for the person or the whole
            plan.
    """

    effect: E
    rule: str
    target: T


AnyConsequence: TypeAlias = Consequence[Any, Any]

SortKey: TypeAlias = tuple[str, ...]


def sort_key(consequence: AnyConsequence) -> SortKey:
    """Return the key that orders consequences: rule, target, arguments, kind.

    Equal consequences have equal keys, and different consequences have different keys.
    """
    effect, target = consequence.effect, consequence.target
    arguments = [str(getattr(effect, attribute.name)) for attribute in fields(type(effect))]
    if isinstance(target, ExerciseSide):
        target_key = (target.exercise, str(target.side))
    elif target is None:
        target_key = ("", "")
    else:
        target_key = (str(target[0]), str(target[1]))
    return (consequence.rule, *target_key, *arguments, type(effect).__name__)


@frozen(eq=False)
class RuleOutcome:
    """The consequences of one rule.

    Attributes:
        ordered: The consequences with their sort keys, in the order of the keys.
        by_effect: The consequences by the class of their effect, in the same order.
        excluded: The exercises and sides that the rule excludes.
    """

    ordered: tuple[tuple[SortKey, AnyConsequence], ...]
    by_effect: Mapping[type, tuple[AnyConsequence, ...]]
    excluded: frozenset[ExerciseSide]

    @classmethod
    def of(cls, consequences: Iterable[AnyConsequence]) -> "RuleOutcome":
        """Return the outcome of some consequences. Duplicates count once."""
        return cls._of({sort_key(consequence): consequence for consequence in consequences})

    @classmethod
    def union(cls, outcomes: Collection["RuleOutcome"]) -> "RuleOutcome":
        """Return the union of several outcomes. Duplicates count once."""
        first_outcome, *further_outcomes = outcomes
        if all(outcome is first_outcome for outcome in further_outcomes):
            return first_outcome
        return cls._of(
            {key: consequence for outcome in outcomes for key, consequence in outcome.ordered}
        )

    @classmethod
    def _of(cls, by_key: Mapping[SortKey, AnyConsequence]) -> "RuleOutcome":
        ordered = tuple(sorted(by_key.items(), key=itemgetter(0)))
        by_effect: dict[type, list[AnyConsequence]] = {}
        for _, consequence in ordered:
            by_effect.setdefault(type(consequence.effect), []).append(consequence)
        excluded = frozenset(exclusion.target for exclusion in by_effect.get(Exclude, ()))
        return cls(ordered, {kind: tuple(members) for kind, members in by_effect.items()}, excluded)
