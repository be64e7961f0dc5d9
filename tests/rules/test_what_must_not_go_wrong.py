"""The twenty things that a library must not get wrong about knee, hip, spine and neck."""

from typing import TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kineticchain as kc
from kineticchain.domain.exercises import LoadClass
from kineticchain.recommendation import Assessment
from kineticchain.rules import ReferralLevel

KNOWLEDGE = kc.Knowledge.builtin()
RECOMMENDER = kc.Recommender(KNOWLEDGE)
EQUIPMENT = [piece.id for piece in KNOWLEDGE.equipment]
Given: TypeAlias = "bool | int | str"

LIMBS = ["toes", "heel", "ankle", "shin", "knee", "thigh", "hip"]


def assessed(
    complaints: list[kc.Complaint] | None = None, age: int = 40, **facts: Given
) -> Assessment:
    return RECOMMENDER.assess(
        kc.Person(
            age=age,
            sex="f",
            complaints=complaints or [],
            equipment=EQUIPMENT,
            facts={"tandem_stance_s": 30, **facts},
            screening="clear",
        )
    )


def level(complaints: list[kc.Complaint] | None = None, age: int = 40, **facts: Given) -> str:
    return assessed(complaints, age, **facts).decision.level.name


def allowed(
    complaints: list[kc.Complaint] | None = None, age: int = 40, **facts: Given
) -> set[str]:
    return {
        place.exercise.id for place in assessed(complaints, age, **facts).feasible.by_key.values()
    }


def pain(region: str, points: int = 3, weeks: int = 20) -> list[kc.Complaint]:
    side = "left" if region in LIMBS else None
    return [kc.Complaint(region, side=side, pain=points, weeks=weeks)]


@pytest.mark.parametrize(
    ("least", "where", "facts"),
    [
        ("EMERGENCY", "lumbar", {"saddle_numbness": True}),
        ("EMERGENCY", "lumbar", {"both_legs_weak": True}),
        ("EMERGENCY", "neck", {"severe_new_headache": True}),
        ("EMERGENCY", "neck", {"eyelid_or_sight_sign": True}),
        ("EMERGENCY", "neck", {"speech_or_swallowing_trouble": True}),
        ("EMERGENCY", "lumbar", {"faint_or_pulsing_belly": True}),
        ("EMERGENCY", "thoracic", {"tearing_pain_of_the_chest": True}),
        ("SAME_DAY", "knee", {"cannot_hold_leg_straight": True}),
        ("SAME_DAY", "knee", {"knee_locked": True}),
        ("SAME_DAY", "knee", {"knee_swollen_within_6h": True}),
        ("SAME_DAY", "knee", {"hot_swollen_joint": True}),
        ("SAME_DAY", "hip", {"groin_pain_loading": True, "amenorrhoea": True}),
    ],
)
def test_a_sign_of_danger_leaves_no_plan(least: str, where: str, facts: dict[str, bool]) -> None:
    assert ReferralLevel[level(pain(where), **facts)] >= ReferralLevel[least]


def test_from_50_on_a_new_headache_with_jaw_pain_is_seen_on_the_same_day() -> None:
    assert level(pain("neck"), age=50, jaw_scalp_or_new_headache=True) == "SAME_DAY"


def test_nobody_is_asked_to_try_what_can_harm() -> None:
    """No hop with a painful groin, and no turn of a neck that was just hurt."""
    hop = KNOWLEDGE.vocabulary.by_id["hop_painful"]
    assert "Has a hop" in hop.question
    assert "Do not try" in hop.help
    assert ReferralLevel[level(pain("neck"), neck_trauma_high_risk=True)] >= ReferralLevel.SAME_DAY


def test_a_childs_knee_pain_with_a_limp_is_the_hip_until_excluded() -> None:
    assert level(pain("knee"), age=12, limp=True) == "SAME_DAY"


def test_no_exercise_is_of_the_load_that_is_never_offered() -> None:
    assert not [
        exercise.id for exercise in KNOWLEDGE.exercises.values() if exercise.load is LoadClass.L5
    ]


@settings(max_examples=30)
@given(
    region=st.sampled_from(["lumbar", "thoracic", "neck", "pelvis", "hip"]),
    points=st.integers(0, 5),
)
def test_weak_bones_are_neither_bent_nor_twisted_to_the_end(region: str, points: int) -> None:
    for name in allowed(pain(region, points), age=70, osteoporosis=True):
        exercise = KNOWLEDGE.exercises[name]
        assert "spinal_flexion" not in exercise.traits
        assert name not in {"quadruped_rotation", "prone_press_up", "thoracic_extension_towel"}


@settings(max_examples=30)
@given(weeks=st.integers(1, 40), region=st.sampled_from(["pelvis", "sacrum_si"]))
def test_girdle_pain_in_pregnancy_stands_on_two_legs(weeks: int, region: str) -> None:
    for name in allowed(pain(region), age=30, pregnant_weeks=weeks, pregnancy_complications="none"):
        exercise = KNOWLEDGE.exercises[name]
        assert exercise.base != "one_leg"
        assert "one_side_load" not in exercise.traits


def test_what_drives_pain_down_the_leg_is_left_out() -> None:
    kept = allowed(pain("lumbar"), leg_pain_below_knee=True)
    left = allowed(pain("lumbar"), leg_pain_below_knee=True, leg_pain_moves_down=True)
    assert "prone_on_elbows" in kept
    assert "prone_on_elbows" not in left


def test_a_sore_kneecap_is_loaded_by_angle_and_squats_are_not_banned() -> None:
    names = allowed(pain("knee", 4))
    assert {"mini_squat", "mini_squat_supported"} & names
    assert all(KNOWLEDGE.exercises[name].knee_bend <= 60 for name in names)


def test_nothing_crosses_with_pain_at_the_side_of_the_hip() -> None:
    for name in allowed(pain("hip")):
        assert "crosses_midline" not in KNOWLEDGE.exercises[name].traits


def test_heavy_lowering_comes_by_a_mastered_ladder_only() -> None:
    heavy = {
        exercise.id
        for exercise in KNOWLEDGE.exercises.values()
        if "heavy_eccentric" in exercise.traits
    }
    for name in heavy:
        ladder = KNOWLEDGE.ladder_of(name)
        first = ladder.rungs[0]
        assert first.exercise != name or first.needs is not None


def test_an_order_after_a_joint_replacement_that_is_unknown_is_in_force() -> None:
    person = kc.Person(
        age=60,
        surgeries=[kc.Surgery("hip", side="left", weight_bearing="FWB", cleared=True)],
        equipment=EQUIPMENT,
        facts={"tandem_stance_s": 30},
        screening="clear",
    )
    for place in RECOMMENDER.assess(person).feasible.by_key.values():
        exercise = place.exercise
        assert exercise.hip_bend <= 90
        assert "crosses_midline" not in exercise.traits


def test_no_long_hold_with_uncontrolled_pressure() -> None:
    assert "wall_sit" not in allowed(uncontrolled_hypertension=True)


@pytest.mark.parametrize(
    "cause", ["posture causes", "weak core causes", "flat feet cause", "leg length causes"]
)
def test_what_is_weak_is_never_called_a_cause(cause: str) -> None:
    texts = [rule.because for rule in KNOWLEDGE.rules]
    texts += [row.statement for row in KNOWLEDGE.evidence.values()]
    assert not [text for text in texts if cause in text.lower()]
