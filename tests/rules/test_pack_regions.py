"""Regions that packs bring: how they are declared, checked, planned for, and renamed."""

import copy
import datetime
import json as plain_json
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

import kineticchain as kc
from kineticchain.domain.anatomy import BodyRegion, Part, Region, regions_of
from kineticchain.errors import InvalidDocument, InvalidKnowledge
from kineticchain.interop import json, toml
from kineticchain.interop.fhir import questionnaire
from kineticchain.knowledge.pack import RulePack
from kineticchain.report import chain_picture

PACK = Path(__file__).parents[2] / "examples" / "packs" / "shoulder" / "pack.toml"
ON = datetime.date(2026, 11, 30)
SIGNS = ("hot_joint", "changed_shape", "weak_after_injury", "lump")
WISH = kc.Request(minutes=15, goal="shoulder_pain")
HEAD = 'schema = 1\nid = "clinic"\nversion = "1"\n'


@pytest.fixture(scope="module")
def knowledge() -> kc.Knowledge:
    return kc.Knowledge.builtin().with_packs(kc.load_pack(PACK))


@pytest.fixture(scope="module")
def recommender(knowledge: kc.Knowledge) -> kc.Recommender:
    return kc.Recommender(knowledge)


def person(**signs: bool) -> kc.Person:
    """Return somebody with a sore shoulder and no sign but those stated."""
    answers = dict.fromkeys(SIGNS, False) | signs
    return kc.Person(
        age=50,
        complaints=[kc.Complaint("shoulder", side="right", pain=4, weeks=10)],
        equipment=["towel", "chair", "fixed_support", "band", "door_anchor"],
        facts={f"shoulder_clinic.{sign}": value for sign, value in answers.items()},
        screening="clear",
    )


def region_row(**changes: str) -> RulePack:
    """Return a pack with one region, some of whose keys are changed."""
    keys = {"id": '"elbow"', "part": '"arm"', "paired": "true", "position": "[90, 300]"} | changes
    rows = "\n".join(f"{key} = {value}" for key, value in keys.items())
    return toml.loads(f"{HEAD}[[region]]\n{rows}\n")


def test_the_region_is_planned_for_on_its_side(recommender: kc.Recommender) -> None:
    plan = recommender.recommend(person(), request=WISH, on=ON)
    sides = {item.side for item in plan.items if item.exercise.startswith("shoulder_clinic.")}
    assert sides == {kc.Side.RIGHT}


@pytest.mark.parametrize("sign", SIGNS)
def test_each_sign_refers(sign: str, recommender: kc.Recommender) -> None:
    plan = recommender.recommend(person(**{sign: True}), request=WISH, on=ON)
    assert plan.referral.level >= kc.ReferralLevel.URGENT


def test_unanswered_signs_are_asked_first(recommender: kc.Recommender) -> None:
    unasked = kc.Person(complaints=[kc.Complaint("shoulder", pain=4)], screening="clear", age=50)
    plan = recommender.recommend(unasked, request=WISH, on=ON)
    assert {question.id for question in plan.questions} == {
        f"shoulder_clinic.{sign}" for sign in SIGNS
    }


def test_the_built_in_regions_stay_as_they_are(knowledge: kc.Knowledge) -> None:
    shoulder = Region("shoulder")
    assert shoulder not in set(Region)
    assert kc.Knowledge.builtin().regions == tuple(Region)
    assert knowledge.regions == (*Region, shoulder)


def test_a_knowledge_without_the_pack_refuses_the_region(knowledge: kc.Knowledge) -> None:
    assert knowledge.regions
    with pytest.raises(kc.InvalidInput, match="no pack here has the region `shoulder`"):
        kc.recommend(kc.Person(complaints=[kc.Complaint("shoulder")]))


@pytest.mark.parametrize(
    "event",
    [
        kc.Finding(on=ON, complaints=[kc.Complaint("knee")]),
        kc.InjuryHappened(on=ON, region="knee"),
        kc.SurgeryDone(on=ON, region="knee"),
        kc.MorningAfter(on=ON, change=0, region="knee"),
        kc.ClinicianResult(on=ON, region="knee", cleared=True),
    ],
    ids=lambda event: type(event).__name__,
)
def test_events_name_their_region_where_it_is_unknown(event: object) -> None:
    elbow = region_row()
    assert elbow.regions
    document = json.dumps(kc.History([event])).replace('"knee"', '"elbow"')  # type: ignore[list-item]
    history = json.loads(document, kc.History)
    with pytest.raises(kc.InvalidInput, match=r"history\[0\].*region: no pack here has the region"):
        kc.recommend(kc.Person(), history, on=ON)


def test_copies_and_pickles_are_the_same_object(knowledge: kc.Knowledge) -> None:
    shoulder = knowledge.regions[-1]
    assert pickle.loads(pickle.dumps(shoulder)) is shoulder  # noqa: S301 - made here
    assert copy.deepcopy(shoulder) is shoulder


def test_another_process_learns_the_region_from_a_pickle(knowledge: kc.Knowledge) -> None:
    stored = pickle.dumps((kc.Complaint("shoulder", side="left"), knowledge.regions))
    program = (
        "import pickle, sys; complaint, _ = pickle.load(sys.stdin.buffer); "
        "print(complaint.region, complaint.region.part, complaint.region.paired)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], input=stored, capture_output=True, check=True
    )
    assert done.stdout.split() == [b"shoulder", b"arm", b"True"]


def test_a_midline_region_has_no_side() -> None:
    jaw = kc.declare_region("jaw", "spine", paired=False)
    with pytest.raises(kc.InvalidInput, match="lies on the midline"):
        kc.Complaint(jaw, side="left")


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"part": '"arms"'}, "did you mean `arm`"),
        ({"paired": "1"}, "not true or false"),
        ({"id": '"left"'}, "is a part or a side of the body"),
        ({"id": '"foot"'}, "is a part or a side of the body"),
        ({"id": '"clinic.elbow"'}, "is no id of a region"),
        ({"id": '"heel"'}, "known with another anatomy: foot, paired"),
        ({"id": '"shoulder"', "paired": "false"}, "known with another anatomy: arm, paired"),
        ({"position": '"left"'}, "is not a list"),
    ],
)
def test_a_wrong_row_is_refused_with_its_place(
    changes: dict[str, str], fault: str, knowledge: kc.Knowledge
) -> None:
    assert knowledge.regions
    with pytest.raises(InvalidDocument, match=fault) as raised:
        region_row(**changes)
    assert all("region[0]" in each.where for each in raised.value.faults)


def test_a_region_needs_a_name() -> None:
    with pytest.raises(InvalidKnowledge, match="has no title"):
        kc.Knowledge.builtin().with_packs(region_row())


def test_a_built_in_region_cannot_be_brought_again() -> None:
    again = region_row(id='"heel"', part='"foot"', title='"heel"')
    with pytest.raises(InvalidKnowledge, match="the region `heel` is defined twice"):
        kc.Knowledge.builtin().with_packs(again)


def test_a_row_contradicts_its_region_in_python() -> None:
    with pytest.raises(kc.InvalidInput, match="another part"):
        BodyRegion(id=Region.HEEL, part=Part.ARM, paired=True, position=(0, 0))


def test_a_misspelt_region_of_a_rule_is_refused() -> None:
    rule = """
[[rule]]
id = "clinic.elbow"
when = "'shouldr' in painful_regions"
exclude = true
because = "Test."
sources = ["shoulder_clinic.Artus2014"]
"""
    with pytest.raises(InvalidKnowledge, match="did you mean `shoulder`"):
        kc.Knowledge.builtin().with_packs(kc.load_pack(PACK), toml.loads(HEAD + rule))


def test_paths_lead_to_the_region(knowledge: kc.Knowledge) -> None:
    path = knowledge.chain.path("thoracic", Part.ARM)
    assert path is not None
    assert path.regions == (Region.THORACIC, Region("shoulder"))
    assert regions_of("arm", knowledge.regions) == (Region("shoulder"),)


def test_the_picture_and_the_form_show_it(knowledge: kc.Knowledge) -> None:
    assert ">shoulder</text>" in chain_picture.svg(knowledge.chain)
    assert '"linkId": "complaint.shoulder"' in str(questionnaire(knowledge)).replace("'", '"')


def test_a_renamed_region_keeps_stored_people(knowledge: kc.Knowledge) -> None:
    alias = """
[[alias]]
kind = "region"
old = "upper_arm"
new = "shoulder"
"""
    renamed = kc.Recommender(knowledge.with_packs(toml.loads(HEAD + alias)))
    stored = json.dumps(person()).replace('"shoulder"', '"upper_arm"')
    plan = renamed.recommend(json.loads(stored, kc.Person), request=WISH, on=ON)
    assert plan.items == renamed.recommend(person(), request=WISH, on=ON).items
    history = kc.History([kc.InjuryHappened(on=ON, region="upper_arm", side="right")])
    notes = renamed.check(person(), history)
    assert notes == ("history[0] (2026-11-30): the region `upper_arm` is called `shoulder` now",)


def test_a_region_cannot_be_retired() -> None:
    alias = '\n[[alias]]\nkind = "region"\nold = "heel_spur"\n'
    with pytest.raises(InvalidDocument, match="a region cannot be retired"):
        toml.loads(HEAD + alias)


def test_titles_of_a_pack_follow_the_language(knowledge: kc.Knowledge) -> None:
    assert knowledge.catalog.text("region_shoulder") == "shoulder"
    assert knowledge.speaking("de").catalog.text("region_shoulder") == "Schulter"


FOREIGN = {
    "an exercise": """
[[exercise]]
id = "clinic.reach"
title = "Reaching"
kind = "mobility"
load = "L0"
position = "seated"
targets = { shoulder = 5 }
dose = { sets = [1, 3], reps = [5, 15], rest_s = 30, days_a_week = [2, 7] }
steps = ["Reach."]
cues = ["Slowly."]
sources = ["SEED0"]
""",
    "a goal": '[[goal]]\nid = "clinic.reach"\nregions = { shoulder = 100 }\n',
    "a rule": """
[[rule]]
id = "clinic.target"
when = "age > 60"
target = { shoulder = 50 }
because = "House rule."
sources = ["SEED0"]
""",
}


@pytest.mark.parametrize("what", FOREIGN)
def test_a_region_of_a_pack_that_is_not_loaded_is_refused(what: str) -> None:
    kc.load_pack(PACK)  # this process knows the shoulder from then on
    foreign = toml.loads(HEAD + FOREIGN[what])
    with pytest.raises(InvalidKnowledge, match="no pack here has the region `shoulder`"):
        kc.Knowledge.builtin().with_packs(foreign)


@pytest.mark.parametrize("region", ["shoulder", "nonsense"])
def test_a_saved_intake_cannot_name_a_region_that_the_knowledge_lacks(region: str) -> None:
    kc.load_pack(PACK)
    recommender = kc.Recommender(kc.Knowledge.builtin())
    saved = recommender.intake(kc.Person(), on=ON).saved
    own = {"complaints": [region, "heel"]}
    with pytest.raises(kc.InvalidInput, match="is not an option"):
        recommender.intake(kc.Person(), on=ON, saved={**saved, "own": own})


@pytest.mark.parametrize("name", ["upper-arm", "global", "a.b"])
def test_a_former_region_of_a_refused_one_is_refused_with_it(name: str) -> None:
    alias = '[[alias]]\nkind = "region"\nold = "former"\n' + f'new = "{name}"\n'
    region = f'[[region]]\nid = "{name}"\npart = "arm"\npaired = true\nposition = [1, 1]\n'
    with pytest.raises(InvalidDocument, match="is no id of a region"):
        toml.loads(HEAD + region + alias)


def test_a_form_asks_about_all_regions_of_a_part() -> None:
    groin = region_row(id='"groin_front"', part='"hip"', title='"front of the groin"')
    form = questionnaire(kc.Knowledge.builtin().with_packs(groin))
    counts = [plain_json.dumps(form).count(f'"code": "{name}"') for name in ("groin_front", "hip")]
    assert counts[0] == counts[1] > 20
