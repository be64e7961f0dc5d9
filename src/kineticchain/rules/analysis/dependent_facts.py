"""Rewriting of conditions so that they read only facts that do not depend on one another.

The painful body parts depend on the painful regions, and a concluded fact depends on the facts
that its rules read. Such facts are replaced by the conditions that determine them. Facts bound to
``here`` become facts of the one complaint, injury or surgery.
"""

from collections.abc import Callable, Mapping

from attrs import evolve

from kineticchain.domain.anatomy import Region
from kineticchain.domain.facts import (
    All,
    AnyOf,
    BindingKind,
    Compare,
    Condition,
    Constant,
    Contains,
    In,
    Is,
    Known,
    Name,
    Value,
    evaluate,
)
from kineticchain.domain.facts.condition import own_names, rebuilt
from kineticchain.rules.evaluation.rulebook import Rulebook
from kineticchain.rules.model.rule import Rule

_DEEPEST = 8
"""The longest chain of conclusions that is expanded; deeper conclusions stay facts."""

_MOST = 64
"""The most rules that are expanded in one condition; further conclusions stay facts."""


def bound_to(condition: Condition, occasion: BindingKind | None) -> Condition:
    """Return the condition with facts of ``here`` replaced by facts of the binding.

    Args:
        condition: A condition that may read names such as ``here.region``.
        occasion: The kind of binding; ``here.region`` becomes ``complaint.region``. None leaves
            the condition unchanged.
    """
    if occasion is None:
        return condition
    return rebuilt(condition, lambda leaf: _renamed(leaf, "here.", f"{occasion}."))


def _renamed(leaf: Condition, old: str, new: str) -> Condition:
    def renamed(name: Name) -> Name:
        return Name(new + name.id.removeprefix(old)) if name.id.startswith(old) else name

    match leaf:
        case Compare(first, operator, second):
            return Compare(
                renamed(first), operator, renamed(second) if isinstance(second, Name) else second
            )
        case Contains(member, group):
            return Contains(renamed(member) if isinstance(member, Name) else member, renamed(group))
        case Is() | Known() | In():
            return evolve(leaf, name=renamed(leaf.name))
        case _:
            return leaf


def rested(condition: Condition, rulebook: Rulebook) -> Condition:
    """Return the condition with dependent facts replaced by the conditions that determine them.

    Conclusions of rules over complaints, injuries or surgeries, and conclusions beyond the limits
    `_DEEPEST` and `_MOST`, stay unconstrained facts. This over-approximates the possible people: a
    proof that nobody satisfies a condition stays valid.
    """
    concluding: dict[str, list[Rule]] = {}
    for stratum in rulebook.strata:
        for rule in stratum.rules:
            for fact in rule.concludes:
                concluding.setdefault(fact, []).append(rule)
    return rebuilt(condition, _DependentFacts(rulebook, concluding).expanded)


_OF_PARTS = {
    "painful_parts": "painful_regions",
    "injured_parts": "injured_regions",
    "operated_parts": "operated_regions",
}
"""Facts that list body parts, each with the list of regions that determines it."""


class _DependentFacts:
    """Expansion of the dependent facts of one condition, with limits on depth and rules."""

    def __init__(self, rulebook: Rulebook, concluding: Mapping[str, list[Rule]]) -> None:
        self.chain = rulebook.exercise_index.chain
        self.concluding = concluding
        self.depth = 0
        self.rules_left = _MOST

    def expanded(self, leaf: Condition) -> Condition:
        """Return the condition that determines a leaf.

        The leaf itself is returned if its facts are independent, if it is a conclusion of rules
        with `each`, or if it is a conclusion beyond the limits.
        """
        match leaf:
            case Contains(str(member), Name(parts)) if parts in _OF_PARTS:
                return self.any_region(lambda region: region.part == member, _OF_PARTS[parts])
            case Contains(str(member), Name("painful_regions.within_1")):
                return self.any_region(lambda region: member in self.chain.within({region}, 1))
            case Contains(str(member), Name("painful_regions.within_2")):
                return self.any_region(lambda region: member in self.chain.within({region}, 2))
            case Is(Name(fact)) if (
                fact in self.concluding
                and all(rule.each is None for rule in self.concluding[fact])
                and self.depth < _DEEPEST
                and self.rules_left >= len(self.concluding[fact])
            ):
                # A concluded fact is true if one of its rules is true. These rules may read
                # concluded facts themselves, hence the recursion and its two limits.
                self.depth += 1
                self.rules_left -= len(self.concluding[fact])
                conditions = [rebuilt(rule.when, self.expanded) for rule in self.concluding[fact]]
                self.depth -= 1
                return _any(conditions)
            case _:
                return leaf

    def any_region(
        self, wanted: Callable[[Region], bool], among: str = "painful_regions"
    ) -> Condition:
        """Return the condition that one of the wanted regions is in a set of regions."""
        regions = filter(wanted, self.chain.all_regions)
        return _any([Contains(region.value, Name(among)) for region in regions])


def _any(parts: list[Condition]) -> Condition:
    if not parts:
        return Constant(value=False)
    return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))


def about_one(condition: Condition | None, attributes: Mapping[str, Value]) -> Condition:
    """Return the condition on the person that a condition on exercises becomes for one exercise.

    Args:
        condition: The condition on exercises, which may also read facts of the person; None is
            always true.
        attributes: The attributes of the exercise, such as its load and its regions.
    """
    if condition is None:
        return Constant(value=True)

    def evaluated(leaf: Condition) -> Condition:
        # A leaf about the exercise alone is evaluated. In a leaf that relates the exercise to the
        # person, the attribute is replaced by its value. A leaf about the person alone is kept.
        names = [name.id for name in own_names(leaf)]
        if all(name in attributes for name in names):
            truth = evaluate(leaf, attributes)
            return Constant(value=truth is True)
        match leaf:
            case Contains(Name() as member, Name(group)) if group in attributes:
                words = attributes[group]
                assert isinstance(words, frozenset)  # noqa: S101 - type-checked
                return In(member, tuple(sorted(words))) if words else Constant(value=False)
            case Compare(Name(first), operator, Name() as second) if first in attributes:
                return Compare(second, operator.turned, str(attributes[first]))
            case Compare(first_name, operator, Name(last)) if last in attributes:
                return Compare(first_name, operator, str(attributes[last]))
            case _:
                return leaf

    return rebuilt(condition, evaluated)


def both(first: Condition, second: Condition) -> Condition:
    """Return the conjunction of two conditions, without a part that is always true."""
    if first == Constant(value=True):
        return second
    return first if second == Constant(value=True) else All((first, second))
