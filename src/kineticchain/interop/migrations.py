"""Migration of documents of earlier versions: one step from each schema number to the next.

A document without a number has schema 1. Keys that a step does not mention stay unchanged.
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from kineticchain.domain.validators import repr_short
from kineticchain.errors import Fault, InvalidInput

DOCUMENT_SCHEMA = 2
"""The current schema number of persons, requests and histories."""

JsonTable: TypeAlias = "dict[str, object]"


def _as_table(document: object) -> JsonTable:
    if not isinstance(document, dict) or not all(isinstance(key, str) for key in document):
        raise InvalidInput(Fault(f"{repr_short(document)} is not a table of names and values"))
    return dict(document)


def _unchanged(table: JsonTable) -> JsonTable:
    return table


_STEPS: Mapping[int, Callable[[JsonTable], JsonTable]] = {1: _unchanged}
"""The step from each schema to the next. Schema 2 adds events and fields, and renames none."""


def migrated(document: object) -> JsonTable:
    """Return the table of a document in the current schema, without its schema number.

    Args:
        document: Parsed data of any schema up to the current one.

    Raises:
        InvalidInput: If the document is no table, or its schema number is not valid or is that of a
            later version.
    """
    table = _as_table(document)
    number = table.pop("schema", 1)
    if type(number) is not int or number < 1:
        raise InvalidInput(
            Fault(f"{repr_short(number)} is no schema number", ".schema", "use 1 or 2")
        )
    if number > DOCUMENT_SCHEMA:
        remedy = f"this version reads schemas up to {DOCUMENT_SCHEMA}: use a later one"
        raise InvalidInput(Fault(f"schema {number} is not known", ".schema", remedy))
    for step in range(number, DOCUMENT_SCHEMA):
        table = _STEPS[step](table)
    return table
