"""Documents that an earlier version wrote are read, and mean what they meant."""

import json as std_json
from pathlib import Path
from typing import Any

import pytest

import kineticchain as kc
from kineticchain.interop import json

SCHEMA_1 = Path(__file__).parent / "documents" / "schema_1"
DOCUMENTS: dict[str, Any] = {
    "person": kc.Person,
    "history": kc.History,
    "request": kc.Request,
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_of_schema_1_is_read_and_written_anew_with_the_same_meaning(name: str) -> None:
    text = (SCHEMA_1 / f"{name}.json").read_text("utf-8")
    value = json.loads(text, DOCUMENTS[name])
    written = json.dumps(value)
    assert std_json.loads(written)["schema"] == 2
    assert json.loads(written, DOCUMENTS[name]) == value


def test_nothing_of_a_history_of_schema_1_is_lost() -> None:
    text = (SCHEMA_1 / "history.json").read_text("utf-8")
    rows = std_json.loads(text)
    written = std_json.loads(json.dumps(json.loads(text, kc.History)))["events"]
    assert [row["type"] for row in written] == [row["type"] for row in rows]
    assert [row["on"] for row in written] == [row["on"] for row in rows]


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.parametrize("number", [3, 99])
def test_a_document_of_a_later_schema_is_refused(name: str, number: int) -> None:
    table = std_json.loads((SCHEMA_1 / f"{name}.json").read_text("utf-8"))
    table = {"events": table} if isinstance(table, list) else table
    text = std_json.dumps({**table, "schema": number})
    with pytest.raises(kc.InvalidInput, match=f"schema {number} is not known"):
        json.loads(text, DOCUMENTS[name])


@pytest.mark.parametrize("number", [0, -1, "2", 1.0, True, None])
def test_a_schema_number_that_is_none_is_refused(number: object) -> None:
    table = std_json.loads((SCHEMA_1 / "person.json").read_text("utf-8"))
    text = std_json.dumps({**table, "schema": number})
    with pytest.raises(kc.InvalidInput, match="is no schema number"):
        json.loads(text, kc.Person)
