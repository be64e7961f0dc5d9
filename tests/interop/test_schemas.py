"""The schemas: as the types are now, and accepting whatever the library accepts."""

import datetime
import json as plain_json
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import kineticchain as kc
from kineticchain.domain.facts import Condition
from kineticchain.domain.facts.condition import CONDITION_KINDS
from kineticchain.domain.person.event import EVENT_TYPES
from kineticchain.domain.validators import is_identifier, is_text
from kineticchain.interop import json
from kineticchain.interop.schemas.names import FIELDS
from kineticchain.interop.schemas.schema import SCHEMAS, json_schema, published, schema_text
from kineticchain.interop.schemas.schema_forms import IDENTIFIER, TEXT
from kineticchain.knowledge import builtin
from kineticchain.knowledge.documents import condition_data
from kineticchain.knowledge.pack import RulePack
from kineticchain.testing.cases.case import Case
from kineticchain.testing.conditions import conditions
from kineticchain.testing.packs import odd_packs
from kineticchain.testing.strategies import histories, persons, requests

KNOWLEDGE = kc.Knowledge.builtin()
RECOMMENDER = kc.Recommender(KNOWLEDGE)
AFTER = datetime.date(2027, 3, 1)
"""A day after every day of the strategies."""
VALIDATORS = {
    name: Draft202012Validator(plain_json.loads(published(name)))  # type: ignore[no-untyped-call, unused-ignore]
    for name in SCHEMAS
}
READ_AS: dict[str, type] = {**SCHEMAS, "pack": RulePack}


def faults(name: str, document: object) -> list[str]:
    return [error.message for error in VALIDATORS[name].iter_errors(document)]


def written(value: object) -> Any:
    return plain_json.loads(json.dumps(value))


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_published_schema_is_what_the_types_give(name: str) -> None:
    assert published(name) == schema_text(name), f"run: python -m kineticchain schema {name}"


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_keeps_to_its_dialect(name: str) -> None:
    Draft202012Validator.check_schema(json_schema(SCHEMAS[name]))


@pytest.mark.parametrize("name", SCHEMAS)
def test_whatever_a_schema_refers_to_is_there(name: str) -> None:
    schema = json_schema(SCHEMAS[name])
    text = plain_json.dumps(schema)
    wanted = {part.split('"')[0] for part in text.split("#/$defs/")[1:]}
    assert wanted == set(schema.get("$defs", ()))


@given(person=persons(KNOWLEDGE))
def test_persons_fit_their_schema(person: kc.Person) -> None:
    assert not faults("person", written(person))


@given(request=requests(KNOWLEDGE))
def test_requests_fit_their_schema(request: kc.Request) -> None:
    assert not faults("request", written(request))


@given(history=histories(KNOWLEDGE))
def test_histories_fit_their_schema(history: kc.History) -> None:
    assert not faults("history", written(history))


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(person=persons(KNOWLEDGE), history=histories(KNOWLEDGE), request=requests(KNOWLEDGE))
def test_plans_fit_their_schema(
    person: kc.Person, history: kc.History, request: kc.Request
) -> None:
    plan = RECOMMENDER.recommend(person, history, request=request, on=AFTER)
    assert not faults("plan", written(plan))


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(pack=odd_packs(KNOWLEDGE))
def test_packs_fit_their_schema(pack: RulePack) -> None:
    assert not faults("pack", written(pack))


@given(condition=conditions())
def test_conditions_as_tagged_data_fit_the_schema(condition: Condition) -> None:
    assert not faults("pack", pack_when(condition_data.condition_data(condition)))


def test_every_kind_of_condition_has_a_tag() -> None:
    assert set(CONDITION_KINDS.values()) == set(get_args(Condition))


@pytest.mark.parametrize("path", builtin.PACKS)
def test_a_built_in_pack_fits_the_schema(path: str) -> None:
    text = files("kineticchain").joinpath("knowledge/data", path).read_text(encoding="utf-8")
    assert not faults("pack", tomllib.loads(text))


@pytest.mark.parametrize("pack", KNOWLEDGE.packs, ids=lambda pack: pack.id)
def test_a_built_in_pack_as_json_fits_the_schema(pack: RulePack) -> None:
    assert not faults("pack", written(pack))


@given(text=st.text(max_size=8) | st.from_regex(IDENTIFIER["pattern"], fullmatch=True))
def test_text_that_is_accepted_fits_the_patterns(text: str) -> None:
    for form, fits in ((TEXT, is_text), (IDENTIFIER, is_identifier)):
        if fits(text):
            validator = Draft202012Validator(form)  # type: ignore[no-untyped-call, unused-ignore]
            assert validator.is_valid(text)


def pack_when(when: object, **more: object) -> dict[str, object]:
    rule = {
        "id": "p.a", "when": when, "exclude": True, "because": "so", "sources": ["SEED0"], **more
    }  # fmt: skip
    return {"schema": 1, "id": "p", "version": "1", "rule": [rule]}


ACCEPTED: list[tuple[str, object]] = [
    ("person", {}),
    ("person", {"age": None, "sex": None, "as_of": None, "screening": "unasked"}),
    ("person", {"screening": {"asked": ["limp"], "on": "2026-11-21"}}),
    ("person", {"facts": {"bmi": None, "traits": ["a"], "x": {"left": 1.5, "right": None}}}),
    ("request", {"goal": None, "equipment": None}),
    ("history", []),
    ("history", [{"type": "session", "on": "2026-11-21"}]),
    ("history", [{"type": "morning_after", "on": "2026-11-21", "change": -1, "region": None}]),
    ("pack", {"schema": 1, "id": "p", "version": "1"}),
    ("pack", pack_when(" age > 3\n")),
    ("pack", pack_when({"type": "not", "part": "age > 3"}, about=None, limit=None)),
    ("pack", pack_when({"type": "all", "parts": ["diabetes", {"type": "is", "name": "limp"}]})),
    ("pack", pack_when("True", target={"heel": 3}, limit={"load": "L2", "minutes": 3})),
]


@pytest.mark.parametrize(("name", "document"), ACCEPTED)
def test_a_document_is_accepted_by_both(name: str, document: object) -> None:
    assert not faults(name, document)
    json.loads(plain_json.dumps(document), READ_AS[name])


REFUSED: list[tuple[str, object]] = [
    ("person", []),
    ("person", {"age": "34"}),
    ("person", {"age": 121}),
    ("person", {"age": True}),
    ("person", {"agee": 34}),
    ("person", {"sex": "q"}),
    ("person", {"complaints": {"region": "heel"}}),
    ("person", {"complaints": [{"pain": 3}]}),
    ("person", {"complaints": [{"region": "head"}]}),
    ("person", {"complaints": [{"region": "heel", "side": None}]}),
    ("person", {"complaints": [{"region": "heel", "pain": 3.5}]}),
    ("person", {"surgeries": [{"region": "knee", "weight_bearing": "all"}]}),
    ("person", {"equipment": "towel"}),
    ("person", {"equipment": ["a towel"]}),
    ("person", {"equipment": ["a.b.c.d.e"]}),
    ("person", {"facts": [1]}),
    ("person", {"facts": {"1st": True}}),
    ("person", {"facts": {"bmi": 1e10}}),
    ("person", {"facts": {"traits": ["a b"]}}),
    ("person", {"facts": {"single_leg_s": {"up": 3}}}),
    ("person", {"facts": {"single_leg_s": {"left": {"left": 3}}}}),
    ("person", {"facts": {"note": "\u202ereversed"}}),
    ("person", {"screening": "ok"}),
    ("person", {"screening": ["limp"]}),
    ("person", {"screening": {"ask": ["limp"]}}),
    ("person", {"as_of": "21.11.2026"}),
    ("person", {"as_of": "2026-W47-6"}),
    ("request", {"minutes": 0}),
    ("request", {"minutes": None}),
    ("request", {"goal": "foot pain"}),
    ("history", {}),
    ("history", [{"on": "2026-11-21"}]),
    ("history", [{"type": "jump", "on": "2026-11-21"}]),
    ("history", [{"type": "session"}]),
    ("history", [{"type": "session", "on": "2026-11-21", "change": 1}]),
    ("history", [{"type": "morning_after", "on": "2026-11-21", "change": 11}]),
    ("history", [{"type": "session", "on": "2026-11-21", "lines": [{"exercise": "x", "pain": 99}]}]),
    ("history", [{"type": "finding", "on": "2026-11-21", "screening": 3}]),
    ("pack", {"schema": 2, "id": "p", "version": "1"}),
    ("pack", {"schema": 1, "id": "a pack", "version": "1"}),
    ("pack", {"schema": 1, "id": "p", "version": 1}),
    ("pack", {"schema": 1, "id": "p", "version": "1", "rules": []}),
    ("pack", {"schema": 1, "id": "p", "version": "1", "messages": {"p.a": 1}}),
    ("pack", {"schema": 1, "id": "p", "version": "1", "fact": [{"id": "p-a", "kind": "boolean", "fact_class": "plain"}]}),
    ("pack", {"schema": 1, "id": "p", "version": "1", "source": [{"id": "p.a", "title": "x", "read": "half"}]}),
    ("pack", {"schema": 1, "id": "p", "version": "1", "conflict": [{"id": "p.a", "claims": ["x"]}]}),
    ("pack", pack_when("")),
    ("pack", pack_when(3)),
    ("pack", pack_when({"type": "is"})),
    ("pack", pack_when({"type": "is", "name": "a-b"})),
    ("pack", pack_when({"type": "is", "name": "limp", "value": 3})),
    ("pack", pack_when({"type": "all", "parts": ["limp"]})),
    ("pack", pack_when({"type": "all", "parts": ["limp", 3]})),
    ("pack", pack_when({"type": "compare", "name": "age", "operator": "=>", "value": 3})),
    ("pack", pack_when({"type": "compare", "name": "age", "operator": ">=", "value": True})),
    ("pack", pack_when({"type": "contains", "name": "equipment", "member": 3})),
    ("pack", pack_when({"type": "constant", "value": 1})),
    ("pack", pack_when({"kind": "constant", "value": True})),
    ("pack", pack_when("True", because=3)),
    ("pack", pack_when("True", favour=0)),
    ("pack", pack_when("True", target={"heel": 1001})),
    ("pack", pack_when("True", advise=["call us"])),
    ("pack", pack_when("True", require=["shoes"])),
    ("pack", pack_when("True", refer={"level": "soon", "whom": "gp"})),
    ("pack", pack_when("True", limit={"loads": "L2"})),
]  # fmt: skip


@pytest.mark.parametrize(("name", "document"), REFUSED)
def test_a_faulty_document_is_refused_by_both(name: str, document: object) -> None:
    assert faults(name, document)
    with pytest.raises(kc.InvalidInput):
        json.loads(plain_json.dumps(document), READ_AS[name])


def test_a_fault_in_a_tagged_table_is_told_of_that_table_alone() -> None:
    assert faults("history", [{"type": "session", "on": 3}]) == ["3 is not of type 'string'"]
    when = {"type": "all", "parts": ["limp", {"type": "is"}]}
    assert faults("pack", pack_when(when)) == ["'name' is a required property"]


PACK = Path(__file__).parents[2] / "examples" / "packs" / "shoulder" / "pack.toml"


@pytest.fixture(scope="module")
def with_shoulder() -> kc.Knowledge:
    return kc.Knowledge.builtin().with_packs(kc.load_pack(PACK))


def faults_for(
    knowledge: kc.Knowledge, cls: type[attrs.AttrsInstance], document: object
) -> list[str]:
    validator = Draft202012Validator(json_schema(cls, knowledge))  # type: ignore[no-untyped-call, unused-ignore]
    return [error.message for error in validator.iter_errors(document)]


@pytest.mark.parametrize(
    ("document", "is_valid"),
    [
        ({"complaints": [{"region": "shoulder"}]}, True),
        ({"complaints": [{"region": "shouldr"}]}, False),
        ({"facts": {"shoulder_clinic.lump": False}}, True),
        ({"facts": {"shoulder_clinic.lump": "no"}}, False),
        ({"facts": {"single_leg_s": {"left": 10}}}, True),
        ({"facts": {"single_leg_s": {"left": "ten"}}}, False),
        ({"facts": {"fever": None}}, True),
    ],
)
def test_a_schema_for_packs_knows_their_regions_and_facts(
    document: object, *, is_valid: bool, with_shoulder: kc.Knowledge
) -> None:
    assert (faults_for(with_shoulder, kc.Person, document) == []) is is_valid


def test_a_schema_for_packs_offers_their_ids(with_shoulder: kc.Knowledge) -> None:
    schema = json_schema(SCHEMAS["pack"], with_shoulder)["$defs"]
    offered = schema["ExerciseId"]["anyOf"][0]["enum"]
    assert {"walking", "shoulder_clinic.pendulum"} <= set(offered)
    assert (
        "shoulder_pain"
        in json_schema(kc.Request, with_shoulder)["$defs"]["GoalId"]["anyOf"][0]["enum"]
    )


def test_a_pack_may_refer_to_what_it_brings_itself(with_shoulder: kc.Knowledge) -> None:
    document = tomllib.loads(PACK.read_text(encoding="utf-8"))
    plain = plain_json.loads(plain_json.dumps(document, default=str))
    assert faults_for(with_shoulder, SCHEMAS["pack"], plain) == []
    assert faults_for(kc.Knowledge.builtin(), SCHEMAS["pack"], plain) == []


def test_every_field_with_ids_exists() -> None:
    classes = {cls.__name__: cls for cls in _classes_in(*SCHEMAS.values(), Case)}
    for place in " ".join(FIELDS.values()).split():
        cls, _, field = place.partition(".")
        assert field in attrs.fields_dict(classes[cls]), place


def test_a_schema_of_cases_accepts_every_case() -> None:
    validator = Draft202012Validator(json_schema(Case, kc.Knowledge.builtin()))  # type: ignore[no-untyped-call, unused-ignore]
    for path in (Path(__file__).parents[1] / "cases").glob("*.toml"):
        document = plain_json.loads(
            plain_json.dumps(tomllib.loads(path.read_text(encoding="utf-8")), default=str)
        )
        assert [error.message for error in validator.iter_errors(document)] == [], path.name


def test_fields_have_their_description_and_default() -> None:
    minutes = json_schema(kc.Request)["properties"]["minutes"]
    assert minutes["default"] == 10
    assert minutes["description"]


def _classes_in(*roots: type[attrs.AttrsInstance]) -> set[type[attrs.AttrsInstance]]:
    """Return the attrs classes that documents of some classes can hold."""
    found: set[type[attrs.AttrsInstance]] = set()
    waiting: list[object] = [*roots, *EVENT_TYPES.values()]
    while waiting:
        kind = waiting.pop()
        waiting += get_args(kind)
        if isinstance(kind, type) and attrs.has(kind) and kind not in found:
            found.add(kind)
            waiting += [field.type for field in attrs.fields(attrs.resolve_types(kind))]
    return found
