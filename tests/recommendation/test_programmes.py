"""The founding routines can be asked for by name, and are as their articles state."""

import datetime

import pytest

import kineticchain as kc
from kineticchain.interop import json

ON = datetime.date(2026, 1, 5)
EQUIPMENT = ["fixed_support", "chair", "towel", "band", "soft_ball", "firm_ball"]
HEALTHY = kc.Person(
    age=35, equipment=EQUIPMENT, facts={"tandem_stance_s": 30}, screening="clear", as_of=ON
)
SORE = kc.Person(
    age=70,
    equipment=EQUIPMENT,
    facts={"tandem_stance_s": 10},
    complaints=[kc.Complaint("heel", side="right", pain=4, weeks=5)],
    screening="clear",
    as_of=ON,
)
FIVE = kc.Request(programme="founding_five_exercises")

AS_STATED = {
    "founding_balance": {"single_leg_balance_supported": kc.Dose(sets=3, hold_s=15)},
    "founding_five_exercises": {
        "heel_raise_single_supported": kc.Dose(sets=2, reps=10),
        "toe_walk": kc.Dose(sets=4, duration_s=20, variations=3),
        "ankle_circles": kc.Dose(sets=5, reps=10, variations=2),
        "towel_curl": kc.Dose(sets=5, reps=6, variations=2),
        "band_plantarflexion": kc.Dose(sets=3, reps=10, hold_s=2),
    },
    "founding_walk_and_roll": {
        "walking": kc.Dose(duration_s=300),
        "ball_roll_soft": kc.Dose(duration_s=60),
    },
    "founding_gradual_five": {
        "ankle_circles_lying": kc.Dose(reps=10, variations=2),
        "toe_curl_floor": kc.Dose(reps=10, hold_s=3),
        "short_foot_standing": kc.Dose(reps=10, hold_s=3),
        "tandem_walk": kc.Dose(sets=2, steps=10),
        "toe_spread": kc.Dose(reps=10, hold_s=3),
    },
    "founding_roll_stretch_strengthen": {
        "ball_roll_soft": kc.Dose(duration_s=60),
        "calf_stretch_straight": kc.Dose(sets=2, hold_s=20),
        "towel_curl": kc.Dose(reps=5, variations=2),
        "banded_toe_pull": kc.Dose(reps=10),
        "heel_raise_double": kc.Dose(reps=10),
    },
}


def planned(plan: kc.Plan) -> dict[str, kc.Dose]:
    return {item.exercise: item.due_dose for item in plan.items}


@pytest.mark.parametrize("programme", AS_STATED)
def test_a_programme_has_the_exercises_and_doses_of_its_article(
    programme: str, recommender: kc.Recommender
) -> None:
    plan = recommender.recommend(HEALTHY, request=kc.Request(programme=programme))
    assert planned(plan) == AS_STATED[programme]


def test_the_schedule_is_that_of_the_programme(recommender: kc.Recommender) -> None:
    plan = recommender.recommend(HEALTHY, request=kc.Request(programme="founding_balance"))
    assert [session.minutes <= 2 for session in plan.sessions] == [True, True, True]


def test_a_request_may_state_another_schedule(recommender: kc.Recommender) -> None:
    request = kc.Request(programme="founding_balance", sessions_per_day=2)
    assert len(recommender.recommend(HEALTHY, request=request).sessions) == 2


def test_all_five_exercises_fit_twenty_minutes(recommender: kc.Recommender) -> None:
    plan = recommender.recommend(HEALTHY, request=FIVE)
    assert len(plan.items) == 5
    assert plan.sessions[0].minutes <= 20


def test_a_dose_that_is_cut_is_told_beside_what_the_article_states(
    recommender: kc.Recommender,
) -> None:
    plan = recommender.recommend(HEALTHY, request=FIVE)
    cut = [item for item in plan.items if item.is_cut]
    notes = [note for note in plan.advice if note.message.id == "programme_dose"]
    assert cut
    assert len(notes) == len(cut)


def test_rules_keep_their_power_and_stand_ins_are_named(recommender: kc.Recommender) -> None:
    plan = recommender.recommend(SORE, request=FIVE)
    assert "toe_walk" not in planned(plan)
    notes = {note.message.id: note.message.text for note in plan.advice}
    assert "no walking on tiptoe" in notes["programme_lacks"]
    assert "stands in for" in notes["programme_stand_in"]


def test_whom_it_does_not_suit_starts_where_the_ladders_say(recommender: kc.Recommender) -> None:
    asked = planned(recommender.recommend(SORE, request=FIVE))
    assert asked["ankle_circles"] == kc.Dose(reps=10, variations=2)


def test_a_measure_speaks_against_the_stated_rung(recommender: kc.Recommender) -> None:
    weak = kc.Person(
        age=35,
        equipment=EQUIPMENT,
        facts={"tandem_stance_s": 30, "heel_rise_reps": 4},
        screening="clear",
    )
    plan = recommender.recommend(weak, request=FIVE)
    assert "heel_raise_single_supported" not in planned(plan)


def test_programmes_tell_which_suit_and_what_is_cut(recommender: kc.Recommender) -> None:
    fits = {fit.programme: fit for fit in recommender.programmes(SORE)}
    assert {name for name in fits if name.startswith("founding_")} == set(AS_STATED)
    assert fits["founding_balance"].suits is True
    five = fits["founding_five_exercises"]
    assert five.suits is False
    assert {place.exercise: place.planned for place in five.cut}["toe_walk"] is None
    assert all(place.because for place in five.cut if place.planned != place.exercise)


def test_the_little_toes_join_when_walking_and_rolling_are_not_enough(
    recommender: kc.Recommender,
) -> None:
    """After four weeks with a pain that has not come down by two points."""
    request = kc.Request(programme="founding_walk_and_roll")
    stiff = kc.Person(
        age=40,
        equipment=EQUIPMENT,
        complaints=[kc.Complaint("lumbar", pain=3, weeks=20)],
        screening="clear",
        as_of=ON,
    )
    course = recommender.simulate(stiff, "as_planned", 5, request=request, on=ON)
    same = kc.Finding(
        on=ON + datetime.timedelta(weeks=5), complaints=[kc.Complaint("lumbar", pain=3)], slot=9
    )
    later = recommender.recommend(
        stiff, course.history.with_events(same), request=request, on=same.on
    )
    assert "toe_yoga_little" not in planned(course.plans[0][1])
    assert any(item.exercise.startswith("toe_yoga") for item in later.items)


def test_a_programme_climbs_its_ladders(recommender: kc.Recommender) -> None:
    request = kc.Request(programme="founding_balance")
    course = recommender.simulate(HEALTHY, "as_planned", 8, request=request, on=ON)
    assert "single_leg_balance" in planned(course.last)


def test_what_was_begun_by_a_programme_stays_without_it(recommender: kc.Recommender) -> None:
    course = recommender.simulate(HEALTHY, "as_planned", 2, request=FIVE, on=ON)
    on = ON + datetime.timedelta(days=16)
    request = kc.Request(minutes=20, prefer=["heel_raise_single_supported"])
    plan = recommender.recommend(HEALTHY, course.history, request=request, on=on)
    assert "heel_raise_single_supported" in planned(plan)


def test_a_plan_of_a_programme_is_explained_from_json(recommender: kc.Recommender) -> None:
    plan = recommender.recommend(HEALTHY, request=FIVE)
    read = json.loads(json.dumps(plan), kc.Plan)
    reasons = {reason.message.id for reason in recommender.why(read, "toe_walk").reasons}
    assert "programme_states" in reasons


def test_an_unknown_programme_gets_the_likely_one(recommender: kc.Recommender) -> None:
    with pytest.raises(kc.InvalidInput, match="founding_balance"):
        recommender.recommend(HEALTHY, request=kc.Request(programme="founding_balanse"))


def test_a_pinned_exercise_is_in_the_plan_whatever_it_is_worth(
    recommender: kc.Recommender,
) -> None:
    request = kc.Request(minutes=5, goal="balance", pinned=["banded_toe_pull"])
    plan = recommender.recommend(HEALTHY, request=request)
    assert "banded_toe_pull" in planned(plan)
    reasons = recommender.why(plan, "banded_toe_pull").reasons
    assert "pinned" in {reason.message.id for reason in reasons}


def test_a_rule_excludes_what_is_pinned(recommender: kc.Recommender) -> None:
    request = kc.Request(pinned=["toe_walk"])
    assert "toe_walk" not in planned(recommender.recommend(SORE, request=request))


def test_a_note_states_the_dose_of_the_day_and_not_its_part_in_one_session(
    recommender: kc.Recommender,
) -> None:
    request = kc.Request(programme=FIVE.programme, minutes=3, sessions_per_day=2)
    plan = recommender.recommend(HEALTHY, request=request, on=ON)
    heel_raises = [
        item.dose.sets
        for session in plan.sessions
        for item in session.on_day(1)
        if item.exercise.startswith("heel_raise")
    ]
    assert heel_raises == [1, 1]
    notes = [reason.message.text for reason in plan.advice]
    assert any("2 × 8 repetitions for now" in note for note in notes)
