"""Law 16: at most one step up in a review, in one dimension of the exercise at most."""

import datetime
from itertools import pairwise

from builtin_knowledge import KNOWLEDGE, RECOMMENDER
from drawn_lives import DAY, FIRST, PERSON, lives
from hypothesis import given

import kineticchain as kc
from kineticchain.progression import replay

COURSE = RECOMMENDER.assess(PERSON, on=FIRST).replay_context


def days_of(life: kc.History) -> list[datetime.date]:
    return sorted({event.on for event in life})


@given(life=lives(KNOWLEDGE))
def test_from_one_day_to_the_next_there_is_one_step_up_at_most(life: kc.History) -> None:
    for day in days_of(life):
        before = replay(life, COURSE, day - DAY)
        after = replay(life, COURSE, day)
        for old, new in zip(before, after, strict=True):
            if old.rung is None or new.rung is None or new.height <= old.height:
                continue
            assert (new.rung, new.level) in {
                (old.rung, old.level), (old.rung, old.level + 1), (old.rung + 1, 0),
            }  # fmt: skip


def test_from_one_step_of_a_dose_to_the_next_one_dimension_grows() -> None:
    """A published protocol is the exception, and says so."""
    for exercise, steps in KNOWLEDGE.ladder_index.steps.items():
        for before, after in pairwise(steps):
            amounts = dict(before.dose.amounts())
            grown = [name for name, value in after.dose.amounts() if value > amounts[name]]
            grown += ["days"] if after.days > before.days else []
            assert len(grown) == 1 or before.protocol_days, (exercise, before, after)


def test_a_step_of_a_protocol_is_shown_as_such() -> None:
    history = kc.History()
    person = kc.Person(
        age=48,
        equipment=["step", "towel", "fixed_support"],
        facts={
            "tandem_stance_s": 30,
            "heel_rise_reps": 14,
            "mastered": ["heel_raise_towel_double", "heel_raise_towel"],
        },
        screening="clear",
    )
    dose = kc.Dose(sets=3, reps=12)
    for number in range(0, 15, 2):
        day = datetime.date(2026, 1, 1) + number * DAY
        line = kc.ExerciseLog("heel_raise_towel", done=dose, pain=1, effort=5, form_ok=True)
        history = history.with_events(
            kc.SessionLog(on=day, lines=[line]), kc.MorningAfter(on=day + DAY, change=0)
        )
    standings = RECOMMENDER.replay(person, history, on=history.events[-1].on)
    [left] = [
        one for one in standings if one.exercise == "heel_raise_towel" and one.side is kc.Side.LEFT
    ]
    assert (left.dose, left.reason.id) == (kc.Dose(sets=4, reps=10), "protocol_step")
    assert "B18" in left.evidence
