"""Law: the parts of a dose that sessions of a day share add up to it, on the same days."""

from attrs import evolve
from builtin_knowledge import KNOWLEDGE, RECOMMENDER
from hypothesis import given
from hypothesis import strategies as st

import kineticchain as kc
from kineticchain.recommendation import Item
from kineticchain.testing.strategies import healthy_persons


@st.composite
def short_sessions(draw: st.DrawFn) -> kc.Request:
    """Draw a request for several short sessions a day, micro-sessions among them."""
    return kc.Request(
        minutes=draw(st.integers(1, 4)),
        sessions_per_day=draw(st.integers(1, 4)),
        days_per_week=draw(st.integers(2, 7)),
        micro_sessions_per_day=draw(st.sampled_from([0, 2, 4])),
        micro_minutes=draw(st.integers(1, 4)),
        goal=draw(st.sampled_from(["balance", "foot_strength", "heel_pain"])),
    )


@given(person=healthy_persons(KNOWLEDGE), request=short_sessions(), stance=st.integers(5, 60))
def test_parts_add_up_on_the_same_days(person: kc.Person, request: kc.Request, stance: int) -> None:
    measured = {**person.facts, "tandem_stance_s": 30, "single_leg_s": stance}
    plan = RECOMMENDER.recommend(evolve(person, facts=measured), request=request)
    parts: dict[tuple[str, kc.Side, int], list[tuple[bool, Item]]] = {}
    for session in plan.sessions:
        for item in session.items:
            if item.shared_by > 1:
                for day in item.days:
                    key = (item.exercise, item.side, day)
                    parts.setdefault(key, []).append((session.micro, item))
    for shared in parts.values():
        first = shared[0][1]
        assert len(shared) == first.shared_by
        assert first.day_dose is not None
        assert sum(item.dose.sets for _, item in shared) == first.day_dose.sets
        assert len({micro for micro, _ in shared}) == 1
