"""The transition table: compiled as it is meant, checked when it is replaced, drawn as it is."""

from collections.abc import Iterable
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import kineticchain as kc
from kineticchain.domain.facts import FactKind, Value, parse_condition
from kineticchain.errors import InvalidKnowledge
from kineticchain.progression import Action, Transition, Trigger
from kineticchain.progression.model.guard_vocabulary import REVIEW_FACTS
from kineticchain.progression.replay.guard_facts import DERIVED_FACTS, STORED_FACTS
from kineticchain.progression.replay.guards import OF_FACTS, FactsTable
from kineticchain.progression.replay.transition_table import TransitionTable, in_order, plain_match

KNOWLEDGE = kc.Knowledge.builtin()
CONSTANTS = KNOWLEDGE.policy.numbers()


def table_of(rows: Iterable[Transition], trigger: Trigger = Trigger.AFTER_SESSION) -> FactsTable:
    """The table of some rows, asked with facts by their names."""
    return TransitionTable(rows, trigger, CONSTANTS, OF_FACTS)


def values() -> st.SearchStrategy[dict[str, Value]]:
    """Some review facts, numbers near where guards look."""
    kinds = {
        fact.id: st.booleans() if fact.kind is FactKind.BOOLEAN else st.integers(0, 30)
        for fact in REVIEW_FACTS
    }
    return st.fixed_dictionaries(
        {}, optional={**kinds, "goal": st.sampled_from(["maintain", "balance"])}
    )


@given(facts=values(), trigger=st.sampled_from(Trigger))
def test_the_compiled_table_matches_as_the_plain_one(
    facts: dict[str, Value], trigger: Trigger
) -> None:
    table = table_of(KNOWLEDGE.transitions, trigger)
    rows = in_order(KNOWLEDGE.transitions, trigger)
    assert table.match(facts) == plain_match(rows, CONSTANTS, facts)


@given(facts=values())
def test_a_guard_that_compares_two_facts_is_weighed_too(facts: dict[str, Value]) -> None:
    row = Transition(id="too_soon", action=Action.HOLD, when=parse_condition("pain > morning"))
    rows = (*KNOWLEDGE.transitions, row)
    table = table_of(rows)
    assert table.match(facts) == plain_match(
        in_order(rows, Trigger.AFTER_SESSION), CONSTANTS, facts
    )


@pytest.mark.parametrize(
    "guard",
    [
        "pain_ceiling < pain",
        "pain_safe < pain_ceiling",
        "known(pain_ceiling)",
        "pain_ceiling <= 5 and pain > pain_safe",
        "not pain_stop > pain",
    ],
)
@given(facts=values())
def test_constants_hold_wherever_a_guard_names_them(guard: str, facts: dict[str, Value]) -> None:
    row = Transition(id="too_soon", action=Action.HOLD, when=parse_condition(guard))
    assert table_of([row]).match(facts) == plain_match([row], CONSTANTS, facts)


@given(facts=values(), order=st.permutations(range(len(KNOWLEDGE.transitions))))
def test_the_order_of_rows_changes_no_action(facts: dict[str, Value], order: list[int]) -> None:
    shuffled = [KNOWLEDGE.transitions[at] for at in order]
    one = table_of(KNOWLEDGE.transitions).match(facts)
    other = table_of(shuffled).match(facts)
    assert (one and one.action) == (other and other.action)


@given(facts=values())
def test_of_all_that_match_the_most_cautious_wins(facts: dict[str, Value]) -> None:
    matching = [
        row.action.caution
        for row in KNOWLEDGE.transitions
        if row.trigger is Trigger.AFTER_SESSION and plain_match([row], CONSTANTS, facts)
    ]
    found = table_of(KNOWLEDGE.transitions).match(facts)
    assert (found.action.caution if found else None) == max(matching, default=None)


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"when": parse_condition("pian > 3")}, "no fact is called `pian`"),
        ({"when": parse_condition("noted > 3")}, "noted"),
        ({"id": "no_such_text"}, "no message has the id `no_such_text`"),
        ({"ramp": "after_lunch"}, "the policy has no shares called `after_lunch`"),
        ({"evidence": ("C999",)}, "no row of evidence has the id `C999`"),
        ({"conflicts": ("E99",)}, "no conflict has the id `E99`"),
    ],
)
def test_a_row_that_makes_no_sense_is_refused(changes: dict[str, Any], part: str) -> None:
    row = evolve(KNOWLEDGE.transitions[0], **changes)
    others = [one for one in KNOWLEDGE.transitions if one.id != row.id]
    with pytest.raises(InvalidKnowledge) as caught:
        KNOWLEDGE.with_policy(transitions=[row, *others[1:]])
    assert part in str(caught.value)


def test_a_row_twice_is_refused() -> None:
    with pytest.raises(InvalidKnowledge, match="is defined 2 times"):
        KNOWLEDGE.with_policy(transitions=[*KNOWLEDGE.transitions, KNOWLEDGE.transitions[0]])


def test_a_kind_without_an_order_is_refused() -> None:
    with pytest.raises(InvalidKnowledge, match="0 orders for doses of the kind `strength`"):
        KNOWLEDGE.with_policy(dose_orders=KNOWLEDGE.dose_orders[1:])


def test_constants_and_table_change_the_fingerprint() -> None:
    other = KNOWLEDGE.with_policy(kc.Policy(pain_safe=1))
    shorter = KNOWLEDGE.with_policy(transitions=KNOWLEDGE.transitions[1:])
    assert len({KNOWLEDGE.fingerprint, other.fingerprint, shorter.fingerprint}) == 3


def test_every_constant_follows_a_row_of_evidence() -> None:
    assert [name for name, rows in kc.Policy.evidence().items() if not rows] == []


def test_a_review_comes_by_every_fact_that_guards_may_speak_of() -> None:
    assert {*STORED_FACTS, *DERIVED_FACTS} == {fact.id for fact in REVIEW_FACTS}
