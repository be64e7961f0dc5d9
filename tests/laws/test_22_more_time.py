"""Law 22: where the choice is exact, more time never gives less target coverage."""

from attrs import evolve
from builtin_knowledge import KNOWLEDGE, RECOMMENDER
from hypothesis import assume, given
from hypothesis import strategies as st

import kineticchain as kc
from kineticchain.testing.strategies import healthy_persons, requests


@given(
    person=healthy_persons(KNOWLEDGE),
    request=requests(KNOWLEDGE),
    more=st.integers(1, 30),
)
def test_more_minutes_never_cover_less(person: kc.Person, request: kc.Request, more: int) -> None:
    assume(request.minutes + more <= 240)
    longer = evolve(request, minutes=request.minutes + more)
    before, after = (
        RECOMMENDER.recommend(person, request=one).coverage for one in (request, longer)
    )
    assert before.exact
    assert after.exact
    assert after.points >= before.points


@given(person=healthy_persons(KNOWLEDGE), request=requests(KNOWLEDGE))
def test_one_more_session_a_day_never_covers_less(person: kc.Person, request: kc.Request) -> None:
    assume(request.sessions_per_day < 6)
    oftener = evolve(request, sessions_per_day=request.sessions_per_day + 1)
    before, after = (
        RECOMMENDER.recommend(person, request=one).coverage for one in (request, oftener)
    )
    assert after.points >= before.points
