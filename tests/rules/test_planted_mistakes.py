"""Mistakes that authors of packs make: each is caught when the pack is loaded, with its place."""

import re
from pathlib import Path

import pytest

import kineticchain as kc
from kineticchain.errors import InvalidInput
from kineticchain.interop import toml

PACK = (Path(__file__).parent / "data" / "clinic_wall.toml").read_text(encoding="utf-8")

MISTAKES = [
    # the head of the file
    ("schema = 1", "schema = 9", "wall.toml:3: $.schema: schema 9 is not known; use 1"),
    ('version = "2026.11"', "version = 2026.11", ".version: `2026.11` is not text"),
    ('version = "2026.11"', "version = 2026-11-01", ".version: "),
    ('id = "wall"\n', 'id = "wall "\n', ".id: `'wall '` is not an id"),
    ('id = "wall"\n', 'id = "complaint"\n', "a pack cannot be called `complaint`"),
    ('id = "wall"\n', "", "$.id: `id` is missing"),
    ("[[rule]]", "[[rules]]", "`rules` is not known here; did you mean `rule`?"),
    ("[messages]", "[message]", "`message` is not known here; did you mean `messages`?"),
    ("[[equipment]]", "[[equipments]]", "did you mean `equipment`?"),
    # sources and evidence
    ("year = 2026", 'year = "2026"', "source[0].year: `'2026'` is not a whole number"),
    ('read = "whole"', 'read = "all"', ".read: `'all'` is not a read depth"),
    ('grade = "expert"\nsources = ["wall.handbook"]\n\n[[fact]]', 'grade = "good"\nsources = ["wall.handbook"]\n\n[[fact]]', "is not a grade"),
    ('sources = ["wall.handbook"]\n\n[[fact]]', 'sources = ["wall.handbok"]\n\n[[fact]]', "no source has the id `wall.handbok`; did you mean `wall.handbook`?"),
    ('sources = ["wall.handbook"]\n\n[[fact]]', "sources = []\n\n[[fact]]", "confirmed, yet without a source"),
    ('id = "wall.W1"', 'id = "A01"', "the row of evidence `A01` is defined twice"),
    ('id = "wall.handbook"\nauthor', 'id = "SEED0"\nauthor', "the source `SEED0` is defined twice"),
    ('evidence = ["wall.W1"]\n\n[[exercise]]', 'evidence = ["wall.W7"]\n\n[[exercise]]', "no row of evidence has the id `wall.W7`; did you mean"),
    # facts
    ('id = "wall.knee_locks"', 'id = "knee_locks"', "`knee_locks` does not bear the pack's id; call it `wall.knee_locks`"),
    ('id = "wall.knee_locks"', 'id = "wall.knee-locks"', "is not the name of a fact"),
    ('id = "wall.knee_locks"', 'id = "wall.knee"', "named like a side or a region"),
    ('kind = "boolean"\nfact_class = "screening"', 'kind = "yes_no"\nfact_class = "screening"', "is not a fact kind"),
    ('fact_class = "screening"', 'fact_class = "safety"', "is not a fact class"),
    ('question = "Does your knee lock?"\n', "", "a screening fact without a question"),
    ("reassuring = false\n", "", "without its reassuring value"),
    ("reassuring = false", "reassuring = true", "holds when every safety question is answered reassuringly"),
    ("reassuring = false", 'reassuring = "no"', "reassuring"),
    ('regions = ["knee"]\nno_alarm', 'regions = ["kne"]\nno_alarm', "`'kne'` is not a region; did you mean `knee`?"),
    ("low = 0\nhigh = 120", "low = 120\nhigh = 0", "a number without a range"),
    ("low = 0\nhigh = 120", "low = 0", "a number without a range"),
    ('fact_class = "concluded"', 'fact_class = "derived"', "a pack cannot work out facts"),
    ('kind = "boolean"\nfact_class = "concluded"', 'kind = "number"\nlow = 0\nhigh = 2\nfact_class = "concluded"', "a concluded fact that is not yes or no"),
    ('conclude = ["wall.guarded"]\n', "", "(wall.guarded): no rule concludes it"),
    ('conclude = ["wall.guarded"]', 'conclude = ["wall.gaurded"]', "no fact has the id `wall.gaurded`; did you mean `wall.guarded`?"),
    ('conclude = ["wall.guarded"]', 'conclude = ["wall.knee_locks"]', "is screening and cannot be concluded"),
    ('conclude = ["wall.guarded"]', 'conclude = ["fever"]', "cannot be concluded"),
    ('unit = "seconds"', "unit = 1", ".unit: `1` is not text"),
    # equipment, goals and claims
    ('id = "slide_board"', 'id = "towel"', "the piece of equipment `towel` is defined twice"),
    ('needs = [["slide_board"]]', 'needs = [["slideboard"]]', "no piece of equipment has the id `slideboard`; did you mean `slide_board`?"),
    ('needs = [["slide_board"]]', 'needs = ["slide_board"]', "needs"),
    ('id = "squatting"', 'id = "heel_pain"', "the goal `heel_pain` is defined twice"),
    ("regions = { knee = 20, thigh = 10 }", "regions = { knee = 0 }", "is not a whole number from 1 to 100"),
    ("regions = { knee = 20, thigh = 10 }", "regions = { kneee = 20 }", "did you mean `knee`?"),
    ("regions = { knee = 20, thigh = 10 }", 'regions = ["knee"]', "is not a table"),
    ('direction = "descending"', 'direction = "down"', "is not a direction"),
    ('kind = "treatment_effect"', 'kind = "treatment"', "is not a claim kind"),
    ('origin = ["knee"]', 'origin = ["knees"]', "did you mean `knee`?"),
    # exercises
    ('kind = "strength"\nload = "L2"', 'kind = "power"\nload = "L2"', "is not a kind"),
    ('load = "L2"', 'load = "L6"', "is not a load class"),
    ('load = "L2"', "load = 2", "is not a load class"),
    ('position = "standing"\nbase = "feet_apart"\ntargets', 'position = "upright"\nbase = "feet_apart"\ntargets', "is not a position"),
    ('base = "feet_apart"\ntargets', 'base = "wide"\ntargets', "is not a base"),
    ("targets = { knee = 5 }\nsecondary = { thigh = 3 }", "secondary = { thigh = 3 }", "`targets` is missing"),
    ("targets = { knee = 5 }\nsecondary = { thigh = 3 }", "targets = { }\nsecondary = { thigh = 3 }", "no target region"),
    ("secondary = { thigh = 3 }", "secondary = { thigh = 9 }", "`9` is not a whole number from 1 to 5"),
    ("secondary = { thigh = 3 }", "secondary = { thigh = 0 }", "`0` is not a whole number from 1 to 5"),
    ("secondary = { thigh = 3 }", "secondary = { thigh = -3 }", "`-3` is not a whole number from 1 to 5"),
    ("secondary = { thigh = 3 }", "secondary = { thigh = 2.5 }", "`2.5` is not a whole number"),
    ("secondary = { thigh = 3 }", "secondary = { tigh = 3 }", "did you mean `thigh`?"),
    ('title = "High squat at the wall"', "title = 7", "`7` is not text"),
    ('steps = ["Lean with your back at a wall, feet half a metre away.", "Slide down a little, and hold."]', "steps = []", "no steps"),
    ('steps = ["Lean with your back at a wall, feet half a metre away.", "Slide down a little, and hold."]', 'steps = "Lean at a wall."', "is not a list"),
    ('cues = ["Knees over the feet."]\n', "", "neither cues nor cautions"),
    ('base = "feet_apart"\ntargets', 'base = "feet_apart"\nsupport = "hand"\ntargets', "a hand rests on nothing fixed"),
    ('traits = ["wall_squat"]\ndose = { sets = [1, 3], hold_s = [10, 30]', 'traits = ["wall squat"]\ndose = { sets = [1, 3], hold_s = [10, 30]', "write `wall_squat`"),
    ('base = "feet_apart"\ntargets = { knee = 5 }\nsecondary = { thigh = 3 }', 'base = "feet_apart"\nalternating = true\ntargets = { knee = 5 }\nsecondary = { thigh = 3 }', "sides alternate, yet it has none"),
    ('base = "feet_apart"\ntargets = { knee = 5 }\nsecondary = { thigh = 3 }', 'base = "feet_apart"\nloads = { knee = "L1" }\ntargets = { knee = 5 }\nsecondary = { thigh = 3 }', "the largest of `loads` is L1"),
    ('evidence = ["wall.W1"]\n\n[[exercise]]', "\n[[exercise]]", "neither evidence nor a source"),
    ('id = "wall.squat_high"', 'id = "single_leg_balance"', "the exercise `single_leg_balance` is defined twice"),
    # doses
    ("hold_s = [10, 30]", "hold_s = [30, 10]", "from 30 down to 10"),
    ("hold_s = [10, 30]", "hold_s = [10, 20, 30]", "write [low, high]"),
    ("hold_s = [10, 30]", 'hold_s = "10-30"', "is not a list"),
    ("hold_s = [10, 30]", "hold_s = [0, 30]", "0–30 is not within 1 to 7,200"),
    ("hold_s = [10, 30]", "hold_secs = [10, 30]", "did you mean `hold_s`?"),
    ("sets = [1, 3], hold_s = [10, 30]", "sets = [0, 3], hold_s = [10, 30]", "0–3 is not within 1 to 50"),
    ("sets = [1, 3], hold_s = [10, 30]", "sets = [1, 60], hold_s = [10, 30]", "1–60 is not within 1 to 50"),
    ('rest_s = 60, days_a_week = [2, 3], days_between = 1 }\nsteps = ["Lean with your back at a wall, feet half a metre away.", "Slide down a little', 'rest_s = 6000, days_a_week = [2, 3], days_between = 1 }\nsteps = ["Lean with your back at a wall, feet half a metre away.", "Slide down a little', "from 0 to 600 seconds"),
    ('days_a_week = [2, 3], days_between = 1 }\nsteps = ["Lean with your back at a wall, feet half a metre away.", "Slide down a little', 'days_a_week = [9, 9], days_between = 1 }\nsteps = ["Lean with your back at a wall, feet half a metre away.", "Slide down a little', "9 is not within 1 to 7"),
    ('days_a_week = [2, 3], days_between = 1 }\nsteps = ["Lean with your back at a wall, feet half a metre away.", "Slide down a little', 'days_a_week = [7, 7], days_between = 1 }\nsteps = ["Lean with your back at a wall, feet half a metre away.", "Slide down a little', "7 days a week leave no 1 days between"),
    ('days_a_week = [2, 3], days_between = 1 }\nsteps = ["Lean with your back at a wall, feet half a metre away.", "Slide down a little', 'days_a_week = [2, 3], days_between = 9 }\nsteps = ["Lean with your back at a wall, feet half a metre away.", "Slide down a little', "from 0 to 6 days"),
    # ladders
    ('exercise = "wall.squat_high"', 'exercise = "wall.squat_hihg"', "no exercise has the id `wall.squat_hihg`; did you mean `wall.squat_high`"),
    ('exercise = "wall.squat_high"', 'exercise = "single_leg_balance"', "stands on more than one ladder"),
    ('harder = "load"\n', "", "does not say what gets harder"),
    ('harder = "load"', 'harder = "weight"', "is not a dimension"),
    ('harder = "load"', 'harder = "vision"', "`vision` is stated, yet it does not get harder"),
    ('load = "L3"', 'load = "L1"', "the load falls from L2 to L1"),
    ("per_side = false", "per_sides = false", "did you mean `per_side`?"),
    ("{ sets = 2, hold_s = 10 }, { sets = 2, hold_s = 20 }]\nmastery", "{ sets = 2, hold_s = 10 }, { sets = 3, hold_s = 20 }]\nmastery", "grows from the dose before"),
    ("{ sets = 2, hold_s = 10 }, { sets = 2, hold_s = 20 }]\nmastery", "{ sets = 2, hold_s = 20 }, { sets = 2, hold_s = 10 }]\nmastery", "its doses do not grow"),
    ("{ sets = 2, hold_s = 20 }]\nmastery", "{ sets = 2, hold_s = 45 }]\nmastery", "`hold_s` is 45, outside 10–30"),
    ("{ sets = 2, hold_s = 20 }]\nmastery", "{ sets = 2, reps = 20 }]\nmastery", "`reps` is not part of it"),
    ("mastery = { sets = 2, hold_s = 20 }", "mastery = { sets = 3, hold_s = 30 }", "its top dose is below its mastery"),
    ("mastery = { sets = 2, hold_s = 20 }", "mastery = { sets = 21, hold_s = 20 }", ".mastery.sets: 21 is too much; give at most 20"),
    ("mastery = { sets = 2, hold_s = 20 }", "mastery = { sets = 2, hold_s = 601 }", ".mastery.hold_s: 601 is too much; give at most 600"),
    ("mastery = { sets = 2, hold_s = 20 }", "mastery = { sets = 2 }", "a dose of nothing"),
    ("axis = [{ sets = 1, hold_s = 10 }, { sets = 2, hold_s = 10 }, { sets = 2, hold_s = 20 }]\nmastery", "axis = []\nmastery", "no dose"),
    ("'wall.squat_high' in mastered", "'wall.squat_hihg' in mastered", "no exercise has the id `wall.squat_hihg`; did you mean `wall.squat_high`"),
    ("'wall.squat_high' in mastered", "'p.f' in mastered", "no exercise has the id `p.f`"),
    ("wall.squat_s >= 20 or 'wall.squat_high' in mastered", "'wall.squat_low' in mastered", "`wall.squat_low` needs itself mastered"),
    ("wall.squat_s >= 20 or", "wall.squats >= 20 or", "no fact is called `wall.squats`; did you mean"),
    ("wall.squat_s >= 20 or", "wall.squat_s >= 200 or", "200"),
    ("wall.squat_s >= 20 or", "wall.squat_s >= 'long' or", "`'long'`"),
    ("wall.squat_s >= 20 or", "wall.guarded or", "reads `wall.guarded`, which rules conclude"),
    ("needs = \"wall.squat_s >= 20 or 'wall.squat_high' in mastered\"", 'needs = "wall.squat_s >= 50 and wall.squat_s <= 20"', "can be met by nobody"),
    ('start = "wall.squat_s >= 60"', 'start = "wall.squat_s >= 60 and wall.squat_s < 30"', "can be met by nobody"),
    ("axis = [{ sets = 1, hold_s = 10 }, { sets = 2, hold_s = 10 }, { sets = 2, hold_s = 20 }]\nmastery", "needs = \"'wall.squat_low' in mastered\"\naxis = [{ sets = 1, hold_s = 10 }, { sets = 2, hold_s = 10 }, { sets = 2, hold_s = 20 }]\nmastery", "these need each other"),
    ('[[ladder]]\nid = "wall.squats"', '[[ladder]]\nid = "heel_raise"', "the ladder `heel_raise` is defined twice"),
    # conditions of rules
    ('when = "wall.knee_locks"', 'when = "wall.knee_lock"', "no fact is called `wall.knee_lock`; did you mean"),
    ('when = "wall.knee_locks"', 'when = "wall.knee_locks = true"', "when"),
    ('when = "wall.knee_locks"', 'when = "wall.knee_locks and"', "column"),
    ('when = "wall.knee_locks"', 'when = "wall.knee_locks == \'yes\'"', "cannot be compared"),
    ('when = "wall.knee_locks"', 'when = "wall.knee_locks > 1"', "cannot be compared"),
    ('when = "wall.knee_locks"', 'when = "wall.squat_s"', "is no yes-or-no fact"),
    ('when = "wall.knee_locks"', 'when = "age > 200"', "200"),
    ('when = "wall.knee_locks"', 'when = "sex == \'male\'"', "`'male'`"),
    ('when = "wall.knee_locks"', 'when = "\'kne\' in painful_regions"', "did you mean `knee`?"),
    ('when = "wall.knee_locks"', 'when = "goal == \'squating\'"', "did you mean `squatting`?"),
    ('when = "wall.knee_locks"', 'when = "\'slideboard\' in equipment"', "did you mean `slide_board`?"),
    ('when = "wall.knee_locks"', 'when = "exercise.load > \'L1\'"', "no fact is called `exercise.load`"),
    ('when = "wall.knee_locks"', 'when = "here.region == \'knee\'"', "a rule without `each` cannot read `here.region`"),
    ('when = "wall.knee_locks"', 'when = "age > 70 and age < 60"', "can hold for nobody"),
    ('when = "wall.knee_locks"', 'when = "wall.knee_locks # or so"', "when"),
    ("here.region == 'knee' and here.pain >= 4", "here.region == 'knee' and here.days_ago <= 4", 'no complaint has `here.days_ago`; it needs each = "injury"'),
    ("here.region == 'knee' and here.days_ago <= 14", "here.region == 'knee' and here.pain >= 4", 'no injury has `here.pain`; it needs each = "complaint"'),
    ("here.weeks_ago < 12", "here.days_ago < 84", 'no surgery has `here.days_ago`; it needs each = "injury"'),
    ("here.weeks_ago < 12", "here.weeks < 12", 'no surgery has `here.weeks`; it needs each = "complaint"'),
    ("here.region == 'knee' and here.pain >= 4", "here.region == 'kneecap' and here.pain >= 4", "`'kneecap'`"),
    ("here.region == 'knee' and here.pain >= 4", "here.region == 'knee' and here.pain >= 14", "14"),
    ('each = "complaint"', 'each = "pain"', "is not a binding kind"),
    ('each = "complaint"\n', "", "a rule without `each` cannot read"),
    # what rules are about
    ("about = \"'knee' in exercise.targets\"", "about = \"'knees' in exercise.targets\"", "did you mean `knee`?"),
    ("about = \"'knee' in exercise.targets\"", "about = \"'below_stepp' in exercise.traits\"", "below_stepp"),
    ("about = \"'wall_squat' in exercise.traits\"\nlimit", "about = \"'wall_sqat' in exercise.traits\"\nlimit", "did you mean `wall_squat`?"),
    ("about = \"'slide_board' in exercise.equipment\"", "about = \"'slide_bord' in exercise.equipment\"", "did you mean `slide_board`?"),
    ("about = \"'knee' in exercise.targets\"", "about = \"exercise.id == 'wall.squat'\"", "did you mean `wall.squat_low` or `wall.squat_high`"),
    ("about = \"'knee' in exercise.targets\"", "about = \"exercise.kind == 'balance' and 'knee' in exercise.targets\"", "matches no exercise"),
    ("about = \"'knee' in exercise.targets\"", "about = \"exercise.load > 'L5'\"", "matches no exercise"),
    ("about = \"'knee' in exercise.targets\"", "about = \"exercise.load > 'heavy'\"", "`'heavy'`"),
    ("about = \"'knee' in exercise.targets\"", 'about = "age > 60"', "no fact is called `age`"),
    ("about = \"'knee' in exercise.targets\"", "about = \"exercise.region == 'knee'\"", "no fact is called `exercise.region`; did you mean `exercise.regions`"),
    ("about = \"'wall_squat' in exercise.traits\"\nlimit = { hold_s = 15 }", "about = \"exercise.kind == 'gait'\"\nlimit = { hold_s = 15 }", "limits `hold_s` of exercises that have none"),
    ("limit = { hold_s = 15 }", "limit = { roll_s = 15 }", "limits `duration_s` of exercises that have none"),
    # effects
    ("limit = { hold_s = 15 }", "limit = { holds = 15 }", "did you mean `hold_s`"),
    ("limit = { hold_s = 15 }", "limit = { hold_s = 0 }", "`0` cannot limit hold_s"),
    ("limit = { hold_s = 15 }", 'limit = { hold_s = "15" }', "is not a whole number"),
    ("exclude = true\nrefer", "exlude = true\nrefer", "did you mean `exclude`?"),
    ('refer = { level = "SOON", whom = "physiotherapist" }', 'refer = { level = "soon", whom = "physiotherapist" }', "is not a referral level"),
    ('refer = { level = "SOON", whom = "physiotherapist" }', 'refer = { level = "SOON", whom = "physio" }', "no message has the id `physio`"),
    ('refer = { level = "SOON", whom = "physiotherapist" }', 'refer = { level = "SOON" }', "`whom` is missing"),
    ('require = ["fixed_support"]', 'require = ["support"]', "is not a requirement"),
    ('require = ["fixed_support"]', 'require = "fixed_support"', "is not a list"),
    ('advise = ["wall.dry_floor"]', 'advise = ["wall.dry_flor"]', "no message has the id `wall.dry_flor`; did you mean `wall.dry_floor`?"),
    ('because = "A slide board slips on wet floors."\n', "", "`because` is missing"),
    ('because = "A slide board slips on wet floors."\nsources = ["wall.handbook"]', 'because = "A slide board slips on wet floors."', "neither evidence nor a source"),
    ('id = "wall.slippery"', 'id = "wall.locked"', "two rules are called `wall.locked`"),
    ('id = "wall.slippery"', 'id = "chest"', "the rule `chest` is defined twice"),
    ('"wall.dry_floor" = "Use', '"dry_floor" = "Use', "`dry_floor` does not bear the pack's id"),
    ('"Use the board on a dry floor."', "7", "`7` is not text"),
    ("[messages]", '[[explained]]\nfinding = "never_hold"\nsubject = "wall.locked"\nbecause = "b"\n\n[messages]', "did you mean `never_holds`?"),
    ("[messages]", '[[explained]]\nfinding = "shadowed"\nsubject = "wall.lockd"\nbecause = "b"\n\n[messages]', "did you mean `wall.locked`"),
]  # fmt: skip


def loaded(text: str) -> kc.Knowledge:
    return kc.Knowledge.builtin().with_packs(toml.loads(text, origin="wall.toml"))


def test_the_pack_without_mistakes_is_loaded() -> None:
    assert "wall.squat_low" in loaded(PACK).exercises


@pytest.mark.parametrize(
    ("old", "new", "fault"), MISTAKES, ids=[f"{n}: {m[1][:40]}" for n, m in enumerate(MISTAKES)]
)
def test_a_planted_mistake_is_caught_with_its_place(old: str, new: str, fault: str) -> None:
    assert old in PACK
    with pytest.raises(InvalidInput) as caught:
        loaded(PACK.replace(old, new, 1))
    told = str(caught.value)
    assert fault in told
    assert re.search(r"^wall\.toml(:\d+)?: ", told, re.MULTILINE)
