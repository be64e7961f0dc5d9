"""Strategies for rules and packs that fit a knowledge, and people to try them on."""

from typing import TypeAlias

from attrs import evolve
from hypothesis import strategies as st

from kineticchain.domain.anatomy import Region
from kineticchain.domain.exercises import LoadClass
from kineticchain.domain.exercises.attributes import attribute_types
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
from kineticchain.knowledge import Knowledge
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
    RulePack,
    Show,
    Target,
)
from kineticchain.rules.analysis import never_hold
from kineticchain.rules.model.rule import is_about_exercises
from kineticchain.testing.conditions import joined

Conditions: TypeAlias = st.SearchStrategy[Condition]

_HERE = {
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
    """Conditions that fit facts of these types."""
    return st.recursive(
        st.one_of(st.sampled_from(types).flatmap(leaf_on), st.booleans().map(Constant)),
        joined,
        max_leaves=most_leaves,
    )


def leaf_on(fact: FactType) -> Conditions:
    """A condition on one fact; on a side, on any or on both where it has two."""
    if not fact.per_side:
        return _leaf(fact, Name(fact.id))
    bare = _leaf(fact, Name(fact.id))
    on_side = st.sampled_from(("left", "right")).flatmap(
        lambda side: _leaf(fact, Name(f"{fact.id}.{side}"))
    )
    return st.one_of(bare.map(AnySide), bare.map(BothSides), on_side)


def _leaf(fact: FactType, name: Name) -> Conditions:
    known = st.just(Known(name))
    match fact.kind:
        case FactKind.BOOLEAN:
            return st.one_of(st.just(Is(name)), known)
        case FactKind.NUMBER:
            numbers = st.integers(int(fact.low), int(fact.high))
            return st.one_of(
                known, st.builds(Compare, st.just(name), st.sampled_from(Operator), numbers)
            )
        case FactKind.ONE_OF:
            words = st.sampled_from(fact.options)
            some = st.lists(words, min_size=1, max_size=3).map(tuple)
            equal = st.sampled_from((Operator.EQUAL, Operator.UNEQUAL))
            return st.one_of(
                known,
                st.builds(Compare, st.just(name), equal, words),
                st.builds(In, st.just(name), some),
            )
        case FactKind.SET_OF:
            members = st.sampled_from(fact.options or ("towel", "fixed_support"))
            return st.one_of(known, st.builds(Contains, members, st.just(name)))


def effects(knowledge: Knowledge) -> st.SearchStrategy[Effect]:
    """Any effect that fits a knowledge, conclusions left out."""
    messages = st.sampled_from(sorted(knowledge.catalog.ids))
    count = st.integers(1, 60)
    return st.one_of(
        st.builds(Refer, st.sampled_from(ReferralLevel), messages),
        st.just(Exclude()),
        st.builds(Limit, st.just(LimitKind.LOAD), st.sampled_from(LoadClass)),
        st.builds(
            Limit,
            st.sampled_from(
                [one for one in LimitKind if one not in {LimitKind.LOAD, LimitKind.PAIN_CEILING}]
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
    """A rule of a pack that fits a knowledge, and that may read what others conclude."""
    does = tuple(draw(st.lists(effects(knowledge), min_size=1, max_size=3, unique_by=repr)))
    each = draw(st.none() | st.sampled_from(BindingKind))
    here = () if each is None else _heres(_HERE[each])
    readable = tuple(
        fact for fact in knowledge.vocabulary.types if fact.fact_class is not FactClass.PLAIN
    )
    about = None
    if any(is_about_exercises(one) for one in does) and draw(st.booleans()):
        about = draw(conditions_on((*attribute_types(knowledge.exercises), *here), most_leaves=3))
    return Rule(
        id=f"{pack}.r{draw(st.integers(0, 10**6))}",
        when=draw(conditions_on((*readable, *concluded, *here))),
        effects=does,
        because="made for a test",
        about=about,
        each=each,
        same_side=each is not None and draw(st.booleans()),
        sources=(draw(st.sampled_from(sorted(knowledge.sources))),),
    )


def _heres(names: tuple[str, ...]) -> tuple[FactType, ...]:
    return tuple(fact for fact in HERE_FACTS if fact.id in names)


def packs(knowledge: Knowledge, pack: str = "made", most: int = 6) -> st.SearchStrategy[RulePack]:
    """A pack that can be loaded: `odd_packs` less the rules that hold for nobody."""

    def loadable(odd: RulePack) -> RulePack:
        vocabulary = knowledge.vocabulary.extended(odd.facts)
        rules = [one for one in odd.rules if isinstance(one, Rule)]
        book = evolve(knowledge.rulebook, rules=odd.rules, vocabulary=vocabulary)
        return odd.without(one.id for one in never_hold(rules, book))

    return odd_packs(knowledge, pack, most).map(loadable)


@st.composite
def odd_packs(draw: st.DrawFn, knowledge: Knowledge, pack: str = "made", most: int = 6) -> RulePack:
    """A pack that fits a knowledge: rules with any effects, some of which conclude facts."""
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
    made = draw(
        st.lists(
            rules(knowledge, pack, facts), min_size=1, max_size=most, unique_by=lambda one: one.id
        )
    )
    return RulePack(id=pack, version="1", rules=(*concluding, *made), facts=facts)
