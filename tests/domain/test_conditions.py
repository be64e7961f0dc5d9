"""Conditions: what may be written, what it means, and what is refused, with its place."""

import re
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kineticchain as kc
from kineticchain.domain.facts import (
    All,
    AnyOf,
    AtLeast,
    Condition,
    Constant,
    Not,
    Truth,
    Value,
    any_side,
    both_sides,
    condition_text,
    evaluate,
    fact,
    parse_condition,
)
from kineticchain.domain.facts.evaluation import open_names
from kineticchain.domain.facts.type_check import condition_faults
from kineticchain.errors import InvalidCondition
from kineticchain.knowledge.documents.condition_data import read_condition_data
from kineticchain.testing.conditions import conditions, known_facts

NAN = float("nan")
FACTS: dict[str, Value] = {
    "age": 70,
    "sex": "f",
    "fever": True,
    "equipment": frozenset({"towel"}),
    "single_leg_s.left": 12,
    "single_leg_s.right": 4,
}


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ("age >= 65", True),
        ("65 <= age < 70", False),
        ("not (age < 65)", True),
        ("sex in ('f', 'x')", True),
        ("sex not in ('f',)", False),
        ("'towel' in equipment", True),
        ("'chair' not in equipment", True),
        ("fever", True),
        ("not fever", False),
        ("known(bmi)", False),
        ("known(age)", True),
        ("bmi > 30", None),
        ("bmi > 30 or fever", True),
        ("bmi > 30 and fever", None),
        ("bmi > 30 and not fever", False),
        ("known(bmi) and bmi > 30", False),
        ("at_least(2, fever, age > 65, bmi > 30)", True),
        ("at_least(3, fever, age > 65, bmi > 30)", None),
        ("at_least(3, fever, age > 80, bmi > 30)", False),
        ("any_side(single_leg_s < 10)", True),
        ("both_sides(single_leg_s < 10)", False),
        ("single_leg_s.left > 10", True),
        ("any_side(heel_rise_reps < 10)", None),
        ("True", True),
        ("'towel' in mastered", None),
        ("age == age", True),
        ("age > bmi", None),
    ],
)
def test_a_condition_means_what_it_says(text: str, truth: Truth) -> None:
    assert evaluate(parse_condition(text), FACTS) is truth


def completions(truths: tuple[Truth, ...]) -> list[tuple[bool, ...]]:
    options = [(True, False) if truth is None else (truth,) for truth in truths]
    return list(product(*options))


def as_condition(truth: Truth) -> Condition:
    return parse_condition("unknown") if truth is None else Constant(truth)


@given(st.lists(st.sampled_from([True, False, None]), min_size=2, max_size=4), st.data())
def test_joining_agrees_with_all_completions(truths: list[Truth], data: st.DataObject) -> None:
    """Kleene's logic on independent parts: decided exactly when every completion agrees."""
    parts = tuple(as_condition(truth) for truth in truths)
    count = data.draw(st.integers(1, len(parts)))
    joined: list[tuple[Condition, list[bool]]] = [
        (All(parts), [all(one) for one in completions(tuple(truths))]),
        (AnyOf(parts), [any(one) for one in completions(tuple(truths))]),
        (AtLeast(count, parts), [sum(one) >= count for one in completions(tuple(truths))]),
    ]
    for condition, outcomes in joined:
        agreed = outcomes[0] if len(set(outcomes)) == 1 else None
        assert evaluate(condition, {}) is agreed


@given(condition=conditions(), facts=known_facts(), more=known_facts())
def test_learning_more_never_turns_a_decided_condition(
    condition: Condition, facts: dict[str, Value], more: dict[str, Value]
) -> None:
    if any(name in str(condition) for name in ("Known",)):
        return
    before = evaluate(condition, facts)
    after = evaluate(condition, {**more, **facts})
    assert before is None or after is before


@given(condition=conditions(), facts=known_facts())
def test_not_turns_true_and_false_and_leaves_unknown(
    condition: Condition, facts: dict[str, Value]
) -> None:
    turned = {True: False, False: True, None: None}
    assert evaluate(Not(condition), facts) is turned[evaluate(condition, facts)]


@given(condition=conditions(), facts=known_facts())
def test_open_names_are_unknown_and_there_exactly_when_undecided(
    condition: Condition, facts: dict[str, Value]
) -> None:
    names = open_names(condition, facts)
    assert bool(names) == (evaluate(condition, facts) is None)
    assert names.isdisjoint(facts)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "an empty condition"),
        ("age >", "column"),
        ("age is 3", "`is` is not part"),
        ("f(x)", "column 1: not part of a condition"),
        ("age > 3 and __import__('os')", "column 13: not part of a condition"),
        ("[x for x in y]", "not part of a condition"),
        ("lambda: 1", "not part of a condition"),
        ("age == True", "column 8: a comparison with true or false"),
        ("1 < 2", "two values compared"),
        ("x.y().z", "not the name of a fact"),
        ("аge > 3", "column 1: a character outside ASCII"),
        ("sex in ('f', 3)", "column 14: not a word"),
        ("at_least(5, a, b)", "at_least() takes a count"),
        ("at_least(2, a)", "at_least() takes a count"),
        ("known(a, b)", "known() takes one name"),
        ("any_side(a, b)", "one condition"),
        ("sex = 'f'", "column 5: a single =; write == to compare"),
        ("age >= 3 and age = 4", "column 18: a single ="),
        ("age > 1e999", "not a number or a word"),
        ("age > -'x'", "not a number or a word"),
        ("not " * 20 + "a", "nested deeper than 12 levels"),
        ("(" * 500 + "a" + ")" * 500, "not a condition"),
        ("not " * 1000 + "a", "nested deeper than 12 levels"),
        (" or ".join(f"a{n}" for n in range(65)), "more than 64 parts"),
        (" and ".join(f"(a{n} or b{n} or c{n} or d{n} or e{n})" for n in range(64)), "256 nodes"),
        ("a" * 5000, "longer than 4,096"),
        (f"sex in ({', '.join(repr(str(n)) for n in range(65))})", "more than 64 words"),
    ],
)
def test_what_is_no_condition_is_refused_with_its_place(text: str, fault: str) -> None:
    with pytest.raises(InvalidCondition) as caught:
        parse_condition(text)
    assert fault in str(caught.value)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("agee >= 65", "no fact is called `agee`; did you mean `age`?"),
        ("age >= 'old'", "`'old'` is not a number from 0 to 120 years"),
        ("age >= 200", "not a number from 0 to 120"),
        ("age", "`age` is no yes-or-no fact"),
        ("fever > 1", "`fever` cannot be compared; say it alone"),
        ("equipment == 'x'", "cannot be compared; say 'word' in it"),
        ("sex == 'female'", "is not a value of `sex`"),
        ("sex > 'f'", "have no order"),
        ("sex in ('f', 'q')", "is not a value of `sex`"),
        ("age in ('a',)", "is no one-of fact"),
        ("'towel' in age", "`age` is no set"),
        ("'nose' in painful_regions", "is not a member of `painful_regions`"),
        ("single_leg_s > 3", "has a value for each side; say any_side"),
        ("age == sex", "are of different types"),
        ("age in painful_regions", "is no one-of fact"),
        ("tandem_stance_s.left > 3", "no fact is called"),
    ],
)
def test_a_condition_that_makes_no_sense_is_a_fault(
    text: str, fault: str, knowledge: kc.Knowledge
) -> None:
    faults = condition_faults(parse_condition(text), knowledge.vocabulary)
    assert fault in "\n".join(str(one) for one in faults)


def test_parts_cannot_be_joined_alone() -> None:
    with pytest.raises(kc.InvalidInput, match="fewer than two"):
        All((Constant(value=True),))
    with pytest.raises(kc.InvalidInput, match="can't be met"):
        AtLeast(3, (Constant(value=True), Constant(value=True)))


def test_python_operators_write_the_same_condition_as_text() -> None:
    made = (fact.age >= 65) & ~fact.equipment.holds("fixed_support") | any_side(
        fact.single_leg_s < 10
    )
    text = "(age >= 65 and 'fixed_support' not in equipment) or any_side(single_leg_s < 10)"
    assert made == parse_condition(text)
    assert both_sides(fact.limp) == parse_condition("both_sides(limp)")


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: 8 <= fact.age <= 15,
        lambda: fact.limp and fact.fever,
        lambda: not fact.limp,
        lambda: "towel" in fact.equipment,
        lambda: fact.limp == True,  # noqa: E712 - the wrong turn itself
        lambda: fact.age >= NAN,
    ],
    ids=["range", "and", "not", "in", "true", "nan"],
)
def test_operators_that_python_would_drop_are_refused(wrong: Callable[[], object]) -> None:
    with pytest.raises(kc.InvalidInput):
        wrong()


@pytest.mark.parametrize(
    ("data", "where"),
    [
        ({"type": "compare", "name": "age", "operator": "=>", "value": 65}, ".operator"),
        ({"type": "compare", "name": "age", "operator": ">=", "value": True}, ".value"),
        ({"type": "is", "name": "a-b"}, ".name"),
        ({"type": "is"}, ""),
        ({"type": "is", "name": "limp", "more": 1}, ""),
        ({"type": "all", "parts": [{"type": "is", "name": "limp"}]}, ".parts"),
        ({"type": "all", "parts": [{"type": "no"}, 3]}, ".parts[0].type"),
        ({"type": "at_least", "count": 3, "parts": ["limp", "fever"]}, ".count"),
        ({"type": "not", "part": "age >"}, ".part column"),
        ({"type": "in", "name": "sex", "options": []}, ".options"),
        ({"type": "contains", "name": "equipment", "member": 3}, ".member"),
        ({"type": "constant", "value": 1}, ".value"),
        ([], ""),
    ],
    ids=str,
)
def test_tagged_data_that_does_not_fit_is_refused_with_its_place(data: object, where: str) -> None:
    with pytest.raises(kc.InvalidInput) as caught:
        read_condition_data(data)
    assert caught.value.faults[0].where.startswith(where)


def test_tagged_data_nested_too_deep_is_refused() -> None:
    data: object = {"type": "is", "name": "limp"}
    for _ in range(5000):
        data = {"type": "not", "part": data}
    with pytest.raises(kc.InvalidInput, match="nested deeper than 12"):
        read_condition_data(data)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("chest_pain # heart\nor fever # infection", "line 1, column 12: a comment"),
        ("fever # infection", "column 7: a comment in a condition"),
        ("fever\nor limp #", "line 2, column 9: a comment"),
        ("fever) or (limp", "column 6: a bracket that was not opened"),
        ("sex in ('f' 'x')", "column 13: two words side by side; put a comma"),
        ("sex in ('f'\n'x')", "line 2, column 1: two words side by side"),
        ("fever\x0cor limp", "column 6: a control character"),
        ("fever\nor age >", "line 2"),
    ],
)
def test_what_python_would_skip_or_join_is_refused(text: str, fault: str) -> None:
    with pytest.raises(InvalidCondition) as caught:
        parse_condition(text)
    assert fault in str(caught.value)


@pytest.mark.parametrize("text", [None, b"fever", 3, ["fever"]])
def test_what_is_no_text_is_no_condition(text: Any) -> None:
    with pytest.raises(InvalidCondition):
        parse_condition(text)


def test_a_hash_in_a_word_in_quotes_is_a_part_of_the_word() -> None:
    assert parse_condition("sex == '#'") == (fact.sex == "#")


def test_a_condition_may_run_over_several_lines() -> None:
    assert parse_condition("\n  fever\n  or limp\n") == parse_condition("fever or limp")


NOISE = st.sampled_from(
    ["#", "# x", " ", "\n", "\r\n", "\t", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u00a0",
     "\ufeff", "\u200b", "\\", "\\\n", ";", ",", "$", "?", "`", "!", ":", "@"]
)  # fmt: skip


@given(condition=conditions(), noise=st.lists(NOISE, min_size=1, max_size=3), data=st.data())
def test_noise_in_a_condition_keeps_its_meaning_or_is_an_error(
    condition: Condition, noise: list[str], data: st.DataObject
) -> None:
    text = condition_text(condition)
    for piece in noise:
        at = data.draw(st.sampled_from(places_outside_quotes(text)))
        text = text[:at] + piece + text[at:]
    try:
        assert parse_condition(text) == condition
    except InvalidCondition:
        return


def places_outside_quotes(text: str) -> list[int]:
    inside = {at for word in re.finditer(r"'[^']*'", text) for at in range(*word.span())}
    starts = {word.start() for word in re.finditer(r"'[^']*'", text)}
    return [at for at in range(len(text) + 1) if at not in inside - starts]
