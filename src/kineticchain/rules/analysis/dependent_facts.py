"""Conditions put in terms of facts that do not hang on one another.

Which parts of the body hurt follows from which regions do, and what a rule concludes from
what other rules read: such facts are replaced by what they follow from. What is bound to
``here`` becomes a fact of the complaint, the injury or the surgery.
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
"""So many conclusions may rest on one another; beyond that they are taken as facts."""

_MOST = 64
"""So many rules are read in place of one condition's facts; beyond that likewise."""


def bound_to(condition: Condition, occasion: BindingKind | None) -> Condition:
    """The condition with ``here`` read as the one complaint, injury or surgery there is."""
    if occasion is None:
        return condition
    return rebuilt(condition, lambda leaf: _renamed(leaf, "here.", f"{occasion}."))


def _renamed(leaf: Condition, old: str, new: str) -> Condition:
    def name(one: Name) -> Name:
        return Name(new + one.id.removeprefix(old)) if one.id.startswith(old) else one

    match leaf:
        case Compare(first, operator, second):
            return Compare(
                name(first), operator, name(second) if isinstance(second, Name) else second
            )
        case Contains(member, group):
            return Contains(name(member) if isinstance(member, Name) else member, name(group))
        case Is() | Known() | In():
            return evolve(leaf, name=name(leaf.name))
        case _:
            return leaf


def rested(condition: Condition, rulebook: Rulebook) -> Condition:
    """The condition with facts that follow from others replaced by what they follow from.

    What rules over complaints, injuries or surgeries conclude is left as a fact that may be
    anything: more people seem possible than are, so that what is proven stays so.
    """
    concluding: dict[str, list[Rule]] = {}
    for stratum in rulebook.strata:
        for rule in stratum.rules:
            for fact in rule.concludes:
                concluding.setdefault(fact, []).append(rule)
    return rebuilt(condition, _Resting(rulebook, concluding).leaf)


class _Resting:
    def __init__(self, rulebook: Rulebook, concluding: Mapping[str, list[Rule]]) -> None:
        self.chain = rulebook.exercise_index.chain
        self.concluding = concluding
        self.depth = 0
        self.left = _MOST

    def leaf(self, leaf: Condition) -> Condition:
        match leaf:
            case Contains(str(member), Name("painful_parts")):
                return _any_region(lambda region: region.part == member)
            case Contains(str(member), Name("painful_regions.within_1")):
                return _any_region(lambda region: member in self.chain.within({region}, 1))
            case Contains(str(member), Name("painful_regions.within_2")):
                return _any_region(lambda region: member in self.chain.within({region}, 2))
            case Is(Name(fact)) if (
                fact in self.concluding
                and all(rule.each is None for rule in self.concluding[fact])
                and self.depth < _DEEPEST
                and self.left >= len(self.concluding[fact])
            ):
                self.depth += 1
                self.left -= len(self.concluding[fact])
                found = [rebuilt(rule.when, self.leaf) for rule in self.concluding[fact]]
                self.depth -= 1
                return _any(found)
            case _:
                return leaf


def _any_region(wanted: Callable[[Region], bool]) -> Condition:
    return _any([Contains(one.value, Name("painful_regions")) for one in Region if wanted(one)])


def _any(parts: list[Condition]) -> Condition:
    if not parts:
        return Constant(value=False)
    return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))


def about_one(condition: Condition | None, attributes: Mapping[str, Value]) -> Condition:
    """What a condition on exercises says of the person, for one exercise."""
    if condition is None:
        return Constant(value=True)

    def leaf(one: Condition) -> Condition:
        names = [name.id for name in own_names(one)]
        if all(name in attributes for name in names):
            truth = evaluate(one, attributes)
            return Constant(value=truth is True)
        match one:
            case Contains(Name() as member, Name(group)) if group in attributes:
                words = attributes[group]
                assert isinstance(words, frozenset)  # noqa: S101 - type-checked
                return In(member, tuple(sorted(words))) if words else Constant(value=False)
            case Compare(Name(first), operator, Name() as second) if first in attributes:
                return Compare(second, operator.turned, str(attributes[first]))
            case Compare(first_name, operator, Name(last)) if last in attributes:
                return Compare(first_name, operator, str(attributes[last]))
            case _:
                return one

    return rebuilt(condition, leaf)


def both(one: Condition, other: Condition) -> Condition:
    """Both conditions, without what is always true."""
    if one == Constant(value=True):
        return other
    return one if other == Constant(value=True) else All((one, other))
