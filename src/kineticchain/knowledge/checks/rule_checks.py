"""Checks of rules: references, facts that rules read, and exercises that rules are about."""

from collections.abc import Iterable, Iterator, Mapping

from kineticchain.domain.anatomy import Region
from kineticchain.domain.anatomy.region import sites_of
from kineticchain.domain.anatomy.side import Side
from kineticchain.domain.facts import BindingKind, Condition, FactClass, Value, Vocabulary, evaluate
from kineticchain.domain.facts.condition import Is, Name, names_in, own_names, rebuilt
from kineticchain.domain.facts.fact_values import stem
from kineticchain.domain.facts.type_check import condition_faults
from kineticchain.errors import Fault
from kineticchain.knowledge.checks.references import place_of, unknown_ids
from kineticchain.knowledge.contents import Contents
from kineticchain.knowledge.pack import RulePack
from kineticchain.record.derivation.derived_facts import here_facts
from kineticchain.rules import (
    Advise,
    Conclude,
    Limit,
    LimitKind,
    PythonRule,
    Refer,
    Rule,
    Show,
)

_AXES = {LimitKind.HOLD_S: "hold_s", LimitKind.ROLL_S: "duration_s"}
"""The limits that bound one axis of the dose, each with its axis.

All other limits apply to every exercise.
"""


def rule_faults(pack: RulePack, knowledge: Contents) -> Iterator[Fault]:
    """Yield the faults of the rules of a pack."""
    if not pack.rules:
        return
    scopes = _Scopes(knowledge)
    reassured = _reassured(knowledge)
    own_screening = {fact.id for fact in pack.facts if fact.fact_class is FactClass.SCREENING}
    concluded = {fact for rule in pack.rules if isinstance(rule, Rule) for fact in rule.concludes}
    for index, fact in enumerate(pack.facts):
        if fact.fact_class is FactClass.CONCLUDED and fact.id not in concluded:
            where = place_of(pack, "fact", index, fact.id)
            yield Fault("no rule concludes it", where, "write a rule with `conclude`, or remove it")
    for index, rule in enumerate(pack.rules):
        where = place_of(pack, "rule", index, rule.id)
        yield from unknown_ids(where, "row of evidence", rule.evidence, knowledge.evidence)
        yield from unknown_ids(where, "source", rule.sources, knowledge.sources)
        if rule.about is not None:
            faults = list(scopes.faults(f"{where}.about", rule.about, rule.each, about=True))
            yield from faults
            if not faults:
                yield from _about_faults(where, rule, knowledge)
        if isinstance(rule, PythonRule):
            continue
        faults = list(scopes.faults(f"{where}.when", rule.when, rule.each))
        yield from faults
        yield from unknown_ids(where, "row of evidence", rule.shows, knowledge.evidence)
        yield from unknown_ids(
            f"{where}.settled_by", "diagnosis", rule.settled_by, knowledge.diagnoses
        )
        yield from _effect_faults(where, rule, pack, knowledge)
        if faults:
            continue
        if rule.restricts or rule.concludes:
            yield from _plain_facts(f"{where}.when", rule.when, scopes.of(rule.each))
        reads_own = not own_screening.isdisjoint(stem(name) for name in names_in(rule.when))
        if reads_own and rule.each is None and evaluate(rule.when, reassured):
            what = "holds when every safety question is answered reassuringly"
            yield Fault(what, f"{where}.when", "check `reassuring` of the facts that it reads")


def alarm_faults(pack: RulePack, knowledge: Contents) -> Iterator[Fault]:
    """Yield the faults of the conditions of the alarms of a pack."""
    alarms = [
        (alarm, f"{place_of(pack, 'fact', index, fact.id)}.alarms[{alarm_index}].when")
        for index, fact in enumerate(pack.facts)
        for alarm_index, alarm in enumerate(fact.alarms)
    ]
    if not alarms:
        return
    scopes = _Scopes(knowledge)
    for alarm, where in alarms:
        if alarm.when is not None:
            yield from scopes.faults(where, alarm.when, alarm.each)


class _Scopes:
    """The facts that conditions of rules can read, by the kind of binding."""

    def __init__(self, knowledge: Contents) -> None:
        self.facts = knowledge.vocabulary
        self.attributes = knowledge.exercise_attributes
        self.everywhere = {fact.id for fact in here_facts(self.facts)}
        self.vocabularies: dict[tuple[BindingKind | None, bool], Vocabulary] = {}

    def of(self, each: BindingKind | None, *, about: bool = False) -> Vocabulary:
        """Return the facts that `when`, or `about`, can read in a rule with a kind of binding."""
        key = (each, about)
        if key not in self.vocabularies:
            bound = here_facts(self.facts, each) if each is not None else ()
            self.vocabularies[key] = (
                Vocabulary((*self.attributes, *bound)) if about else self.facts.extended(bound)
            )
        return self.vocabularies[key]

    def faults(
        self, where: str, condition: Condition, each: BindingKind | None, *, about: bool = False
    ) -> Iterator[Fault]:
        """Yield the type faults of a condition.

        A fact that only other bindings have is reported with the bindings that have the fact.
        """
        elsewhere = sorted(
            name
            for name in names_in(condition) & self.everywhere
            if self.of(each, about=about).type_of(name) is None
        )
        for name in elsewhere:
            kinds = [kind for kind in BindingKind if _is_bound(name, kind, self.facts)]
            words = " or ".join(f'each = "{kind}"' for kind in kinds)
            subject = f"no {each} has" if each else "a rule without `each` cannot read"
            yield Fault(f"{subject} `{name}`", where, f"it needs {words}")
        if not elsewhere:
            for fault in condition_faults(condition, self.of(each, about=about)):
                yield fault.under(f"{where} " if fault.where else where)


def _is_bound(name: str, kind: BindingKind, facts: Vocabulary) -> bool:
    return any(fact.id == name for fact in here_facts(facts, kind))


def _reassured(knowledge: Contents) -> Mapping[str, Value]:
    """Return the reassuring answers of all screening facts; all other facts are unknown."""
    return {
        name: fact.reassuring
        for fact in knowledge.vocabulary.screening
        if fact.reassuring is not None
        for name in fact.names
    }


def _about_faults(where: str, rule: Rule | PythonRule, knowledge: Contents) -> Iterator[Fault]:
    """Yield a fault if `about` matches no exercise, or no exercise with the axis of a limit."""
    matching = _exercises_about(rule, knowledge)
    if not matching:
        yield Fault(
            "matches no exercise", f"{where}.about", "compare it with `kineticchain exercises`"
        )
        return
    for effect in rule.effects if isinstance(rule, Rule) else ():
        axis = _AXES.get(effect.kind) if isinstance(effect, Limit) else None
        doses = (knowledge.exercises[exercise].dose for exercise in matching)
        if axis is not None and all(getattr(dose, axis) is None for dose in doses):
            what = f"limits `{axis}` of exercises that have none"
            yield Fault(what, f"{where}.limit", "limit their load or their share of the dose")


def _exercises_about(rule: Rule | PythonRule, knowledge: Contents) -> list[str]:
    """Return the exercises that `about` can match, in alphabetical order.

    If `about` reads ``here``, ``here`` is bound to each region and side at which `when` can hold.
    """
    about = rule.about
    if about is None:
        return list(knowledge.exercises)
    bindings: list[Mapping[str, Value]] = [{}]
    if any(name.startswith("here.") for name in names_in(about)):
        bindings = [
            binding
            for binding in _bindings(knowledge.regions)
            if isinstance(rule, PythonRule) or _may_hold(rule.when, binding)
        ]
    index = knowledge.exercise_index
    matching = {
        exercise.id
        for binding in bindings
        for exercise in index.about(about, binding, or_unknown=True)
    }
    return sorted(matching)


def _may_hold(when: Condition, binding: Mapping[str, Value]) -> bool:
    """Return whether a condition can hold in a binding; all other facts count as unknown."""

    def of_binding(leaf: Condition) -> Condition:
        names = [name.id for name in own_names(leaf)]
        return leaf if all(name in binding for name in names) else _UNKNOWN

    return evaluate(rebuilt(when, of_binding), binding) is not False


_UNKNOWN = Is(Name("unknown"))
"""A condition that no binding decides."""


def _bindings(regions: Iterable[Region]) -> Iterator[Mapping[str, Value]]:
    """Yield the possible bindings of ``here``: each region on each side."""
    for region in regions:
        for _, side in {*sites_of(region, Side.BOTH), (region, Side.BOTH)}:
            yield {"here.region": region, "here.part": region.part, "here.side": side}


def _effect_faults(where: str, rule: Rule, pack: RulePack, knowledge: Contents) -> Iterator[Fault]:
    for effect in rule.effects:
        match effect:
            case Refer(_, message) | Advise(message):
                yield from unknown_ids(where, "message", [message], knowledge.catalog.ids)
            case Show(conflict):
                yield from unknown_ids(where, "conflict", [conflict], knowledge.conflicts)
            case Conclude(fact):
                yield from _conclusion_faults(f"{where}.conclude", fact, pack, knowledge)
            case _:
                pass


def _conclusion_faults(
    where: str, name: str, pack: RulePack, knowledge: Contents
) -> Iterator[Fault]:
    """Yield a fault if a rule concludes a fact that its pack does not declare as concluded."""
    fact = knowledge.vocabulary.by_id.get(name)
    if fact is None:
        yield from unknown_ids(where, "fact", [name], knowledge.vocabulary.by_id)
    elif fact.fact_class is not FactClass.CONCLUDED:
        remedy = 'declare a fact of the pack\'s own with fact_class = "concluded"'
        yield Fault(f"`{name}` is {fact.fact_class} and cannot be concluded", where, remedy)
    elif fact not in pack.facts:
        yield Fault(f"`{name}` belongs to another pack", where, "conclude facts of your own")


def _plain_facts(where: str, when: Condition, facts: Vocabulary) -> Iterator[Fault]:
    for name in sorted(names_in(when)):
        fact = facts.type_of(name)
        if fact is not None and fact.fact_class is FactClass.PLAIN:
            yield Fault(
                f"a rule that restricts or concludes reads the plain fact `{fact.id}`",
                where=where,
                remedy="make it a screening fact or a measure",
            )
