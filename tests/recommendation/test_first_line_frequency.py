"""First-line programmes come as often in a week as their source states, as far as ranges allow."""

import re

import pytest

import kineticchain as kc

FREQUENCIES = (
    (r"times a day|twice a day|daily|every half hour", (5, 7)),
    (r"two or three (days|times)", (2, 3)),
    (r"three to five times a week", (3, 5)),
    (r"five times a week|on five days|most days", (4, 7)),
    (r"three times a week|three times 20", (3, 3)),
)
"""What the words of a programme say of the days of a week; the first that fits counts."""


def complaint(region: str, pain: int, weeks: int, side: str | None = None) -> dict[str, object]:
    return {"complaints": [kc.Complaint(region, side=side, pain=pain, weeks=weeks)]}


PEOPLE: dict[str, tuple[int, dict[str, object], dict[str, bool]]] = {
    "after_back_pain": (45, {}, {}),
    "core_for_balance": (50, {}, {}),
    "desk_work": (40, {}, {}),
    "falls": (72, {}, {}),
    "groin": (25, complaint("thigh", 2, 8, "left"), {}),
    "hamstring": (25, complaint("thigh", 2, 8, "left"), {}),
    "hip_osteoarthritis": (66, complaint("hip", 3, 40, "left"), {}),
    "knee_osteoarthritis": (62, complaint("knee", 3, 40, "left"), {}),
    "kneecap_pain": (19, complaint("knee", 3, 16, "left"), {}),
    "lasting_back_pain": (45, complaint("lumbar", 4, 52), {}),
    "lasting_neck_pain": (40, complaint("neck", 4, 26), {}),
    "lateral_hip": (55, complaint("hip", 3, 20, "right"), {}),
    "leg_strength": (40, {}, {}),
    "narrow_canal": (70, complaint("lumbar", 3, 60), {"spinal_stenosis": True}),
    "neck_headache": (40, complaint("neck", 3, 26), {}),
    "new_back_pain": (40, complaint("lumbar", 4, 2), {}),
    "new_neck_pain": (40, complaint("neck", 3, 2), {}),
    "patellar_tendon": (25, complaint("knee", 2, 16, "left"), {}),
    "sacroiliac": (35, complaint("sacrum_si", 3, 20), {}),
    "sciatica": (45, complaint("lumbar", 4, 8), {}),
    "stiff_upper_back": (40, complaint("thoracic", 2, 20), {}),
    "weak_bones": (68, {}, {"osteoporosis": True}),
}
"""For each programme an age, a complaint, and facts."""

MEASURES = {"tandem_stance_s": 30, "heel_rise_reps": 20, "single_leg_s": 20, "chair_stand_30s": 12}


def days_of(stated: str) -> tuple[int, int] | None:
    """Return the least and the most days a week that a statement means; None if it has none."""
    matches = (days for words, days in FREQUENCIES if re.search(words, stated.lower()))
    return next(matches, None)


@pytest.mark.parametrize("name", list(PEOPLE))
def test_exercises_come_on_the_stated_days(name: str, recommender: kc.Recommender) -> None:
    knowledge = recommender.knowledge
    age, hurting, facts = PEOPLE[name]
    person = kc.Person(
        age=age,
        sex="f",
        equipment=[piece.id for piece in knowledge.equipment],
        facts={**MEASURES, **facts},
        screening="clear",
        **hurting,  # type: ignore[arg-type]  # complaints alone
    )
    programme = knowledge.programmes[f"first_line_{name}"]
    plan = recommender.recommend(person, request=kc.Request(programme=programme.id))
    checked = 0
    for member in programme.items:
        stated = days_of(member.stated)
        own = [item.days for item in plan.items if item.exercise == member.exercise]
        if stated is None or not own:
            continue
        days = len({day for each in own for day in each})
        # strength begins on the fewest days of its range, and more days come last
        least = min(stated[0], knowledge.exercises[member.exercise].dose.days_a_week.low)
        assert least <= days <= stated[1], member
        checked += 1
    assert checked or all(days_of(member.stated) is None for member in programme.items)
