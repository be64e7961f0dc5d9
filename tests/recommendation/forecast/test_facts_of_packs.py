"""Counterfactuals with facts of packs, whose names hold a dot."""

from pathlib import Path

import kineticchain as kc
from kineticchain.recommendation.counterfactual.change import SetFact

WALL = Path(__file__).parents[2] / "rules" / "data" / "clinic_wall.toml"
PERSON = kc.Person(
    age=40,
    screening="clear",
    facts={"wall.knee_locks": True, "tandem_stance_s": 30},
    equipment=["baking_paper", "fixed_support"],
)


def test_why_not_changes_an_answer_to_a_question_of_a_pack() -> None:
    recommender = kc.Recommender(kc.Knowledge.builtin().with_packs(kc.load_pack(WALL)))
    plan = recommender.recommend(PERSON, request=kc.Request(goal="squatting"))
    answer = recommender.why_not(plan, "wall.squat_high")
    assert "Does your knee lock?" in str(answer)


def test_a_fact_of_a_pack_can_be_set() -> None:
    recommender = kc.Recommender(kc.Knowledge.builtin().with_packs(kc.load_pack(WALL)))
    plan = recommender.recommend(PERSON, request=kc.Request(goal="squatting"))
    comparison = recommender.what_if(plan, [SetFact("wall.knee_locks", value=False)])
    assert "wall.squat_high" in {item.exercise for item in comparison.after.items}
