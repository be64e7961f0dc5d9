"""A session counts the same whether both sides are logged in one line or each on its own line."""

import datetime

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import kineticchain as kc
from kineticchain.domain.anatomy import Side
from kineticchain.domain.person import Event
from kineticchain.testing.strategies import histories, persons, requests

KNOWLEDGE = kc.Knowledge.builtin()
RECOMMENDER = kc.Recommender(KNOWLEDGE)
ON = datetime.date(2026, 11, 21)
DAY = datetime.timedelta(days=1)


def sides_apart(line: kc.ExerciseLog) -> list[kc.ExerciseLog]:
    exercise = KNOWLEDGE.exercises[line.performed or line.exercise]
    if line.side is not Side.BOTH or len(exercise.sides()) == 1:
        return [line]
    return [evolve(line, side=side) for side in Side.BOTH.each]


def apart(event: Event) -> Event:
    if not isinstance(event, kc.SessionLog):
        return event
    return evolve(event, lines=[part for line in event.lines for part in sides_apart(line)])


def planned(plan: kc.Plan) -> object:
    return plan.status, plan.sessions, plan.standings


@given(data=st.data())
def test_sides_may_be_logged_line_by_line(data: st.DataObject) -> None:
    person, history = data.draw(persons(KNOWLEDGE)), data.draw(histories(KNOWLEDGE))
    request = data.draw(requests(KNOWLEDGE))
    together = RECOMMENDER.recommend(person, history, request=request, on=ON)
    lines_apart = kc.History(apart(event) for event in history)
    line_by_line = RECOMMENDER.recommend(person, lines_apart, request=request, on=ON)
    assert planned(line_by_line) == planned(together)


@pytest.mark.parametrize(
    "exercise", ["single_leg_balance", "calf_stretch_straight", "tandem_stance", "quad_set"]
)
def test_sides_line_by_line_are_no_second_round(exercise: str) -> None:
    person = kc.Person(
        age=40,
        screening="clear",
        as_of=ON - 8 * DAY,
        equipment=[piece.id for piece in KNOWLEDGE.equipment],
        facts={"tandem_stance_s": 30, "heel_rise_reps": 25},
    )
    dose = KNOWLEDGE.ladder_index.steps[exercise][0].dose
    line = kc.ExerciseLog(exercise, done=dose, pain=0)
    history = [kc.SessionLog(on=ON - ago * DAY, lines=[line]) for ago in (6, 4, 2)]
    request = kc.Request(minutes=30, prefer=[exercise])
    together = RECOMMENDER.recommend(person, kc.History(history), request=request, on=ON)
    lines_apart = kc.History(map(apart, history))
    line_by_line = RECOMMENDER.recommend(person, lines_apart, request=request, on=ON)
    assert planned(line_by_line) == planned(together)
