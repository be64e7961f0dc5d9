"""The table of "What is known, and since when", row by row: which of two statements counts."""

import datetime
from pathlib import Path
from typing import Any

import pytest

import kineticchain as kc
from kineticchain.domain.person.complaint import WeightBearing
from kineticchain.record import Record, RecordPolicy, State

DAY = datetime.timedelta(days=1)
ON = datetime.date(2026, 11, 21)
PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "what-is-known.md"
KNOWLEDGE = kc.Knowledge.builtin()
Clinician = kc.ClinicianResult


def state(*events: Any, on: datetime.date = ON, **person: Any) -> State:
    stated: dict[str, Any] = {"age": 50, "as_of": ON - 10 * DAY, **person}
    record = Record.of(kc.Person(**stated), kc.History(events), on)
    return record.state_on(on, KNOWLEDGE.vocabulary, RecordPolicy())


def said(days_ago: int, slot: int = 1, **facts: Any) -> kc.Finding:
    return kc.Finding(on=ON - days_ago * DAY, slot=slot, facts=facts)


def hurting(days_ago: int, side: str = "left", **heel: Any) -> kc.Finding:
    complaint = kc.Complaint("heel", side=side, **heel)
    return kc.Finding(on=ON - days_ago * DAY, complaints=[complaint])


ROWS = (
    "an answer, by name",
    "an all-clear",
    "a complaint, field by field",
    "`both` and one side",
    "an injury, an operation",
    "an order of weight or clearance",
    "a clinician's result",
    "an allowance",
    "a claim (`mastered`) and a measure",
)


def test_the_page_has_these_rows() -> None:
    table = PAGE.read_text("utf-8").split("## What happens when two statements disagree?")[1]
    rows = [line.split("|")[1].strip() for line in table.splitlines() if line.startswith("| ")]
    assert tuple(rows[2:]) == ROWS


# an answer, by name


def test_a_later_answer_takes_the_place_of_an_earlier_one_and_of_its_clock() -> None:
    told = state(said(5, fever=True), said(3, fever=False))
    assert told.facts["fever"] is False
    assert told.stated["fever"][0] == ON - 3 * DAY


def test_of_answers_of_one_moment_the_cautious_one_counts() -> None:
    assert state(said(3, fever=False), said(3, fever=True)).facts["fever"] is True
    rivals = state(said(3, tandem_stance_s=30), said(3, tandem_stance_s=5))
    assert rivals.facts["tandem_stance_s"] == 5


def test_unsure_takes_nothing_away_and_leaves_the_clock() -> None:
    told = state(said(5, fever=True), said(3, fever=None))
    assert told.unsure["fever"] is True
    assert "fever" in told.unknown
    assert told.stated["fever"][0] == ON - 5 * DAY


# an all-clear


def test_an_all_clear_takes_back_a_sign_of_now_and_no_sign_that_lasts() -> None:
    alarms = said(5, fever=True, cancer_history=True, fall_last_12m=True)
    clear = kc.Finding(on=ON, screening="clear")
    told = state(alarms, clear)
    assert told.facts["fever"] is False
    assert told.facts["cancer_history"] is True
    assert told.facts["fall_last_12m"] is True


def test_an_all_clear_of_the_intake_takes_back_no_sign_of_an_event() -> None:
    assert state(said(12, fever=True), screening="clear").facts["fever"] is True
    dated = kc.Screening(everything=True, on=ON - 10 * DAY)
    assert state(said(12, fever=True), screening=dated).facts["fever"] is False


def test_an_answer_by_name_counts_before_an_all_clear_of_its_moment() -> None:
    both = kc.Finding(on=ON, facts={"fever": True}, screening="clear")
    assert state(both).facts["fever"] is True


# a complaint, field by field


def test_a_pain_told_later_keeps_duration_and_side() -> None:
    (heel,) = state(hurting(8, pain=3, weeks=6), hurting(2, pain=5)).hurting
    assert (heel.side, heel.pain, heel.weeks) == (kc.Side.LEFT, 5, 7)


def test_pain_zero_ends_a_complaint() -> None:
    assert state(hurting(8, pain=3), hurting(2, pain=0)).hurting == ()


def test_of_complaints_of_one_moment_more_pain_and_the_later_beginning_count() -> None:
    (heel,) = state(hurting(2, pain=2, weeks=1), hurting(2, pain=6, weeks=9)).hurting
    assert (heel.pain, heel.weeks) == (6, 1)


def test_pain_that_was_never_told_is_unknown() -> None:
    (heel,) = state(hurting(2, weeks=3)).hurting
    assert heel.pain is None


# `both` and one side


def test_both_sides_are_two_courses_and_one_complaint_where_they_are_alike() -> None:
    both = hurting(5, side="both", pain=4)
    (heel,) = state(both).hurting
    assert heel.side is kc.Side.BOTH
    apart = state(both, hurting(2, side="left", pain=0)).hurting
    assert [(one.side, one.pain) for one in apart] == [(kc.Side.RIGHT, 4)]
    again = state(both, hurting(2, pain=6), hurting(1, side="right", pain=6)).hurting
    assert [(one.side, one.pain) for one in again] == [(kc.Side.BOTH, 6)]


# an injury, an operation


def test_an_injury_told_twice_with_its_day_is_one_and_another_day_is_another() -> None:
    ankle: dict[str, Any] = {"region": "ankle", "side": "left"}
    first, second = (kc.InjuryHappened(on=ON - days * DAY, **ankle) for days in (5, 2))
    known = kc.Injury("ankle", side="left", days_ago=0)
    assert [
        one.days_ago for one in state(first, injuries=[known], as_of=ON - 5 * DAY).injuries
    ] == [5]
    assert sorted(one.days_ago or 0 for one in state(first, second).injuries) == [2, 5]


# an order of weight or clearance


def test_the_later_order_counts_and_of_one_moment_the_stricter() -> None:
    knee: dict[str, Any] = {"region": "knee", "side": "left"}
    done = kc.SurgeryDone(on=ON - 9 * DAY, weight_bearing="NWB", cleared=False, **knee)
    full = Clinician(on=ON - 2 * DAY, weight_bearing="FWB", cleared=True, **knee)
    part = Clinician(on=ON - 2 * DAY, weight_bearing="PWB", **knee)
    (after,) = state(done, full).surgeries
    assert (after.weight_bearing, after.cleared) == (WeightBearing.FWB, True)
    (stricter,) = state(done, full, part).surgeries
    assert stricter.weight_bearing is WeightBearing.PWB


# a clinician's result


def test_a_finding_ends_where_it_is_ruled_out_and_nowhere_else() -> None:
    calf: dict[str, Any] = {"region": "calf_achilles", "side": "left"}
    found = Clinician(on=ON - 5 * DAY, found=["achilles_rupture"], **calf)
    other = Clinician(on=ON, found=["fracture"], region="ankle", side="left")
    healed = Clinician(on=ON, ruled_out=["achilles_rupture"], **calf)
    wrong = Clinician(on=ON, ruled_out=["achilles_rupture"], region="calf_achilles", side="right")
    assert "achilles_rupture" in state(found, other).results.found
    assert "achilles_rupture" in state(found, wrong).results.found
    assert "achilles_rupture" not in state(found, healed).results.found


def test_the_end_of_a_result_ends_what_it_opens_or_rules_out_alone() -> None:
    over: dict[str, Any] = {"on": ON - 5 * DAY, "until": ON - DAY, "region": "ankle"}
    assert not state(Clinician(ruled_out=["fracture"], **over)).results
    assert state(Clinician(found=["fracture"], **over)).results.found == {"fracture"}
    assert state(Clinician(weight_bearing="NWB", **over)).facts["weight_bearing"] == "NWB"


# an allowance


@pytest.mark.parametrize(
    "later",
    [
        Clinician(on=ON, region="knee", side="left", allows="L0"),
        Clinician(on=ON, region="knee", side="left", cleared=False),
        kc.InjuryHappened(on=ON, region="knee", side="left"),
        kc.SurgeryDone(on=ON, region="knee", side="left"),
    ],
)
def test_an_allowance_ends_with_what_is_said_of_its_place_later(later: Any) -> None:
    allowed = Clinician(on=ON - DAY, region="knee", side="left", allows="L3")
    first = state(allowed).results.allowing
    assert len(first) == 1
    assert first[0] not in state(allowed, later).results.allowing


# a claim and a measure


def test_a_measure_counts_before_a_claim() -> None:
    who = kc.Person(
        age=50,
        equipment=["fixed_support"],
        facts={"mastered": ["single_leg_balance"], "single_leg_s": 2, "tandem_stance_s": 30},
        screening="clear",
    )
    plan = kc.recommend(who, on=ON)
    assert "measured_over_claimed" in {reason.message.id for reason in plan.advice}
    standings = [one for one in kc.explain(plan).standings if one.ladder == "single_leg_balance"]
    assert all(one.exercise != "single_leg_balance" for one in standings)
