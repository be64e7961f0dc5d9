"""Law 34: an older statement never changes a newer one; the order of telling never matters."""

from builtin_knowledge import KNOWLEDGE
from hypothesis import given
from hypothesis import strategies as st
from record_people import DAY, GIVEN, INTAKE, Recorded, recorded, state

import kineticchain as kc
from kineticchain.domain.facts import FactType
from kineticchain.testing.strategies import complaints, persons, values_of

NEWER = INTAKE + 20 * DAY
ON = INTAKE + 25 * DAY


@given(
    person=persons(KNOWLEDGE), fact=st.sampled_from(GIVEN), data=st.data(), ago=st.integers(1, 300)
)
def test_an_older_answer_changes_neither_a_newer_one_nor_its_clock(
    person: kc.Person, fact: FactType, data: st.DataObject, ago: int
) -> None:
    older = kc.Finding(on=NEWER - ago * DAY, facts={fact.id: data.draw(values_of(fact))})
    newer = kc.Finding(on=NEWER, facts={fact.id: data.draw(values_of(fact))})
    without, with_it = (state(person, events, ON) for events in ((newer,), (older, newer)))
    for name in fact.names:
        assert with_it.facts.get(name) == without.facts.get(name)
        assert with_it.stated.get(name) == without.stated.get(name)


@given(person=persons(KNOWLEDGE), older=complaints(), newer=complaints(), ago=st.integers(1, 300))
def test_an_older_complaint_changes_nothing_that_a_newer_one_states(
    person: kc.Person, older: kc.Complaint, newer: kc.Complaint, ago: int
) -> None:
    events = (
        kc.Finding(on=NEWER - ago * DAY, complaints=[older]),
        kc.Finding(on=NEWER, complaints=[newer]),
    )
    now = state(person, events, ON)
    there = [
        one for one in now.hurting if one.region is newer.region and one.side.meets(newer.side)
    ]
    if newer.pain == 0:
        assert there == []
    elif newer.pain is not None:
        assert {one.pain for one in there} == {newer.pain}
    if newer.pain != 0 and newer.weeks is not None:
        assert {one.weeks for one in there} == {newer.weeks + 5 // 7}


@given(told=recorded(), data=st.data())
def test_the_order_of_telling_never_matters(told: Recorded, data: st.DataObject) -> None:
    shuffled = tuple(data.draw(st.permutations(told.events)))
    assert state(told.person, shuffled, told.on) == told.state
