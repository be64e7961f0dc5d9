"""Documents of earlier versions, brought to the form of today: one step for each schema number.

A document without a number is of schema 1. A step takes a table of its schema and gives one of the
next. What a step does not mention stays as it is.
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from kineticchain.domain.validators import repr_short
from kineticchain.errors import Fault, InvalidInput

DOCUMENT_SCHEMA = 2
"""The schema number of persons, requests and histories that are written today."""

JsonTable: TypeAlias = "dict[str, object]"


def _as_table(document: object) -> JsonTable:
    if not isinstance(document, dict) or not all(isinstance(key, str) for key in document):
        raise InvalidInput(Fault(f"{repr_short(document)} is not a table of names and values"))
    return dict(document)


def _same(table: JsonTable) -> JsonTable:
    return table


_STEPS: Mapping[int, Callable[[JsonTable], JsonTable]] = {1: _same}
"""From each schema to the next. Schema 2 adds events and fields, and renames nothing."""


def migrated(document: object) -> JsonTable:
    """The table of a document in the form of today, without its schema number.

    Raises `InvalidInput` for a number that is none, or that a later version wrote.
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
