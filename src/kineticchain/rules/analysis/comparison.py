"""Two rulebooks held against each other: for whom the decision changes, and whether it is safer."""

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
)
from kineticchain.rules.model.exercise_index import ExerciseSide
from kineticchain.rules.model.rule import Rule, is_about_exercises

EffectKey: TypeAlias = tuple[Effect, ExerciseSide | None, bool]
"""An effect, the exercise it is about, and whether an unknown condition counts."""


@frozen
class DecisionChange:
    """Something that one rulebook says of somebody and the other does not.

    `gained` says that it is the second one that says it. Without a witness the search was
    undecided.
    """

    effect: Effect
    exercise: ExerciseSide | None
    gained: bool
    witness: Witness | None = field(default=None, repr=False)

    @property
    def is_safety(self) -> bool:
        """Whether it refers, excludes, limits or requires."""
        return isinstance(self.effect, (Refer, Exclude, Limit, Require))

    def __str__(self) -> str:
        """The change in words."""
        about = "" if self.exercise is None else f" {self.exercise.exercise} ({self.exercise.side})"
        doubt = "" if self.witness is not None else ", perhaps"
        return f"{'now' if self.gained else 'no longer'}: {_named(self.effect)}{about}{doubt}"


@frozen
class PackComparison:
    """What changes from one rulebook to another.

    `beyond` names what differs and is not weighed: facts, exercises and texts that mean
    something else, and conclusions that are too hard to follow.
    """

    changes: tuple[DecisionChange, ...]
    beyond: tuple[str, ...] = ()

    @property
    def at_least_as_safe(self) -> bool | None:
        """Whether the second never refers less, excludes less, or lets more be done.

        None where something is undecided or not weighed, and nothing speaks against it.
        """
        lost = [one for one in self.changes if one.is_safety and not one.gained]
        if any(one.witness is not None for one in lost):
            return False
        return None if lost or self.beyond else True

    def __str__(self) -> str:
        """A line for each change."""
        lines = [*map(str, self.changes), *(f"not weighed: {one}" for one in self.beyond)]
        return "\n".join(lines) or "no difference for anybody"


def compare(before: Rulebook, after: Rulebook, work: int = WORK) -> PackComparison:
    """For whom two rulebooks decide differently, each change with one person.

    What they share (facts, exercises) and mean differently by is named, and not weighed.
    """
    old = RuleBoxes.of(before, after)
    new = old.sharing(after)
    lost = _said_by_one(Search(old, work), Search(new, work), gained=False)
    won = _said_by_one(Search(new, work), Search(old, work), gained=True)
    return PackComparison((*lost, *won), tuple(_beyond(before, after)))


def _beyond(before: Rulebook, after: Rulebook) -> Iterator[str]:
    """What two rulebooks differ in beside what their rules say."""
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
    either = [rule for rules in concluding for rule in rules.values()]
    hard = len(either) > _FOLLOWED or any(rule.each is not None for rule in either)
    if hard and concluding[0] != concluding[1]:
        yield "what rules conclude"


_FOLLOWED = 8
"""So many rules that conclude are followed through one another."""


def _said_by_one(one: Search, other: Search, *, gained: bool) -> Iterator[DecisionChange]:
    kept = {rule.id: rule for rule in other.rules}
    changed = [rule for rule in one.rules if kept.get(rule.id) != rule]
    concluded = {fact for rule in (*one.rules, *other.rules) for fact in rule.concludes}
    if changed and concluded:
        changed = list(one.rules)  # what changed may lie behind a conclusion
    told: set[EffectKey] = set()
    for rule in changed:
        for key in _keys(rule, one.forms):
            if key in told:
                continue
            told.add(key)
            own = [box for mine in changed for box in _boxes(mine, key, one.forms) or ()]
            theirs = [box for yours in other.rules for box in _boxes(yours, key, other.forms) or ()]
            found = one.person(own, theirs)
            if found is None and _boxes(rule, key, one.forms) is None:
                found = Verdict.UNDECIDED
            if found is None:
                continue
            witness = found if isinstance(found, Witness) and _differs(found, one, other) else None
            yield DecisionChange(key[0], key[1], gained, witness)


def _keys(rule: Rule, forms: RuleBoxes) -> Iterator[EffectKey]:
    exercise_index = forms.rulebook.exercise_index
    implied = implied_rest(rule)
    if implied is not None:
        for exercise in sorted(forms.exercises_of(implied)):
            for one in candidates(exercise_index.by_id[exercise]):
                yield (Exclude(), one, True)
    for effect in rule.effects:
        unknowns = (False, True) if isinstance(effect, Refer) else (_counts_unknown(effect),)
        for unknown in unknowns:
            if not is_about_exercises(effect):
                yield (_plain(effect), None, unknown)
                continue
            for exercise in sorted(forms.exercises_of(rule)):
                for one in candidates(exercise_index.by_id[exercise]):
                    yield (effect, one, unknown)


def _plain(effect: Effect) -> Effect:
    """A referral by its level alone: to whom it sends is no question of safety."""
    return Refer(effect.level, "whom") if isinstance(effect, Refer) else effect


def _counts_unknown(effect: Effect) -> bool:
    return isinstance(effect, (Exclude, Limit, Require))


def _boxes(rule: Rule, key: EffectKey, forms: RuleBoxes) -> tuple[Box, ...] | None:
    """The people for whom a rule says what the key says, or more; None where it can't be told."""
    effect, one, unknown = key
    own: tuple[Box, ...] | None = ()
    if any(_says(does, effect) for does in rule.effects):
        if one is not None:
            own = forms.about(rule, one, or_unknown=unknown)
        else:
            own = forms.may(rule) if unknown else forms.sure(rule)
    implied = implied_rest(rule)
    if own is None or one is None or implied is None or not _says(Exclude(), effect):
        return own
    free = forms.about(implied, one, or_unknown=False)
    return None if free is None else (*own, *free)


def _says(does: Effect, effect: Effect) -> bool:
    match does, effect:
        case Refer(level), Refer(wanted):
            return level >= wanted
        case Limit(kind, value), Limit(wanted_kind, wanted_value):
            return kind is wanted_kind and _rank(value) <= _rank(wanted_value)
        case Exclude(), Limit() | Require():
            return is_about_exercises(effect)
        case _:
            return does == effect


def _rank(value: int | LoadClass) -> int:
    return list(LoadClass).index(value) if isinstance(value, LoadClass) else value


def _differs(witness: Witness, one: Search, other: Search) -> bool:
    """Whether the reference evaluator decides differently for the person."""
    decisions = [
        decide(search.forms.rulebook, witness.situation(search.forms.rulebook))
        for search in (one, other)
    ]
    said = [_without_rules(decision) for decision in decisions]
    return said[0] != said[1]


def _without_rules(decision: Decision) -> tuple[object, ...]:
    """What a decision comes to, whichever rules said it."""
    return (
        decision.level,
        decision.questions,
        {(one.exercise, one.side) for one in decision.exclusions},
        {(one.kind, one.value, one.exercise, one.side) for one in decision.caps},
        {(one.requirement, one.exercise, one.side) for one in decision.demands},
        {(one.points, one.exercise, one.side) for one in decision.preferences},
        {(one.points, one.region, one.side) for one in decision.aims},
        {one.message for one in decision.advice},
        {one.conflict for one in decision.conflicts},
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
            return f"favours by {points}"
        case Target(region, points):
            return f"targets {region} by {points}"
        case Advise(message):
            return f"advises {message}"
        case Show(conflict):
            return f"shows {conflict}"
        case Conclude(fact):
            return f"concludes {fact}"
