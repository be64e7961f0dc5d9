"""The meaning of rules, in a few pure functions.

Every rule is evaluated against the same facts; none sees what another did. Effects that
restrict hold where the condition is true or unknown, all others where it is true. What
follows is the join of all effects, so that neither the order of rules nor saying one twice
can matter. Faster evaluators are held against this one.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TypeAlias, TypeVar

from attrs import asdict, field, frozen

from kineticchain.anatomy import Side
from kineticchain.facts import FactClass, FactType, Truth, Value, Vocabulary, evaluate
from kineticchain.facts.condition import (
    Compare,
    Constant,
    Contains,
    Name,
    Operator,
    names_in,
)
from kineticchain.facts.evaluation import open_names
from kineticchain.facts.fact_values import sided
from kineticchain.person import Here, Situation
from kineticchain.rules.catalogue import Candidate, Catalogue
from kineticchain.rules.decision import (
    Advised,
    Aim,
    Cap,
    Decision,
    Demand,
    Exclusion,
    Failure,
    Firing,
    Preference,
    Raised,
    Shown,
)
from kineticchain.rules.effect import (
    ASKING,
    RESTRICTING,
    Advise,
    Effect,
    Exclude,
    Favour,
    Limit,
    Refer,
    ReferralLevel,
    Require,
    Show,
    Target,
)
from kineticchain.rules.python_rule import PythonRule
from kineticchain.rules.rule import PER_EXERCISE_LIMITS, Rule, is_about_exercises

Part: TypeAlias = Raised | Exclusion | Cap | Demand | Preference | Aim | Advised | Shown | Failure
_ALWAYS = Constant(value=True)
P = TypeVar("P", bound=Part)

IN_REACH = Contains(Name("here.region"), Name("exercise.reach"))
"""What an urgent referral about a region keeps free of load: it and its neighbours."""

LOADED = Compare(Name("exercise.load"), Operator.MORE, "L0")
"""What an urgent referral about the whole person keeps out."""


@frozen
class _Fired:
    """A rule with its binding, its truth, and the facts it was evaluated on."""

    rule: Rule
    here: Here | None
    truth: Truth
    facts: Mapping[str, Value] = field(repr=False)

    @property
    def bound(self) -> Mapping[str, Value]:
        return {} if self.here is None else self.here.values


def decide(
    rules: Iterable[Rule | PythonRule],
    situation: Situation,
    catalogue: Catalogue,
    vocabulary: Vocabulary,
) -> Decision:
    """Evaluate every rule and join the effects."""
    rules = tuple(rules)
    fired = [one for rule in rules if isinstance(rule, Rule) for one in _bindings(rule, situation)]
    parts: list[Part] = []
    for one in fired:
        for effect in one.rule.effects:
            if one.truth is True or (one.truth is None and isinstance(effect, RESTRICTING)):
                parts += _parts(effect, one, catalogue)
    for rule in rules:
        if isinstance(rule, PythonRule):
            parts += _python_parts(rule, situation, catalogue)
    return Decision(
        referrals=_joined(Raised, parts),
        questions=_questions(fired, vocabulary),
        exclusions=_joined(Exclusion, parts),
        caps=_joined(Cap, parts),
        demands=_joined(Demand, parts),
        preferences=_joined(Preference, parts),
        aims=_joined(Aim, parts),
        advice=_joined(Advised, parts),
        conflicts=_joined(Shown, parts),
        failures=_joined(Failure, parts),
        trace=tuple(_firing(one) for one in sorted(fired, key=_order) if one.truth is not False),
    )


def _bindings(rule: Rule, situation: Situation) -> list[_Fired]:
    if rule.each is None:
        return [_Fired(rule, None, evaluate(rule.when, situation.facts), situation.facts)]
    return [_bound(rule, here, situation) for here in situation.over(rule.each)]


def _bound(rule: Rule, here: Here, situation: Situation) -> _Fired:
    facts = {**situation.facts, **here.values}
    return _Fired(rule, here, evaluate(rule.when, facts), facts)


def _parts(effect: Effect, fired: _Fired, catalogue: Catalogue) -> list[Part]:
    """What one effect of a fired rule adds."""
    rule, here = fired.rule, fired.here
    match effect:
        case Refer(level, whom):
            added: list[Part] = [Raised(level, whom, rule.id)]
            if level is ReferralLevel.URGENT:
                near = catalogue.about(
                    LOADED if here is None else IN_REACH, fired.bound, or_unknown=True
                )
                side = Side.BOTH if here is None else here.side
                added += [
                    Exclusion(one.exercise, one.side, rule.id)
                    for one in catalogue.candidates(near, side)
                ]
            return added
        case Advise(message):
            return [Advised(message, rule.id)]
        case Show(conflict):
            return [Shown(conflict, rule.id)]
        case Target(region, points):
            side = Side.BOTH if here is None else here.side
            sides = side.each if region.paired else (Side.BOTH,)
            return [Aim(region, one, points, rule.id) for one in sides]
        case Limit(kind, value) if kind not in PER_EXERCISE_LIMITS:
            return [Cap(kind, value, rule.id)]
        case _:
            return _exercise_parts(effect, fired, catalogue)


def _exercise_parts(
    effect: Exclude | Limit | Require | Favour, fired: _Fired, catalogue: Catalogue
) -> list[Part]:
    rule = fired.rule
    about = catalogue.about(rule.about, fired.bound, or_unknown=isinstance(effect, RESTRICTING))
    side = fired.here.side if rule.same_side and fired.here is not None else Side.BOTH
    return [_exercise_part(effect, one, rule.id) for one in catalogue.candidates(about, side)]


def _exercise_part(effect: Exclude | Limit | Require | Favour, one: Candidate, rule: str) -> Part:
    match effect:
        case Exclude():
            return Exclusion(one.exercise, one.side, rule)
        case Limit(kind, value):
            return Cap(kind, value, rule, one.exercise, one.side)
        case Require(requirement):
            return Demand(requirement, one.exercise, one.side, rule)
        case Favour(points):
            return Preference(one.exercise, one.side, points, rule)


def _python_parts(rule: PythonRule, situation: Situation, catalogue: Catalogue) -> list[Part]:
    """The effects of a Python rule; if it fails, what it is about is excluded."""
    effects = _called(rule, situation)
    if isinstance(effects, Failure):
        out = catalogue.candidates(catalogue.about(rule.about, {}, or_unknown=True))
        return [effects, *(Exclusion(one.exercise, one.side, rule.id) for one in out)]
    if not effects:
        return []
    as_rule = Rule(
        id=rule.id,
        when=_ALWAYS,
        effects=effects,
        because=rule.because,
        about=rule.about if any(is_about_exercises(one) for one in effects) else None,
        evidence=rule.evidence,
        sources=rule.sources,
    )
    fired = _Fired(rule=as_rule, here=None, truth=True, facts=situation.facts)
    return [part for effect in effects for part in _parts(effect, fired, catalogue)]


def _called(rule: PythonRule, situation: Situation) -> tuple[Effect, ...] | Failure:
    """What the function returned, or how it failed."""
    returned: tuple[object, ...]
    try:
        returned = tuple(rule.function(MappingProxyType(dict(situation.facts))))
    except Exception as error:  # noqa: BLE001 - a stranger's code may raise anything
        return Failure(rule.id, f"raised {type(error).__name__}")
    effects = tuple(one for one in returned if isinstance(one, Effect))
    if len(effects) < len(returned):
        return Failure(rule.id, "returned something that is no effect")
    return effects


def _questions(fired: Iterable[_Fired], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The unknown facts that keep a referral or an exclusion open, in the vocabulary's order."""
    names = {
        name
        for one in fired
        if one.truth is None and any(isinstance(effect, ASKING) for effect in one.rule.effects)
        for name in open_names(one.rule.when, one.facts)
    }
    asked = {fact.id for name in names if (fact := vocabulary.type_of(name)) and _is_asked(fact)}
    return tuple(fact.id for fact in vocabulary.types if fact.id in asked)


def _is_asked(fact: FactType) -> bool:
    """Screening facts are asked for, and derived ones that have a question (age)."""
    if fact.fact_class is FactClass.SCREENING:
        return not fact.reassured_by_silence
    return fact.fact_class is FactClass.DERIVED and bool(fact.question)


def _joined(kind: type[P], parts: list[Part]) -> tuple[P, ...]:
    """The union of all parts of a kind, in an order of its own."""
    found = {part for part in parts if isinstance(part, kind)}
    return tuple(sorted(found, key=_part_order))


def _part_order(part: Part) -> tuple[str, ...]:
    return tuple(str(value) for value in asdict(part, recurse=False).values())


def _firing(one: _Fired) -> Firing:
    seen = [
        (place, one.facts.get(place))
        for name in sorted(names_in(one.rule.when))
        for place in _places(name, one.facts)
    ]
    return Firing(one.rule.id, one.here, one.truth, tuple(seen))


def _places(name: str, facts: Mapping[str, Value]) -> list[str]:
    """Where a name is found: under itself, or on the sides where it has values."""
    on_sides = [sided(name, side) for side in Side.BOTH.each if sided(name, side) in facts]
    return on_sides if name not in facts and on_sides else [name]


def _order(one: _Fired) -> tuple[str, str, str]:
    here = one.here
    return (one.rule.id, "" if here is None else f"{here.region} {here.side}", repr(one.bound))
