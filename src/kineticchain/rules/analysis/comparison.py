"""Comparison of two rulebooks: the effects that change, and the people whose decisions change."""

from collections.abc import Iterator
from typing import TypeAlias

from attrs import field, frozen

from kineticchain.domain.exercises import LoadClass
from kineticchain.rules.analysis.box_cover import Box
from kineticchain.rules.analysis.rule_boxes import RuleBoxes, candidates, implied_rest
from kineticchain.rules.analysis.satisfiability import WORK, Search, Verdict
from kineticchain.rules.analysis.witness import Witness
from kineticchain.rules.evaluation.reference import decide
from kineticchain.rules.evaluation.rulebook import Rulebook
from kineticchain.rules.model.decision import Decision
from kineticchain.rules.model.effect import (
    Advise,
    Conclude,
    Effect,
    Exclude,
    Limit,
    Prefer,
    Refer,
    Require,
    Show,
    Target,
    is_about_exercises,
)
from kineticchain.rules.model.exercise_index import ExerciseSide
from kineticchain.rules.model.rule import Rule

EffectKey: TypeAlias = tuple[Effect, ExerciseSide | None, bool]
"""An effect, its exercise (None if it has none), and True if an unknown condition is enough."""


@frozen
class DecisionChange:
    """An effect that one of two rulebooks has for some person and the other does not.

    Attributes:
        effect: The effect.
        exercise: The exercise and side that the effect is about; None if it is about none.
        gained: True if only the second rulebook has the effect, False if only the first has it.
        witness: A person for whom the decisions differ; None if the search was undecided, or if the
            reference evaluator does not confirm the difference.
    """

    effect: Effect
    exercise: ExerciseSide | None
    gained: bool
    witness: Witness | None = field(default=None, repr=False)

    @property
    def is_safety(self) -> bool:
        """True if the effect refers, excludes, limits or requires."""
        return isinstance(self.effect, (Refer, Exclude, Limit, Require))

    def __str__(self) -> str:
        """Return the change in words."""
        about = "" if self.exercise is None else f" {self.exercise.exercise} ({self.exercise.side})"
        doubt = "" if self.witness is not None else ", perhaps"
        return f"{'now' if self.gained else 'no longer'}: {_named(self.effect)}{about}{doubt}"


@frozen
class PackComparison:
    """The changes from one rulebook to another.

    Attributes:
        changes: The changed effects; the lost effects come first.
        beyond: Differences that the comparison does not cover: facts and exercises that both
            rulebooks define differently, and changed conclusions that are not expanded.
    """

    changes: tuple[DecisionChange, ...]
    beyond: tuple[str, ...] = ()

    @property
    def at_least_as_safe(self) -> bool | None:
        """True if the second rulebook loses no safety effect for anybody.

        False if a witness shows a loss. None if there is no such witness, but a loss is undecided
        or a difference is not covered.
        """
        lost = [change for change in self.changes if change.is_safety and not change.gained]
        if any(change.witness is not None for change in lost):
            return False
        return None if lost or self.beyond else True

    def __str__(self) -> str:
        """Return one line for each change and each difference that is not covered."""
        lines = [
            *map(str, self.changes),
            *(f"not weighed: {difference}" for difference in self.beyond),
        ]
        return "\n".join(lines) or "no difference for anybody"


def compare(before: Rulebook, after: Rulebook, work: int = WORK) -> PackComparison:
    """Compare the decisions of two rulebooks over all people.

    Args:
        before: The first rulebook.
        after: The second rulebook.
        work: The budget of each search, in comparisons of boxes.

    Returns:
        The changed effects, each with a person for whom it changes. An undecided change has no
        person. Facts and exercises that both rulebooks define differently are listed, but their
        consequences are not examined.
    """
    old = RuleBoxes.of(before, after)
    new = old.sharing(after)
    lost = _changes(Search(old, work), Search(new, work), gained=False)
    gained = _changes(Search(new, work), Search(old, work), gained=True)
    return PackComparison((*lost, *gained), tuple(_beyond(before, after)))


def _beyond(before: Rulebook, after: Rulebook) -> Iterator[str]:
    """Yield the differences between two rulebooks that the comparison of rules does not cover."""
    facts = after.vocabulary.by_id
    for name, fact in before.vocabulary.by_id.items():
        if facts.get(name, fact) != fact:
            yield f"the fact {name}"
    exercises = after.exercise_index.by_id
    for name, exercise in before.exercise_index.by_id.items():
        if exercises.get(name, exercise) != exercise:
            yield f"the exercise {name}"
    concluding = [
        {rule.id: rule for rule in book.data_rules if rule.concludes} for book in (before, after)
    ]
    concluding_rules = [rule for rules in concluding for rule in rules.values()]
    is_unexpanded = len(concluding_rules) > _MOST_CONCLUDING or any(
        rule.each is not None for rule in concluding_rules
    )
    if is_unexpanded and concluding[0] != concluding[1]:
        yield "what rules conclude"


_MOST_CONCLUDING = 8
"""The most concluding rules, of both rulebooks together, that a comparison expands."""


def _changes(having: Search, lacking: Search, *, gained: bool) -> Iterator[DecisionChange]:
    """Yield the effects that one rulebook has for some person and the other one does not.

    Args:
        having: The search in the rulebook that has the effects.
        lacking: The search in the rulebook that lacks them.
        gained: True if the rulebook that has the effects is the second one.
    """
    lacking_rules = {rule.id: rule for rule in lacking.rules}
    changed = [rule for rule in having.rules if lacking_rules.get(rule.id) != rule]
    concluded = {fact for rule in (*having.rules, *lacking.rules) for fact in rule.concludes}
    if changed and concluded:
        # A changed rule may conclude a fact that an unchanged rule reads.
        changed = list(having.rules)
    examined: set[EffectKey] = set()
    for rule in changed:
        for key in _keys(rule, having.forms):
            if key in examined:
                continue
            examined.add(key)
            # Search for a person for whom a changed rule has the effect and no rule of the other
            # rulebook has it. Unchanged rules need no search: the other rulebook has them, too.
            boxes = [
                box
                for changed_rule in changed
                for box in _boxes(changed_rule, key, having.forms) or ()
            ]
            avoided = [
                box
                for other_rule in lacking.rules
                for box in _boxes(other_rule, key, lacking.forms) or ()
            ]
            result = having.person(boxes, avoided)
            if result is None and _boxes(rule, key, having.forms) is None:
                result = Verdict.UNDECIDED
            if result is None:
                continue
            witness = (
                result
                if isinstance(result, Witness) and _differs(result, having, lacking)
                else None
            )
            yield DecisionChange(key[0], key[1], gained, witness)


def _keys(rule: Rule, forms: RuleBoxes) -> Iterator[EffectKey]:
    """Yield a key for each effect of a rule, once for each exercise that the effect is about.

    An urgent referral also yields the exclusions that it implies. A referral itself is examined
    twice: where its condition is true, and where it is true or unknown.
    """
    exercise_index = forms.rulebook.exercise_index
    implied = implied_rest(rule)
    if implied is not None:
        for exercise in sorted(forms.exercises_of(implied)):
            for candidate in candidates(exercise_index.by_id[exercise]):
                yield (Exclude(), candidate, True)
    for effect in rule.effects:
        unknowns = (False, True) if isinstance(effect, Refer) else (_counts_unknown(effect),)
        for unknown in unknowns:
            if not is_about_exercises(effect):
                yield (_plain(effect), None, unknown)
                continue
            for exercise in sorted(forms.exercises_of(rule)):
                for candidate in candidates(exercise_index.by_id[exercise]):
                    yield (effect, candidate, unknown)


def _plain(effect: Effect) -> Effect:
    """Return an effect; for a referral only its level, as the recipient does not affect safety."""
    return Refer(effect.level, "whom") if isinstance(effect, Refer) else effect


def _counts_unknown(effect: Effect) -> bool:
    """Return whether an effect also applies if the condition is unknown."""
    return isinstance(effect, (Exclude, Limit, Require))


def _boxes(rule: Rule, key: EffectKey, forms: RuleBoxes) -> tuple[Box, ...] | None:
    """Return the people for whom a rule has the effect of a key or a stronger effect.

    None if the condition has no normal form.
    """
    effect, candidate, unknown = key
    boxes: tuple[Box, ...] | None = ()
    if any(_includes(actual, effect) for actual in rule.effects):
        if candidate is not None:
            boxes = forms.about(rule, candidate, or_unknown=unknown)
        else:
            boxes = forms.may(rule) if unknown else forms.sure(rule)
    implied = implied_rest(rule)
    if boxes is None or candidate is None or implied is None or not _includes(Exclude(), effect):
        return boxes
    # A referral follows only from a true condition, and so does the exclusion that it implies.
    excluded = forms.about(implied, candidate, or_unknown=False)
    return None if excluded is None else (*boxes, *excluded)


def _includes(actual: Effect, effect: Effect) -> bool:
    """Return whether an actual effect is equal to another one or stronger."""
    match actual, effect:
        case Refer(level), Refer(wanted):
            return level >= wanted
        case Limit(kind, value), Limit(wanted_kind, wanted_value):
            return kind is wanted_kind and _rank(value) <= _rank(wanted_value)
        case Exclude(), Limit() | Require():
            return is_about_exercises(effect)
        case _:
            return actual == effect


def _rank(value: int | LoadClass) -> int:
    """Return the value of a limit as a number. A lower number is stricter."""
    return list(LoadClass).index(value) if isinstance(value, LoadClass) else value


def _differs(witness: Witness, first: Search, second: Search) -> bool:
    """Return whether the reference evaluator decides differently for a person by two rulebooks."""
    contents = [
        _without_rules(decide(search.forms.rulebook, witness.situation(search.forms.rulebook)))
        for search in (first, second)
    ]
    return contents[0] != contents[1]


def _without_rules(decision: Decision) -> tuple[object, ...]:
    """Return the content of a decision without the ids of the rules that it came from."""
    return (
        decision.level,
        decision.questions,
        {consequence.target for consequence in decision.exclusions},
        {(consequence.effect, consequence.target) for consequence in decision.limits},
        {(consequence.effect, consequence.target) for consequence in decision.requirements},
        {(consequence.effect, consequence.target) for consequence in decision.preferences},
        {(consequence.effect, consequence.target) for consequence in decision.targets},
        {consequence.effect for consequence in decision.advice},
        {consequence.effect for consequence in decision.conflicts},
    )


def _named(effect: Effect) -> str:
    match effect:
        case Refer(level):
            return f"refers {level}"
        case Exclude():
            return "excludes"
        case Limit(kind, value):
            return f"limits {kind.value} to {value} for"
        case Require(requirement):
            return f"requires {requirement} with"
        case Prefer(points):
            return f"prefers by {points}"
        case Target(region, points):
            return f"targets {region} by {points}"
        case Advise(message):
            return f"advises {message}"
        case Show(conflict):
            return f"shows {conflict}"
        case Conclude(fact):
            return f"concludes {fact}"
