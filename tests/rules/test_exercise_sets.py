"""A condition evaluated for all exercises at once has the truth that each exercise gives it."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from kineticchain.domain.facts import Condition, Value, evaluate
from kineticchain.rules.model.exercise_sets import ExerciseSets, TruthSets
from kineticchain.testing.conditions import conditions, known_facts


@given(
    condition=conditions(),
    attributes=st.lists(known_facts(), max_size=6),
    here=known_facts(),
)
def test_the_sets_hold_what_each_exercise_gives(
    condition: Condition, attributes: list[Mapping[str, Value]], here: Mapping[str, Value]
) -> None:
    truths = [evaluate(condition, {**each, **here}) for each in attributes]
    sets = ExerciseSets(tuple(attributes)).evaluate(condition, here)
    assert sets == TruthSets(
        sum(1 << number for number, truth in enumerate(truths) if truth is True),
        sum(1 << number for number, truth in enumerate(truths) if truth is False),
    )
