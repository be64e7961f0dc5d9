"""Law 32: told at intake or as an event of the same day, it is the same state."""

from attrs import evolve
from builtin_knowledge import KNOWLEDGE
from hypothesis import given
from hypothesis import strategies as st
from record_people import DAY, INTAKE, state

import kineticchain as kc
from kineticchain.domain.person import Event
from kineticchain.record import State
from kineticchain.testing.strategies import persons


@given(person=persons(KNOWLEDGE), days=st.integers(0, 400))
def test_told_at_intake_or_as_events_of_that_day_it_is_the_same(
    person: kc.Person, days: int
) -> None:
    injuries = [one for one in person.injuries if one.days_ago is not None]
    surgeries = [one for one in person.surgeries if one.weeks_ago is not None]
    intake = evolve(person, as_of=INTAKE, injuries=injuries, surgeries=surgeries, equipment=())
    events: tuple[Event, ...] = (
        kc.Finding(
            on=INTAKE,
            facts=person.facts,
            complaints=person.complaints,
            screening=person.screening,
        ),
        *(
            kc.InjuryHappened(on=INTAKE - one.days_ago * DAY, region=one.region, side=one.side)
            for one in injuries
            if one.days_ago is not None
        ),
        *(
            kc.SurgeryDone(
                on=INTAKE - 7 * one.weeks_ago * DAY,
                region=one.region,
                side=one.side,
                weight_bearing=one.weight_bearing,
                cleared=one.cleared,
            )
            for one in surgeries
            if one.weeks_ago is not None
        ),
    )
    bare = kc.Person(age=person.age, sex=person.sex, as_of=INTAKE)
    on = INTAKE + days * DAY
    assert said(state(bare, events, on)) == said(state(intake, (), on))


def said(one: State) -> tuple[object, ...]:
    """All of a state but the slots of its moments: an intake comes before the first slot."""
    days = {name: moment[0] for name, moment in one.stated.items()}
    answers = (one.facts, one.unknown, one.unsure, days, one.run_out)
    return (*answers, one.age, one.sex, one.hurting, one.painful, one.injuries, one.surgeries)
