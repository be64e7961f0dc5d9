"""Rules as boxes of people: those of whom a rule surely holds, and those of whom it may."""

from collections.abc import Iterator
from functools import cached_property
from typing import TypeAlias

from attrs import evolve, field, frozen

from kineticchain.domain.anatomy import Region, Side
from kineticchain.domain.exercises import Exercise
from kineticchain.domain.facts import (
    All,
    BindingKind,
    Compare,
    Condition,
    Contains,
    FactKind,
    FactType,
    In,
    Is,
    Name,
    Not,
    Operator,
    ReferralLevel,
)
from kineticchain.domain.facts.condition import names_in
from kineticchain.domain.facts.fact_type import FactClass
from kineticchain.domain.facts.normal_form import NoNormalForm, Term, terms_of
from kineticchain.record.derivation.derived_facts import here_facts
from kineticchain.rules.analysis.box_cover import Box
from kineticchain.rules.analysis.dependent_facts import about_one, both, bound_to, rested
from kineticchain.rules.analysis.equivalence_classes import Grid
from kineticchain.rules.evaluation.consequences import IN_REACH, LOADED
from kineticchain.rules.evaluation.rulebook import Rulebook
from kineticchain.rules.matching.matcher import MAX_TERMS
from kineticchain.rules.model.effect import Exclude, Refer
from kineticchain.rules.model.exercise_index import ExerciseSide
from kineticchain.rules.model.rule import Rule

_EXISTS = {occasion: f"{occasion}.exists" for occasion in BindingKind}

ALWAYS_DERIVED = frozenset(
    {
        "minutes", "equipment", "painful_regions", "injured_regions", "operated_regions",
        "diagnosed", "not_cleared", "training_days", "pain_rising_three_sessions",
        *_EXISTS.values(),
        *(f"{one}.{word}" for one in BindingKind for word in ("region", "part", "side")),
    }
)  # fmt: skip
"""The facts that are never unknown."""


def types_for(rulebook: Rulebook) -> dict[str, FactType]:
    """The types of all columns: facts, with their sides, and what `here` is bound to."""
    found: dict[str, FactType] = {}
    for fact in rulebook.vocabulary.types:
        found |= dict.fromkeys(fact.names, fact)
    here = here_facts(rulebook.vocabulary)
    for occasion in BindingKind:
        found |= {f"{occasion}.{one.id.removeprefix('here.')}": one for one in here}
        found[_EXISTS[occasion]] = FactType(
            id=_EXISTS[occasion], kind=FactKind.BOOLEAN, fact_class=FactClass.DERIVED
        )
    return found


TermList: TypeAlias = tuple[Term, ...] | None


def _all_terms(rulebook: Rulebook, *, with_rest: bool) -> Iterator[TermList]:
    """All terms of a rulebook's rules, those about single exercises included."""
    rest = (implied_rest(rule) for rule in rulebook.data_rules if with_rest)
    for rule in (*rulebook.data_rules, *(one for one in rest if one is not None)):
        yield terms_in(person_condition(rule, rulebook), rulebook)
        if _reads_here(rule):
            for exercise in rulebook.exercise_index.exercises:
                for one in candidates(exercise):
                    yield _terms_about(rule, one, rulebook)


@frozen(eq=False)
class RuleBoxes:
    """The boxes of all rules of a rulebook, cut alike. Compare two rulebooks with one of both."""

    rulebook: Rulebook = field(repr=False)
    grid: Grid = field(repr=False)
    background: tuple[Box, ...] = field(repr=False)
    """Boxes in which nobody is: a region's part, sides of the midline, a complaint that hurts."""

    _kept: dict[tuple[str, ExerciseSide | None], TermList] = field(
        factory=dict, init=False, repr=False
    )
    _exercises: dict[str, frozenset[str]] = field(factory=dict, init=False, repr=False)

    @classmethod
    def of(cls, rulebook: Rulebook, beside: Rulebook | None = None) -> "RuleBoxes":
        """The forms of a rulebook, cut where its rules cut.

        `beside` is a rulebook that it is to be compared with: they are then also cut where its
        rules do, and where the rest does that an urgent referral brings.
        """
        books = [rulebook] if beside is None else [beside, rulebook]
        types = {name: fact for one in books for name, fact in types_for(one).items()}
        grid = Grid(types, ALWAYS_DERIVED)
        for one in books:
            all_terms = _all_terms(one, with_rest=beside is not None)
            grid.cut(term for terms in all_terms for term in terms or ())
        background = [
            grid.box(term, or_unknown=False)
            for condition in _impossible(grid)
            for term in terms_in(condition, rulebook) or ()
        ]
        return cls(rulebook, grid, tuple(box for box in background if box is not None))

    def sharing(self, rulebook: Rulebook) -> "RuleBoxes":
        """The forms of another rulebook that these were cut for, too."""
        return RuleBoxes(rulebook, self.grid, self.background)

    @cached_property
    def full(self) -> Box:
        """All cells of every column."""
        return self.grid.full

    def sure(self, rule: Rule) -> tuple[Box, ...] | None:
        """The people of whom a rule holds; None where that is too much to tell."""
        return self._boxes(self._terms(rule), or_unknown=False)

    def may(self, rule: Rule) -> tuple[Box, ...] | None:
        """The people of whom a rule holds or stays unknown."""
        return self._boxes(self._terms(rule), or_unknown=True)

    def about(self, rule: Rule, one: ExerciseSide, *, or_unknown: bool) -> tuple[Box, ...] | None:
        """The people for whom a rule is about an exercise on a side."""
        if not _reads_here(rule):
            if one.exercise not in self.exercises_of(rule):
                return ()
            return self._boxes(self._terms(rule), or_unknown=or_unknown)
        if (rule.id, one) not in self._kept:
            self._kept[rule.id, one] = _terms_about(rule, one, self.rulebook)
        return self._boxes(self._kept[rule.id, one], or_unknown=or_unknown)

    def exercises_of(self, rule: Rule) -> frozenset[str]:
        """The exercises that a rule may be about, whoever it is about."""
        found = self._exercises.get(rule.id)
        if found is None:
            about = self.rulebook.exercise_index.about(rule.about, {}, or_unknown=True)
            found = self._exercises[rule.id] = frozenset(one.id for one in about)
        return found

    def _terms(self, rule: Rule) -> TermList:
        if (rule.id, None) not in self._kept:
            condition = person_condition(rule, self.rulebook)
            self._kept[rule.id, None] = terms_in(condition, self.rulebook)
        return self._kept[rule.id, None]

    def _boxes(self, terms: TermList, *, or_unknown: bool) -> tuple[Box, ...] | None:
        if terms is None:
            return None
        boxes = (self.grid.box(term, or_unknown=or_unknown) for term in terms)
        return tuple(box for box in boxes if box is not None)


def person_condition(rule: Rule, rulebook: Rulebook) -> Condition:
    """A rule's condition on the person, in terms of facts that do not hang on one another."""
    when = rested(bound_to(rule.when, rule.each), rulebook)
    return when if rule.each is None else both(Is(Name(_EXISTS[rule.each])), when)


def terms_in(condition: Condition, rulebook: Rulebook) -> TermList:
    """The terms of a condition; None where there are too many, or names are compared."""
    try:
        return terms_of(condition, rulebook.per_side, most=MAX_TERMS)
    except NoNormalForm:
        return None


def candidates(exercise: Exercise) -> list[ExerciseSide]:
    """An exercise on each of its sides."""
    return [ExerciseSide(exercise.id, side) for side in exercise.sides()]


def _reads_here(rule: Rule) -> bool:
    if rule.each is None:
        return False
    about = names_in(rule.about) if rule.about is not None else frozenset()
    return rule.same_side or any(name.startswith("here.") for name in about)


def _terms_about(rule: Rule, one: ExerciseSide, rulebook: Rulebook) -> TermList:
    about = about_one(rule.about, rulebook.exercise_index.attributes[one.exercise])
    condition = both(person_condition(rule, rulebook), bound_to(about, rule.each))
    on_its_side = rule.same_side and one.side is not Side.BOTH
    if on_its_side and not rulebook.exercise_index.by_id[one.exercise].loads_both_legs:
        sides = In(Name(f"{rule.each}.side"), (one.side.value, Side.BOTH.value))
        condition = both(condition, sides)
    return terms_in(condition, rulebook)


def _impossible(grid: Grid) -> list[Condition]:
    """What no person is, as far as it concerns columns in use."""
    used = {name for name, _ in grid.cells}
    found: list[Condition] = []
    for occasion in BindingKind:
        region = Name(f"{occasion}.region")
        for one in Region:
            is_there = Compare(region, Operator.EQUAL, one.value)
            if {region.id, f"{occasion}.part"} <= used:
                part = Compare(Name(f"{occasion}.part"), Operator.UNEQUAL, one.part.value)
                found.append(All((is_there, part)))
            if {region.id, f"{occasion}.side"} <= used and not one.paired:
                side = Compare(Name(f"{occasion}.side"), Operator.UNEQUAL, Side.BOTH.value)
                found.append(All((is_there, side)))
        found += _listed(occasion, used, grid)
    return found


_LISTS = {
    BindingKind.COMPLAINT: "painful_regions",
    BindingKind.INJURY: "injured_regions",
    BindingKind.SURGERY: "operated_regions",
}


def _listed(occasion: BindingKind, used: set[str], grid: Grid) -> list[Condition]:
    """A complaint that hurts, an injury or a surgery is in the list of its regions."""
    name = _LISTS[occasion]
    hurts = {"complaint.pain"} if occasion is BindingKind.COMPLAINT else set()
    if not {f"{occasion}.region", name, *hurts} <= used:
        return []  # left out, more people seem possible than are: what is proven stays so
    exists: Condition = Is(Name(_EXISTS[occasion]))
    if hurts:
        exists = All((exists, Not(Compare(Name("complaint.pain"), Operator.EQUAL, 0))))
    members = {member for set_name, member in grid.cells if set_name == name and member}
    return [
        All(
            (
                exists,
                Compare(Name(f"{occasion}.region"), Operator.EQUAL, member),
                Not(Contains(member, Name(name))),
            )
        )
        for member in sorted(members)
    ]


def implied_rest(rule: Rule) -> Rule | None:
    """The exclusion that an urgent referral brings with it, as a rule of its own.

    From SAME_DAY on there is no exercise at all.
    """
    levels = [one.level for one in rule.effects if isinstance(one, Refer)]
    if not levels or max(levels) < ReferralLevel.URGENT:
        return None
    about = LOADED if rule.each is None else IN_REACH
    return evolve(
        rule,
        id=f"{rule.id}.frees",
        effects=(Exclude(),),
        about=about if max(levels) is ReferralLevel.URGENT else None,
        same_side=rule.each is not None and max(levels) is ReferralLevel.URGENT,
    )
