"""The load of an exercise is stated per tissue, or is one for all trained regions."""

import pytest
from attrs import evolve

import kineticchain as kc
from kineticchain.domain.anatomy import Region
from kineticchain.domain.exercises import Exercise, LoadClass
from kineticchain.domain.exercises.attributes import exercise_attributes
from kineticchain.errors import InvalidInput
from kineticchain.interop import json, toml
from kineticchain.knowledge.pack import RulePack

KNOWLEDGE = kc.Knowledge.builtin()
RAISE = KNOWLEDGE.exercises["heel_raise_single"]


def with_loads(**loads: str) -> Exercise:
    stated = tuple((Region(region), LoadClass(load)) for region, load in loads.items())
    return evolve(RAISE, loads=stated)


def test_without_loads_every_trained_region_has_the_load_of_the_exercise() -> None:
    assert {RAISE.load_on(region) for region in RAISE.regions} == {RAISE.load}
    assert RAISE.load_on(Region.NECK) is LoadClass.L0


def test_stated_loads_are_those_of_their_regions() -> None:
    exercise = with_loads(knee="L1", **{r: "L3" for r, _ in RAISE.targets})
    assert exercise.load_on(Region.KNEE) is LoadClass.L1
    assert exercise.load_on(Region.HIP) is LoadClass.L0


def test_rules_read_the_load_of_a_region() -> None:
    values = exercise_attributes(with_loads(**{r: "L3" for r, _ in RAISE.targets}), KNOWLEDGE.chain)
    assert values["exercise.load.calf_achilles"] == "L3"
    assert values["exercise.load.neck"] == "L0"


def test_a_rule_about_the_load_of_a_region_excludes_by_it() -> None:
    text = """
schema = 1
id = "clinic"
version = "1"

[[rule]]
id = "clinic.no_loaded_calf"
when = "age >= 18"
about = "exercise.load.calf_achilles >= 'L3'"
exclude = true
because = "A test."
sources = ["SEED0"]
"""
    knowledge = KNOWLEDGE.with_packs(toml.loads(text))
    person = kc.Person(age=30, screening="clear", equipment=["fixed_support", "step", "chair"])
    decision = kc.Recommender(knowledge).assess(person).decision
    excluded = {consequence.target.exercise for consequence in decision.exclusions}
    assert "heel_raise_single" in excluded
    assert "heel_raise_seated" not in excluded


@pytest.mark.parametrize(
    ("loads", "fault"),
    [
        ({"calf_achilles": "L2"}, "`load` is L3"),
        ({"knee": "L3"}, "no load of the target `calf_achilles`"),
    ],
)
def test_loads_that_contradict_the_exercise_are_refused(loads: dict[str, str], fault: str) -> None:
    with pytest.raises(InvalidInput, match=fault):
        with_loads(**loads)


def test_loads_survive_json() -> None:
    exercise = with_loads(**{region: "L3" for region, _ in RAISE.targets})
    pack = RulePack(id="clinic", version="1", exercises=(exercise,))
    assert json.loads(json.dumps(pack), RulePack) == pack
