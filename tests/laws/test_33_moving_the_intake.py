"""Law 33: moving the day of the intake is time passing, and discards no event."""

from attrs import evolve
from builtin_knowledge import KNOWLEDGE
from hypothesis import given
from hypothesis import strategies as st
from record_people import DAY, INTAKE, Recorded, recorded, state

import kineticchain as kc
from kineticchain.testing.strategies import persons


@given(person=persons(KNOWLEDGE), days=st.integers(0, 400), moved=st.integers(-500, 500))
def test_an_earlier_intake_is_as_much_older(person: kc.Person, days: int, moved: int) -> None:
    """But for the age and its questions: a year has no fixed number of days."""
    ageless = evolve(person, age=None, as_of=INTAKE)
    shifted = evolve(ageless, as_of=INTAKE + moved * DAY)
    on = INTAKE + days * DAY
    one, other = state(ageless, (), on), state(shifted, (), on + moved * DAY)
    names = ("facts", "unknown", "unsure", "hurting", "painful", "injuries", "surgeries", "run_out")
    assert [getattr(one, name) for name in names] == [getattr(other, name) for name in names]


@given(told=recorded(), moved=st.integers(-200, 200))
def test_moving_the_intake_discards_no_event(told: Recorded, moved: int) -> None:
    as_of = min(INTAKE + moved * DAY, told.on)
    other = state(evolve(told.person, as_of=as_of), told.events, told.on)
    latest = max(INTAKE, as_of)
    for event in told.events:
        match event:
            case kc.InjuryHappened():
                days = (told.on - event.on).days
                assert kc.Injury(event.region, event.side, days) in other.injuries
            case kc.SurgeryDone():
                places = {(one.region, one.side) for one in other.surgeries}
                assert (event.region, event.side) in places
            case kc.Finding() if event.on > latest:
                for name in event.facts:
                    assert other.stated.get(name) == told.state.stated.get(name)
            case _:
                pass
