"""A rule that can never fire is told, in each way to write one."""

import pytest

import kineticchain as kc
from kineticchain.errors import InvalidDocument, InvalidKnowledge
from kineticchain.interop import toml

HEAD = """
schema = 1
id = "clinic"
version = "1"

[[source]]
id = "clinic.s"
title = "Notes"
"""
CONCLUDED = """
[[fact]]
id = "clinic.{name}"
kind = "boolean"
fact_class = "concluded"
"""
DEAD = """
[[rule]]
id = "clinic.makes_told"
when = "age >= 80 and age < 70"
conclude = ["clinic.told"]
because = "A test."
sources = ["clinic.s"]
"""
NOBODY = "can hold for nobody"
WALKING = "exercise.id == 'walking'"

# what is written · occasion · condition · exercises · what is told
WAYS = [
    ("ranges that exclude each other", "", "age >= 70 and age < 60", WALKING, NOBODY),
    ("equal to two values", "", "worst_pain > 4 and worst_pain == 3", WALKING, NOBODY),
    ("two words at once", "", "goal == 'balance' and goal == 'heel_pain'", WALKING, NOBODY),
    ("a value beyond the range", "", "age > 130", WALKING, "not a number from 0 to 120"),
    ("more pain than there is", "complaint", "here.pain > 10", WALKING, NOBODY),
    ("a misspelt region", "", "'heal' in painful_regions", WALKING, "did you mean `heel`"),
    ("a misspelt piece", "", "'towl' in equipment", WALKING, "did you mean `towel`"),
    ("a word that is no option", "surgery", "here.weight_bearing == 'FULL'", WALKING, "must be one of NWB"),
    ("a fact of another occasion", "complaint", "here.days_ago > 3", WALKING, "no complaint has"),
    ("a region in another part", "complaint", "here.region == 'heel' and here.part == 'knee'", WALKING, NOBODY),
    ("a side of the midline", "complaint", "here.region == 'lumbar' and here.side == 'left'", WALKING, NOBODY),
    ("a side of a fact without sides", "", "fever.left", WALKING, "did you mean `fever`"),
    ("known and unknown", "", "not known(fever) and fever", WALKING, NOBODY),
    ("false", "", "False", WALKING, NOBODY),
    ("a misspelt trait", "", "age > 60", "'below_stepp' in exercise.traits", "is not a member of `exercise.traits`"),
    ("exercises that do not exist", "", "age > 60", "exercise.kind == 'gait' and 'neck' in exercise.targets", "matches no exercise"),
    ("no exercise for any region", "complaint", "here.pain > 1", "here.region in exercise.regions and exercise.kind == 'gait' and exercise.load >= 'L5'", "matches no exercise"),
    ("a conclusion that nobody draws", "", "clinic.told", WALKING, "no rule concludes it"),
    ("a conclusion of a dead rule", "", "clinic.told", WALKING, NOBODY),
]  # fmt: skip


@pytest.mark.parametrize(
    ("what", "occasion", "when", "about", "fault"), WAYS, ids=[way[0] for way in WAYS]
)
def test_a_dead_rule_is_told(what: str, occasion: str, when: str, about: str, fault: str) -> None:
    facts = CONCLUDED.format(name="told") if "clinic.told" in when else ""
    dead = DEAD if "dead rule" in what else ""
    each = f'each = "{occasion}"' if occasion else ""
    rule = f"""
[[rule]]
id = "clinic.r"
{each}
when = "{when}"
about = "{about}"
exclude = true
because = "A test."
sources = ["clinic.s"]
"""
    with pytest.raises((InvalidDocument, InvalidKnowledge)) as raised:
        kc.Knowledge.builtin().with_packs(toml.loads(HEAD + facts + dead + rule))
    assert fault in str(raised.value)
    assert any("rule[" in each.where or "fact[" in each.where for each in raised.value.faults)
