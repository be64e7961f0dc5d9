"""Law 18: good sessions reach the top, pain leads down or to a stop, nothing goes round for ever.

All states of all built-in ladders are explored by ``python -m kineticchain verify``; here a
few whole lives are lived, through the front door.
"""

import datetime

import pytest
from builtin_knowledge import KNOWLEDGE, RECOMMENDER
from drawn_lives import DAY, FIRST, PERSON
from hypothesis import given
from hypothesis import strategies as st

import kineticchain as kc
from kineticchain.progression import Action, Track, advance, begin, standings
from kineticchain.progression.verify.normal_state import normal
from kineticchain.progression.verify.world import Amount, DayInput, LadderModel

LADDERS = [ladder.id for ladder in KNOWLEDGE.ladders]


@pytest.mark.parametrize("ladder", LADDERS)
def test_good_sessions_reach_the_top_rung(ladder: str) -> None:
    world = LadderModel(KNOWLEDGE.ladder_index, ladder)
    course = world.course_with(KNOWLEDGE.policy)
    track = world.starts()[0]
    good = DayInput(name="good", days=3, amount=Amount.ALL)
    for _ in range(400):
        track = world.after(moved_to_today(track), good, course)
    assert track.place.rung == len(world.ladder.rungs) - 1
    assert track.place.maintenance or track.place.height == world.places[-1].height


def moved_to_today(track: Track) -> Track:
    return normal(
        track, LadderModel(KNOWLEDGE.ladder_index, track.ladder).course_with(KNOWLEDGE.policy)
    )


@given(
    ladder=st.sampled_from(["single_leg_balance", "heel_raise", "calf_stretch"]),
    pain=st.integers(6, 10),
)
def test_sustained_pain_leads_down_or_to_a_stop_within_three_sessions(
    ladder: str, pain: int
) -> None:
    history = kc.History()
    actions = []
    for number in range(3):
        day = FIRST + 2 * number * DAY
        [now] = [one for one in RECOMMENDER.replay(PERSON, history, on=day) if is_left(one, ladder)]
        line = kc.ExerciseLog(now.exercise or "", done=now.dose, pain=pain)
        history = history.with_events(kc.SessionLog(on=day, lines=[line]))
        [then] = [
            one for one in RECOMMENDER.replay(PERSON, history, on=day) if is_left(one, ladder)
        ]
        actions.append(then.action)
    assert {Action.REGRESS_VARIANT, Action.STOP_AND_REFER}.intersection(actions)


def is_left(standing: kc.Standing, ladder: str) -> bool:
    return standing.ladder == ladder and standing.side is not kc.Side.RIGHT


@given(
    flares_at=st.sampled_from(["single_leg_balance", "single_leg_balance_forefoot_supported"]),
    by_morning=st.booleans(),
)
def test_who_flares_at_a_rung_is_not_led_back_to_it_for_ever(
    flares_at: str,
    by_morning: bool,  # noqa: FBT001 - which of two ways
) -> None:
    """Two years of training: after the third flare the rung is not entered any more."""
    rungs = [rung.exercise for rung in KNOWLEDGE.ladder_index.by_id["single_leg_balance"].rungs]
    hard = rungs[rungs.index(flares_at) :]
    flares: list[datetime.date] = []
    start = kc.Person(
        age=40, equipment=["fixed_support"], screening="clear",
        facts={"tandem_stance_s": 30, "heel_rise_reps": 12},
    )  # fmt: skip
    course = RECOMMENDER.assess(start, on=FIRST).replay_context
    state = begin(course)
    for number in range(0, 730, 3):
        day = FIRST + number * DAY
        [now] = [
            one
            for one in standings(state.progress, course, day)
            if is_left(one, "single_leg_balance")
        ]
        hurts = now.exercise in hard
        pain = 6 if hurts and not by_morning else 0
        line = kc.ExerciseLog(now.exercise or "", done=now.dose, pain=pain, touches=0)
        state = advance(state, kc.SessionLog(on=day, lines=[line]), course)
        change = 1 if hurts and by_morning else 0
        state = advance(state, kc.MorningAfter(on=day + DAY, change=change), course)
        flares += [day] if hurts else []
    assert flares
    assert (FIRST + 730 * DAY - flares[-1]).days > 365


@given(pain=st.integers(0, 10), change=st.integers(-1, 2), effort=st.integers(1, 10))
def test_the_same_day_again_and_again_comes_to_rest(pain: int, change: int, effort: int) -> None:
    world = LadderModel(KNOWLEDGE.ladder_index, "ball_roll")
    course = world.course_with(KNOWLEDGE.policy)
    same = DayInput(name="same", pain=pain, morning=change, effort=effort)
    track = world.starts()[-1]
    heights = []
    for _ in range(120):
        track = moved_to_today(world.after(track, same, course))
        heights.append((*track.place.height, track.place.dose_percent))
    assert len(set(heights[-20:])) == 1
