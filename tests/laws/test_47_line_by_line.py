"""A session counts the same whether sides and sets are logged in one line or line by line."""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import kineticchain as kc
from kineticchain.domain.anatomy import Side
from kineticchain.domain.person import Event
from kineticchain.recommendation.planning.schedule.weekly_frequency import times_a_day
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


def sets_apart(line: kc.ExerciseLog) -> list[kc.ExerciseLog]:
    if line.done is None:
        return [line]
    return [evolve(line, done=evolve(line.done, sets=1))] * line.done.sets


Apart = Callable[[kc.ExerciseLog], list[kc.ExerciseLog]]


def with_lines(apart: Apart, events: Iterable[Event]) -> kc.History:
    return kc.History(
        evolve(event, lines=[part for line in event.lines for part in apart(line)])
        if isinstance(event, kc.SessionLog)
        else event
        for event in events
    )


def logs_apart(events: Iterable[Event]) -> kc.History:
    """Return the events with a log for each line that differs; equal logs would count once."""
    parts: list[Event] = []
    for event in events:
        if isinstance(event, kc.SessionLog):
            lines = Counter(event.lines)
            parts += [evolve(event, lines=[line] * count) for line, count in lines.items()]
        else:
            parts.append(event)
    return kc.History(parts)


def planned(plan: kc.Plan) -> object:
    return plan.status, plan.sessions, plan.standings


@pytest.mark.parametrize("apart", [sides_apart, sets_apart])
@given(data=st.data())
def test_lines_may_be_apart(apart: Apart, data: st.DataObject) -> None:
    person, history = data.draw(persons(KNOWLEDGE)), data.draw(histories(KNOWLEDGE))
    request = data.draw(requests(KNOWLEDGE))
    together = RECOMMENDER.recommend(person, history, request=request, on=ON)
    lines_apart = with_lines(apart, history)
    line_by_line = RECOMMENDER.recommend(person, lines_apart, request=request, on=ON)
    assert planned(line_by_line) == planned(together)


@given(data=st.data())
def test_logs_of_a_session_may_be_apart(data: st.DataObject) -> None:
    person, history = data.draw(persons(KNOWLEDGE)), data.draw(histories(KNOWLEDGE))
    request = data.draw(requests(KNOWLEDGE))
    together = RECOMMENDER.recommend(person, history, request=request, on=ON)
    log_by_log = RECOMMENDER.recommend(person, logs_apart(history), request=request, on=ON)
    assert planned(log_by_log) == planned(together)


def planned_after_three_days(exercise: str, times: int, apart: Apart | None = None) -> kc.Plan:
    """A plan after three days on which the top dose of an exercise was done some times."""
    person = kc.Person(
        age=40,
        screening="clear",
        as_of=ON - 8 * DAY,
        equipment=[piece.id for piece in KNOWLEDGE.equipment],
        facts={"tandem_stance_s": 30, "heel_rise_reps": 25},
    )
    dose = KNOWLEDGE.ladder_index.steps[exercise][-1].dose
    lines = [kc.ExerciseLog(exercise, done=dose, pain=0)] * times
    sessions = [kc.SessionLog(on=ON - ago * DAY, lines=lines) for ago in (6, 4, 2)]
    history = kc.History(sessions) if apart is None else with_lines(apart, sessions)
    request = kc.Request(minutes=30, prefer=[exercise])
    return RECOMMENDER.recommend(person, history, request=request, on=ON)


EXERCISES = ["single_leg_balance", "calf_stretch_straight", "tandem_stance", "quad_set"]


@pytest.mark.parametrize("apart", [sides_apart, sets_apart])
@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("exercise", EXERCISES)
def test_lines_apart_are_no_further_rounds(exercise: str, times: int, apart: Apart) -> None:
    together = planned_after_three_days(exercise, times)
    line_by_line = planned_after_three_days(exercise, times, apart)
    assert planned(line_by_line) == planned(together)


@pytest.mark.parametrize(
    ("asked_sets", "sets", "rounds"),
    [
        (2, [2], 1),
        (2, [1, 1], 1),
        (2, [2, 2], 2),
        (2, [1, 1, 1, 1], 2),
        (1, [1, 1], 2),
        (3, [1, 1], 1),
        (None, [1, 1], 1),
        (None, [3, 3], 2),
        (1, [2], 2),
        (2, [3], 1),
        (None, [6], 2),
        (1, [None, None], 1),
    ],
)
def test_the_rounds_of_a_day(asked_sets: int | None, sets: list[int | None], rounds: int) -> None:
    """Without a plan a round has the most sets of any dose of the exercise, which are three."""
    name, dose = "towel_foot_pull", kc.Dose(sets=1, reps=10)
    done = [None if count is None else evolve(dose, sets=count) for count in sets]
    session = kc.SessionLog(on=ON - DAY, lines=[kc.ExerciseLog(name, done=each) for each in done])
    events: list[Event] = [session]
    if asked_sets is not None:
        item = kc.PlannedItem(name, dose=evolve(dose, sets=asked_sets))
        events = [kc.PlanIssued(on=ON - 2 * DAY, items=[item]), session]
    ladder = KNOWLEDGE.ladder_of(name).id
    assert times_a_day(kc.History(events), ON, KNOWLEDGE) == {ladder: rounds}
