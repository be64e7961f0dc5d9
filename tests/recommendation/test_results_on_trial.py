"""What a second trial of alarms, results, injuries and operations found, person by person."""

from typing import Any

import pytest
from trial_people import ON, day, person, plan_of

import kineticchain as kc
from kineticchain.rules import ReferralLevel

C, CR = kc.Complaint, kc.ClinicianResult
SAME_DAY, URGENT, SOON = ReferralLevel.SAME_DAY, ReferralLevel.URGENT, ReferralLevel.SOON
BACK = C("lumbar", pain=5, weeks=10)
HEEL = C("heel", side="left", pain=3, weeks=20)


# a finding is answered by a result about this diagnosis alone


@pytest.mark.parametrize(
    "events",
    [
        [CR(on=ON, region="lumbar", found=["cauda_equina"], ruled_out=["serious_spinal_disease"])],
        [CR(on=ON, region="lumbar", found=["cauda_equina"]), CR(on=ON, ruled_out=["stroke"])],
        [CR(on=ON, region="lumbar", found=["cauda_equina"], ruled_out=["fracture"])],
    ],
)
def test_another_diagnosis_ruled_out_answers_no_finding(events: list[Any]) -> None:
    assert plan_of(person(50, BACK), *events).referral.level >= SAME_DAY


def test_the_diagnosis_itself_ruled_out_answers_a_finding() -> None:
    found = CR(on=ON, region="lumbar", found=["cauda_equina"])
    over = CR(on=day(1), region="lumbar", ruled_out=["cauda_equina"])
    assert plan_of(person(50, BACK), found, over, on=day(1)).referral.level < SAME_DAY


def test_a_later_finding_elsewhere_leaves_an_earlier_one_treated() -> None:
    ankle = CR(on=ON, region="ankle", side="left", found=["fracture"], weight_bearing="NWB")
    joint = CR(on=day(2), region="knee", side="right", found=["joint_infection"], examined=True)
    plan = plan_of(person(50, HEEL), ankle, joint, on=day(2))
    assert plan.referral.level < SAME_DAY


@pytest.mark.parametrize("diagnosis", ["achilles_rupture", "fracture", "tendon_injury"])
def test_a_clearance_ends_a_broken_bone_or_a_torn_tendon(diagnosis: str) -> None:
    where: dict[str, Any] = {"region": "calf_achilles", "side": "left"}
    found = CR(on=ON, found=[diagnosis], weight_bearing="PWB", **where)
    healed = CR(on=day(300), weight_bearing="FWB", cleared=True, examined=True, **where)
    clear = kc.Finding(on=day(700), screening="clear")
    plan = plan_of(person(50, HEEL), found, healed, clear, on=day(700))
    assert plan.referral.level < SOON
    assert plan.items


def test_a_clearance_ends_no_disease() -> None:
    found = CR(on=ON, region="lumbar", found=["serious_spinal_disease"])
    cleared = CR(on=day(5), region="lumbar", cleared=True, weight_bearing="FWB")
    assert plan_of(person(50, BACK), found, cleared, on=day(5)).referral.level >= SAME_DAY


# a yes to a group of questions


@pytest.mark.parametrize("group", ["leg_signs", "nerve_signs", "unwell_signs"])
@pytest.mark.parametrize("answer", [True, None])
def test_a_group_that_is_not_denied_opens_its_questions(group: str, answer: object) -> None:
    later = kc.Finding(on=day(5), facts={group: answer})  # type: ignore[dict-item]
    plan = plan_of(person(52, HEEL), later, on=day(5))
    assert plan.status != "ready"
    assert not plan.items


def test_a_group_of_the_day_of_the_all_clear_opens_its_questions() -> None:
    assert plan_of(person(52, HEEL, facts={"leg_signs": True})).status == "ask_first"


def test_answers_of_the_same_moment_close_a_group(recommender: kc.Recommender) -> None:
    parts = recommender.knowledge.vocabulary.by_id["unwell_signs"].covers
    facts = {"unwell_signs": True, **dict.fromkeys(parts, False), "night_sweats": True}
    later = kc.Finding(on=day(5), facts=facts)
    plan = plan_of(person(52, HEEL), later, on=day(5))
    assert plan.status != "ask_first"


# operations and new pain ask again


@pytest.mark.parametrize("region", ["lumbar", "neck", "core"])
def test_an_operation_asks_about_fever_and_swelling_again(
    recommender: kc.Recommender, region: str
) -> None:
    done = kc.SurgeryDone(on=day(14), region=region, weight_bearing="FWB", cleared=True)
    state = recommender.situation(person(50, BACK), kc.History([done]), on=day(16)).state
    assert not {"fever", "wound_infected", "one_calf_swollen"} & state.facts.keys()


def test_new_pain_asks_about_fever_again(recommender: kc.Recommender) -> None:
    new = kc.Finding(on=day(20), complaints=[C("hip", side="left", pain=5, days=1)])
    before = recommender.situation(person(9), kc.History(), on=day(20)).state
    after = recommender.situation(person(9), kc.History([new]), on=day(20)).state
    assert before.facts["fever"] is False
    assert "fever" not in after.facts


# injuries, operations and what was found at a place


@pytest.mark.parametrize("age", [58, 80])
def test_an_injured_back_with_weak_bones_is_urgent_and_still(age: int) -> None:
    who = person(
        age,
        C("lumbar", pain=5, days=1),
        facts={"osteoporosis": True},
        injuries=[kc.Injury("lumbar", days_ago=1)],
    )
    plan = plan_of(who)
    assert plan.referral.level >= URGENT
    assert not [item for item in plan.items if plan_loads(item.exercise)]


def plan_loads(exercise: str) -> bool:
    return kc.Knowledge.builtin().exercises[exercise].load > "L0"


@pytest.mark.parametrize("region", ["lumbar", "neck"])
def test_an_inflamed_spine_that_was_injured_is_seen_the_same_day(region: str) -> None:
    facts = {"axial_spondyloarthritis": True}
    injury = kc.Injury(region, days_ago=1)
    assert plan_of(person(50, facts=facts, injuries=[injury])).referral.level >= SAME_DAY


@pytest.mark.parametrize(
    "who",
    [
        person(70, HEEL, injuries=[kc.Injury("neck", days_ago=7300)]),
        person(
            30,
            C("ankle", side="left", pain=2, weeks=200),
            facts={"giving_way": True},
            injuries=[kc.Injury("knee", side="right", days_ago=5000)],
        ),
    ],
    ids=["neck", "knee"],
)
def test_an_injury_of_long_ago_is_not_seen_the_same_day(who: kc.Person) -> None:
    assert plan_of(who).referral.level <= SOON


def test_an_old_operation_does_not_place_a_new_one() -> None:
    old = kc.Surgery("knee", side="right", weeks_ago=900, weight_bearing="FWB", cleared=True)
    new = {"surgery_weeks_ago": 3}
    hip = C("hip", side="left", pain=2, weeks=3)
    assert plan_of(person(60, hip, facts=new), minutes=20).items == ()
    assert plan_of(person(60, hip, facts=new, surgeries=[old]), minutes=20).items == ()


def test_an_operation_told_in_weeks_is_a_risk_of_a_clot() -> None:
    calf = C("calf_achilles", side="left", pain=4, days=3)
    facts = {"calf_pain": True, "previous_dvt": True, "surgery_weeks_ago": 3}
    assert plan_of(person(50, calf, facts=facts)).referral.level >= SAME_DAY


def test_a_clearance_before_the_operation_of_the_day_is_no_clearance() -> None:
    where: dict[str, Any] = {"on": day(1), "region": "knee", "side": "left"}
    events = [
        CR(slot=1, weight_bearing="FWB", cleared=True, **where),
        kc.SurgeryDone(slot=2, **where),
        kc.Finding(on=day(1), slot=3, screening="clear"),
    ]
    who = person(60, C("knee", side="left", pain=3, weeks=40))
    assert plan_of(who, *events, on=day(1)).items == ()


def test_who_cannot_walk_does_nothing_on_the_feet(recommender: kc.Recommender) -> None:
    who = person(40, C("knee", side="left", pain=5, weeks=1), facts={"can_walk": False})
    plan = plan_of(who, CR(on=ON, region="knee", side="left", ruled_out=["fracture"]))
    exercises = recommender.knowledge.exercises
    assert plan.items
    assert {exercises[item.exercise].position for item in plan.items}.isdisjoint({"standing"})


def test_a_child_who_cannot_walk_needs_more_than_an_x_ray() -> None:
    child = person(9, facts={"can_walk": False, "parent_consent": True})
    bone = CR(on=ON, ruled_out=["fracture"])
    both = CR(on=ON, ruled_out=["fracture", "joint_infection"])
    assert plan_of(child, bone).referral.level >= SAME_DAY
    assert plan_of(child, both).referral.level < SAME_DAY


@pytest.mark.parametrize(("region", "side"), [("ankle", "left"), ("lumbar", None)])
def test_with_a_broken_bone_nothing_is_loaded_stretched_or_moved(
    recommender: kc.Recommender, region: str, side: str | None
) -> None:
    """Also where nothing hurts any more, and no injury is recorded."""
    result = CR(on=ON, region=region, side=side, found=["fracture"], weight_bearing="PWB")
    clear = kc.Finding(on=day(7), screening="clear")
    plan = plan_of(person(50, HEEL), result, clear, on=day(7), minutes=20)
    exercises = [recommender.knowledge.exercises[item.exercise] for item in plan.items]
    assert exercises
    assert {exercise.load for exercise in exercises} == {"L0"}
    kinds = {exercise.kind for exercise in exercises}
    assert kinds.isdisjoint({"stretch", "mobility", "soft_tissue"})


@pytest.mark.parametrize(
    ("age", "region", "found", "facts"),
    [
        (60, "knee", "knee_injury", {}),
        (70, "hip", "tendon_injury", {}),
        (66, "neck", "tendon_injury", {}),
        (40, "lumbar", "stress_fracture", {"axial_spondyloarthritis": True}),
    ],
)
def test_what_was_found_and_examined_is_no_accident_of_today(
    age: int, region: str, found: str, facts: dict[str, Any]
) -> None:
    side = None if region in {"neck", "lumbar"} else "left"
    who = person(age, C(region, side=side, pain=2, weeks=30), facts=facts)
    result = CR(on=ON, region=region, side=side, found=[found], examined=True)
    assert plan_of(who, result).referral.level <= SOON


@pytest.mark.parametrize(
    "later",
    [
        [CR(on=day(1), region="ankle", side="left", cleared=True, weight_bearing="NWB")],
        [
            CR(on=day(1), region="ankle", side="left", cleared=True),
            CR(on=day(2), region="ankle", side="left", cleared=False),
        ],
    ],
    ids=["with a restriction", "taken back"],
)
def test_a_clearance_that_restricts_or_is_taken_back_heals_nothing(later: list[Any]) -> None:
    found = CR(on=ON, region="ankle", side="left", found=["fracture"])
    who = person(40, C("ankle", side="left", pain=2, weeks=3))
    assert plan_of(who, found, *later, on=day(21)).referral.level >= SAME_DAY


def test_a_stress_fracture_that_broke_is_treated_with_the_fracture() -> None:
    where: dict[str, Any] = {"region": "ankle", "side": "left"}
    first = CR(on=ON, found=["stress_fracture"], **where)
    then = CR(on=day(1), found=["fracture"], weight_bearing="NWB", **where)
    assert plan_of(person(40, HEEL), first, then, on=day(1)).referral.level < SAME_DAY


def test_a_fracture_is_not_answered_by_a_stress_fracture_ruled_out() -> None:
    where: dict[str, Any] = {"region": "ankle", "side": "left"}
    found = CR(on=ON, found=["fracture"], **where)
    other = CR(on=day(1), ruled_out=["stress_fracture"], **where)
    assert plan_of(person(40, HEEL), found, other, on=day(1)).referral.level >= SAME_DAY


def test_a_child_in_a_cast_does_not_walk_and_is_not_ill() -> None:
    where: dict[str, Any] = {"region": "ankle", "side": "left"}
    child = person(
        12,
        C(**where, pain=2, days=5),
        facts={"can_walk": False, "can_take_4_steps": False, "parent_consent": True},
        injuries=[kc.Injury(**where, days_ago=5)],
    )
    cast = CR(on=ON, found=["fracture"], examined=True, weight_bearing="NWB", **where)
    assert plan_of(child, cast).referral.level < SAME_DAY


def test_who_never_walks_is_not_referred_each_time() -> None:
    who = person(
        50,
        C("thoracic", pain=2, weeks=60),
        facts={"can_walk": False, "can_take_4_steps": False},
    )
    seen = CR(on=ON, ruled_out=["fracture"], examined=True, cleared=True)
    plan = plan_of(who, seen)
    assert plan.referral.level < SOON
    assert plan.items


def test_a_hip_operation_bars_the_stretch_that_crosses_the_legs() -> None:
    operated = kc.Surgery("hip", side="right", weeks_ago=3, weight_bearing="FWB", cleared=False)
    who = person(70, C("heel", side="right", pain=3, weeks=20), surgeries=[operated])
    planned = {item.exercise for item in plan_of(who, minutes=20).items}
    assert "plantar_fascia_stretch" not in planned


# pain in sessions


def session(number: int, pain: int, exercise: str) -> kc.SessionLog:
    return kc.SessionLog(on=day(number), lines=[kc.ExerciseLog(exercise, pain=pain)])


@pytest.mark.parametrize(
    ("pains", "days", "rising"),
    [
        ((0, 1, 2), (0, 2, 4), False),
        ((1, 2, 3), (0, 2, 4), True),
        ((1, 2, 3), (0, 14, 28), True),
        ((1, 2, 3), (0, 14, 29), False),
        ((3, 2, 4), (0, 2, 4), False),
    ],
)
def test_pain_rises_within_four_weeks_and_above_what_is_safe(
    recommender: kc.Recommender, pains: tuple[int, ...], days: tuple[int, ...], rising: object
) -> None:
    log = [session(number, pain, "walking") for number, pain in zip(days, pains, strict=True)]
    facts = recommender.situation(person(40, HEEL), kc.History(log), on=day(days[-1])).facts
    assert facts["pain_rising_three_sessions"] is rising


def test_an_examination_answers_severe_pain_of_the_session_before() -> None:
    severe = session(0, 8, "walking")
    clear = kc.Finding(on=day(1), screening="clear")
    seen = CR(on=day(1), examined=True)
    assert plan_of(person(40, HEEL), severe, clear, on=day(1)).referral.level >= SOON
    assert plan_of(person(40, HEEL), severe, seen, clear, on=day(1)).referral.level < SOON
    there = CR(on=day(1), region="heel", side="left", examined=True)
    assert plan_of(person(40, HEEL), severe, there, clear, on=day(1)).referral.level < SOON


def test_an_examination_before_the_session_answers_nothing() -> None:
    severe = session(1, 8, "walking")
    seen, clear = CR(on=ON, examined=True), kc.Finding(on=day(2), screening="clear")
    assert plan_of(person(40, HEEL), seen, severe, clear, on=day(2)).referral.level >= SOON


# plans after two goals on one day


def test_a_plan_is_made_after_plans_for_two_goals_on_one_day(recommender: kc.Recommender) -> None:
    who, history = person(40, HEEL), kc.History()
    for goal in ("balance", "back_pain"):
        plan = recommender.recommend(who, history, request=kc.Request(goal=goal), on=ON)
        history = history.with_events(plan.issued(ON))
    item = plan.items[0]
    line = kc.ExerciseLog(item.exercise, item.side, done=item.dose, pain=1)
    history = history.with_events(kc.SessionLog(on=ON, lines=[line]))
    again = recommender.recommend(who, history, request=kc.Request(goal="balance"), on=day(1))
    assert again.items


def test_an_accident_told_weeks_later_happened_as_long_ago_as_the_pain(
    recommender: kc.Recommender,
) -> None:
    intake = recommender.intake(person(60, HEEL), request=kc.Request(), on=day(40))
    intake = intake.answered({"emergency": [], "changes": ["signs"]})
    intake = intake.answered({"complaints": ["knee"]})
    intake = intake.answered(
        {
            "complaint.knee.pain": 3,
            "complaint.knee.weeks": 10,
            "complaint.knee.side": "left",
            "complaint.knee.accident": True,
        }
    )
    happened = kc.InjuryHappened(on=day(40 - 70), region="knee", side="left")
    assert happened in intake.history


@pytest.mark.parametrize("found", ["deep_vein_thrombosis", "knee_injury", "fracture"])
def test_a_clearance_that_finds_something_heals_nothing(found: str) -> None:
    where: dict[str, Any] = {"region": "ankle", "side": "left"}
    torn = CR(on=ON, found=["achilles_rupture"], **where)
    mixed = CR(on=day(2), found=[found], cleared=True, **where)
    clear = kc.Finding(on=day(3), screening="clear")
    plan = plan_of(person(40, HEEL), torn, mixed, clear, on=day(3), minutes=20)
    assert plan.referral.level >= SAME_DAY


def test_an_examination_answers_no_pain_of_a_session_skipped_after_it() -> None:
    seen, clear = CR(on=day(1), examined=True), kc.Finding(on=day(3), screening="clear")
    line = kc.ExerciseLog("walking", pain=9, skipped="pain")
    skipped = kc.SessionLog(on=day(2), lines=[line])
    assert plan_of(person(40, HEEL), seen, skipped, clear, on=day(3)).referral.level >= SOON


def test_a_yes_that_a_lasting_condition_explains_asks_nothing_again(
    recommender: kc.Recommender,
) -> None:
    vocabulary = recommender.knowledge.vocabulary
    group = "bones_joints_or_toes"
    parts = {name: vocabulary.by_id[name].reassuring for name in vocabulary.by_id[group].covers}
    who = person(60, HEEL, facts={**parts, group: True, "osteoporosis": True})
    again = kc.Finding(on=day(20), facts={group: True}, screening="clear")
    assert plan_of(who, again, on=day(20), minutes=20).status == "ready"
