"""The place and the remedy of faults in packs, in TOML and in JSON."""

from pathlib import Path

import pytest

import kineticchain as kc

HEAD = 'schema = 1\nid = "x"\nversion = "1"\n'


def told(name: str, text: str, folder: Path) -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(kc.InvalidInput) as caught:
        kc.load_pack(path)
    return str(caught.value)


def test_a_fault_in_json_has_its_line_and_one_root(tmp_path: Path) -> None:
    text = '{"schema": 1,\n "id": "x",\n "version": 3}'
    assert (
        told("z.json", text, tmp_path) == "z.json:3: $.version: `3` is not text; put it in quotes"
    )


@pytest.mark.parametrize("key", ['"x.b"', "'x.b'"])
def test_a_quoted_key_has_the_line_of_its_own(tmp_path: Path, key: str) -> None:
    text = f'{HEAD}[messages]\n"x.a" = "fine"\n{key} = 7\n'
    assert told("z.toml", text, tmp_path).startswith("z.toml:6: $.messages['x.b']: `7` is not text")


@pytest.mark.parametrize("value", ["2026-11-01", "7", "1.5", "true"])
def test_a_value_that_lacks_its_quotes_is_told_so(tmp_path: Path, value: str) -> None:
    text = HEAD.replace('version = "1"', f"version = {value}")
    fault = told("z.toml", text, tmp_path)
    assert fault.endswith("is not text; put it in quotes")
    assert "datetime" not in fault


def test_an_empty_key_is_a_fault_of_ours(tmp_path: Path) -> None:
    text = f'{HEAD}[messages]\n"" = 7\n'
    assert "`7` is not text" in told("z.toml", text, tmp_path)
