"""Law 21: strength work of L3 and up on the same tissue is never on two days running."""

import datetime

from attrs import evolve
from builtin_knowledge import KNOWLEDGE, LAST_DAY, RECOMMENDER
from hypothesis import given
from hypothesis import strategies as st

import kineticchain as kc
from kineticchain.domain.anatomy import Side
from kineticchain.recommendation.assessment.tissue_loading import heavy_places
from kineticchain.testing.strategies import healthy_persons, histories, requests

STRONG = {"heel_rise_reps": 30, "tandem_stance_s": 30, "single_leg_s": 45}
EVERYTHING = sorted(piece.id for piece in KNOWLEDGE.equipment)


def loaded_days(plan: kc.Plan) -> dict[object, set[int]]:
    """For each tissue the days of a long count on which a plan loads it heavily."""
    found: dict[object, set[int]] = {}
    for item in plan.items:
        days = {day + plan.cycle_days * turn for turn in range(3) for day in item.days}
        for place in heavy_places(KNOWLEDGE.exercises[item.exercise], item.side):
            found.setdefault(place, set()).update(day for day in days if day >= item.starts)
    return found


@given(
    person=healthy_persons(KNOWLEDGE),
    request=requests(KNOWLEDGE),
    goal=st.sampled_from([goal.id for goal in KNOWLEDGE.goals]),
)
def test_no_tissue_is_loaded_heavily_on_two_days_running(
    person: kc.Person, request: kc.Request, goal: str
) -> None:
    strong = kc.Person(
        age=person.age,
        complaints=person.complaints,
        equipment=EVERYTHING,
        facts={**person.facts, **STRONG},
        screening="clear",
    )
    wanted = evolve(request, equipment=None, goal=goal)
    for days in loaded_days(RECOMMENDER.recommend(strong, request=wanted)).values():
        assert all(day + 1 not in days for day in days)


@given(history=histories(KNOWLEDGE), side=st.sampled_from(Side))
def test_what_was_loaded_heavily_yesterday_rests_today(history: kc.History, side: Side) -> None:
    line = kc.ExerciseLog("heel_raise_single", side, done=kc.Dose(reps=10))
    on = LAST_DAY + datetime.timedelta(days=1)
    lived = history.with_events(kc.SessionLog(on=LAST_DAY, slot=9, lines=[line]))
    person = kc.Person(age=30, equipment=EVERYTHING, facts=STRONG, screening="clear")
    plan = RECOMMENDER.recommend(
        person, lived, request=kc.Request(minutes=20, goal="foot_strength"), on=on
    )
    loaded = heavy_places(KNOWLEDGE.exercise("heel_raise_single"), side)
    for place, days in loaded_days(plan).items():
        assert place not in loaded or 1 not in days
