"""Hypothesis strategies for rules and packs that are valid for a knowledge."""

from typing import TypeAlias

from attrs import evolve
from hypothesis import strategies as st

from kineticchain.domain.anatomy import Region
from kineticchain.domain.exercises import LoadClass
from kineticchain.domain.facts import (
    AnySide,
    BindingKind,
    BothSides,
    Compare,
    Condition,
    Constant,
    Contains,
    FactClass,
    FactKind,
    FactType,
    In,
    Is,
    Known,
    Name,
    Operator,
)
from kineticchain.domain.facts.condition import names_in
from kineticchain.knowledge import Knowledge
from kineticchain.knowledge.checks.rule_checks import rule_faults
from kineticchain.knowledge.pack import RulePack
from kineticchain.record.derivation.derived_facts import HERE_FACTS
from kineticchain.rules import (
    Advise,
    Conclude,
    Effect,
    Exclude,
    Limit,
    LimitKind,
    Prefer,
    Refer,
    ReferralLevel,
    Require,
    Requirement,
    Rule,
    Show,
    Target,
)
from kineticchain.rules.analysis import never_hold
from kineticchain.rules.model.effect import is_about_exercises
from kineticchain.testing.conditions import joined

Conditions: TypeAlias = st.SearchStrategy[Condition]

_NAMES_BY_BINDING = {
    BindingKind.COMPLAINT: ("here.region", "here.part", "here.side", "here.pain", "here.weeks"),
    BindingKind.INJURY: ("here.region", "here.part", "here.side", "here.days_ago"),
    BindingKind.SURGERY: (
        "here.region",
        "here.part",
        "here.side",
        "here.weeks_ago",
        "here.cleared",
    ),
}


def conditions_on(types: tuple[FactType, ...], most_leaves: int = 6) -> Conditions:
    """Return a strategy for conditions that fit the types of some facts.

    Args:
        types: the types of the facts.
        most_leaves: the largest number of leaves of a condition.

    """
    return st.recursive(
        st.one_of(st.sampled_from(types).flatmap(leaf_on), st.booleans().map(Constant)),
        joined,
        max_leaves=most_leaves,
    )


def leaf_on(fact: FactType) -> Conditions:
    """Return a strategy for conditions on one fact.

    A fact per side is read on a named side or inside ``any_side(...)`` or ``both_sides(...)``.
    """
    if not fact.per_side:
        return _leaf(fact, Name(fact.id))
    unsided = _leaf(fact, Name(fact.id))
    on_side = st.sampled_from(("left", "right")).flatmap(
        lambda side: _leaf(fact, Name(f"{fact.id}.{side}"))
    )
    return st.one_of(unsided.map(AnySide), unsided.map(BothSides), on_side)


def _leaf(fact: FactType, name: Name) -> Conditions:
    is_known = st.just(Known(name))
    match fact.kind:
        case FactKind.BOOLEAN:
            return st.one_of(st.just(Is(name)), is_known)
        case FactKind.NUMBER:
            numbers = st.integers(int(fact.low), int(fact.high))
            return st.one_of(
                is_known, st.builds(Compare, st.just(name), st.sampled_from(Operator), numbers)
            )
        case FactKind.ONE_OF:
            words = st.sampled_from(fact.options)
            some = st.lists(words, min_size=1, max_size=3).map(tuple)
            equal = st.sampled_from((Operator.EQUAL, Operator.UNEQUAL))
            return st.one_of(
                is_known,
                st.builds(Compare, st.just(name), equal, words),
                st.builds(In, st.just(name), some),
            )
        case FactKind.SET_OF:
            members = st.sampled_from(fact.options or ("towel", "fixed_support"))
            return st.one_of(is_known, st.builds(Contains, members, st.just(name)))


def effects(knowledge: Knowledge) -> st.SearchStrategy[Effect]:
    """Return a strategy for all effects that are valid for a knowledge, except conclusions."""
    catalog = knowledge.catalog
    messages = st.sampled_from(
        [name for name in sorted(catalog.ids) if not catalog.arguments(name)]
    )
    count = st.integers(1, 60)
    return st.one_of(
        st.builds(Refer, st.sampled_from(list(ReferralLevel)[1:]), messages),
        st.just(Exclude()),
        st.builds(Limit, st.just(LimitKind.LOAD), st.sampled_from(LoadClass)),
        st.builds(
            Limit,
            st.sampled_from(
                [kind for kind in LimitKind if kind not in {LimitKind.LOAD, LimitKind.PAIN_CEILING}]
            ),
            count,
        ),
        st.builds(Limit, st.just(LimitKind.PAIN_CEILING), st.integers(0, 10)),
        st.builds(Require, st.sampled_from(Requirement)),
        st.builds(Prefer, count),
        st.builds(Target, st.sampled_from(Region), count),
        st.builds(Advise, messages),
        st.builds(Show, st.sampled_from(sorted(knowledge.conflicts))),
    )


@st.composite
def rules(
    draw: st.DrawFn, knowledge: Knowledge, pack: str, concluded: tuple[FactType, ...] = ()
) -> Rule:
    """Draw a rule that is valid for a knowledge.

    Args:
        draw: the draw function of Hypothesis.
        knowledge: the knowledge.
        pack: the id of the pack, which prefixes the id of the rule.
        concluded: concluded facts that the rule can read.

    """
    actions = tuple(draw(st.lists(effects(knowledge), min_size=1, max_size=3, unique_by=repr)))
    each = draw(st.none() | st.sampled_from(BindingKind))
    here = () if each is None else _here_types(_NAMES_BY_BINDING[each])
    readable = tuple(
        fact for fact in knowledge.vocabulary.types if fact.fact_class is not FactClass.PLAIN
    )
    about = None
    if any(is_about_exercises(effect) for effect in actions) and draw(st.booleans()):
        about = draw(
            conditions_on(
                (
                    *knowledge.exercise_attributes,
                    *here,
                ),
                most_leaves=3,
            )
        )
    return Rule(
        id=f"{pack}.r{draw(st.integers(0, 10**6))}",
        when=draw(conditions_on((*readable, *concluded, *here))),
        effects=actions,
        because="made for a test",
        about=about,
        each=each,
        same_side=each is not None and draw(st.booleans()),
        sources=(draw(st.sampled_from(sorted(knowledge.sources))),),
    )


def _here_types(names: tuple[str, ...]) -> tuple[FactType, ...]:
    return tuple(fact for fact in HERE_FACTS if fact.id in names)


def packs(knowledge: Knowledge, pack: str = "made", most: int = 6) -> st.SearchStrategy[RulePack]:
    """Return a strategy for packs that can be loaded.

    The packs are those of `odd_packs`, without the rules that a knowledge refuses.

    Args:
        knowledge: the knowledge for which the packs are valid.
        pack: the id of the packs.
        most: the largest number of rules, apart from rules that conclude facts.

    """
    return odd_packs(knowledge, pack, most).map(lambda odd: loadable(odd, knowledge))


def loadable(odd: RulePack, knowledge: Knowledge) -> RulePack:
    """Return a pack without refused rules, and without concluded facts that no rule concludes.

    Rules that read such a fact are removed as well.

    Args:
        odd: the pack; everything but its rules must be valid.
        knowledge: the knowledge, without the pack.

    """
    extended = evolve(knowledge, packs=(*knowledge.packs, odd))
    rules = [rule for rule in odd.rules if isinstance(rule, Rule)]
    refused = {rule.id for rule in never_hold(rules, extended.rulebook)}
    faults = [str(fault) for fault in rule_faults(odd, extended)]
    refused |= {rule.id for rule in rules if any(f"({rule.id})" in fault for fault in faults)}
    kept = [rule for rule in rules if rule.id not in refused]
    while True:
        concluded = {fact for rule in kept for fact in rule.concludes}
        missing = {
            fact.id
            for fact in odd.facts
            if fact.fact_class is FactClass.CONCLUDED and fact.id not in concluded
        }
        readers = [rule for rule in kept if missing & names_in(rule.when)]
        if not readers:
            facts = tuple(fact for fact in odd.facts if fact.id not in missing)
            return evolve(odd, rules=tuple(kept), facts=facts)
        kept = [rule for rule in kept if rule not in readers]


@st.composite
def odd_packs(draw: st.DrawFn, knowledge: Knowledge, pack: str = "made", most: int = 6) -> RulePack:
    """Draw a pack with any effects and up to two concluded facts; some rules may never hold.

    Args:
        draw: the draw function of Hypothesis.
        knowledge: the knowledge for which the pack is valid.
        pack: the id of the pack.
        most: the largest number of rules, apart from rules that conclude facts.

    """
    facts = tuple(
        FactType(id=f"{pack}.c{number}", kind=FactKind.BOOLEAN, fact_class=FactClass.CONCLUDED)
        for number in range(draw(st.integers(0, 2)))
    )
    concluding = []
    for number, fact in enumerate(facts):
        base = draw(rules(knowledge, pack, facts[:number]))
        concluding.append(
            Rule(
                id=f"{pack}.concludes{number}",
                when=base.when,
                effects=(Conclude(fact.id),),
                because=base.because,
                each=base.each,
                sources=base.sources,
            )
        )
    drawn = draw(
        st.lists(
            rules(knowledge, pack, facts), min_size=1, max_size=most, unique_by=lambda rule: rule.id
        )
    )
    return RulePack(id=pack, version="1", rules=(*concluding, *drawn), facts=facts)
