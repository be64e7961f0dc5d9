"""What stands in for an exercise whose equipment is not at this place, and what is kept."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kineticchain as kc
from kineticchain.recommendation import Asked
from kineticchain.recommendation.counterfactual.later import later

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
    told = [str(reason.message) for reason in plan.why("ball_roll_soft").reasons]
    assert (
        "In place of Rolling a firm ball under the foot for now. It needs a firm ball."
        " Its ladder is kept." in told
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
        for reason in plan.why_not(exercise).reasons
        for name, value in reason.message.args
        if name == "days" and isinstance(value, int)
    ]
    comes = later(
        recommender.knowledge, Asked(person, on=ON), recommender.assess(person, on=ON), exercise
    )
    assert comes is None or all((comes.on - ON).days >= one for one in days)
