"""Boxes of the people for whom a rule is true, and of those for whom the rule may be true."""

from collections.abc import Iterable, Iterator
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
from kineticchain.domain.facts.normal_form import NoNormalForm, Term, terms_of
from kineticchain.domain.facts.scales import FactClass
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
        "painful_parts", "injured_parts", "operated_parts",
        "diagnosed", "not_cleared", "training_days", "pain_rising_three_sessions",
        *_EXISTS.values(),
        *(f"{occasion}.{word}" for occasion in BindingKind for word in ("region", "part", "side")),
    }
)  # fmt: skip
"""Facts that are never unknown."""


def types_for(rulebook: Rulebook) -> dict[str, FactType]:
    """Return the type of every column, by the name of its fact.

    The columns are the facts of the vocabulary under each of their names, the facts of each kind of
    binding (``complaint.region``), and the existence of a binding (``complaint.exists``).
    """
    types: dict[str, FactType] = {}
    for fact in rulebook.vocabulary.types:
        types |= dict.fromkeys(fact.names, fact)
    bound_facts = here_facts(rulebook.vocabulary)
    for occasion in BindingKind:
        types |= {f"{occasion}.{fact.id.removeprefix('here.')}": fact for fact in bound_facts}
        types[_EXISTS[occasion]] = FactType(
            id=_EXISTS[occasion], kind=FactKind.BOOLEAN, fact_class=FactClass.DERIVED
        )
    return types


TermList: TypeAlias = tuple[Term, ...] | None
"""The terms of a condition; None if it has no normal form."""


def _all_terms(rulebook: Rulebook, *, with_exclusions: bool) -> Iterator[TermList]:
    """Yield the terms of all rules.

    If the exercises of a rule depend on its binding, also yield its terms for each exercise.

    Args:
        rulebook: The rules.
        with_exclusions: True to include the exclusions that urgent referrals imply.
    """
    implied = (implied_rest(rule) for rule in rulebook.data_rules if with_exclusions)
    for rule in (*rulebook.data_rules, *(added for added in implied if added is not None)):
        yield terms_in(person_condition(rule, rulebook), rulebook)
        if _reads_here(rule):
            for exercise in rulebook.exercise_index.exercises:
                for candidate in candidates(exercise):
                    yield _terms_about(rule, candidate, rulebook)


@frozen(eq=False)
class RuleBoxes:
    """The boxes of all rules of a rulebook, on one common grid of cells.

    Attributes:
        rulebook: The rules.
        grid: The cells of all columns that the rules read.
        background: Boxes of combinations that no person has, such as a region with the part of
            another region, or a side of a midline region.
    """

    rulebook: Rulebook = field(repr=False)
    grid: Grid = field(repr=False)
    background: tuple[Box, ...] = field(repr=False)

    _term_lists: dict[tuple[str, ExerciseSide | None], TermList] = field(
        factory=dict, init=False, repr=False
    )
    _box_lists: dict[tuple[str, ExerciseSide | None, bool], tuple[Box, ...]] = field(
        factory=dict, init=False, repr=False
    )
    _exercises: dict[str, frozenset[str]] = field(factory=dict, init=False, repr=False)

    @classmethod
    def of(cls, rulebook: Rulebook, compared_with: Rulebook | None = None) -> "RuleBoxes":
        """Return the boxes of a rulebook on a grid that its rules divide.

        Args:
            rulebook: The rules.
            compared_with: A rulebook to compare with. The grid is then also divided by its rules,
                and by the exclusions that urgent referrals of both imply.
        """
        books = [rulebook] if compared_with is None else [compared_with, rulebook]
        types = {name: fact for book in books for name, fact in types_for(book).items()}
        grid = Grid(types, ALWAYS_DERIVED)
        for book in books:
            all_terms = _all_terms(book, with_exclusions=compared_with is not None)
            grid.cut(term for terms in all_terms for term in terms or ())
        regions = dict.fromkeys(region for book in books for region in book.vocabulary.regions)
        background = [
            grid.box(term, or_unknown=False)
            for condition in _impossible(grid, regions)
            for term in terms_in(condition, rulebook) or ()
        ]
        return cls(rulebook, grid, tuple(box for box in background if box is not None))

    def sharing(self, rulebook: Rulebook) -> "RuleBoxes":
        """Return the boxes of another rulebook on this grid.

        Args:
            rulebook: The rulebook that was given as `compared_with` when the grid was made.
        """
        return RuleBoxes(rulebook, self.grid, self.background)

    @cached_property
    def full(self) -> Box:
        """All cells of every column."""
        return self.grid.full

    def sure(self, rule: Rule) -> tuple[Box, ...] | None:
        """Return the people for whom a rule is true; None if its condition has no normal form."""
        return self._boxes((rule.id, None), self._terms(rule), or_unknown=False)

    def may(self, rule: Rule) -> tuple[Box, ...] | None:
        """Return the people for whom a rule is true or unknown; None without a normal form."""
        return self._boxes((rule.id, None), self._terms(rule), or_unknown=True)

    def about(
        self, rule: Rule, candidate: ExerciseSide, *, or_unknown: bool
    ) -> tuple[Box, ...] | None:
        """Return the people for whom a rule is about an exercise on a side.

        Args:
            rule: The rule.
            candidate: The exercise and the side.
            or_unknown: True to include the people for whom the condition is unknown.

        Returns:
            The boxes of these people; None if the condition has no normal form.
        """
        if not _reads_here(rule):
            if candidate.exercise not in self.exercises_of(rule):
                return ()
            return self._boxes((rule.id, None), self._terms(rule), or_unknown=or_unknown)
        key = rule.id, candidate
        if key not in self._term_lists:
            self._term_lists[key] = _terms_about(rule, candidate, self.rulebook)
        return self._boxes(key, self._term_lists[key], or_unknown=or_unknown)

    def differs_by_exercise(self, rule: Rule) -> bool:
        """Return whether the exercises that a rule is about depend on the binding."""
        return _reads_here(rule)

    def exercises_of(self, rule: Rule) -> frozenset[str]:
        """Return the ids of the exercises that a rule can be about for any person."""
        exercises = self._exercises.get(rule.id)
        if exercises is None:
            about = self.rulebook.exercise_index.about(rule.about, {}, or_unknown=True)
            exercises = frozenset(exercise.id for exercise in about)
            self._exercises[rule.id] = exercises
        return exercises

    def _terms(self, rule: Rule) -> TermList:
        key = rule.id, None
        if key not in self._term_lists:
            condition = person_condition(rule, self.rulebook)
            self._term_lists[key] = terms_in(condition, self.rulebook)
        return self._term_lists[key]

    def _boxes(
        self, key: tuple[str, ExerciseSide | None], terms: TermList, *, or_unknown: bool
    ) -> tuple[Box, ...] | None:
        if terms is None:
            return None
        boxes = self._box_lists.get((*key, or_unknown))
        if boxes is None:
            of_terms = (self.grid.box(term, or_unknown=or_unknown) for term in terms)
            boxes = tuple(box for box in of_terms if box is not None)
            self._box_lists[*key, or_unknown] = boxes
        return boxes


def person_condition(rule: Rule, rulebook: Rulebook) -> Condition:
    """Return a rule's condition on the person, rewritten to read only independent facts."""
    when = rested(bound_to(rule.when, rule.each), rulebook)
    return when if rule.each is None else both(Is(Name(_EXISTS[rule.each])), when)


def terms_in(condition: Condition, rulebook: Rulebook) -> TermList:
    """Return the terms of a condition; None if it has too many terms or compares two names."""
    try:
        return terms_of(condition, rulebook.per_side, most=MAX_TERMS)
    except NoNormalForm:
        return None


def candidates(exercise: Exercise) -> list[ExerciseSide]:
    """Return an exercise on each of its sides."""
    return [ExerciseSide(exercise.id, side) for side in exercise.sides()]


def _reads_here(rule: Rule) -> bool:
    """Return whether the exercises that a rule is about depend on the binding of ``here``."""
    if rule.each is None:
        return False
    about = names_in(rule.about) if rule.about is not None else frozenset()
    return rule.same_side or any(name.startswith("here.") for name in about)


def _terms_about(rule: Rule, candidate: ExerciseSide, rulebook: Rulebook) -> TermList:
    """Return the terms of the condition under which a rule is about one exercise on one side."""
    exercise_index = rulebook.exercise_index
    about = about_one(rule.about, exercise_index.attributes[candidate.exercise])
    condition = both(person_condition(rule, rulebook), bound_to(about, rule.each))
    on_its_side = rule.same_side and candidate.side is not Side.BOTH
    if on_its_side and not exercise_index.by_id[candidate.exercise].loads_both_legs:
        sides = In(Name(f"{rule.each}.side"), (candidate.side.value, Side.BOTH.value))
        condition = both(condition, sides)
    return terms_in(condition, rulebook)


def _impossible(grid: Grid, regions: Iterable[Region]) -> list[Condition]:
    """Return conditions that no person meets, as far as the grid has columns for them.

    A region belongs to one part of the body only, a midline region has no left or right side, and
    the region of a binding is a member of the fact that lists such regions.
    """
    used = {name for name, _ in grid.cells}
    conditions: list[Condition] = []
    for occasion in BindingKind:
        name = Name(f"{occasion}.region")
        for region in regions:
            is_region = Compare(name, Operator.EQUAL, region.value)
            if {name.id, f"{occasion}.part"} <= used:
                part = Compare(Name(f"{occasion}.part"), Operator.UNEQUAL, region.part.value)
                conditions.append(All((is_region, part)))
            if {name.id, f"{occasion}.side"} <= used and not region.paired:
                side = Compare(Name(f"{occasion}.side"), Operator.UNEQUAL, Side.BOTH.value)
                conditions.append(All((is_region, side)))
        conditions += _unlisted(occasion, used, grid)
    return conditions


_LISTS = {
    BindingKind.COMPLAINT: "painful_regions",
    BindingKind.INJURY: "injured_regions",
    BindingKind.SURGERY: "operated_regions",
}


def _unlisted(occasion: BindingKind, used: set[str], grid: Grid) -> list[Condition]:
    """Return conditions that are impossible: the region of a binding is not in its list of regions.

    A complaint is listed among the painful regions unless its pain is 0.
    """
    name = _LISTS[occasion]
    pain_names = {"complaint.pain"} if occasion is BindingKind.COMPLAINT else set()
    if not {f"{occasion}.region", name, *pain_names} <= used:
        # Without these conditions the boxes also contain people who cannot exist. A proof that the
        # boxes are empty stays valid.
        return []
    exists: Condition = Is(Name(_EXISTS[occasion]))
    if pain_names:
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
    """Return the exclusion that an urgent referral of a rule implies, as a separate rule.

    A referral at level URGENT excludes exercises that load the region of the binding or its
    neighbours; without a binding, exercises above load L0. A higher level excludes all exercises.

    Returns:
        The exclusion; None if the rule has no referral at level URGENT or above.
    """
    levels = [effect.level for effect in rule.effects if isinstance(effect, Refer)]
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
