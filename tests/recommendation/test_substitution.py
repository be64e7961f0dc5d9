"""What stands in for an exercise whose equipment is not at this place, and what is kept."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kineticchain as kc
from kineticchain.recommendation import PlanInput
from kineticchain.recommendation.counterfactual.earliest_date import earliest_date

ON = datetime.date(2026, 11, 21)
ROLLER = kc.Person(
    age=30,
    equipment=["fixed_support", "soft_ball", "firm_ball"],
    facts={"tandem_stance_s": 30, "sensation_intact": True, "mastered": ["ball_roll_firm"]},
    screening="clear",
)
WISHES = ["ball_roll_firm", "ball_roll_soft"]


def at(place: list[str] | None, recommender: kc.Recommender) -> kc.Plan:
    request = kc.Request(minutes=20, goal="foot_comfort", prefer=WISHES, equipment=place)
    return recommender.recommend(ROLLER, request=request, on=ON)


def rolled(plan: kc.Plan) -> list[str]:
    return [item.exercise for item in plan.items if item.exercise.startswith("ball_roll")]


@pytest.mark.parametrize(
    ("place", "exercise"),
    [
        (None, ["ball_roll_firm"]),
        (["fixed_support", "soft_ball"], ["ball_roll_soft"]),
        (["fixed_support"], []),
    ],
    ids=["home", "office", "hotel"],
)
def test_a_place_gets_the_nearest_variant_that_its_equipment_allows(
    place: list[str] | None, exercise: list[str], recommender: kc.Recommender
) -> None:
    assert rolled(at(place, recommender)) == exercise


def test_a_variant_says_in_place_of_what_and_why(recommender: kc.Recommender) -> None:
    plan = at(["fixed_support", "soft_ball"], recommender)
    told = [str(reason.message) for reason in kc.explain(plan).why("ball_roll_soft").reasons]
    assert (
        "Replaces Rolling a firm ball under the foot for now. It needs a firm ball."
        " You keep your place on its ladder." in told
    )


def test_the_standing_on_the_ladder_is_the_same_at_every_place(
    recommender: kc.Recommender,
) -> None:
    assert at(None, recommender).standings == at(["fixed_support"], recommender).standings


@given(exercise=st.sampled_from(sorted(kc.Knowledge.builtin().exercises)))
def test_no_exercise_comes_before_the_days_that_it_is_said_to_take(exercise: str) -> None:
    recommender = kc.Recommender(kc.Knowledge.builtin())
    person = kc.Person(
        age=30,
        equipment=sorted(piece.id for piece in recommender.knowledge.equipment),
        facts={"tandem_stance_s": 30, "heel_rise_reps": 12, "single_leg_s": 40},
        screening="clear",
    )
    plan = recommender.recommend(person, on=ON)
    days = [
        value
        for reason in kc.explain(plan).why_not(exercise).reasons
        for name, value in reason.message.args
        if name == "days" and isinstance(value, int)
    ]
    comes = earliest_date(
        recommender.knowledge, PlanInput(person, on=ON), recommender.assess(person, on=ON), exercise
    )
    assert comes is None or all((comes.on - ON).days >= one for one in days)


HEAVY_HEEL = kc.Person(
    age=48,
    complaints=[kc.Complaint("heel", side="left", pain=3, weeks=34)],
    equipment=["step", "towel", "fixed_support"],
    facts={"tandem_stance_s": 30, "single_leg_s": 30, "heel_rise_reps": 22},
    screening="clear",
)


def test_where_nothing_of_a_ladder_can_be_done_the_nearest_of_another_stands_in(
    recommender: kc.Recommender,
) -> None:
    """Towel heel raises at home are heel raises in a hotel, as long as there is no towel."""
    towel = "heel_raise_towel_double"
    line = kc.ExerciseLog(towel, done=kc.Dose(sets=2, reps=8), pain=1, effort=5, form_ok=True)
    days = [ON - datetime.timedelta(days=number) for number in (8, 6, 4, 2)]
    history = kc.History([kc.SessionLog(on=day, lines=[line]) for day in days])
    home = kc.Request(minutes=15, goal="heel_pain")
    hotel = kc.Request(minutes=15, goal="heel_pain", equipment=["fixed_support"])
    at_home, away = (
        recommender.recommend(HEAVY_HEEL, history, request=one, on=ON) for one in (home, hotel)
    )
    assert towel in {item.exercise for item in at_home.items}
    raises = [item for item in away.items if item.exercise.startswith("heel_raise")]
    assert raises
    told = [reason.message.text for reason in kc.explain(away).reasons[raises[0].exercise]]
    assert any(text.startswith("Replaces Heel raise on both legs, towel") for text in told)
    assert [one for one in away.standings if one.ladder == "heel_raise_towel"] == [
        one for one in at_home.standings if one.ladder == "heel_raise_towel"
    ]
