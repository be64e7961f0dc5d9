"""Repairs of an exclusion: values of facts that make its rule false, or meet its criteria."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import product
from typing import TypeAlias

from attrs import field, frozen

from kineticchain.domain.anatomy import Region, Side
from kineticchain.domain.facts import (
    BindingKind,
    BothSides,
    Condition,
    FactClass,
    FactKind,
    Not,
    Value,
    evaluate,
)
from kineticchain.domain.facts.condition import Compare, walk
from kineticchain.domain.facts.fact_values import at_region, stem
from kineticchain.domain.facts.normal_form import (
    Column,
    Literal,
    NoNormalForm,
    Term,
    holds,
    terms_of,
)
from kineticchain.domain.facts.value_set import Bound
from kineticchain.knowledge import Knowledge
from kineticchain.recommendation.assessment.assessment import Assessment
from kineticchain.recommendation.assessment.infeasibility import Infeasibility
from kineticchain.recommendation.counterfactual.pain_repair import PAIN, pain_repair
from kineticchain.record import State
from kineticchain.rules import Rule
from kineticchain.rules.analysis.equivalence_classes import equivalence_classes

MAX_TERMS = 256
"""The most terms of a condition for which repairs are sought."""

MAX_VALUES = 4
"""The most values of a fact that are tried; those nearest to the current one come first."""

LIFTED_BY_TRAINING = frozenset(
    {
        "above_standing",
        "above_standing_asking",
        "comes_next",
        "comes_next_asking",
        "ladder_not_open",
    }
)
"""Codes of exclusions that end through training."""

LIFTED_BY_TIME = frozenset({"stopped_here", "settling"})
"""Codes of exclusions that end with time or with a clinician's result."""

ANSWERABLE = frozenset({FactClass.SCREENING, FactClass.MEASURE, FactClass.PLAIN})
"""Facts that a person can answer."""

UNCHANGEABLE = frozenset(
    {
        "age", "sex", "operated_within_12_weeks",
        "injured_regions", "operated_regions", "injured_parts", "operated_parts",
    }
)  # fmt: skip
"""Facts that nothing can change. Other facts may be impossible to change as well."""

Repair: TypeAlias = Mapping[Column, Value]
"""New values by column; for the column of a member of a set, whether the set contains it."""


@frozen
class RepairOptions:
    """The repairs of one exclusion.

    Attributes:
        repairs: The repairs that were found.
        complete: True if no other answers could remove the exclusion.
    """

    repairs: tuple[Repair, ...]
    complete: bool = True


@frozen
class RepairFinder:
    """Finds the repairs that a knowledge allows."""

    knowledge: Knowledge = field(repr=False)

    def repairs(self, exclusion: Infeasibility, assessment: Assessment) -> RepairOptions:
        """Return the answers, measures and equipment that could remove an exclusion."""
        if exclusion.code in LIFTED_BY_TRAINING:
            return RepairOptions(
                tuple(self._of_ladder(exclusion.exercise, assessment)), complete=False
            )
        if exclusion.code in LIFTED_BY_TIME:
            return RepairOptions((), complete=False)
        by_equipment = tuple(self._equipment_repairs(exclusion, assessment))
        if exclusion.rule is None:
            return RepairOptions(by_equipment)
        by_rule = self._of_rule(exclusion.rule, assessment)
        return RepairOptions((*by_equipment, *by_rule.repairs), by_rule.complete)

    def _equipment_repairs(
        self, exclusion: Infeasibility, assessment: Assessment
    ) -> Iterator[Repair]:
        """Yield a repair for each piece of equipment that would do, if equipment is missing."""
        if exclusion.code != "equipment_missing":
            return
        if exclusion.rule is not None:
            yield {("equipment", "fixed_support"): True}
            return
        for group in self.knowledge.exercise(exclusion.exercise).needs:
            if assessment.available_equipment.isdisjoint(group):
                for piece in group:
                    yield {("equipment", piece): True}

    def _of_rule(self, rule_id: str, assessment: Assessment) -> RepairOptions:
        """Return the repairs that make a rule false.

        If the rule is evaluated for several complaints, the repairs are for the first complaint for
        which its condition is true or unknown.
        """
        rule = self.knowledge.rules_by_id[rule_id]
        if not isinstance(rule, Rule):
            return RepairOptions((), complete=False)
        for binding, facts in assessment.situation.bindings(rule.each):
            if evaluate(rule.when, facts) is False:
                continue
            try:
                terms = terms_of(Not(rule.when), self.knowledge.rulebook.per_side, most=MAX_TERMS)
            except NoNormalForm:
                return RepairOptions((), complete=False)
            region = None if binding is None else binding.region
            bound = None if binding is None else (binding.region, binding.side)
            inputs = _ConditionInputs(facts, assessment.situation.state, bound)
            options = [
                self._repairs_of_term(self._with_regional_names(term, region), inputs)
                for term in terms
            ]
            repairs = [repair for option in options for repair in option.repairs]
            if binding is not None and binding.occasion is BindingKind.COMPLAINT:
                repairs.append({(PAIN, f"{binding.region}.{binding.side}"): 0})
            return RepairOptions(tuple(repairs), all(option.complete for option in options))
        return RepairOptions((), complete=False)

    def _of_ladder(self, exercise: str, assessment: Assessment) -> Iterator[Repair]:
        """Yield the repairs that place a person on the rung or above, or meet a need on the way."""
        ladder, rung_index = self.knowledge.ladder_index.rung_of[exercise]
        inputs = _ConditionInputs(assessment.situation.facts, assessment.situation.state, None)
        conditions: list[Condition] = [
            rung.start for rung in ladder.rungs[rung_index:] if rung.start is not None
        ]
        conditions += [
            rung.needs for rung in ladder.rungs[: rung_index + 1] if rung.needs is not None
        ]
        for condition in conditions:
            try:
                terms = terms_of(
                    BothSides(condition), self.knowledge.rulebook.per_side, most=MAX_TERMS
                )
            except NoNormalForm:
                continue
            for term in terms:
                yield from self._repairs_of_term(term, inputs).repairs
        for rung in ladder.rungs[rung_index:]:
            yield {("mastered", rung.exercise): True}

    def _repairs_of_term(self, term: Term, inputs: "_ConditionInputs") -> RepairOptions:
        """Return the repairs that make a term true: a fitting value for each literal not true."""
        options: list[list[Repair]] = []
        complete = True
        for column, literal in term.items():
            if holds(column, literal, inputs.facts):
                continue
            fact = self.knowledge.vocabulary.type_of(column[0])
            if fact is not None and (fact.fact_class in ANSWERABLE or column[0] == "equipment"):
                values = self._values_that_fit(column, literal, inputs.facts)
                complete = complete and len(values) <= MAX_VALUES
                options.append([{column: value} for value in values[:MAX_VALUES]])
                continue
            less_pain = pain_repair(
                column, literal, inputs.state.hurting, inputs.bound, self.knowledge.chain
            )
            if less_pain is None:
                return RepairOptions(
                    (), complete=column[0] in UNCHANGEABLE or column[0].startswith("here.")
                )
            options.append([less_pain])
        if not options:
            return RepairOptions((), complete)
        repairs = (merged(combination) for combination in product(*options))
        return RepairOptions(tuple(repair for repair in repairs if repair is not None), complete)

    def _values_that_fit(
        self, column: Column, literal: Literal, facts: Mapping[str, Value]
    ) -> list[Value]:
        name, member = column
        fact = self.knowledge.vocabulary.type_of(name)
        assert fact is not None  # noqa: S101 - looked up before
        if member is not None:
            return [value for value in (True, False) if value in literal.extent]
        if fact.kind is not FactKind.NUMBER:
            values = fact.options if fact.kind is FactKind.ONE_OF else (True, False)
            return [value for value in values if value in literal.extent]
        bounds = sorted({*self._bounds.get(stem(name), ()), *literal.extent.bounds})
        cells = equivalence_classes(fact, bounds, may_be_unknown=False)
        fitting = [
            value
            for value in cells.samples
            if isinstance(value, (int, float)) and value in literal.extent
        ]
        current = facts.get(name)
        if isinstance(current, (int, float)):
            fitting.sort(key=lambda value: abs(value - current))
        return list(fitting)

    def _with_regional_names(self, term: Term, region: Region | None) -> Term:
        """Return a term with each fact `here.…` of a region under its own name."""
        if region is None:
            return term
        renamed: dict[Column, Literal] = {}
        for (name, member), literal in term.items():
            fact = self.knowledge.vocabulary.by_id.get(name.removeprefix("here."))
            is_regional = fact is not None and fact.per_region and name != fact.id
            renamed[at_region(fact.id, region) if fact and is_regional else name, member] = literal
        return renamed

    @cached_property
    def _bounds(self) -> Mapping[str, set[Bound]]:
        """The bounds of each number that rules or ladders name."""
        bounds: dict[str, set[Bound]] = {}
        for condition in self._conditions():
            for part in walk(condition):
                if isinstance(part, Compare) and isinstance(part.value, (int, float)):
                    of_fact = bounds.setdefault(stem(part.name.id), set())
                    of_fact.update({(part.value, 0), (part.value, 1)})
        return bounds

    def _conditions(self) -> Iterator[Condition]:
        for rule in self.knowledge.rules:
            if isinstance(rule, Rule):
                yield rule.when
        for ladder in self.knowledge.ladders:
            for rung in ladder.rungs:
                yield from (
                    condition for condition in (rung.start, rung.needs) if condition is not None
                )


def merged(repairs: Iterable[Repair]) -> Repair | None:
    """Return repairs taken together; None if two of them need different values of a fact."""
    values: dict[Column, Value] = {}
    for repair in repairs:
        for column, value in repair.items():
            if values.setdefault(column, value) != value:
                return None
    return values


@frozen
class _ConditionInputs:
    """The inputs of a condition: the facts, the state, and the bound complaint."""

    facts: Mapping[str, Value]
    state: State
    bound: tuple[Region, Side] | None
