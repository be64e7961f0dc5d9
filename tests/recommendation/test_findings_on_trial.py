"""What a trial of alarms, results and time found, person by person."""

from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve
from trial_people import ON, day, person, plan_of

import kineticchain as kc
from kineticchain.rules import ReferralLevel

C, CR = kc.Complaint, kc.ClinicianResult
EMERGENCY, SAME_DAY, URGENT = (
    ReferralLevel.EMERGENCY,
    ReferralLevel.SAME_DAY,
    ReferralLevel.URGENT,
)


BREAKS = [
    ("neck", None, "fracture"),
    ("lumbar", None, "fracture"),
    ("hip", "left", "fracture"),
    ("hip", "left", "stress_fracture"),
    ("ankle", "left", "fracture"),
    ("knee", "left", "tendon_injury"),
]


@pytest.mark.parametrize(("region", "side", "found"), BREAKS)
def test_what_was_found_broken_is_referred_the_same_day(
    region: str, side: str | None, found: str
) -> None:
    who = person(62, C(region, side=side, pain=3, weeks=0))
    plan = plan_of(who, CR(on=ON, region=region, side=side, found=[found]))
    assert plan.referral.level >= SAME_DAY
    assert not plan.items


@pytest.mark.parametrize(("region", "side", "found"), BREAKS[:5])
def test_a_treated_fracture_keeps_its_region_still(
    recommender: kc.Recommender, region: str, side: str | None, found: str
) -> None:
    who = person(62, C(region, side=side, pain=3, weeks=0))
    treated = CR(on=ON, region=region, side=side, found=[found], weight_bearing="NWB")
    plan = plan_of(who, treated, minutes=30)
    exercises = recommender.knowledge.exercises
    assert not any(region in exercises[item.exercise].regions for item in plan.items)


@pytest.mark.parametrize("order", [{"cleared": False}, {"weight_bearing": "NWB"}])
@pytest.mark.parametrize("place", [{}, {"region": "lumbar"}])
def test_a_restriction_is_no_treatment_of_an_emergency(
    order: dict[str, Any], place: dict[str, Any]
) -> None:
    who = person(52, C("lumbar", pain=5, weeks=10), facts={"saddle_numbness": True})
    plan = plan_of(who, CR(on=ON, found=["cauda_equina"], **order, **place))
    assert plan.referral.level is EMERGENCY


@pytest.mark.parametrize("order", [{"cleared": False}, {"weight_bearing": "NWB"}])
def test_a_restriction_is_no_treatment_of_an_infected_joint(order: dict[str, Any]) -> None:
    who = person(60, C("knee", side="left", pain=4, weeks=1), facts={"hot_swollen_joint": True})
    found = CR(on=ON, region="knee", side="left", found=["joint_infection"], **order)
    assert plan_of(who, found).referral.level >= SAME_DAY


def test_an_order_for_weight_bearing_treats_a_torn_tendon() -> None:
    who = person(52, C("knee", side="left", pain=3, weeks=1))
    plan = plan_of(
        who, CR(on=ON, region="knee", side="left", found=["tendon_injury"], weight_bearing="PWB")
    )
    assert plan.referral.level < SAME_DAY


NEWER = [
    ("calf_achilles", "left", {"recent_fluoroquinolone_weeks": 0}),
    ("lumbar", None, {"vertebral_fracture_months_ago": 0}),
]


@pytest.mark.parametrize(("region", "side", "facts"), NEWER)
@pytest.mark.parametrize("answer", [{"examined": True}, {"ruled_out": ["tendon_injury"]}])
def test_an_older_result_does_not_settle_what_came_later(
    region: str, side: str | None, facts: dict[str, Any], answer: dict[str, Any]
) -> None:
    who = person(50, C(region, side=side, pain=4, weeks=1))
    later = kc.Finding(on=day(20), facts=facts)
    without = plan_of(who, later, on=day(20))
    result = CR(on=day(1), region=region, side=side, **answer)
    with_result = plan_of(who, result, later, on=day(20))
    assert with_result.referral.level == without.referral.level >= URGENT


@pytest.mark.parametrize("fact", ["fracture_weeks_ago", "surgery_weeks_ago"])
def test_an_allowance_does_not_open_what_happened_later(
    recommender: kc.Recommender, fact: str
) -> None:
    who = person(50, C("ankle", side="left", pain=2, weeks=30))
    allowed = CR(on=day(1), region="ankle", side="left", allows=kc.Allowance(load="L4"))
    later = kc.Finding(on=day(20), facts={fact: 0})
    plan = plan_of(who, allowed, later, on=day(20), minutes=30, pinned=["single_leg_balance"])
    loads = {recommender.knowledge.exercises[item.exercise].load for item in plan.items}
    assert all(load < "L3" for load in loads)


@pytest.mark.parametrize(
    ("goal", "complaint", "facts"),
    [
        ("calf_pain", C("shin", side="left", pain=2, weeks=40), {"can_single_heel_raise": False}),
        ("back_pain", C("neck", pain=2, weeks=40), {"known_aneurysm": True}),
        ("hip_pain", C("thigh", side="left", pain=2, weeks=40), {"systemic_steroids": True}),
        ("neck_pain", C("lumbar", pain=2, weeks=40), {"weak_upper_neck": True}),
    ],
)
def test_another_complaint_does_not_lower_the_referral_of_a_goal(
    goal: str, complaint: kc.Complaint, facts: dict[str, Any]
) -> None:
    alone = plan_of(person(50, facts=facts), goal=goal)
    beside = plan_of(person(50, complaint, facts=facts), goal=goal)
    assert beside.referral.level >= alone.referral.level > ReferralLevel.MODIFY


@pytest.mark.parametrize("region", ["calf_achilles", "lumbar", "hip", "ankle", "knee", "thoracic"])
def test_an_operation_without_a_place_spares_what_hurts(
    recommender: kc.Recommender, region: str
) -> None:
    side = "left" if kc.Region(region).paired else None
    facts = {"surgery_weeks_ago": 2, "weight_bearing": "FWB"}
    plan = plan_of(person(48, C(region, side=side, pain=2, weeks=6), facts=facts), minutes=20)
    exercises = recommender.knowledge.exercises
    for item in plan.items:
        assert region not in exercises[item.exercise].regions
        assert exercises[item.exercise].load == "L0"


def test_an_injury_of_the_intake_asks_again_as_an_event_does() -> None:
    asked = kc.Screening(everything=True, on=day(-20))
    injury = kc.Injury("ankle", side="right", days_ago=1)
    told = plan_of(person(40, screening=asked, injuries=[injury]))
    event = kc.InjuryHappened(on=day(-1), region="ankle", side="right")
    happened = plan_of(person(40, screening=asked), event)
    assert told.status == happened.status == "ask_first"


def test_a_goal_about_pain_is_screened_like_a_complaint() -> None:
    assert plan_of(person(50), on=day(100), goal="back_pain").status == "ask_first"
    assert plan_of(person(50), on=day(100)).status == "ready"


@pytest.mark.parametrize("alarm", ["session", "morning"])
def test_severe_pain_of_training_asks_again(alarm: str) -> None:
    who = person(45, C("calf_achilles", side="right", pain=3, weeks=10))
    line = kc.ExerciseLog("heel_raise_double", pain=9 if alarm == "session" else 2)
    events: list[Any] = [kc.SessionLog(on=day(3), lines=[line])]
    events += [kc.MorningAfter(on=day(4), change=8)] if alarm == "morning" else []
    assert plan_of(who, *events, on=day(4)).questions


KNEE = C("knee", side="right", pain=2, weeks=30)


@pytest.mark.parametrize(
    "facts",
    [
        {"birth_in_last_6_weeks": True},
        {"charcot_foot": True, "loss_of_protective_sensation": True, "diabetes": True},
        {"known_aneurysm": True},
    ],
)
def test_an_allowance_for_the_knee_opens_nothing_of_the_whole_person(facts: dict[str, Any]) -> None:
    who = person(30, KNEE, facts=facts, sex="f")
    allowed = CR(on=ON, region="knee", side="right", allows=kc.Allowance(load="L4"))
    request: dict[str, Any] = {"goal": "knee_pain", "minutes": 20}
    before = {item.exercise for item in plan_of(who, **request).items}
    assert {item.exercise for item in plan_of(who, allowed, **request).items} <= before


def test_an_allowance_of_one_leg_opens_nothing_for_the_other(recommender: kc.Recommender) -> None:
    who = person(
        40,
        C("knee", side="left", pain=2, weeks=30),
        facts={"weight_bearing": "NWB"},
        injuries=[kc.Injury("ankle", side="right", days_ago=5)],
    )
    allowed = CR(on=ON, region="knee", side="left", allows=kc.Allowance(load="L3"))
    plan = plan_of(who, allowed, goal="knee_pain", minutes=20)
    assert all(recommender.knowledge.exercises[item.exercise].load == "L0" for item in plan.items)


def test_a_narrow_allowance_that_ran_out_does_not_bring_back_the_wide_one() -> None:
    operated = kc.Surgery("knee", side="right", weeks_ago=3, weight_bearing="FWB", cleared=False)
    who = person(68, C("knee", side="right", pain=2, weeks=3), surgeries=[operated])
    wide = CR(on=ON, region="knee", side="right", allows=kc.Allowance(load="L2"))
    tight = CR(
        on=day(10), region="knee", side="right", allows=kc.Allowance(load="L0"), until=day(20)
    )
    during = {item.exercise for item in plan_of(who, wide, tight, on=day(15)).items}
    after = {item.exercise for item in plan_of(who, wide, tight, on=day(21)).items}
    assert after <= during


def test_a_blood_thinner_from_before_has_not_treated_a_new_clot() -> None:
    who = person(
        70, C("calf_achilles", side="left", pain=3, weeks=0), facts={"anticoagulant": True}
    )
    clot = CR(on=day(1), region="calf_achilles", side="left", found=["deep_vein_thrombosis"])
    assert plan_of(who, clot, on=day(1)).referral.level >= SAME_DAY
    again = kc.Finding(on=day(2), facts={"anticoagulant": True})
    assert plan_of(who, clot, again, on=day(2)).referral.level >= SAME_DAY
    seen = CR(
        on=day(2),
        region="calf_achilles",
        side="left",
        found=["deep_vein_thrombosis"],
        examined=True,
    )
    assert plan_of(who, clot, seen, on=day(2)).referral.level < SAME_DAY


def test_a_blood_thinner_begun_since_treats_a_clot() -> None:
    who = person(70, C("calf_achilles", side="left", pain=3, weeks=0))
    clot = CR(on=day(1), region="calf_achilles", side="left", found=["deep_vein_thrombosis"])
    begun = kc.Finding(on=day(2), facts={"anticoagulant": True})
    assert plan_of(who, clot, on=day(1)).referral.level >= SAME_DAY
    assert plan_of(who, clot, begun, on=day(2)).referral.level < SAME_DAY


def test_an_all_clear_of_the_day_of_the_intake_erases_no_sign() -> None:
    back = C("lumbar", pain=4, weeks=8)
    clear = kc.Finding(on=ON, screening="clear")
    intake = plan_of(person(50, back, facts={"fever": True}, screening=None), clear)
    event = plan_of(
        person(50, back, screening=None), kc.Finding(on=ON, facts={"fever": True}), clear
    )
    assert intake.referral.level == event.referral.level >= SAME_DAY


def test_a_pregnancy_that_ended_asks_about_the_birth() -> None:
    who = person(30, facts={"pregnant_weeks": 38}, sex="f")
    over = kc.Finding(on=day(20), facts={"pregnant_weeks": 0})
    plan = plan_of(who, over, on=day(20), minutes=20, goal="prevent_back_pain")
    assert (
        "birth_in_last_6_weeks"
        in {
            *(question.id for question in plan.questions),
            *plan.trace.unanswered,
        }
        or plan.status == "ask_first"
    )


def test_the_end_of_a_pregnancy_told_again_asks_nothing_again() -> None:
    who = person(30, facts={"pregnant_weeks": 38}, sex="f")
    over = kc.Finding(on=day(20), facts={"pregnant_weeks": 0})
    clear = kc.Finding(on=day(21), screening="clear")
    again = kc.Finding(on=day(24), facts={"pregnant_weeks": 0})
    once, twice = (
        plan_of(who, *events, on=day(24), goal="prevent_back_pain")
        for events in ([over, clear], [over, clear, again])
    )
    assert (twice.status, twice.questions) == (once.status, once.questions)


@pytest.mark.parametrize("sign", ["can_walk", "can_take_4_steps"])
@pytest.mark.parametrize(("region", "level"), [("hip", EMERGENCY), ("shin", SAME_DAY)])
def test_a_child_who_cannot_walk_is_seen_today(
    sign: str, region: str, level: ReferralLevel
) -> None:
    facts = {"parent_consent": True, sign: False}
    plan = plan_of(person(7, C(region, side="left", pain=5, weeks=0), facts=facts))
    assert plan.referral.level >= level


def test_a_child_who_limps_in_severe_pain_is_seen_today() -> None:
    facts = {"parent_consent": True, "limp": True}
    plan = plan_of(person(7, C("hip", side="left", pain=8, weeks=0), facts=facts))
    assert plan.referral.level >= SAME_DAY


def test_an_accident_of_the_intake_is_as_long_ago_as_the_pain(
    recommender: kc.Recommender,
) -> None:
    intake = recommender.intake(kc.Person(), on=ON)
    answers: dict[str, Any] = {
        "emergency": [],
        "age": 60,
        "complaints": ["knee"],
        "complaint.knee.pain": 3,
        "complaint.knee.weeks": 200,
        "complaint.knee.side": "left",
        "complaint.knee.accident": True,
    }
    while intake.next is not None:
        asked = {
            question.id: answers[question.id]
            for question in intake.next.questions
            if question.id in answers
        }
        if not asked:
            break
        intake = intake.answered(asked)
    [injury] = intake.person.injuries
    assert injury.days_ago == 1400


CLEARED = {"cleared": True, "weight_bearing": "FWB"}
OPERATED = kc.Surgery("knee", side="left")


@pytest.mark.parametrize(
    ("order", "day", "surgery"),
    [
        (CLEARED, -400, OPERATED),
        (CLEARED, 0, evolve(OPERATED, cleared=True, weight_bearing="FWB")),
        (CLEARED, 5, evolve(OPERATED, cleared=True, weight_bearing="FWB")),
        ({"weight_bearing": "NWB"}, -400, evolve(OPERATED, weight_bearing="NWB")),
    ],
)
def test_an_operation_of_unknown_day_is_not_cleared_by_what_came_before_it_was_told(
    recommender: kc.Recommender, order: dict[str, Any], day: int, surgery: kc.Surgery
) -> None:
    person = kc.Person(age=50, surgeries=[OPERATED], as_of=ON)
    result = kc.ClinicianResult(on=ON + timedelta(days=day), region="knee", side="left", **order)
    later = ON + timedelta(days=9)
    situation = recommender.situation(person, kc.History([result]), on=later)
    assert situation.state.surgeries == (surgery,)
