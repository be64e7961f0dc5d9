"""Correct packs are loaded: what a clinic writes in good faith, in thirty forms, is not refused."""

from pathlib import Path

import pytest

import kineticchain as kc
from kineticchain.interop import toml

PACK = (Path(__file__).parent / "data" / "clinic_wall.toml").read_text(encoding="utf-8")
KNEE = "here.region == 'knee' and here.pain >= 4"
LOCKED = 'when = "wall.knee_locks"'
RULE = """
[[rule]]
id = "wall.more"
when = "{when}"
{rest}
because = "The clinic does it so."
sources = ["wall.handbook"]
"""


def more(when: str, rest: str = "exclude = true\nabout = \"exercise.id == 'walking'\"") -> str:
    return PACK.replace("\n[messages]", RULE.format(when=when, rest=rest) + "\n[messages]", 1)


def changed(old: str, new: str) -> str:
    assert old in PACK
    return PACK.replace(old, new, 1)


CORRECT = {
    "an OR of conditions": changed(KNEE, "here.region == 'knee' or here.region == 'thigh'"),
    "a NOT": changed(LOCKED, 'when = "not (not wall.knee_locks)"'),
    "an unknown answer": changed(LOCKED, 'when = "wall.knee_locks and known(wall.squat_s)"'),
    "a list of words": changed(KNEE, "here.region in ('knee', 'thigh')"),
    "a part of the body": changed(KNEE, "here.part == 'hip'"),
    "a comparison of two facts": more("worst_pain > pain_relieved"),
    "a count": more("at_least(2, fever, limp, cancer_history)"),
    "both sides": more("both_sides(single_leg_s < 5)"),
    "any side": more("any_side(single_leg_s < 5)"),
    "one side": more("single_leg_s.left < 5"),
    "a goal": more("goal == 'balance'"),
    "an own goal": more("goal == 'squatting'"),
    "own equipment": more("'slide_board' in equipment"),
    "a substitute": more("'baking_paper' in equipment"),
    "a region within two links": more("'knee' in painful_regions.within_2"),
    "the bend of a knee": more("age > 70", 'limit = { load = "L2" }\nabout = "exercise.knee_bend > 60"'),
    "the load on a tissue": more("age > 70", 'exclude = true\nabout = "exercise.load.knee >= \'L3\'"'),
    "a share of the dose": more("age > 70", "limit = { dose_share = 80 }\nabout = \"exercise.kind == 'strength'\""),
    "two effects": more("age > 70", 'limit = { minutes = 8 }\nadvise = ["wall.dry_floor"]'),
    "a target": more("age > 70", "target = { hip = 10 }"),
    "a preference": more("age > 70", "prefer = 20\nabout = \"'hip' in exercise.targets\""),
    "a question that covers": changed('question = "Does your knee lock?"', 'question = "Does your knee lock?"\nhelp = "It stops in the middle of a movement."'),
    "an age for a question": changed('question = "Does your knee lock?"', 'question = "Does your knee lock?"\nages = [18, 90]'),
    "a question asked at times": changed('question = "Does your knee lock?"', "question = \"Does your knee lock?\"\nask_when = \"'knee' in concerned_regions\""),
    "a fact with words": changed('id = "wall.guarded"', 'id = "wall.shoes"\nkind = "one_of"\nfact_class = "plain"\noptions = ["flat", "high"]\n\n[[fact]]\nid = "wall.guarded"'),
    "a longer ladder": changed("{ sets = 2, hold_s = 20 }]\nmastery", "{ sets = 2, hold_s = 20 }, { sets = 2, hold_s = 30 }]\nmastery"),
    "another mastery": changed("mastery = { sets = 2, hold_s = 20 }", "mastery = { sets = 2, hold_s = 15 }"),
    "a first dose by a measure": changed("mastery = { sets = 2, hold_s = 20 }", 'mastery = { sets = 2, hold_s = 20 }\nfirst_doses = [{ dose = { sets = 2, hold_s = 10 }, when = "wall.squat_s >= 40" }]'),
    "a ladder that extends another": PACK + '\n[[ladder]]\nid = "wall.top"\ntitle = "Top"\nextends = "wall.squats"\nper_side = false\n\n[[ladder.rungs]]\nexercise = "wall.squat_lowest"\nharder = "load"\naxis = [{ hold_s = 10 }]\n\n[[exercise]]\nid = "wall.squat_lowest"\ntitle = "Lowest"\nkind = "strength"\nload = "L4"\nposition = "standing"\nbase = "feet_apart"\ntargets = { knee = 5 }\ndose = { hold_s = [10, 20] }\nsteps = ["Go down."]\ncues = ["Slowly."]\nsources = ["wall.handbook"]\n',
    "comments and a trailing comma": changed("regions = { knee = 20, thigh = 10 }", "regions = { knee = 20, thigh = 10 } # as asked for"),
    "a long reason": changed("A slide board slips on wet floors.", "A slide board slips on wet floors, " * 20),
    "a date and a review": PACK.replace('version = "2026.11"', 'version = "2026.11"\nvalid_until = 2027-12-31', 1) + '\n[[review]]\nby = "A physiotherapist"\non = 2026-11-01\n',
}  # fmt: skip


def test_there_are_thirty() -> None:
    assert len(CORRECT) >= 30


@pytest.mark.parametrize("name", list(CORRECT))
def test_a_correct_pack_is_loaded(name: str) -> None:
    knowledge = kc.Knowledge.builtin().with_packs(toml.loads(CORRECT[name], origin="wall.toml"))
    assert "wall.squat_low" in knowledge.exercises
