"""Law 37: the state mirrored is the mirrored state."""

from hypothesis import given
from record_people import Recorded, recorded, state

import kineticchain as kc
from kineticchain.domain.facts import Facts
from kineticchain.record import State


@given(told=recorded())
def test_the_state_mirrored_is_the_mirrored_state(told: Recorded) -> None:
    events = kc.History(told.events).mirrored().events
    mirrored = state(told.person.mirrored(), events, told.on)
    assert summary(mirrored, mirror=False) == summary(told.state, mirror=True)


def summary(one: State, *, mirror: bool) -> tuple[object, ...]:
    """What a state says, its sides exchanged where asked for; lists as sets."""
    facts, unsure = (Facts(dict(table)) for table in (one.facts, one.unsure))
    if mirror:
        facts, unsure = facts.mirrored(), unsure.mirrored()

    def sided(thing: kc.Complaint | kc.Injury | kc.Surgery) -> tuple[object, ...]:
        side = thing.side.mirrored if mirror else thing.side
        match thing:
            case kc.Complaint():
                return thing.region, side, thing.pain, thing.weeks, thing.joint
            case kc.Injury():
                return thing.region, side, thing.days_ago
            case kc.Surgery():
                return thing.region, side, thing.weeks_ago, thing.weight_bearing, thing.cleared

    things = [{sided(one) for one in some} for some in (one.hurting, one.injuries, one.surgeries)]
    return facts, unsure, *things, one.implied, one.results.found, one.age, one.run_out
