"""Repairs of one exclusion: values of facts that make its rule false, or meet its criteria."""

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
MAX_VALUES = 4
"""So many values of one fact are tried, those nearest to the present one."""

LIFTED_BY_TRAINING = frozenset(
    {
        "above_standing",
        "above_standing_asking",
        "comes_next",
        "comes_next_asking",
        "ladder_not_open",
    }
)
"""Bars that training lifts."""

LIFTED_BY_TIME = frozenset({"stopped_here", "settling"})
"""Bars that go by with time or with a clinician's result."""

ANSWERABLE = frozenset({FactClass.SCREENING, FactClass.MEASURE, FactClass.PLAIN})
"""Facts that a person can answer."""

UNCHANGEABLE = frozenset(
    {"age", "sex", "injured_regions", "operated_regions", "operated_within_12_weeks"}
)
"""Facts that no answer, measure or pain changes; of all else nothing is claimed."""

Repair: TypeAlias = Mapping[Column, Value]
"""Values of facts; for a member of a set, whether it is in it."""


@frozen
class Repairs:
    """The repairs of one bar; `whole` says that nobody's answers could lift it otherwise."""

    ways: tuple[Repair, ...]
    whole: bool = True


@frozen
class RepairFinder:
    """Finds repairs with what a knowledge says."""

    knowledge: Knowledge = field(repr=False)

    def repairs(self, bar: Infeasibility, assessment: Assessment) -> Repairs:
        """Return the answers, measures and equipment that could remove an exclusion."""
        if bar.code in LIFTED_BY_TRAINING:
            return Repairs(tuple(self._of_ladder(bar.exercise, assessment)), whole=False)
        if bar.code in LIFTED_BY_TIME:
            return Repairs((), whole=False)
        by_piece = tuple(self._pieces(bar, assessment))
        if bar.rule is None:
            return Repairs(by_piece)
        by_rule = self._of_rule(bar.rule, assessment)
        return Repairs((*by_piece, *by_rule.ways), by_rule.whole)

    def _pieces(self, bar: Infeasibility, assessment: Assessment) -> Iterator[Repair]:
        """Each piece of equipment that would do; none where the bar is about something else."""
        if bar.code != "equipment_missing":
            return
        if bar.rule is not None:
            yield {("equipment", "fixed_support"): True}
            return
        for group in self.knowledge.exercise(bar.exercise).needs:
            if assessment.available_equipment.isdisjoint(group):
                for piece in group:
                    yield {("equipment", piece): True}

    def _of_rule(self, name: str, assessment: Assessment) -> Repairs:
        """Where it runs over several complaints, the first of those for which it holds."""
        rule = self.knowledge.rules_by_id[name]
        if not isinstance(rule, Rule):
            return Repairs((), whole=False)
        for here, facts in assessment.situation.bindings(rule.each):
            if evaluate(rule.when, facts) is False:
                continue
            try:
                terms = terms_of(Not(rule.when), self.knowledge.rulebook.per_side, most=MAX_TERMS)
            except NoNormalForm:
                return Repairs((), whole=False)
            region = None if here is None else here.region
            bound = None if here is None else (here.region, here.side)
            look = _Seen(facts, assessment.situation.state, bound)
            repairs = [self._ways(self._placed(term, region), look) for term in terms]
            ways = [way for repair in repairs for way in repair.ways]
            if here is not None and here.occasion is BindingKind.COMPLAINT:
                ways.append({(PAIN, f"{here.region}.{here.side}"): 0})
            return Repairs(tuple(ways), all(repair.whole for repair in repairs))
        return Repairs((), whole=False)

    def _of_ladder(self, exercise: str, assessment: Assessment) -> Iterator[Repair]:
        """To be placed there by measures or by word, or to meet the needs on the way."""
        ladder, at = self.knowledge.ladder_index.rung_of[exercise]
        look = _Seen(assessment.situation.facts, assessment.situation.state, None)
        wanted: list[Condition] = [
            rung.start for rung in ladder.rungs[at:] if rung.start is not None
        ]
        wanted += [rung.needs for rung in ladder.rungs[: at + 1] if rung.needs is not None]
        for condition in wanted:
            try:
                terms = terms_of(
                    BothSides(condition), self.knowledge.rulebook.per_side, most=MAX_TERMS
                )
            except NoNormalForm:
                continue
            for term in terms:
                yield from self._ways(term, look).ways
        for rung in ladder.rungs[at:]:
            yield {("mastered", rung.exercise): True}

    def _ways(self, term: Term, seen: "_Seen") -> Repairs:
        """Values that make a term true: of each fact that does not fit yet, one that does."""
        options: list[list[Repair]] = []
        whole = True
        for column, literal in term.items():
            if holds(column, literal, seen.facts):
                continue
            fact = self.knowledge.vocabulary.type_of(column[0])
            if fact is not None and (fact.fact_class in ANSWERABLE or column[0] == "equipment"):
                values = self._values(column, literal, seen.facts)
                whole = whole and len(values) <= MAX_VALUES
                options.append([{column: value} for value in values[:MAX_VALUES]])
                continue
            less_pain = pain_repair(
                column, literal, seen.state.hurting, seen.bound, self.knowledge.chain
            )
            if less_pain is None:
                return Repairs((), whole=column[0] in UNCHANGEABLE or column[0].startswith("here."))
            options.append([less_pain])
        if not options:
            return Repairs((), whole)
        ways = (merged(combination) for combination in product(*options))
        return Repairs(tuple(way for way in ways if way is not None), whole)

    def _values(self, column: Column, literal: Literal, facts: Mapping[str, Value]) -> list[Value]:
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
        now = facts.get(name)
        if isinstance(now, (int, float)):
            fitting.sort(key=lambda value: abs(value - now))
        return list(fitting)

    def _placed(self, term: Term, region: Region | None) -> Term:
        """A term with the regional facts of *here* under their own names."""
        if region is None:
            return term
        placed: dict[Column, Literal] = {}
        for (name, member), literal in term.items():
            own = self.knowledge.vocabulary.by_id.get(name.removeprefix("here."))
            regional = own is not None and own.per_region and name != own.id
            placed[at_region(own.id, region) if own and regional else name, member] = literal
        return placed

    @cached_property
    def _bounds(self) -> Mapping[str, set[Bound]]:
        """The bounds of each number that rules or ladders name."""
        bounds: dict[str, set[Bound]] = {}
        for condition in self._conditions():
            for part in walk(condition):
                if isinstance(part, Compare) and isinstance(part.value, (int, float)):
                    places = bounds.setdefault(stem(part.name.id), set())
                    places.update({(part.value, 0), (part.value, 1)})
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
    """Repairs taken together; None where they ask for different values."""
    values: dict[Column, Value] = {}
    for repair in repairs:
        for column, value in repair.items():
            if values.setdefault(column, value) != value:
                return None
    return values


@frozen
class _Seen:
    """The inputs of a condition: the facts, the state, and the bound complaint."""

    facts: Mapping[str, Value]
    state: State
    bound: tuple[Region, Side] | None
