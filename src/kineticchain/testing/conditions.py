"""Hypothesis strategies for conditions and for facts on which to evaluate them."""

from hypothesis import strategies as st

from kineticchain.domain.facts import (
    All,
    AnyOf,
    AtLeast,
    Compare,
    Condition,
    Constant,
    Contains,
    In,
    Is,
    Known,
    Name,
    Not,
    Operator,
    Value,
)

FLAGS = ("pain_at_night", "swollen", "diabetes")
NUMBERS = ("age", "pain", "here.weeks")
WORDS = ("sex", "goal")
SETS = ("equipment", "painful_regions")
OPTIONS = ("f", "m", "towel", "heel")


def leaves() -> st.SearchStrategy[Condition]:
    """Return a strategy for conditions without parts."""
    numbers = st.integers(-20, 120) | st.floats(-10, 10)
    compared = st.builds(
        Compare,
        st.sampled_from(NUMBERS).map(Name),
        st.sampled_from(Operator),
        numbers | st.sampled_from(NUMBERS).map(Name),
    )
    equal = st.builds(
        Compare,
        st.sampled_from(WORDS).map(Name),
        st.sampled_from([Operator.EQUAL, Operator.UNEQUAL]),
        st.sampled_from(OPTIONS),
    )
    names = st.sampled_from((*FLAGS, *NUMBERS, *WORDS, *SETS)).map(Name)
    options = st.lists(st.sampled_from(OPTIONS), min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.booleans().map(Constant),
        st.sampled_from(FLAGS).map(Name).map(Is),
        names.map(Known),
        compared,
        equal,
        st.builds(In, st.sampled_from(WORDS).map(Name), options),
        st.builds(Contains, st.sampled_from(OPTIONS), st.sampled_from(SETS).map(Name)),
    )


def conditions() -> st.SearchStrategy[Condition]:
    """Return a strategy for conditions of any form with up to 12 leaves."""
    return st.recursive(leaves(), joined, max_leaves=12)


def joined(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    """Return a strategy for negations, conjunctions, disjunctions and counts of conditions.

    Args:
        parts: the strategy for the joined conditions.

    """
    some = st.lists(parts, min_size=2, max_size=4).map(tuple)
    counted = some.flatmap(
        lambda chosen: st.integers(1, len(chosen)).map(lambda count: AtLeast(count, chosen))
    )
    return st.one_of(parts.map(Not), some.map(All), some.map(AnyOf), counted)


def known_facts() -> st.SearchStrategy[dict[str, Value]]:
    """Return a strategy for facts that the conditions read; missing facts are unknown."""
    flags = {name: st.booleans() for name in FLAGS}
    numbers = {name: st.integers(-20, 120) for name in NUMBERS}
    words = {name: st.sampled_from(OPTIONS) for name in WORDS}
    sets = {name: st.frozensets(st.sampled_from(OPTIONS)) for name in SETS}
    return st.fixed_dictionaries({}, optional={**flags, **numbers, **words, **sets})
