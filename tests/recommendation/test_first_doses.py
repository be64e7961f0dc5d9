"""Measures place the rung and the dose; what is not known is offered as a test."""

import datetime

import pytest

import kineticchain as kc

BALANCE = kc.Request(minutes=15, goal="balance_and_strength")


def person(**changes: object) -> kc.Person:
    given: dict[str, object] = {
        "age": 28,
        "equipment": ["fixed_support"],
        "facts": {"heel_rise_reps": 30, "single_leg_s": 60, "tandem_stance_s": 30},
        "screening": "clear",
    }
    return kc.Person(**{**given, **changes})  # type: ignore[arg-type]  # a mixed bag


def standing(recommender: kc.Recommender, who: kc.Person, ladder: str, side: str) -> kc.Standing:
    return next(
        each
        for each in recommender.assess(who).standings
        if (each.ladder, each.side) == (ladder, side)
    )


def test_who_can_do_thirty_heel_raises_starts_at_three_times_ten(
    recommender: kc.Recommender,
) -> None:
    start = standing(recommender, person(), "heel_raise", "left")
    assert (start.exercise, start.dose) == ("heel_raise_single", kc.Dose(sets=3, reps=10))


def test_who_stands_a_minute_on_one_leg_starts_without_a_hand(
    recommender: kc.Recommender,
) -> None:
    start = standing(recommender, person(), "single_leg_balance", "left")
    assert (start.exercise, start.dose) == ("single_leg_balance", kc.Dose(sets=4, hold_s=15))


def test_a_painful_foot_starts_at_the_least_dose(recommender: kc.Recommender) -> None:
    sore = person(complaints=[kc.Complaint("heel", side="left", pain=2, weeks=6)])
    start = standing(recommender, sore, "single_leg_balance", "left")
    assert start.dose == kc.Dose(sets=2, hold_s=10)


@pytest.mark.parametrize(
    ("side", "exercise"), [("left", "side_by_side_stance"), ("right", "tandem_stance")]
)
def test_a_measure_of_both_legs_does_not_place_a_leg_that_was_operated(
    side: str, exercise: str, recommender: kc.Recommender
) -> None:
    operated = person(
        facts={"tandem_stance_s": 30},
        surgeries=[kc.Surgery("ankle", side="left", weeks_ago=30)],
    )
    assert standing(recommender, operated, "stance", side).exercise == exercise


def test_a_measure_of_that_leg_places_it(recommender: kc.Recommender) -> None:
    facts = {"tandem_stance_s": 30, "single_leg_s.left": 20, "single_leg_s.right": 30}
    operated = person(facts=facts, surgeries=[kc.Surgery("ankle", side="left", weeks_ago=30)])
    start = standing(recommender, operated, "single_leg_balance", "left")
    assert start.exercise == "single_leg_balance"


def test_a_test_is_offered_where_a_ladder_waits_for_a_measure(
    recommender: kc.Recommender,
) -> None:
    plan = recommender.recommend(person(facts={}), request=kc.Request(goal="balance"))
    test = plan.self_tests[0]
    assert test.id == "tandem_stance_s"
    assert test.how
    assert test.how in " ".join(str(plan).split())


def test_no_test_is_offered_where_the_measure_is_known(recommender: kc.Recommender) -> None:
    measured = person(
        facts={
            "tandem_stance_s": 30,
            "single_leg_s": 20,
            "heel_rise_reps": 12,
            "chair_stand_30s": 20,
        }
    )
    plan = recommender.recommend(measured, request=kc.Request(goal="balance"))
    assert plan.self_tests == ()


def test_no_test_is_offered_where_it_would_hurt(recommender: kc.Recommender) -> None:
    sore = person(
        facts={"tandem_stance_s": 30, "single_leg_s": 20},
        complaints=[kc.Complaint("calf_achilles", side="both", pain=5, weeks=6)],
    )
    plan = recommender.recommend(sore, request=kc.Request(goal="balance"))
    assert "heel_rise_reps" not in {test.id for test in plan.self_tests}


@pytest.mark.parametrize("minutes", [5, 10, 20])
@pytest.mark.parametrize(
    "goal", ["foot_strength", "balance_and_strength", "ankle_strength", "strengthen_ankle"]
)
def test_a_goal_of_strength_gets_strength(
    goal: str, minutes: int, recommender: kc.Recommender
) -> None:
    plan = recommender.recommend(
        person(facts={"tandem_stance_s": 30}), request=kc.Request(minutes=minutes, goal=goal)
    )
    kinds = {recommender.knowledge.exercises[item.exercise].kind for item in plan.items}
    assert "strength" in kinds


def test_two_exercises_that_are_nearly_the_same_do_not_stand_in_one_plan(
    recommender: kc.Recommender,
) -> None:
    request = kc.Request(minutes=60, goal="ankle_mobility")
    plan = recommender.recommend(person(equipment=["chair", "fixed_support"]), request=request)
    alike = {"ankle_alphabet", "ankle_circles", "ankle_circles_lying", "ankle_pump"}
    assert len(alike & {item.exercise for item in plan.items}) == 1


def test_unless_one_is_asked_for(recommender: kc.Recommender) -> None:
    request = kc.Request(minutes=60, goal="ankle_mobility", prefer=["ankle_pump", "ankle_circles"])
    plan = recommender.recommend(person(equipment=["chair", "fixed_support"]), request=request)
    alike = {"ankle_alphabet", "ankle_circles", "ankle_circles_lying", "ankle_pump"}
    assert len(alike & {item.exercise for item in plan.items}) == 2


def test_equal_lines_of_a_session_add_up() -> None:
    line = kc.ExerciseLog("ankle_circles", done=kc.Dose(reps=10, variations=2), pain=0)
    session = kc.SessionLog(on=datetime.date(2026, 1, 5), lines=[line, line])
    assert len(session.lines) == 2
