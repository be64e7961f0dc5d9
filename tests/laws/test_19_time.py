"""Law 19: minutes of a session, with rests and side changes, never exceed the budget."""

from builtin_knowledge import KNOWLEDGE, RECOMMENDER
from hypothesis import given

import kineticchain as kc
from kineticchain.domain.anatomy import Side
from kineticchain.domain.exercises import prescription_seconds
from kineticchain.testing.strategies import healthy_persons, requests


@given(person=healthy_persons(KNOWLEDGE), request=requests(KNOWLEDGE))
def test_a_session_keeps_to_its_minutes(person: kc.Person, request: kc.Request) -> None:
    plan = RECOMMENDER.recommend(person, request=request)
    assert _numbers(plan, micro=False) <= request.sessions_per_day
    assert _numbers(plan, micro=True) <= request.micro_sessions_per_day
    for session in plan.sessions:
        taken = [
            prescription_seconds(KNOWLEDGE.exercises[item.exercise], item.dose, item.side)
            for item in session.items
        ]
        counted = 0
        for item, seconds in zip(session.items, taken, strict=True):
            meanwhile = sum(
                other
                for host, other in zip(session.items, taken, strict=True)
                if host.exercise in item.paired_with
            )
            counted += max(0, seconds - meanwhile)
        assert counted == session.seconds
        assert counted <= 60 * (request.micro_minutes if session.micro else request.minutes)


def _numbers(plan: kc.Plan, *, micro: bool) -> int:
    """The sessions of a day; sessions that take turns on different days have one number."""
    return len({session.number for session in plan.sessions if session.micro is micro})


@given(person=healthy_persons(KNOWLEDGE), request=requests(KNOWLEDGE))
def test_sessions_of_one_number_are_on_different_days(
    person: kc.Person, request: kc.Request
) -> None:
    plan = RECOMMENDER.recommend(person, request=request)
    held = [(session.number, day) for session in plan.sessions for day in session.days]
    assert len(set(held)) == len(held)


def test_a_dose_for_both_sides_counts_both_and_the_change_between() -> None:
    exercise = KNOWLEDGE.exercise("single_leg_balance")
    dose = kc.Dose(sets=2, hold_s=10)
    one = prescription_seconds(exercise, dose, Side.LEFT)
    both = prescription_seconds(exercise, dose, Side.BOTH)
    assert (one, both) == (2 * 10 + 15, 4 * 10 + 3 * 5)
