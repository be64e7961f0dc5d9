"""YAML packs: the same pack as in TOML, faults with their lines, and nothing that grows or runs."""

import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kineticchain as kc
from kineticchain.errors import InvalidDocument
from kineticchain.interop import toml, yaml

PACK = """\
schema: 1
id: clinic
version: "2026.11"
source:
  - {id: clinic.handbook, title: House rules, year: 2026, read: whole}
rule:
  - id: clinic.a
    when: age >= 80  # a comment
    limit: {minutes: 8, exercises: 2}
    because: >-
      From 80 on,
      sessions are short.
    sources: [clinic.handbook]
  - id: clinic.b
    when: {type: not, part: diabetes}
    favour: 3
    because: no
    sources: [clinic.handbook]
"""


def refusal(text: str | bytes) -> str:
    with pytest.raises(InvalidDocument) as caught:
        yaml.loads(text, origin="x.yaml")
    return str(caught.value)


def value_of(text: str) -> object:
    data, _ = yaml.parse(f"a: {text}\n")
    assert isinstance(data, dict)
    return data["a"]


def test_a_pack_is_the_same_as_in_toml() -> None:
    pack = yaml.loads(PACK, origin="clinic.yaml")
    again = toml.loads(
        """
        schema = 1
        id = "clinic"
        version = "2026.11"
        source = [{id = "clinic.handbook", title = "House rules", year = 2026, read = "whole"}]
        [[rule]]
        id = "clinic.a"
        when = "age >= 80"
        limit = {minutes = 8, exercises = 2}
        because = "From 80 on, sessions are short."
        sources = ["clinic.handbook"]
        [[rule]]
        id = "clinic.b"
        when = "not diabetes"
        favour = 3
        because = "no"
        sources = ["clinic.handbook"]
        """
    )
    assert pack == again


@pytest.mark.parametrize("suffix", [".yaml", ".yml"])
def test_a_file_is_read_by_its_name(suffix: str, tmp_path: Path) -> None:
    file = tmp_path / f"clinic{suffix}"
    file.write_text(PACK, encoding="utf-8")
    assert kc.load_pack(file) == yaml.loads(PACK)


def test_every_fault_has_its_line() -> None:
    text = PACK.replace("favour: 3", "favour: 3.5").replace("year: 2026", "years: 2026")
    faults = refusal(text).splitlines()
    assert faults[0].startswith("x.yaml:16: $.rule[1].favour: `3.5` is not a whole number")
    assert faults[1].startswith("x.yaml:5: $.source[0]: `years` is not known here")


def test_a_fault_in_the_knowledge_has_its_line() -> None:
    pack = yaml.loads(PACK.replace("diabetes", "diabetess"), origin="x.yaml")
    with pytest.raises(kc.InvalidInput, match=r"x\.yaml:1\d: .*diabetess"):
        kc.Knowledge.builtin().with_packs(pack)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"), ("yes", "yes"), ("on", "on"), ("off", "off"), ("n", "n"),
        ("true", True), ("False", False), ("tRUE", "tRUE"),
        ("~", None), ("", None), ("null", None), ("'null'", "null"),
        ("3", 3), ("-3", -3), ("010", 10), ("1_000", "1_000"), ("12:30", "12:30"),
        ("3.5", 3.5), (".5", 0.5), ("1e3", 1000.0), ("'3'", "3"), ("2026-11-21", "2026-11-21"),
        ("!!str 3", "3"), ("!!int '3'", 3), ("!!float 3", 3.0), ("!!bool 'true'", True),
        ("!!null ''", None), ("! 3", "3"), ("=", "="),
        ("[1, {b: 2}]", [1, {"b": 2}]), ("{'1': }", {"1": None}), ("|\n  b\n  c", "b\nc\n"),
    ],
)  # fmt: skip
def test_words_are_read_as_yaml_1_2_reads_them(text: str, value: object) -> None:
    found = value_of(text)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: &x 1\nb: *x", "x.yaml: line 1: anchors and aliases (& and *) are not read here"),
        ("b: *x", "anchors and aliases"),
        ("a: {<<: {b: 1}}", "merges (<<) are not read here"),
        ("a: 1\n'a': 2", "x.yaml: line 2: the key `a` stands twice in one table"),
        ("1: a", "the key `1` is not text; put it in quotes"),
        ("? [a]\n: b", "a key that is a list or a table"),
        ("? {a: b}\n: b", "a key that is a list or a table"),
        ("a: !!python/object:os.system x", "the tag `tag:yaml.org,2002:python/object:os.system`"),
        ("a: !mine x", "the tag `!mine` is not read here"),
        ("a: !!set {b, c}", "the tag `tag:yaml.org,2002:set` is not read here"),
        ("a: !!binary aGk=", "the tag `tag:yaml.org,2002:binary` is not read here"),
        ("a: !!int x", "`x` is not what the tag `!!int` says"),
        ("a: 1\n---\nb: 2", "more than one document"),
        ("%YAML 1.1\n---\na: on", "a directive; leave out the line that begins with %"),
        ("%TAG ! tag:x,1:\n---\na: on", "a directive"),
        ("a: 99999999999", "a number beyond"),
        ("a: 1e999", "a number beyond"),
        ("a: .inf", "the number `.inf` is not in plain digits; write it in plain digits"),
        ("a: .NaN", "the number `.NaN`"),
        ("a: 0x1F", "the number `0x1F`"),
        ("a: [1", "x.yaml: line 1: not YAML; "),
        ("a:\n\t- b", "x.yaml: line 2: not YAML; "),
        ("a: 'b", "not YAML"),
        ('a: "\\UFFFFFFFF"', "not YAML"),
        ("a: \x00", "not YAML"),
        ("[" * 40, "nested deeper than 32 levels"),
        ("- " * 40, "nested deeper than 32 levels"),
        ("{a: " * 40, "nested deeper than 32 levels"),
        ("[" * 60_000, "nested deeper than 32 levels"),
        ("\n".join(" " * at + "a:" for at in range(300)), "nested deeper than 32 levels"),
        ("a" * 64_001, "larger than 64,000 bytes"),
        (b"\xff\xfe", "not UTF-8"),
        ("", "`None` is not a table"),
        ("- a", "`['a']` is not a table"),
        ("a", "`'a'` is not a table"),
    ],
)  # fmt: skip
def test_what_says_more_than_json_is_refused(text: str | bytes, fault: str) -> None:
    assert fault in refusal(text)


def test_a_bomb_of_aliases_is_refused_at_once() -> None:
    levels = "".join(f"l{at}: &l{at} [{', '.join([f'*l{at - 1}'] * 9)}]\n" for at in range(1, 20))
    start = time.perf_counter()
    assert "anchors and aliases" in refusal("l0: &l0 [x]\n" + levels)
    assert time.perf_counter() - start < 1


def test_without_the_extra_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ruamel.yaml", None)
    assert refusal(PACK) == "x.yaml: YAML cannot be read here; pip install kineticchain[yaml]"


SNIPPETS = st.sampled_from(
    [
        "a", ":", " ", "\n", "  ", "- ", "? ", ": ", "[", "]", "{", "}", ",", "&a ", "*a", "!", "!!int ",
        "!<", ">", "|", "|2", "'", '"', "\\", "%YAML ", "1.2", "---", "...", "#", "<<", "@", "`", "\t",
        "\\x", "\\U00110000", "0", "1", ".", "e", "\r", "\x85", "\u2028", "\ufeff", "é", "😀", "~",
    ]
)  # fmt: skip


@given(
    st.binary(max_size=200) | st.text(max_size=200) | st.lists(SNIPPETS, max_size=60).map("".join)
)
def test_any_bytes_give_a_pack_or_one_of_our_errors(data: bytes | str) -> None:
    try:
        yaml.loads(data)
    except kc.InvalidInput as error:
        assert error.faults


@given(st.integers(0, len(PACK)), st.integers(0, 3), st.lists(SNIPPETS, max_size=3).map("".join))
def test_a_spoilt_pack_gives_a_pack_or_one_of_our_errors(at: int, gone: int, put: str) -> None:
    try:
        yaml.loads(PACK[:at] + put + PACK[at + gone :])
    except kc.InvalidInput as error:
        assert error.faults
