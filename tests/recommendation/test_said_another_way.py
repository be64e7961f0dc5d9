"""The same facts said in another way give the same plan: what a hunt for differences found."""

from typing import Any

import pytest
from attrs import evolve
from trial_people import ON, day, person, plan_of

import kineticchain as kc
from kineticchain.domain.anatomy import Side
from kineticchain.recommendation import Plan
from kineticchain.record.derivation.attendance import Attendance
from kineticchain.rules import ReferralLevel

C, CR, L = kc.Complaint, kc.ClinicianResult, kc.ExerciseLog
SORE_HEEL = C("heel", side="right", pain=6, weeks=6)


def planned(plan: Plan) -> object:
    return plan.status, plan.referral, plan.sessions, plan.standings


@pytest.mark.parametrize("barred", [["left"], ["left", "right"]])
@pytest.mark.parametrize("region", ["knee", "hip", "ankle"])
def test_an_operation_on_both_sides_is_one_on_each(region: str, barred: list[str]) -> None:
    orders = [
        CR(on=ON, region=region, side=side, weight_bearing="NWB", cleared=False) for side in barred
    ]
    plans = [
        plan_of(
            person(
                60,
                C(region, pain=2, weeks=8),
                surgeries=[
                    kc.Surgery(region, side, weeks_ago=8, weight_bearing="FWB", cleared=True)
                    for side in sides
                ],
            ),
            *orders,
        )
        for sides in ([None], ["left", "right"])
    ]
    assert planned(plans[0]) == planned(plans[1])
    loads = kc.Knowledge.builtin().exercises
    assert not any(
        loads[item.exercise].load > "L0" and item.side.meets(Side(barred[0]))
        for item in plans[0].items
    )


@pytest.mark.parametrize("apart", [False, True])
def test_an_injury_that_an_examination_found_lifts_no_stop(*, apart: bool) -> None:
    stopped = [
        kc.SessionLog(
            on=day(-4),
            lines=[
                L(
                    "single_leg_balance_supported",
                    "right",
                    done=kc.Dose(sets=2, hold_s=10),
                    pain=9,
                )
            ],
        ),
        kc.Finding(on=day(-1), facts={"giving_way": True}, screening="clear"),
    ]
    result: dict[str, Any] = {"on": ON, "region": "knee", "side": "right"}
    whole = [CR(found=["knee_injury"], examined=True, **result)]
    parts = [CR(found=["knee_injury"], **result), CR(examined=True, **result)]
    who = person(50, C("knee", side="right", pain=4, weeks=3), as_of=day(-9))
    plan = plan_of(who, *stopped, *(parts if apart else whole))
    assert "new_warning_sign_in_training" in {reason.rule for reason in plan.referral.reasons}
    assert any(standing.stopped for standing in plan.standings)


def after_twelve_weeks(before: kc.Person, *first: kc.Finding, pain: int) -> ReferralLevel:
    sessions = [
        kc.SessionLog(on=day(1 + 3 * number), lines=[L("walking", pain=0)]) for number in range(30)
    ]
    now = kc.Finding(on=day(89), complaints=[C("heel", side="right", pain=pain)], screening="clear")
    return plan_of(before, *first, *sessions, now, on=day(90)).referral.level


@pytest.mark.parametrize(("pain", "level"), [(6, ReferralLevel.SOON), (2, ReferralLevel.NONE)])
def test_the_pain_before_training_may_come_from_a_finding(pain: int, level: ReferralLevel) -> None:
    first = kc.Finding(on=ON, complaints=[SORE_HEEL])
    of_unknown_pain = evolve(SORE_HEEL, pain=None)
    levels = [
        after_twelve_weeks(person(40, SORE_HEEL), pain=pain),
        after_twelve_weeks(person(40, of_unknown_pain), first, pain=pain),
        after_twelve_weeks(person(40), first, pain=pain),
    ]
    assert levels == [level] * 3


def trained_for_three_weeks(who: kc.Person) -> list[Any]:
    events: list[Any] = []
    for week in (0, 7, 14):
        plan = plan_of(who, *events, on=day(week))
        events.append(plan.issued(day(week)))
        for number in range(1, 8):
            on = day(week + number - 1)
            lines = [
                L(item.exercise, item.side, done=item.dose, pain=1)
                for item in plan.items
                if number in item.days
            ]
            events += [kc.SessionLog(on=on, lines=lines), kc.MorningAfter(on=on, change=0)]
    return events


def test_a_result_in_parts_restarts_once() -> None:
    who = person(40, C("heel", side="right", pain=3, weeks=6))
    trained = trained_for_three_weeks(who)

    def ruled_out(on: int, *diagnoses: str) -> kc.ClinicianResult:
        return CR(on=day(on), region="heel", side="right", ruled_out=diagnoses)

    places = [
        [
            (standing.ladder, standing.side, standing.height)
            for standing in plan_of(who, *trained, *results, on=day(23)).standings
        ]
        for results in (
            [ruled_out(21, "stress_fracture", "fracture")],
            [ruled_out(21, "stress_fracture"), ruled_out(21, "fracture")],
        )
    ]
    assert places[1] == places[0]


def test_lines_of_sides_and_sets_are_no_better_attendance() -> None:
    skipped = [L(name, skipped="time") for name in ("walking", "toe_walk", "towel_curl")]
    one_line = [L("tandem_stance", done=kc.Dose(sets=2, hold_s=10))]
    many_lines = [
        L("tandem_stance", side, done=kc.Dose(sets=1, hold_s=10))
        for side in ("left", "right")
        for _ in range(2)
    ]
    shares = []
    for lines in (one_line, many_lines):
        attendance = Attendance().after(kc.PlanIssued(on=ON, sessions_per_week=7))
        for number in range(14):
            session = kc.SessionLog(on=day(number), lines=[*lines, *skipped])
            attendance = attendance.after(session)
        shares.append(attendance.share(day(14)))
    assert shares == [25, 25]


def test_skipped_sets_are_no_full_attendance() -> None:
    done, skipped = kc.Dose(sets=1, hold_s=10), L("tandem_stance", "left", skipped="pain")
    lines = [L("tandem_stance", "left", done=done), skipped, skipped]
    attendance = Attendance().after(kc.PlanIssued(on=ON, sessions_per_week=7))
    for number in range(14):
        attendance = attendance.after(kc.SessionLog(on=day(number), lines=lines))
    assert attendance.share(day(14)) == 33


def test_each_new_diagnosis_restarts_also_what_was_not_trained() -> None:
    who = person(40, C("heel", side="right", pain=2, weeks=20))
    found = CR(on=day(0), region="heel", side="right", found=["stress_fracture"])
    result: dict[str, Any] = {"on": day(60), "region": "heel", "side": "right"}
    healed = CR(ruled_out=["stress_fracture"], examined=True, **result)
    clear = kc.Finding(on=day(60), facts={"tandem_stance_s": 30}, screening="clear")
    plan = plan_of(who, found, clear, healed, on=day(61))
    shares = {
        standing.dose_percent
        for standing in plan.standings
        if standing.ladder in {"stance", "heel_raise"} and standing.side is Side.RIGHT
    }
    assert shares == {50}


def test_pain_of_the_intake_that_did_not_ease_is_seen() -> None:
    """Pain that the first session caused is not the pain before training."""
    after_session = kc.Finding(on=day(1), slot=3, complaints=[C("heel", side="right", pain=9)])
    level = after_twelve_weeks(person(40, SORE_HEEL), after_session, pain=6)
    assert level is ReferralLevel.SOON


def test_pain_that_began_in_training_and_did_not_ease_is_seen() -> None:
    began = kc.Finding(on=day(4), complaints=[SORE_HEEL])
    assert after_twelve_weeks(person(40), began, pain=6) is ReferralLevel.SOON


@pytest.mark.parametrize("part", [{"weight_bearing": "PWB"}, {"found": ["tendon_injury"]}])
@pytest.mark.parametrize("diagnosis", ["fracture", "knee_injury"])
def test_a_clearance_in_parts_heals_nothing(diagnosis: str, part: dict[str, Any]) -> None:
    place: dict[str, Any] = {"region": "knee", "side": "right"}
    found = CR(on=day(-20), found=[diagnosis], examined=True, **place)
    who = person(40, C("knee", side="right", pain=2, weeks=6), as_of=day(-21))
    visits = [
        [CR(on=ON, cleared=True, **part, **place)],
        [CR(on=ON, cleared=True, **place), CR(on=ON, **part, **place)],
    ]
    levels = [plan_of(who, found, *visit, on=day(1)).referral.level for visit in visits]
    assert ReferralLevel.NONE < levels[0] <= levels[1]


def test_the_first_pains_may_be_told_in_parts() -> None:
    ankle, heel = C("ankle", side="left", pain=2, weeks=6), SORE_HEEL
    levels = [
        after_twelve_weeks(person(40, *intake), *first, pain=4)
        for intake, first in (
            ([ankle, heel], []),
            ([ankle], [kc.Finding(on=ON, complaints=[heel])]),
            ([], [kc.Finding(on=ON, complaints=[part]) for part in (ankle, heel)]),
        )
    ]
    assert levels == [ReferralLevel.NONE] * 3


def test_a_first_pain_that_is_unknown_hides_no_pain_that_did_not_ease() -> None:
    ankle, heel = C("ankle", side="left", weeks=6), SORE_HEEL
    stated = [kc.Finding(on=ON, complaints=[part]) for part in (ankle, heel)]
    known_later = kc.Finding(
        on=day(10), complaints=[evolve(ankle, pain=3), evolve(heel, pain=4)], screening="clear"
    )
    level = after_twelve_weeks(person(40), *stated, known_later, pain=4)
    assert level is ReferralLevel.SOON


def test_a_session_may_be_logged_in_several_logs() -> None:
    skipped = [L("walking", skipped="time"), L("toe_walk", skipped="time")]
    done = [L("tandem_stance", side, done=kc.Dose(sets=2, hold_s=10)) for side in ("left", "right")]
    shares = []
    for logs in ([[*done, *skipped]], [[line] for line in (*done, *skipped)]):
        attendance = Attendance().after(kc.PlanIssued(on=ON, sessions_per_week=7))
        for number in range(14):
            for lines in logs:
                attendance = attendance.after(kc.SessionLog(on=day(number), lines=lines))
        shares.append(attendance.share(day(14)))
    assert shares == [33, 33]


def test_logs_of_one_slot_are_one_session() -> None:
    first, second = (L("walking", done=kc.Dose(duration_s=60 * minutes)) for minutes in (3, 4))
    history = kc.History([kc.SessionLog(on=ON, lines=[line]) for line in (first, second)])
    [session] = history.sessions
    assert session == kc.SessionLog(on=ON, lines=[first, second])


def test_another_diagnosis_of_the_day_takes_no_clearance_back() -> None:
    who = person(40, C("ankle", side="left", pain=2, weeks=9), as_of=day(-61))
    place: dict[str, Any] = {"region": "ankle", "side": "left"}
    found = CR(on=day(-60), found=["fracture"], examined=True, **place)
    visit = [CR(on=ON, cleared=True, **place), CR(on=ON, found=["cause_of_dizziness"])]
    later = CR(on=day(10), ruled_out=["cause_of_dizziness"], examined=True)
    recommender = kc.Recommender(kc.Knowledge.builtin())
    history = kc.History([found, *visit, later])
    assert not recommender.situation(who, history, on=day(11)).facts["diagnosed"]
