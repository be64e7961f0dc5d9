"""Counterexamples to the laws of the record, each found by search and mended by its kind."""

import datetime
from typing import Any

import pytest

import kineticchain as kc

DAY = datetime.timedelta(days=1)
ON = datetime.date(2026, 11, 21)
Level = kc.ReferralLevel
RECOMMENDER = kc.Recommender(kc.Knowledge.builtin())
KNOWLEDGE = RECOMMENDER.knowledge
Clinician = kc.ClinicianResult


def person(age: int = 45, facts: dict[str, Any] | None = None, **more: Any) -> kc.Person:
    stated: dict[str, Any] = {"screening": "clear", **more}
    return kc.Person(
        age=age,
        equipment=["fixed_support", "chair"],
        facts={"tandem_stance_s": 30, **(facts or {})},
        **stated,
    )


def plan_of(who: kc.Person, *events: Any, goal: str | None = None) -> kc.Plan:
    request = kc.Request(minutes=20, goal=goal)
    return RECOMMENDER.recommend(who, kc.History(events), request=request, on=ON)


def level(who: kc.Person, *events: Any) -> kc.ReferralLevel:
    return plan_of(who, *events).referral.level


def standing(who: kc.Person, *events: Any) -> set[str]:
    """The feasible exercises that are done standing."""
    assessment = RECOMMENDER.assess(
        who, kc.History(events), request=kc.Request(goal="balance"), on=ON
    )
    return {
        one.exercise.id for one in assessment.feasible.items if one.exercise.position == "standing"
    }


def left(region: str, pain: int, **more: Any) -> kc.Complaint:
    return kc.Complaint(region, side="left", pain=pain, **more)


# A result settles only what it is about.


@pytest.mark.parametrize(
    ("hurting", "facts", "result"),
    [
        ("hip", {"can_walk": False}, {"region": "toes", "ruled_out": ["fracture"]}),
        (
            "knee",
            {"hot_swollen_joint": True},
            {"region": "ankle", "ruled_out": ["joint_infection"]},
        ),
        (
            "shin",
            {"hop_painful": True, "focal_bone_tenderness": True},
            {"region": "hip", "examined": True},
        ),
        (
            "heel",
            {"one_calf_swollen": True, "previous_dvt": True},
            {"region": "calf_achilles", "ruled_out": ["deep_vein_thrombosis"]},
        ),
    ],
)
def test_a_result_about_another_place_settles_nothing(
    hurting: str, facts: dict[str, Any], result: dict[str, Any]
) -> None:
    side = "right" if hurting == "heel" else "left"
    hurt = kc.Complaint(hurting, side=side, pain=5, weeks=3)
    who = person(50, facts, complaints=[hurt], as_of=ON - 5 * DAY)
    elsewhere = Clinician(on=ON, side="left", **result)
    assert level(who, elsewhere) == level(who) >= Level.URGENT


EQUINA = {"saddle_numbness", "urinary_retention_new", "bowel_incontinence_new", "both_legs_weak"}


@pytest.mark.parametrize(
    ("facts", "result"),
    [
        ({}, {"on": ON - 300 * DAY}),
        ({"bilateral_leg_symptoms": True}, {"on": ON - 18 * DAY, "region": "lumbar"}),
    ],
)
def test_an_old_result_stops_no_question_about_a_new_complaint(
    facts: dict[str, Any], result: dict[str, Any]
) -> None:
    new = kc.Finding(on=ON, complaints=[kc.Complaint("lumbar", pain=8, days=0)])
    seen = Clinician(ruled_out=["cauda_equina"], **result)
    plan = plan_of(person(facts=facts, as_of=ON - 20 * DAY), seen, new)
    alarmed = plan.referral.level is Level.EMERGENCY
    asked = {question.id for question in kc.explain(plan).questions}
    assert alarmed or "cauda_signs" in asked
    assert set(kc.Knowledge.builtin().vocabulary.by_id["cauda_signs"].covers) >= EQUINA


def test_an_examination_of_last_year_answers_no_question() -> None:
    who = person(screening="unasked", as_of=ON - 400 * DAY)
    examined = Clinician(on=ON - 400 * DAY, examined=True)
    asked = {question.id for question in kc.explain(plan_of(who)).questions}
    assert {question.id for question in kc.explain(plan_of(who, examined)).questions} == asked


def test_a_result_without_a_place_settles_no_more_than_the_place_that_is_clear() -> None:
    two = [left("ankle", 4, days=2), kc.Complaint("hip", side="right", pain=6, days=2)]
    facts = {"malleolar_pain": True, "can_take_4_steps": False, "hip_pain_after_fall": True}
    healed = {**facts, "clinician_result": "no_fracture"}
    hurt = person(80, healed, complaints=two, as_of=ON)
    assert level(hurt) == Level.EMERGENCY
    assert level(person(40, {"major_trauma": True, "clinician_result": "no_fracture"})) >= (
        Level.SAME_DAY
    )
    ankles = [
        kc.Injury("ankle", side="left", days_ago=20),
        kc.Injury("ankle", side="right", days_ago=1),
    ]
    again = {"clinician_result": "no_fracture", "can_take_4_steps": False, "malleolar_pain": True}
    assert level(person(40, again, injuries=ankles)) >= Level.SAME_DAY


def test_what_is_newer_than_a_result_is_not_settled_by_it() -> None:
    seen = Clinician(on=ON - 18 * DAY, ruled_out=["hip_growth_plate"])
    worse = kc.Finding(on=ON, complaints=[left("hip", 7, days=0)])
    child = person(12, {"limp": True, "parent_consent": True}, as_of=ON - 20 * DAY)
    assert level(child, seen, worse) == level(child, worse) >= Level.SAME_DAY
    runner = person(30, {"groin_pain_loading": True}, as_of=ON - 10 * DAY)
    hip = Clinician(on=ON - 5 * DAY, region="hip", ruled_out=["stress_fracture"])
    more = kc.Finding(on=ON, facts={"recent_load_increase_pct": 60})
    assert level(runner, hip, more) == level(runner, more) >= Level.SAME_DAY


def test_a_result_before_the_injury_of_the_same_day_settles_nothing() -> None:
    hurt = kc.InjuryHappened(on=ON, slot=3, region="knee", side="left")
    before = Clinician(on=ON, slot=2, region="knee", side="left", ruled_out=["fracture"])
    clear = kc.Finding(on=ON, slot=4, screening="clear")
    who = person(60, as_of=ON - 5 * DAY)
    assert level(who, hurt, before, clear) == level(who, hurt, clear)


def test_both_sides_ruled_out_one_by_one_are_both_ruled_out() -> None:
    told = kc.Finding(on=ON - 90 * DAY, facts={"clinician_result": "rupture_boot"})
    clear = kc.Finding(on=ON, screening="clear")
    ruled = [
        Clinician(on=ON - DAY, region="calf_achilles", side=side, ruled_out=["achilles_rupture"])
        for side in ("left", "right")
    ]
    who = person(as_of=ON - 100 * DAY)
    assert level(who, told, ruled[0], clear) >= Level.SAME_DAY
    assert level(who, told, *ruled, clear) < Level.SAME_DAY


def test_a_lasting_fact_told_again_is_no_new_sign() -> None:
    back = kc.Complaint("lumbar", pain=4, weeks=520)
    facts = {"cancer_history": True}
    who = person(complaints=[back], facts=facts, as_of=ON - 30 * DAY)
    seen = Clinician(on=ON - 5 * DAY, region="lumbar", examined=True)
    again = kc.Finding(on=ON, screening="clear", facts=facts)
    assert level(who) >= Level.URGENT
    assert level(who, seen, again) < Level.URGENT


# What was found is not yet treated; what restricts does not end by itself.


@pytest.mark.parametrize(
    ("facts", "region", "found"),
    [
        ({"calf_pain": True, "one_calf_swollen": True}, "calf_achilles", "deep_vein_thrombosis"),
        ({"hot_swollen_joint": True}, "knee", "joint_infection"),
        ({"saddle_numbness": True}, "lumbar", "cauda_equina"),
    ],
)
def test_a_disease_that_was_found_is_seen_today(
    facts: dict[str, Any], region: str, found: str
) -> None:
    who = person(facts={**facts, "anticoagulant": False}, as_of=ON - DAY)
    plan = plan_of(who, Clinician(on=ON, region=region, found=[found]))
    assert plan.referral.level >= Level.SAME_DAY
    assert not plan.items


def test_the_end_of_a_result_ends_what_it_opens_and_not_what_it_restricts() -> None:
    for until in (ON, ON - DAY):
        broken = Clinician(on=ON - 10 * DAY, region="ankle", found=["fracture"], until=until)
        assert not standing(person(as_of=ON), broken)
        order = Clinician(
            on=ON - 10 * DAY, region="ankle", side="left", weight_bearing="NWB", until=until
        )
        assert not standing(person(as_of=ON), order)


def test_of_found_and_ruled_out_at_one_moment_found_counts() -> None:
    found = Clinician(on=ON, region="ankle", found=["fracture"])
    ruled_out = Clinician(on=ON, ruled_out=["fracture"])
    assert not standing(person(as_of=ON - DAY), found, ruled_out)


@pytest.mark.parametrize("order", [{"weight_bearing": "NWB"}, {"cleared": False}])
def test_an_order_without_an_operation_restricts(order: dict[str, Any]) -> None:
    who = person(as_of=ON - 5 * DAY)
    assert standing(who)
    assert not standing(who, Clinician(on=ON, region="ankle", side="left", **order))


def test_an_order_for_the_whole_person_takes_the_place_of_the_answer() -> None:
    who = person(facts={"weight_bearing": "NWB"}, as_of=ON - 5 * DAY)
    assert not standing(who)
    assert standing(who, Clinician(on=ON, weight_bearing="FWB", cleared=True))


# An allowance ends.


def knee(**more: Any) -> kc.Person:
    surgery = kc.Surgery("knee", side="left", weeks_ago=6, weight_bearing="FWB", cleared=False)
    return person(50, surgeries=[surgery], as_of=ON - 7 * DAY, **more)


ALLOWED = Clinician(on=ON - 5 * DAY, region="knee", side="left", allows="L3")


@pytest.mark.parametrize(
    "later",
    [
        Clinician(on=ON, region="knee", side="left", cleared=False, weight_bearing="NWB"),
        kc.InjuryHappened(on=ON, region="knee", side="left"),
        kc.SurgeryDone(on=ON, region="knee", side="left"),
    ],
)
def test_a_later_restriction_ends_an_allowance(later: Any) -> None:
    clear = kc.Finding(on=ON, slot=2, screening="clear")
    assert standing(knee(), ALLOWED, clear)
    assert not standing(knee(), ALLOWED, later, clear)


def test_a_later_allowance_takes_the_place_of_an_earlier_one() -> None:
    less = Clinician(on=ON, region="knee", side="left", allows="L0")
    loads = {KNOWLEDGE.exercises[name].load for name in standing(knee(), ALLOWED, less)}
    assert loads <= {"L0"}


def test_a_load_class_opens_no_standing_against_an_order_of_weight() -> None:
    surgery = kc.Surgery("ankle", side="left", weeks_ago=1, weight_bearing="NWB", cleared=False)
    who = person(50, surgeries=[surgery], as_of=ON - 3 * DAY)
    assert not standing(who, Clinician(on=ON, region="ankle", side="left", allows="L2"))


@pytest.mark.parametrize("days", range(14, 24))
def test_an_allowance_after_an_operation_counts_on_every_later_day(days: int) -> None:
    operated = kc.SurgeryDone(
        on=ON - days * DAY, region="knee", side="left", weight_bearing="FWB", cleared=False
    )
    allowed = Clinician(on=ON - (days - 2) * DAY, region="knee", side="left", allows="L1")
    decision = RECOMMENDER.assess(person(as_of=ON), kc.History([operated, allowed]), on=ON).decision
    assert decision.opened


@pytest.mark.parametrize(
    ("facts", "result"),
    [
        ({}, {"region": "ankle", "side": "left", "found": ["fracture"], "allows": "L1"}),
        ({"fracture_weeks_ago": 3}, {"region": "ankle", "side": "left", "allows": "L4"}),
        ({"weight_bearing": "NWB"}, {"region": "ankle", "allows": "L4"}),
    ],
)
def test_an_allowance_for_a_place_opens_what_nobody_located(
    facts: dict[str, Any], result: dict[str, Any]
) -> None:
    who = person(40, facts, as_of=ON - 7 * DAY)
    history = kc.History([Clinician(on=ON, **result)])
    assert RECOMMENDER.assess(who, history, on=ON).decision.opened


# Complaints over time.


def test_pain_that_creeps_up_is_noticed_like_pain_that_jumps() -> None:
    seen = Clinician(on=ON - 19 * DAY, region="lumbar", examined=True)
    creeping = [
        kc.Finding(on=ON - days * DAY, complaints=[kc.Complaint("lumbar", pain=pain)])
        for days, pain in ((14, 3), (7, 5), (0, 7))
    ]
    back = kc.Complaint("lumbar", pain=1, weeks=9)
    who = person(complaints=[back], facts={"cancer_history": True}, as_of=ON - 20 * DAY)
    assert level(who, seen) < Level.URGENT
    assert level(who, seen, *creeping) >= Level.URGENT


def test_an_old_complaint_that_is_suddenly_severe_is_urgent() -> None:
    heel = kc.Complaint("heel", side="right", pain=3, weeks=20)
    worse = kc.Finding(
        on=ON, complaints=[kc.Complaint("heel", side="right", pain=10)], screening="clear"
    )
    plan = plan_of(person(complaints=[heel], as_of=ON - DAY), worse)
    assert plan.referral.level >= Level.URGENT


# Intake and events.


def test_a_fall_told_at_an_intake_in_training_counts_like_one_told_as_an_event() -> None:
    line = kc.ExerciseLog("tandem_stance", pain=0, done=kc.Dose(sets=1, hold_s=10))
    trained = kc.SessionLog(on=ON - 10 * DAY, lines=[line])
    fell = kc.Finding(on=ON, facts={"fall_last_12m": True})
    by_event = RECOMMENDER.situation(
        person(70, as_of=ON - 20 * DAY), kc.History([trained, fell]), on=ON
    )
    at_intake = RECOMMENDER.situation(
        person(70, {"fall_last_12m": True}, as_of=ON), kc.History([trained]), on=ON
    )
    assert by_event.facts["fell_in_training"] is at_intake.facts["fell_in_training"] is True


@pytest.mark.parametrize(
    "result", [{"weight_bearing": "NWB"}, {"ruled_out": ["deep_vein_thrombosis"]}]
)
def test_a_result_about_something_else_clears_no_fall(result: dict[str, Any]) -> None:
    line = kc.ExerciseLog("tandem_stance", pain=0)
    trained = kc.SessionLog(on=ON - 10 * DAY, lines=[line])
    fell = kc.Finding(on=ON - 5 * DAY, facts={"fall_last_12m": True})
    history = kc.History([trained, fell, Clinician(on=ON, **result)])
    facts = RECOMMENDER.situation(person(70, as_of=ON - 20 * DAY), history, on=ON).facts
    assert facts["fell_in_training"] is True


@pytest.mark.parametrize("sign", ["saddle_numbness", "hip_pain_after_fall", "fever"])
def test_moving_the_intake_past_an_alarm_does_not_take_it_back(sign: str) -> None:
    alarm = kc.Finding(on=ON - DAY, facts={sign: True})
    before, after = person(70, as_of=ON - 10 * DAY), person(70, as_of=ON)
    assert level(after, alarm) == level(before, alarm) >= Level.URGENT


# Exits.


@pytest.mark.parametrize(
    ("facts", "diagnosis"),
    [
        ({"face_or_arm_numbness": True}, "stroke"),
        ({"chest_pain": True}, "heart_or_lung_disease"),
        ({"pregnant_weeks": 20, "calf_pain": True}, "pregnancy_complication"),
        ({"pregnant_weeks": 20, "heart_disease": True}, "pregnancy_complication"),
        ({"pregnant_weeks": 20, "pregnancy_complications": "present"}, "pregnancy_complication"),
    ],
)
def test_an_alarm_has_an_exit(facts: dict[str, Any], diagnosis: str) -> None:
    who = person(30, facts, sex="f", as_of=ON - DAY)
    assert level(who) >= Level.URGENT
    every = sorted(KNOWLEDGE.diagnoses)
    assert diagnosis in every
    assert level(who, Clinician(on=ON, ruled_out=every)) < Level.URGENT


# Errors.


@pytest.mark.parametrize("kinds", [3, None])
def test_kinds_that_are_no_list_are_refused(kinds: Any) -> None:
    with pytest.raises(kc.InvalidInput, match="is not a list of kinds"):
        kc.Allowance(load="L1", kinds=kinds)


def test_an_injury_of_long_ago_is_read() -> None:
    old = kc.InjuryHappened(on=datetime.date(1920, 1, 1), region="knee")
    done = kc.SurgeryDone(on=datetime.date(1910, 1, 1), region="hip")
    state = RECOMMENDER.situation(person(110, as_of=ON), kc.History([old, done]), on=ON).state
    assert [one.days_ago for one in state.injuries] == [36_400]
    assert {one.weeks_ago for one in state.surgeries} == {5_200}


def test_an_age_that_nobody_reaches_is_refused() -> None:
    with pytest.raises(kc.InvalidInput, match="196 years old"):
        plan_of(person(120, as_of=datetime.date(1950, 11, 1)))


def test_a_birth_after_the_day_of_the_plan_is_refused() -> None:
    with pytest.raises(kc.InvalidInput, match="later than the day of the plan"):
        plan_of(kc.Person(born="2027-01-01"))


def test_what_is_no_allowance_is_told_in_good_english() -> None:
    with pytest.raises(kc.InvalidInput, match="`3` is not an Allowance"):
        Clinician(on=ON, region="knee", allows=3)  # type: ignore[arg-type]
