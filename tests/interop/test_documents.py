"""JSON documents: nothing coerced, every fault at its path, strange input refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kineticchain as kc
from kineticchain.errors import InvalidDocument
from kineticchain.interop import json, toml


def refusal(text: str | bytes, cls: type) -> str:
    with pytest.raises(InvalidDocument) as caught:
        json.loads(text, cls, origin="x.json")
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{", "x.json: line 1, column 2: not JSON"),
        ('{"age": 3, "age": 4}', "the key `age` stands twice"),
        ('{"age": NaN}', "`NaN` is not a number; leave it out or write null"),
        ('{"age": Infinity}', "`Infinity` is not a number"),
        ('{"facts": {"bmi": 1e999}}', "a number beyond"),
        ('{"age": 99999999999999999999}', "a number beyond"),
        ('{"age": true}', "$.age: `True` is not a whole number"),
        ('{"age": 34.0}', "$.age: `34.0` is not a whole number"),
        ('{"age": 200}', "$.age: `200` is not a whole number from 0 to 120 years"),
        ('{"agee": 3}', "`agee` is not known here; did you mean `age`?"),
        ('{"complaints": {"region": "heel"}}', "$.complaints: "),
        ('{"complaints": [{"pain": 3}]}', "$.complaints[0].region: `region` is missing"),
        ('{"complaints": [{"region": "heel", "pain": "3"}]}', "$.complaints[0].pain: `'3'`"),
        ('{"equipment": "towel"}', "$.equipment: `'towel'` is not a list; put it in [ ]"),
        ('{"facts": [1]}', "is not a table of names and values"),
        ('{"facts": {"single_leg_s": {"up": 3}}}', "$.facts.single_leg_s: `'up'` is not a side"),
        ('{"screening": "ok"}', "$.screening: `'ok'` is no screening; say \"clear\""),
        ('{"as_of": "21.11.2026"}', "is not a date; write it as 2026-11-21"),
        ('{"as_of": "2026-13-41"}', "is not a date"),
        ('{"as_of": "2026-W47-6"}', "is not a date"),
        ("[]", "$: `[]` is not a table"),
        ("3", "$: `3` is not a table"),
        ("[" * 40 + "]" * 40, "nested deeper than 32 levels"),
        (b"\xff", "not UTF-8"),
        (" " * 1_000_001, "larger than 1,000,000 bytes"),
        ('{"sex": "f\\u0007"}', "is not a sex"),
    ],
)
def test_a_faulty_person_is_refused_with_path_and_remedy(text: str | bytes, fault: str) -> None:
    assert fault in refusal(text, kc.Person)


@pytest.mark.parametrize(
    ("claims", "fault"),
    [
        ('["a"]', "$.conflict[0].claims: `['a']` is not a list of 2"),
        ('"ab"', "$.conflict[0].claims: `'ab'` is not a list"),
        ('["a", 3]', "$.conflict[0].claims[1]: `3` is not text"),
    ],
)
def test_a_pair_that_is_none_is_refused_with_its_path(claims: str, fault: str) -> None:
    row = f'{{"id": "x.a", "claims": {claims}}}'
    text = f'{{"schema": 1, "id": "x", "version": "1", "conflict": [{row}]}}'
    assert fault in refusal(text, kc.RulePack)


def test_every_fault_of_a_document_comes_at_once() -> None:
    text = '{"age": -1, "sex": "q", "complaints": [{"region": "x", "pain": 11}, 3], "zzz": 1}'
    faults = refusal(text, kc.Person).splitlines()
    assert len(faults) == 6


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{}", "`events` is missing"),
        ('[{"on": "2026-01-01"}]', "[0].type: the type of the event is missing; it must be one of"),
        ('[{"type": "jump", "on": "2026-01-01"}]', "`'jump'` is no type of event"),
        ('[{"type": "session"}]', "`on` is missing"),
        (
            '[{"type": "session", "on": "2026-01-01", "lines": [{"exercise": "x", "pain": 99}]}]',
            "[0].lines[0].pain: `99` is not a whole number from 0 to 10",
        ),
        ('[{"type": "morning_after", "on": "2026-01-01", "change": 0.5}]', "change: `0.5`"),
    ],
)
def test_a_faulty_history_is_refused_with_path_and_remedy(text: str, fault: str) -> None:
    assert fault in refusal(text, kc.History)


def test_brackets_inside_strings_are_no_nesting() -> None:
    text = '{"facts": {"note": "' + "[" * 100 + '\\"["}}'
    assert json.loads(text, kc.Person).facts["note"]


def test_an_empty_person_can_be_read() -> None:
    assert json.loads("{}", kc.Person) == kc.Person()


def test_screening_reads_and_writes_its_short_forms() -> None:
    for screening in ("clear", "unasked", kc.Screening(asked=["limp"], everything=True)):
        person = kc.Person(screening=screening)
        assert json.loads(json.dumps(person), kc.Person) == person


def test_a_plan_says_its_minutes_and_messages_in_words() -> None:
    person = kc.Person(age=40, facts={"tandem_stance_s": 30}, screening="clear")
    text = json.dumps(kc.recommend(person))
    data = json.parse(text)
    assert isinstance(data, dict)
    item = data["sessions"][0]["items"][0]
    assert item["minutes"] == item["seconds"] * 100 // 60 / 100
    assert data["precautions"][0]["message"]["text"]


@pytest.mark.parametrize("path", ["message", "rules"])
def test_a_spoilt_plan_is_refused(path: str) -> None:
    plan = kc.recommend(kc.Person(age=40, facts={"tandem_stance_s": 30}, screening="clear"))
    text = json.dumps(plan)
    spoilt = {
        "message": text.replace('"args": {', '"args": {"x": [1], ', 1),
        "rules": text.replace('"rules": [', '"rules": [1, ', 1),
    }[path]
    assert "$" in refusal(spoilt, kc.Plan)


@given(st.binary(max_size=200) | st.text(max_size=200))
def test_any_bytes_give_an_object_or_one_of_our_errors(data: bytes | str) -> None:
    for load in (
        lambda: json.loads(data, kc.Person),
        lambda: json.loads(data, kc.History),
        lambda: toml.loads(data),
    ):
        try:
            load()
        except kc.InvalidInput as error:
            assert error.faults


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)
KEYS = ("age", "sex", "complaints", "equipment", "facts", "screening", "injuries", "as_of")


@given(st.dictionaries(st.sampled_from(KEYS), JSON_VALUES, max_size=4))
def test_any_values_in_the_fields_of_a_person_give_one_of_our_errors(data: object) -> None:
    import json as standard  # noqa: PLC0415 - the name stands for our module here

    try:
        json.loads(standard.dumps(data), kc.Person)
    except kc.InvalidInput as error:
        assert error.faults
