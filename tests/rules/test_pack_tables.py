"""A pack holds rows of every kind: links, equipment and goals beside rules and exercises."""

from pathlib import Path

import pytest

import kineticchain as kc
from kineticchain.errors import InvalidDocument, InvalidKnowledge
from kineticchain.interop import json, toml
from kineticchain.knowledge.pack import TABLES, RulePack

HEAD = 'schema = 1\nid = "clinic"\nversion = "1"\n'

CLINIC = (
    HEAD
    + """
[[equipment]]
id = "sand_tray"
title = "a tray of sand"
substitutes = ["sand_box"]

[[goal]]
id = "barefoot_walking"
regions = { toes = 20, plantar_fascia = 10 }

[[source]]
id = "clinic.notes"
title = "Notes of the clinic"
author = "the clinic"
year = 2026

[[claim]]
id = "clinic.K1"
origin = ["toes"]
target = ["heel"]
direction = "ascending"
kind = "treatment_effect"
statement = "Training of the toes changes heel pain."
grade = "expert"
sources = ["clinic.notes"]

[[link]]
origin = "toes"
target = "heel"
mechanics = "none"
pain_association = "none"
treatment_effect = "expert"
claims = ["clinic.K1"]
"""
)


def pack_of(text: str, folder: Path) -> RulePack:
    path = folder / "clinic.toml"
    path.write_text(text, encoding="utf-8")
    return toml.load_pack(path)


@pytest.fixture
def knowledge(tmp_path: Path) -> kc.Knowledge:
    return kc.Knowledge.builtin().with_packs(pack_of(CLINIC, tmp_path))


def test_a_goal_of_a_pack_can_be_asked_for(knowledge: kc.Knowledge) -> None:
    person = kc.Person(age=30, screening="clear", equipment=["fixed_support"])
    plan = kc.Recommender(knowledge).recommend(person, request=kc.Request(goal="barefoot_walking"))
    assert {target.region for target in plan.targets} >= {kc.Region.TOES}


def test_a_rule_can_read_a_goal_of_a_pack(knowledge: kc.Knowledge) -> None:
    assert knowledge.vocabulary.by_id["goal"].fault_of("barefoot_walking") is None
    assert kc.Knowledge.builtin().vocabulary.by_id["goal"].fault_of("barefoot_walking") is not None


def test_a_person_can_own_equipment_of_a_pack(knowledge: kc.Knowledge) -> None:
    person = kc.Person(age=30, screening="clear", equipment=["sand_box"])
    assert kc.Recommender(knowledge).recommend(person).status == "ready"


def test_a_link_of_a_pack_is_part_of_the_chain(knowledge: kc.Knowledge) -> None:
    assert knowledge.chain.link(kc.Region.TOES, kc.Region.HEEL) is not None
    assert "clinic.K1" in knowledge.evidence


def test_every_table_survives_json(tmp_path: Path) -> None:
    pack = pack_of(CLINIC, tmp_path)
    assert json.loads(json.dumps(pack), RulePack) == pack
    for builtin in kc.Knowledge.builtin().packs:
        assert json.loads(json.dumps(builtin), RulePack) == builtin


def test_the_builtin_packs_use_every_table_but_reviews() -> None:
    packs = kc.Knowledge.builtin().packs
    assert [
        attribute for attribute in TABLES.values() if not any(getattr(p, attribute) for p in packs)
    ] == ["reviews"]  # no clinician has reviewed them


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        (
            '[[goal]]\nid = "heel_pain"\nregions = { heel = 5 }',
            "the goal `heel_pain` is defined twice",
        ),
        ('[[goal]]\nid = "g"\nregions = { heel = 0 }', "`0` is not a whole number from 1 to 100"),
        (
            '[[equipment]]\nid = "towel"\ntitle = "x"',
            "the piece of equipment `towel` is defined twice",
        ),
        (
            '[[link]]\norigin = "toes"\ntarget = "plantar_fascia"\nmechanics = "none"\npain_association = "none"\ntreatment_effect = "none"',
            "the link `toes → plantar_fascia` is defined twice",
        ),
        (
            '[[asymmetry]]\nmeasure = "lunge"\nmore_than = 3\nregions = { ankle = 5 }',
            "no measure of both sides has the id `lunge`; did you mean `lunge_cm`?",
        ),
        (
            '[[story]]\nid = "s"\nsource = "SEED99"\ntitle = "t"\nregions = ["toes", "heel"]',
            "no source has the id `SEED99`",
        ),
        ("[weights]\nstrong = 900", "a pack cannot bring `weights`"),
        ('[[dose_order]]\nkind = "balance"\norder = ["reps"]', "a pack cannot bring `dose_order`"),
    ],
)
def test_a_faulty_row_is_refused(rows: str, fault: str, tmp_path: Path) -> None:
    with pytest.raises((InvalidDocument, InvalidKnowledge)) as caught:
        kc.Knowledge.builtin().with_packs(pack_of(f"{HEAD}\n{rows}\n", tmp_path))
    assert fault in str(caught.value)
