"""Schemas of values whose schema does not follow from their type alone.

Patterns follow ECMA-262, as JSON Schema requires, in a subset that Python reads alike.
"""

import inspect
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

import attrs

from kineticchain.domain.anatomy import Region
from kineticchain.domain.exercises import Span
from kineticchain.domain.facts import Constant, FactKind, FactType, Operator
from kineticchain.domain.facts.condition import CONDITION_KINDS
from kineticchain.domain.facts.fact_values import SIDES
from kineticchain.domain.facts.parsing import MAX_CHILDREN
from kineticchain.domain.validators import (
    LARGEST_NUMBER,
    LONGEST_NAME,
    LONGEST_TEXT,
    MAX_PARTS,
    Check,
    Each,
    Length,
    Optional,
    Validator,
    Whole,
    is_fact_name,
    is_identifier,
)

Schema: TypeAlias = dict[str, Any]

_HIDDEN = (
    r"\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    r"\ufeff"
)
"""Characters that are hidden or reorder text. The rarest ones are left to the library."""

_TAIL = LONGEST_NAME - 1
_MORE = MAX_PARTS - 1
TEXT: Schema = {"type": "string", "maxLength": LONGEST_TEXT, "pattern": f"^[^{_HIDDEN}]*$"}
IDENTIFIER: Schema = {
    "type": "string",
    "pattern": rf"^[A-Za-z][\w-]{{0,{_TAIL}}}(\.[A-Za-z][\w-]{{0,{_TAIL}}}){{0,{_MORE}}}$".replace(
        r"\w", "A-Za-z0-9_"
    ),
}
_WORD: Schema = {"type": "string", "pattern": f"^[A-Za-z][A-Za-z0-9_-]{{0,{_TAIL}}}$"}
"""The form of a region's id. Packs can define regions, so any word can be an id."""

FACT_NAME: Schema = IDENTIFIER | {"pattern": IDENTIFIER["pattern"].replace("_-]", "_]")}
DAY: Schema = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
VALUE: Schema = {
    **TEXT,
    "type": ["boolean", "number", "string", "array"],
    "items": TEXT,
}
"""The value of a fact in a pack. Each keyword constrains only the values of its own type."""

_GIVEN: Schema = {
    **VALUE,
    "type": ["boolean", "number", "string", "array", "null"],
    "items": IDENTIFIER,
    "minimum": -LARGEST_NUMBER,
    "maximum": LARGEST_NUMBER,
}


def region(regions: Iterable[Region], *, is_open: bool) -> Schema:
    """Return the schema of a region.

    Args:
        regions: The known regions.
        is_open: True if the document may define further regions.
    """
    names = [member.value for member in regions]
    values: Schema = {**_WORD, "anyOf": [{"enum": names}, {}]} if is_open else {"enum": names}
    return {"description": first_line(Region), "type": "string", **values}


def by_region(schema: Schema, regions: Iterable[Region], *, is_open: bool) -> Schema:
    """Return the keywords of a table with a value for each region.

    Args:
        schema: The schema of a value.
        regions: The known regions.
        is_open: True if the document may define further regions.
    """
    return {
        "properties": {member.value: schema for member in regions},
        "additionalProperties": schema if is_open else False,
        **({"propertyNames": _WORD} if is_open else {}),
    }


def facts_table(regions: Iterable[Region], properties: Mapping[str, Schema]) -> Schema:
    """Return the schema of facts by name; null is unknown.

    Args:
        regions: The regions for which values can be stated separately.
        properties: The schemas of known facts. Facts without a schema are accepted as well.
    """
    sides_and_regions = {*SIDES, *(member.value for member in regions)}
    return {
        "type": "object",
        "description": "Facts by name; null is unknown, sides, or regions, are given apart.",
        "propertyNames": IDENTIFIER,
        **({"properties": dict(properties)} if properties else {}),
        "additionalProperties": {
            **_GIVEN,
            "type": [*_GIVEN["type"], "object"],
            "properties": dict.fromkeys(sorted(sides_and_regions), _GIVEN),
            "additionalProperties": False,
        },
    }


_KINDS: Mapping[FactKind, str] = {
    FactKind.BOOLEAN: "boolean",
    FactKind.NUMBER: "number",
    FactKind.ONE_OF: "string",
    FactKind.SET_OF: "array",
}


def fact_value(fact: FactType) -> Schema:
    """Return the schema of the value of a fact: its type and range, described by its question."""
    words = {"enum": [*fact.options]} if fact.options else {}
    value: Schema = {"type": _KINDS[fact.kind]}
    if fact.kind is FactKind.NUMBER:
        value |= {"minimum": fact.low, "maximum": fact.high}
    elif fact.kind is FactKind.SET_OF:
        value["items"] = {"type": "string", **words}
    else:
        value |= words
    forms: list[Schema] = [value, {"type": "null"}]
    if len(fact.names) > 1:
        places = {name.rpartition(".")[2]: {"anyOf": forms} for name in fact.names}
        forms = [*forms, {"type": "object", "properties": places, "additionalProperties": False}]
    text = fact.question or fact.line
    return {**({"description": text} if text else {}), "anyOf": forms}


_CONDITION: Schema = {"$ref": "#/$defs/Condition"}
_NAMED: Schema = {
    "properties": {"name": FACT_NAME},
    "required": ["name"],
    "additionalProperties": False,
}
_PART_NAMES: Mapping[str | tuple[type, str], Schema] = {
    "name": FACT_NAME,
    "operator": {"enum": [operator.value for operator in Operator]},
    "part": _CONDITION,
    "parts": {"type": "array", "minItems": 2, "maxItems": MAX_CHILDREN, "items": _CONDITION},
    "count": {"type": "integer", "minimum": 1, "maximum": MAX_CHILDREN},
    "options": {"type": "array", "minItems": 1, "maxItems": MAX_CHILDREN, "items": TEXT},
    "member": {**TEXT, "type": ["string", "object"], **_NAMED},
    "value": {**TEXT, "type": ["number", "string", "object"], **_NAMED},
    (Constant, "value"): {"type": "boolean"},
}
"""The schema of the value under each key of a condition.

A pair of a class and a key overrides the schema of the key for that class.
"""


def condition() -> Schema:
    """Return the schema of a condition: text, or a table with a ``type``."""
    return {
        "description": "A condition: its text, or a table with a type.",
        "type": ["string", "object"],
        "pattern": r"\S",
        **tagged({tag: _condition_table(tag, cls) for tag, cls in CONDITION_KINDS.items()}),
    }


def _condition_table(tag: str, cls: type[attrs.AttrsInstance]) -> Schema:
    keys = [attribute.name for attribute in attrs.fields(cls)]
    parts = {
        key: _PART_NAMES[cls, key] if (cls, key) in _PART_NAMES else _PART_NAMES[key]
        for key in keys
    }
    return {
        "description": first_line(cls),
        "properties": {"type": {"const": tag}, **parts},
        "required": ["type", *keys],
        "additionalProperties": False,
    }


def tagged(tables: Mapping[str, Schema]) -> Schema:
    """Return the schema of tables with a ``type``.

    A validator reports faults against the table of the stated type only.
    """
    return {
        "required": ["type"],
        "properties": {"type": {"enum": list(tables)}},
        "allOf": [
            {
                "if": {"properties": {"type": {"const": tag}}, "required": ["type"]},
                "then": table,
            }
            for tag, table in tables.items()
        ],
    }


def span() -> Schema:
    """Return the schema of a span: a whole number, or its two ends."""
    bounds = constrained({}, attrs.fields(Span).low.validator)
    return {
        "description": "A whole number, or [lowest, highest].",
        "type": ["integer", "array"],
        **bounds,
        "items": {"type": "integer", **bounds},
        "minItems": 2,
        "maxItems": 2,
    }


def constrained(schema: Schema, validator: "Validator | None") -> Schema:
    """Return a schema with the constraints of a validator."""
    match validator:
        case Whole(low=low, high=high):
            return schema | {"minimum": low, "maximum": high}
        case Length(least=least, most=most):
            return schema | ({"minLength": least} if least else {}) | {"maxLength": most}
        case Optional(inner):
            return constrained(schema, inner)
        case Each(inner) if "items" in schema:
            return schema | {"items": constrained(schema["items"], inner)}
        case Check(fits) if fits in {is_identifier, is_fact_name}:
            form = FACT_NAME if fits is is_fact_name else IDENTIFIER
            return {"type": schema["type"], "pattern": form["pattern"]}
        case _:
            return schema


def field_texts(cls: type) -> dict[str, str]:
    """Return the description of each attribute in the docstring of a class, by name."""
    _, _, section = inspect.cleandoc(cls.__doc__ or "").partition("Attributes:\n")
    texts: dict[str, str] = {}
    names: list[str] = []
    for line in section.splitlines():
        head, _, text = line.strip().partition(": ")
        if line.startswith("    ") and not line.startswith("     ") and text:
            names = head.split(", ")
            texts |= dict.fromkeys(names, text)
        elif line.startswith("     "):
            texts |= {name: f"{texts[name]} {line.strip()}" for name in names}
        else:
            break
    return texts


def first_line(cls: type) -> str:
    """Return the first line of a class's docstring."""
    return (cls.__doc__ or "").strip().partition("\n")[0]
