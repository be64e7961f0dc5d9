"""The normal form of a condition is true for the same facts as the condition."""

from collections.abc import Mapping

from hypothesis import assume, given
from hypothesis import strategies as st

from kineticchain.domain.facts import (
    All,
    AnyOf,
    AtLeast,
    Condition,
    Is,
    Known,
    Name,
    Not,
    Value,
    any_side,
    both_sides,
    evaluate,
)
from kineticchain.domain.facts.normal_form import NoNormalForm, Term, holds, terms_of
from kineticchain.testing.conditions import conditions, known_facts

MOST = 512
PER_SIDE = ("swollen", "numb")


def terms_or_reject(condition: Condition) -> tuple[Term, ...]:
    try:
        return terms_of(condition, PER_SIDE, most=MOST)
    except NoNormalForm:
        assume(condition=False)
        raise


def is_true(terms: tuple[Term, ...], facts: Mapping[str, Value]) -> bool:
    return any(
        all(holds(column, literal, facts) for column, literal in term.items()) for term in terms
    )


@given(condition=conditions(), facts=known_facts())
def test_the_terms_are_true_exactly_where_the_condition_is(
    condition: Condition, facts: dict[str, Value]
) -> None:
    for either in (condition, Not(condition)):
        truth = evaluate(either, facts) is True
        assert is_true(terms_or_reject(either), facts) is truth


def joined(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(parts, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        parts.map(Not),
        several.map(All),
        several.map(AnyOf),
        st.builds(AtLeast, st.just(2), several),
    )


OF_A_SIDE = st.recursive(
    st.sampled_from(PER_SIDE)
    .map(Name)
    .flatmap(lambda name: st.sampled_from([Is(name), Known(name)])),
    joined,
    max_leaves=4,
)
ON_SIDES = st.recursive(
    OF_A_SIDE.flatmap(lambda part: st.sampled_from([any_side(part), both_sides(part)])),
    joined,
    max_leaves=4,
)
SIDED_FACTS = st.fixed_dictionaries(
    {},
    optional={f"{name}.{side}": st.booleans() for name in PER_SIDE for side in ("left", "right")},
)


@given(condition=ON_SIDES, facts=SIDED_FACTS)
def test_the_terms_of_each_side_are_true_exactly_where_the_condition_is(
    condition: Condition, facts: dict[str, Value]
) -> None:
    assert is_true(terms_or_reject(condition), facts) is (evaluate(condition, facts) is True)
