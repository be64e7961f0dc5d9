"""The rulebook: rules with everything that their evaluation needs."""

from collections.abc import Mapping
from functools import cached_property

from attrs import field, frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.facts import FactType, Vocabulary
from kineticchain.domain.facts.condition import names_in, places_read
from kineticchain.domain.facts.fact_values import sided
from kineticchain.rules.evaluation.strata import Stratum, stratified
from kineticchain.rules.model.effect import ASKING
from kineticchain.rules.model.exercise_index import ExerciseIndex
from kineticchain.rules.model.python_rule import PythonRule
from kineticchain.rules.model.rule import Rule


@frozen(kw_only=True, eq=False)
class Rulebook:
    """Rules with the exercises, facts and texts that they name.

    Duplicate rules count once. `messages` and `conflicts` are the ids that a Python rule may name.
    """

    rules: tuple[Rule | PythonRule, ...]
    exercise_index: ExerciseIndex = field(repr=False)
    vocabulary: Vocabulary = field(repr=False)
    messages: frozenset[str] = field(default=frozenset(), repr=False)
    conflicts: frozenset[str] = field(default=frozenset(), repr=False)

    @cached_property
    def data_rules(self) -> tuple[Rule, ...]:
        """The rules that are data, in the order of their ids."""
        rules = {rule.id: rule for rule in self.rules if isinstance(rule, Rule)}
        return tuple(rule for _, rule in sorted(rules.items()))

    @cached_property
    def python_rules(self) -> tuple[PythonRule, ...]:
        """The rules written in Python, in the order of their ids."""
        rules = {rule.id: rule for rule in self.rules if isinstance(rule, PythonRule)}
        return tuple(rule for _, rule in sorted(rules.items()))

    @cached_property
    def strata(self) -> tuple[Stratum, ...]:
        """The rules that conclude facts, in groups; later groups read earlier conclusions."""
        return stratified(self.data_rules)

    @cached_property
    def per_side(self) -> frozenset[str]:
        """The facts that have a value for each side."""
        return frozenset(fact.id for fact in self.vocabulary.types if fact.per_side)

    @cached_property
    def reads(self) -> Mapping[str, tuple[str, ...]]:
        """The names of the facts that the condition of each rule reads."""
        return {rule.id: places_read(rule.when, self.per_side) for rule in self.data_rules}

    @cached_property
    def asking(self) -> frozenset[str]:
        """The ids of the data rules whose unknown facts are asked for."""
        return frozenset(
            rule.id
            for rule in self.data_rules
            if any(isinstance(effect, ASKING) for effect in rule.effects)
        )

    def asked_for(self, names: frozenset[str]) -> frozenset[str]:
        """Return the facts to ask for if some names are unknown."""
        return frozenset(self._asked_as[name] for name in names)

    @cached_property
    def _asked_as(self) -> Mapping[str, str]:
        """The fact that is asked for, for each name that a rule or `asked_if` reads.

        Sides, regions and the prefix `here` are removed from the name.
        """
        asked_as: dict[str, str] = {}
        conditions = [rule.when for rule in self.data_rules]
        conditions += self.vocabulary.asked_if.values()
        for condition in conditions:
            for name in names_in(condition):
                fact = self.vocabulary.type_of(name.removeprefix("here."))
                sides = (sided(name, side) for side in Side.BOTH.each)
                asked_as.update(dict.fromkeys((name, *sides), name if fact is None else fact.id))
        return asked_as

    @cached_property
    def asked(self) -> Mapping[str, FactType]:
        """The facts that undecided rules can ask for, in the order of their questions."""
        return {fact.id: fact for fact in self.vocabulary.types if fact.is_asked}
