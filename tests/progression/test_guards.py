"""Guards as reviews ask them: compiled for tracks, they say what the plain table says."""

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kineticchain as kc
from kineticchain.domain.facts import parse_condition
from kineticchain.progression import Trigger, replayed
from kineticchain.progression.model.guard_vocabulary import REVIEW_FACTS
from kineticchain.progression.replay.guard_facts import ReviewContext
from kineticchain.progression.replay.guards import OF_TRACK, TrackTable, returns, reviews
from kineticchain.progression.replay.transition_table import in_order, plain_match
from kineticchain.rules.matching.decision_list import FactReader, first_match
from kineticchain.testing.strategies import training_histories

KNOWLEDGE = kc.Knowledge.builtin()
PERSON = kc.Person(age=40, equipment=["fixed_support", "towel"], screening="clear")
FIRST = datetime.date(2026, 1, 1)
COURSE = kc.Recommender(KNOWLEDGE).assess(PERSON, on=FIRST).replay_context
NAMES = (*(fact.id for fact in REVIEW_FACTS), *COURSE.ladder_index.personal)


@given(
    history=training_histories(KNOWLEDGE),
    later=st.integers(0, 40),
    mastered=st.frozensets(st.sampled_from(sorted(KNOWLEDGE.exercises))),
    attendance=st.none() | st.integers(0, 100),
)
def test_a_track_meets_the_transition_that_its_facts_speak_for(
    history: kc.History, later: int, mastered: frozenset[str], attendance: int | None
) -> None:
    progress, seen = replayed(history, COURSE), ReviewContext(mastered, attendance)
    for track in progress.tracks.values():
        if track.day is None:
            continue
        tables: dict[Trigger, TrackTable] = {
            Trigger.AFTER_SESSION: reviews(COURSE, track.ladder),
            Trigger.AFTER_BREAK: returns(COURSE, track.ladder),
        }
        look = (track, track.day.on + datetime.timedelta(days=later), COURSE, seen)
        read = {name: OF_TRACK.of(name)(*look) for name in NAMES}
        facts = {name: value for name, value in read.items() if value is not None}
        for moment, table in tables.items():
            rows = in_order(KNOWLEDGE.transitions, moment)
            plain = plain_match(rows, KNOWLEDGE.policy.numbers(), facts)
            assert table.match(*look) == plain


@pytest.mark.parametrize("path", ["track.day; import os", "other.day", "track.day()", "track."])
def test_only_paths_from_an_argument_enter_the_source(path: str) -> None:
    def nobody(_: str) -> Any:
        return lambda _: None

    with pytest.raises(ValueError, match="is no path from one of track"):
        FactReader(parameters=("track",), attribute_paths={"pain": path}, computed_by=nobody)


def test_what_has_to_be_worked_out_is_worked_out_once_and_only_where_it_decides() -> None:
    asked: list[str] = []

    def made(name: str) -> Any:
        def work_out(facts: dict[str, int]) -> int | None:
            asked.append(name)
            return facts.get(name)

        return work_out

    rows = ["pain > 5 and effort > 5", "effort > 7", "effort > 3 or morning > 0"]
    reading = FactReader[Any](parameters=("facts",), computed_by=made)
    match: Any = first_match([(parse_condition(row), row) for row in rows], reading)
    assert match({"pain": 4, "effort": 4}) == "effort > 3 or morning > 0"
    assert asked == ["pain", "effort"]
