"""Law 35: nothing becomes more reassuring by time alone, but for what counts up or has a window."""

from hypothesis import given
from hypothesis import strategies as st
from record_people import DAY, VOCABULARY, Recorded, may_ease, more_reassuring, recorded, state

from kineticchain.domain.facts import Temporal


@given(told=recorded(), later=st.integers(0, 800))
def test_no_answer_becomes_more_reassuring_by_time_alone(told: Recorded, later: int) -> None:
    before, after = told.state, state(told.person, told.events, told.on + later * DAY)
    for fact in VOCABULARY.types:
        if may_ease(fact) or fact.ages:
            continue
        for name in fact.names:
            now, then = after.facts.get(name), before.facts.get(name)
            assert not more_reassuring(fact, then, now), name


@given(told=recorded(), later=st.integers(0, 800))
def test_a_fixed_answer_stays_and_no_complaint_goes(told: Recorded, later: int) -> None:
    before, after = told.state, state(told.person, told.events, told.on + later * DAY)
    for fact in VOCABULARY.types:
        if fact.time is Temporal.FIXED and not fact.ages:
            for name in set(fact.names) & set(before.facts):
                value = before.facts[name]
                assert after.facts.get(name) == value or value == fact.reassuring
    assert before.painful <= after.painful | {region for region, _ in before.implied}
    assert [(one.region, one.side, one.pain) for one in before.hurting] == [
        (one.region, one.side, one.pain) for one in after.hurting
    ]


@given(told=recorded(), later=st.integers(0, 800))
def test_what_has_run_out_is_unknown_and_no_answer_comes_back(told: Recorded, later: int) -> None:
    before, after = told.state, state(told.person, told.events, told.on + later * DAY)
    aged = {name for fact in VOCABULARY.selective for name in fact.names}
    assert set(after.facts) <= set(before.facts) | aged
