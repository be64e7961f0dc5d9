"""What a clinician allows after an operation: so much, on that side, until that day."""

import datetime
from typing import Any

import pytest

import kineticchain as kc
from kineticchain.domain.exercises import LoadClass

DAY = datetime.timedelta(days=1)
ON = datetime.date(2026, 11, 21)
UNTIL = ON + 20 * DAY
NAMED = frozenset({"ankle_pump", "quad_set"})
RECOMMENDER = kc.Recommender(kc.Knowledge.builtin())
REACH = RECOMMENDER.knowledge.exercise_index.loaded_regions_and_neighbours

ALLOWANCE = kc.Allowance(load="L1", exercises=sorted(NAMED))
ALLOWED = kc.ClinicianResult(
    on=ON - DAY, region="knee", side="right", allows=ALLOWANCE, until=UNTIL
)


def patient(**more: Any) -> kc.Person:
    """Three weeks after a replacement of the right knee, full weight bearing, not cleared."""
    knee = kc.Complaint("knee", side="right", pain=2, days=21)
    surgery = kc.Surgery("knee", side="right", weeks_ago=3, weight_bearing="FWB", cleared=False)
    stated: dict[str, Any] = {"complaints": [knee], "surgeries": [surgery], **more}
    return kc.Person(
        age=68,
        equipment=["fixed_support", "chair"],
        facts={"tandem_stance_s": 30},
        screening="clear",
        **stated,
    )


def near_the_knee(who: kc.Person, *events: Any, on: datetime.date = ON) -> set[str]:
    """The feasible exercises of the right leg whose regions are at most one link from the knee."""
    assessment = RECOMMENDER.assess(who, kc.History(events), on=on)
    return {
        possible.exercise.id
        for possible in assessment.feasible.items
        if possible.side.meets(kc.Side.RIGHT) and kc.Region.KNEE in REACH[possible.exercise.id]
    }


def planned(who: kc.Person, *events: Any, on: datetime.date = ON) -> set[tuple[str, kc.Side]]:
    request = kc.Request(minutes=20)
    plan = RECOMMENDER.recommend(who, kc.History(events), request=request, on=on)
    return {(item.exercise, item.side) for item in plan.items}


def test_without_a_result_nothing_near_the_operated_knee_is_allowed() -> None:
    assert near_the_knee(patient()) == set()


def test_what_is_allowed_by_name_is_all_that_is_opened() -> None:
    assert near_the_knee(patient(), ALLOWED) == NAMED


def test_what_is_allowed_by_name_is_in_the_plan() -> None:
    plan = planned(patient(), ALLOWED)
    assert {exercise for exercise, side in plan if side.meets(kc.Side.RIGHT)} == NAMED


def test_the_plan_says_who_allowed_it_and_until_when() -> None:
    request = kc.Request(minutes=20)
    plan = RECOMMENDER.recommend(patient(), kc.History([ALLOWED]), request=request, on=ON)
    assert "opened_by_clinician_until" in {reason.message.id for reason in plan.precautions} | {
        reason.message.id for reason in plan.advice
    }
    assert kc.explain(plan).why("ankle_pump").reasons[0].message.id == "named_by_clinician"


def test_the_last_day_of_an_allowance_counts_and_the_next_does_not() -> None:
    assert near_the_knee(patient(as_of=ON), ALLOWED, on=UNTIL) == NAMED
    assert near_the_knee(patient(as_of=ON), ALLOWED, on=UNTIL + DAY) == set()


def test_a_load_class_alone_opens_all_exercises_up_to_it_and_no_more() -> None:
    light = kc.ClinicianResult(on=ON - DAY, region="knee", side="right", allows="L1")
    opened = near_the_knee(patient(), light)
    loads = {RECOMMENDER.knowledge.exercises[name].load for name in opened}
    assert opened > NAMED
    assert max(loads) == LoadClass.L1


@pytest.mark.parametrize(
    ("region", "side"), [("knee", "left"), ("hip", "right"), ("ankle", "right")]
)
def test_an_allowance_for_another_place_opens_nothing(region: str, side: str) -> None:
    elsewhere = kc.ClinicianResult(on=ON - DAY, region=region, side=side, allows=ALLOWANCE)
    assert near_the_knee(patient(), elsewhere) == set()


def test_an_allowance_from_before_the_operation_opens_nothing() -> None:
    early = kc.ClinicianResult(on=ON - 30 * DAY, region="knee", side="right", allows=ALLOWANCE)
    assert near_the_knee(patient(as_of=ON), early) == set()


def test_a_later_result_without_an_allowance_takes_nothing_back() -> None:
    healed = kc.ClinicianResult(on=ON, region="knee", side="right", ruled_out=["fracture"])
    assert near_the_knee(patient(), ALLOWED, healed) == NAMED


def test_an_alarm_closes_what_was_opened() -> None:
    clot = kc.Finding(on=ON, facts={"whole_leg_swollen": True, "calf_pain": True})
    assert planned(patient(), ALLOWED, clot) == set()


def test_an_operation_told_as_an_event_is_opened_alike() -> None:
    operated = kc.SurgeryDone(
        on=ON - 21 * DAY, region="knee", side="right", weight_bearing="FWB", cleared=False
    )
    who = patient(surgeries=[], as_of=ON - 30 * DAY)
    screened = kc.Finding(on=ON, screening="clear")
    assert near_the_knee(who, operated, screened) == set()
    assert near_the_knee(who, operated, screened, ALLOWED) == NAMED
