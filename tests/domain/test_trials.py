"""What trials found, and how it behaves now: alarms, ageing and results, one row a test."""

import datetime
from typing import Any

import pytest

import kineticchain as kc
from kineticchain.domain.facts import parse_condition
from kineticchain.errors import InvalidCondition
from kineticchain.recommendation import Assessment

DAY = datetime.timedelta(days=1)
ON = datetime.date(2026, 11, 21)
Level = kc.ReferralLevel
RECOMMENDER = kc.Recommender(kc.Knowledge.builtin())
KNOWLEDGE = RECOMMENDER.knowledge


def person(
    age: int = 45, *, facts: dict[str, Any] | None = None, screening: Any = "clear", **more: Any
) -> kc.Person:
    """Somebody with a fixed support and a tandem stance of 30 s, all clear unless stated."""
    return kc.Person(
        age=age,
        equipment=["fixed_support", "chair"],
        facts={"tandem_stance_s": 30, **(facts or {})},
        screening=screening,
        **more,
    )


def plan_of(
    who: kc.Person,
    *events: Any,
    on: datetime.date | None = ON,
    goal: str | None = None,
) -> kc.Plan:
    request = kc.Request(minutes=20, goal=goal)
    return RECOMMENDER.recommend(who, kc.History(events), request=request, on=on)


def loading(plan: kc.Plan, region: str) -> list[str]:
    """The exercises of a plan that load a region."""
    exercises = [KNOWLEDGE.exercises[item.exercise] for item in plan.items]
    return [
        one.id for one in exercises if one.load > "L0" and region in {r for r, _ in one.targets}
    ]


def asked(plan: kc.Plan) -> set[str]:
    return {question.id for question in kc.explain(plan).questions}


# 1. Alarms


def test_a_painful_calf_after_a_clot_is_urgent_and_not_loaded() -> None:
    calf = kc.Complaint("calf_achilles", side="right", pain=4, days=2)
    who = person(complaints=[calf], facts={"calf_pain": True, "previous_dvt": True})
    plan = plan_of(who)
    assert plan.referral.level >= Level.URGENT
    assert loading(plan, "calf_achilles") == []


@pytest.mark.parametrize("complaints", [[kc.Complaint("lumbar", pain=3, weeks=2)], []])
def test_signs_of_a_serious_disease_of_the_back_count_for_a_goal_as_for_a_complaint(
    complaints: list[kc.Complaint],
) -> None:
    facts = {"cancer_history": True, "night_pain": True, "systemic_steroids": True}
    plan = plan_of(person(complaints=complaints, facts=facts), goal="back_pain")
    assert plan.referral.level >= Level.URGENT


@pytest.mark.parametrize("sign", ["cancer_history", "immunosuppressed", "systemic_steroids"])
def test_a_goal_about_the_back_counts_as_a_complaint_there(sign: str) -> None:
    assert plan_of(person(facts={sign: True}), goal="back_pain").referral.level >= Level.URGENT
    assert plan_of(person(facts={sign: True}), goal="balance").referral.level < Level.URGENT


def test_a_screening_of_years_ago_counts_no_longer() -> None:
    screening = kc.Screening(everything=True, on=datetime.date(2020, 1, 1))
    who = person(
        complaints=[kc.Complaint("lumbar", pain=5, weeks=2)],
        screening=screening,
        as_of=datetime.date(2020, 1, 1),
    )
    assert plan_of(who).status == "ask_first"


def test_a_new_complaint_asks_the_questions_of_its_region_again() -> None:
    who = person(as_of=ON - 20 * DAY)
    back = kc.Finding(on=ON, complaints=[kc.Complaint("lumbar", pain=8, days=0)])
    plan = plan_of(who, back)
    assert plan.status == "ask_first"
    assert "cauda_signs" in asked(plan)
    assert "leg_signs" not in asked(plan)


def test_a_fall_asks_whether_the_hip_hurts_since_then() -> None:
    hip = kc.Complaint("hip", side="left", pain=3, weeks=20)
    who = person(82, complaints=[hip], as_of=ON - 10 * DAY)
    worse = kc.Complaint("hip", side="left", pain=7)
    fall = kc.Finding(on=ON, facts={"fall_last_12m": True}, complaints=[worse])
    plan = plan_of(who, fall)
    assert "hip_pain_after_fall" in asked(plan)
    answer = kc.Finding(on=ON, slot=2, facts={"hip_pain_after_fall": True})
    assert plan_of(who, fall, answer).referral.level is Level.EMERGENCY


def test_a_result_settles_no_other_injury() -> None:
    facts = {"can_take_4_steps": False, "can_flex_knee_90": False}
    ankle, knee = kc.Injury("ankle", side="left", days_ago=20), kc.Injury("knee", days_ago=1)
    word = person(injuries=[ankle, knee], facts={**facts, "clinician_result": "no_fracture"})
    assert plan_of(word).referral.level is Level.SAME_DAY
    event = kc.ClinicianResult(
        on=ON - 18 * DAY, region="ankle", side="left", ruled_out=["fracture"]
    )
    located = person(injuries=[ankle, knee], facts=facts, as_of=ON)
    assert plan_of(located, event).referral.level is Level.SAME_DAY


def test_a_calf_that_cannot_rise_is_seen_today_even_without_an_injury() -> None:
    for weeks, level in ((0, Level.SAME_DAY), (6, Level.URGENT)):
        calf = kc.Complaint("calf_achilles", side="left", pain=4, weeks=weeks)
        who = person(complaints=[calf], facts={"can_single_heel_raise": False})
        plan = plan_of(who)
        assert plan.referral.level is level
        assert loading(plan, "calf_achilles") == []


@pytest.mark.parametrize("region", ["calf_achilles", "heel", "knee"])
def test_tendon_pain_under_certain_antibiotics_is_urgent_and_unloaded(region: str) -> None:
    tendon = kc.Complaint(region, side="left", pain=3, days=5)
    plan = plan_of(person(complaints=[tendon], facts={"recent_fluoroquinolone_weeks": 1}))
    assert plan.referral.level >= Level.URGENT
    assert loading(plan, region) == []
    assert "ask_about_tendons" in {one.message.id for one in plan.advice}


def test_a_measurement_overrides_a_claim_and_the_plan_says_so() -> None:
    who = person(70, facts={"single_leg_s": 3, "mastered": ["single_leg_balance_forefoot"]})
    plan = plan_of(who, goal="balance")
    assert "single_leg_balance_forefoot" not in {item.exercise for item in plan.items}
    assert "measured_over_claimed" in {one.message.id for one in plan.advice}
    assessment = RECOMMENDER.assess(who, on=ON)
    assert "single_leg_balance_forefoot" not in feasible(assessment)


def feasible(assessment: Assessment) -> set[str]:
    return {one.exercise.id for one in assessment.feasible.items}


@pytest.mark.parametrize("region", ["neck", "knee", "lumbar", "heel"])
def test_after_a_bad_accident_whatever_hurts_is_seen_today(region: str) -> None:
    hurt = kc.Complaint(region, pain=6, days=1)
    plan = plan_of(person(complaints=[hurt], facts={"major_trauma": True}))
    assert plan.referral.level >= Level.SAME_DAY


def test_high_blood_pressure_in_pregnancy_is_seen_today_without_exercise() -> None:
    facts = {"pregnant_weeks": 32, "uncontrolled_hypertension": True}
    plan = plan_of(person(30, sex="f", facts=facts))
    assert plan.referral.level >= Level.SAME_DAY
    assert plan.items == ()


def test_a_bruise_of_the_sole_with_midfoot_pain_is_seen_today() -> None:
    twist = kc.Injury("ankle", side="left", days_ago=1)
    facts = {"bruising_sole": True, "midfoot_pain": True}
    assert plan_of(person(injuries=[twist], facts=facts)).referral.level >= Level.SAME_DAY
    assert plan_of(person(facts=facts)).referral.level >= Level.SAME_DAY


def test_new_back_pain_after_a_fall_with_weak_bones_is_urgent() -> None:
    back = kc.Complaint("lumbar", pain=8, days=1)
    facts = {"osteoporosis": True, "fall_last_12m": True}
    plan = plan_of(person(72, complaints=[back], facts=facts))
    assert plan.referral.level >= Level.URGENT


def test_a_hop_that_hurts_in_one_spot_is_urgent_and_not_loaded() -> None:
    shin = kc.Complaint("shin", side="left", pain=3, weeks=3)
    who = person(28, complaints=[shin], facts={"hop_painful": True, "runs_km_per_week": 40})
    plan = plan_of(who)
    assert plan.referral.level >= Level.URGENT
    assert loading(plan, "shin") == []


@pytest.mark.parametrize("pain", [9, 10])
@pytest.mark.parametrize("region", ["knee", "heel", "lumbar", "hip"])
def test_sudden_severe_pain_is_urgent_and_its_region_unloaded(pain: int, region: str) -> None:
    plan = plan_of(person(complaints=[kc.Complaint(region, pain=pain, days=0)]))
    assert plan.referral.level >= Level.URGENT
    assert loading(plan, region) == []


def test_a_small_child_that_limps_is_seen_today() -> None:
    assert plan_of(person(3, facts={"limp": True})).referral.level >= Level.SAME_DAY


@pytest.mark.parametrize("age", [0, 1, 5])
def test_there_is_no_plan_below_six(age: int) -> None:
    plan = plan_of(person(age, facts={"parent_consent": True}))
    assert plan.items == ()
    assert plan.referral.level >= Level.SOON


def test_a_standing_that_stops_makes_the_plan_refer() -> None:
    plan = plan_of(person(as_of=ON - 30 * DAY), *stopping(ON - 20 * DAY), on=ON - 10 * DAY)
    stopped = [one for one in kc.explain(plan).standings if one.action is kc.Action.STOP_AND_REFER]
    assert {one.ladder for one in stopped} == {"ball_roll"}
    assert plan.referral.level >= Level.SOON
    assert "nothing_easier_left" in {one.message.id for one in plan.referral.reasons}


def stopping(start: datetime.date) -> list[Any]:
    """Four sessions on the lowest rung, with a worse morning after each of them."""
    events: list[Any] = []
    for number in range(4):
        day = start + 2 * number * DAY
        line = kc.ExerciseLog(
            "ball_roll_soft", done=kc.Dose(duration_s=60), pain=2, effort=3, form_ok=True
        )
        events += [
            kc.SessionLog(on=day, lines=[line]),
            kc.MorningAfter(on=day + DAY, change=2),
        ]
    return events


def test_what_was_stopped_does_not_come_back_by_a_week_off() -> None:
    who = person(as_of=ON - 60 * DAY)
    history = kc.History(stopping(ON - 50 * DAY))

    def ball(events: kc.History, on: datetime.date) -> kc.Standing:
        found = RECOMMENDER.replay(who, events, on=on)
        return next(one for one in found if one.ladder == "ball_roll")

    for days in (8, 15, 22, 40):
        on = ON - 44 * DAY + days * DAY
        screened = kc.Finding(on=on, screening="clear")
        assert ball(history.with_events(screened), on).action is kc.Action.STOP_AND_REFER
    screened = kc.Finding(on=ON, screening="clear")
    plan = RECOMMENDER.recommend(who, history.with_events(screened), on=ON)
    assert asked(plan) == {"stopped_pain_settled"}
    yes = kc.Finding(on=ON, slot=2, facts={"stopped_pain_settled": True})
    no = kc.Finding(on=ON, slot=2, facts={"stopped_pain_settled": False})
    over = ball(history.with_events(screened, yes), ON)
    assert over.action is kc.Action.RESTART_BASELINE
    assert ball(history.with_events(screened, no), ON).action is kc.Action.STOP_AND_REFER
    seen = kc.ClinicianResult(on=ON, examined=True)
    assert ball(history.with_events(screened, seen), ON).stopped is None


def test_an_early_yes_does_not_lift_a_stop() -> None:
    who = person(as_of=ON - 60 * DAY)
    early = kc.Finding(on=ON - 40 * DAY, facts={"stopped_pain_settled": True})
    found = RECOMMENDER.replay(who, kc.History([*stopping(ON - 50 * DAY), early]), on=ON)
    ball = next(one for one in found if one.ladder == "ball_roll")
    assert ball.action is kc.Action.STOP_AND_REFER


def test_a_treated_clot_after_an_operation_is_settled() -> None:
    knee = kc.Surgery("knee", side="left", weeks_ago=4, weight_bearing="FWB", cleared=True)
    facts: dict[str, Any] = {"one_calf_swollen": True}
    assert plan_of(person(surgeries=[knee], facts=facts)).referral.level >= Level.SAME_DAY
    facts["clinician_result"] = "dvt_treated_anticoagulant"
    assert plan_of(person(surgeries=[knee], facts=facts)).referral.level < Level.URGENT


# Over-triage has an exit


@pytest.mark.parametrize(
    "risks",
    [
        {"leg_immobilised": True, "bedridden_or_surgery": True},
        {"previous_dvt": True, "active_cancer": True},
    ],
)
def test_risks_of_a_clot_without_a_sign_raise_nothing(risks: dict[str, bool]) -> None:
    ankle = kc.Surgery("ankle", side="left", weeks_ago=4, weight_bearing="NWB", cleared=False)
    plan = plan_of(person(surgeries=[ankle], facts=risks))
    assert plan.referral.level <= Level.MODIFY


def test_an_examination_settles_old_back_pain_with_a_cancer_of_long_ago() -> None:
    back = kc.Complaint("lumbar", pain=4, weeks=520)
    who = person(complaints=[back], facts={"cancer_history": True}, as_of=ON - 30 * DAY)
    clear = kc.Finding(on=ON, screening="clear")
    assert plan_of(who, clear).referral.level >= Level.URGENT
    examined = kc.ClinicianResult(on=ON - 5 * DAY, region="lumbar", examined=True)
    assert plan_of(who, examined, clear).referral.level < Level.URGENT
    elsewhere = kc.ClinicianResult(on=ON - 5 * DAY, region="knee", examined=True)
    assert plan_of(who, elsewhere, clear).referral.level >= Level.URGENT
    worse = kc.Finding(on=ON, complaints=[kc.Complaint("lumbar", pain=8)], screening="clear")
    assert plan_of(who, examined, worse).referral.level >= Level.URGENT


def test_an_examination_settles_no_emergency() -> None:
    who = person(facts={"saddle_numbness": True}, as_of=ON)
    examined = kc.ClinicianResult(on=ON, region="lumbar", examined=True)
    named = kc.ClinicianResult(on=ON, region="lumbar", ruled_out=["cauda_equina"])
    assert plan_of(who, examined).referral.level is Level.EMERGENCY
    assert plan_of(who, named).referral.level < Level.EMERGENCY


def test_a_complaint_without_pain_fires_no_rule() -> None:
    back = kc.Complaint("thoracic", pain=0, weeks=1)
    assert plan_of(person(complaints=[back])).referral.level is Level.NONE


# 2. Time


def test_new_back_pain_is_new_however_it_is_told() -> None:
    back = kc.Complaint("lumbar", pain=5, weeks=1)
    intake = person(60, as_of=ON - 59 * DAY)
    event = kc.Finding(on=ON, complaints=[back], screening="clear")
    told = person(60, complaints=[back], as_of=ON)
    assert plan_of(intake, event).referral.level == plan_of(told).referral.level == Level.SOON


def test_a_duration_told_anew_counts_from_then() -> None:
    who = person(complaints=[kc.Complaint("heel", pain=4, weeks=2)], as_of=ON - 56 * DAY)
    anew = kc.Finding(on=ON, complaints=[kc.Complaint("heel", pain=4, weeks=10)])
    [heel] = RECOMMENDER.situation(who, kc.History([anew]), on=ON).state.hurting
    assert heel.weeks == 10


def test_an_age_grows_with_the_calendar() -> None:
    who = person(64, as_of=datetime.date(2026, 1, 1))
    for day, age in (((2026, 1, 1), 64), ((2026, 12, 31), 64), ((2028, 6, 1), 66)):
        assert RECOMMENDER.situation(who, on=datetime.date(*day)).facts["age"] == age


def test_a_birth_date_is_more_exact_than_an_age() -> None:
    born = kc.Person(born="1961-03", screening="clear")
    for day, age in (((2026, 2, 28), 64), ((2026, 3, 1), 65)):
        assert RECOMMENDER.situation(born, on=datetime.date(*day)).facts["age"] == age
    assert kc.Person(born=datetime.date(1961, 3, 14)).born == "1961-03-14"


@pytest.mark.parametrize("born", ["1961", "61-03", "1961-13", "2061-02-30", 1961])
def test_what_is_no_birth_date_is_refused(born: Any) -> None:
    with pytest.raises(kc.InvalidInput, match="is no birth date"):
        kc.Person(born=born)


def test_an_age_and_a_birth_date_that_contradict_are_refused() -> None:
    with pytest.raises(kc.InvalidInput, match="contradict each other"):
        kc.Person(age=40, born="1961-03", as_of=ON)


def test_a_new_injury_forgets_no_older_finding() -> None:
    fall = kc.Finding(on=ON - 250 * DAY, facts={"fall_last_12m": True})
    injury = kc.InjuryHappened(on=ON, region="ankle", side="left")
    screened = kc.Finding(on=ON, screening="clear")
    for as_of in (ON - 300 * DAY, ON - 100 * DAY, ON):
        who = person(70, as_of=as_of)
        now = RECOMMENDER.assess(who, kc.History([fall, injury, screened]), on=ON)
        assert now.situation.facts["fall_last_12m"] is True
        assert not {"single_leg_balance", "tandem_stance"} & feasible(now)


def test_an_operation_is_recent_for_twelve_weeks() -> None:
    knee = kc.Surgery("knee", weeks_ago=2, weight_bearing="FWB", cleared=True)
    who = person(surgeries=[knee], as_of=ON)
    for weeks, recent in ((0, True), (10, True), (11, False), (54, False)):
        facts = RECOMMENDER.situation(who, on=ON + weeks * 7 * DAY).facts
        assert facts["operated_within_12_weeks"] is recent


def test_a_pain_update_keeps_the_duration_and_the_side() -> None:
    back = person(60, complaints=[kc.Complaint("lumbar", pain=5, weeks=22)], as_of=ON - 7 * DAY)
    less = kc.Finding(on=ON, complaints=[kc.Complaint("lumbar", pain=3)])
    assert plan_of(back, less).referral.level < Level.SOON
    heel = kc.Complaint("heel", side="right", pain=5, weeks=30)
    sore = person(complaints=[heel], as_of=ON - 7 * DAY)
    update = kc.Finding(on=ON, complaints=[kc.Complaint("heel", side="right", pain=4)])
    [now] = RECOMMENDER.situation(sore, kc.History([update]), on=ON).state.hurting
    assert (now.pain, now.weeks, now.side) == (4, 31, kc.Side.RIGHT)


@pytest.mark.parametrize(
    ("result", "level"),
    [("rupture_boot", Level.SAME_DAY), ("dvt_treated_anticoagulant", Level.NONE)],
)
@pytest.mark.parametrize(
    "later", [{"diabetes": True}, {"fear_of_falling": True}, {"hypermobility": True}]
)
def test_a_result_stays_whatever_else_is_found_later(
    result: str, level: kc.ReferralLevel, later: dict[str, bool]
) -> None:
    told = kc.Finding(on=ON - 12 * DAY, facts={"clinician_result": result})
    found = kc.Finding(on=ON - 10 * DAY, facts=dict(later))
    plan = plan_of(person(as_of=ON - 20 * DAY), told, found)
    assert plan.referral.level >= level
    facts = RECOMMENDER.situation(
        person(as_of=ON - 20 * DAY), kc.History([told, found]), on=ON
    ).facts
    assert (facts.get("anticoagulant") is True) is (result == "dvt_treated_anticoagulant")


def test_a_rupture_ends_when_a_clinician_says_so() -> None:
    told = kc.Finding(on=ON - 90 * DAY, facts={"clinician_result": "rupture_boot"})
    healed = kc.ClinicianResult(on=ON - DAY, region="calf_achilles", ruled_out=["achilles_rupture"])
    who = person(as_of=ON - 100 * DAY)
    assert plan_of(who, told).referral.level >= Level.SAME_DAY
    assert plan_of(who, told, healed).referral.level < Level.URGENT


def test_an_answer_clears_itself_alone() -> None:
    who = person(as_of=ON - 200 * DAY)
    assert len(asked(plan_of(who))) > 10
    dizzy = kc.Finding(on=ON, screening=["dizziness"])
    assert asked(plan_of(who)) - asked(plan_of(who, dizzy)) == {"dizziness"}


@pytest.mark.parametrize(
    "who",
    [
        person(screening=kc.Screening(everything=True, on=ON + DAY)),
        person(as_of=ON + DAY),
    ],
)
def test_a_date_in_the_future_is_refused(who: kc.Person) -> None:
    with pytest.raises(kc.InvalidInput, match="later than the day of the plan"):
        plan_of(who)


def test_a_finding_cannot_report_a_later_screening() -> None:
    with pytest.raises(kc.InvalidInput, match="later than the finding"):
        kc.Finding(on=ON, screening=kc.Screening(everything=True, on=ON + DAY))


SLOWER = {
    "fracture_weeks_ago": 3,
    "timed_up_and_go_s": 14,
    "recent_steroid_injection_weeks": 2,
    "recent_fluoroquinolone_weeks": 2,
    "vertebral_fracture_months_ago": 4,
    "surgery_weeks_ago": 3,
    "bmi": 34,
    "tandem_stance_s": 8,
    "oswestry_index": 60,
    "saddle_numbness": True,
    "diabetes": True,
}


@pytest.mark.parametrize(("name", "value"), SLOWER.items())
def test_unsure_said_later_never_reassures(name: str, value: Any) -> None:
    who = person(70, facts={name: value}, as_of=ON - 3 * DAY)
    before = RECOMMENDER.assess(who, on=ON)
    unsure = kc.Finding(on=ON - DAY, facts={name: None})
    after = RECOMMENDER.assess(who, kc.History([unsure]), on=ON)
    assert after.decision.level >= before.decision.level
    assert feasible(after) <= feasible(before)
    known = kc.Finding(on=ON, facts={name: value})
    settled = RECOMMENDER.assess(who, kc.History([unsure, known]), on=ON)
    assert feasible(settled) == feasible(before)


@pytest.mark.parametrize(
    ("name", "values", "counts"),
    [
        ("timed_up_and_go_s", [8, 14], 14),
        ("bmi", [22, 32], 32),
        ("oswestry_index", [5, 80], 80),
        ("tandem_stance_s", [30, 8], 8),
        ("weight_bearing", ["FWB", "PWB"], "PWB"),
        ("walking_aid", ["cane", "none"], "cane"),
        ("can_walk", [True, False], False),
        ("mastered", [["walking"], ["walking", "tandem_stance"]], frozenset({"walking"})),
    ],
)
def test_of_rivals_the_cautious_one_counts(name: str, values: list[Any], counts: Any) -> None:
    for order in (values, values[::-1]):
        findings = [kc.Finding(on=ON, facts={name: value}) for value in order]
        state = RECOMMENDER.situation(kc.Person(), kc.History(findings), on=ON).state
        assert state.facts[name] == counts


def test_of_a_known_and_an_unsure_rival_both_readings_count() -> None:
    findings = [kc.Finding(on=ON, facts={"fracture_weeks_ago": value}) for value in (3, None)]
    plan = plan_of(person(as_of=ON - DAY), *findings)
    assert plan.referral.level >= Level.MODIFY


# 3. Text that is changed before it is read


def test_a_comment_in_a_condition_is_an_error() -> None:
    with pytest.raises(InvalidCondition, match="column 12: a comment in a condition"):
        parse_condition("chest_pain # heart\nor fever # infection")
