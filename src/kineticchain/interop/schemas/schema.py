"""JSON Schemas (draft 2020-12) of documents, generated from the types that read them.

A schema accepts every document that the library accepts. Only the library checks relations between
values, such as the side of a region or the names in a condition.
"""

import datetime
import json
from collections.abc import Callable, Mapping
from enum import Enum
from importlib.resources import files
from types import UnionType
from typing import Any, TypeAlias, Union, get_args, get_origin

import attrs

from kineticchain.domain.anatomy import Region, RegionPoints, Side
from kineticchain.domain.exercises import Constants, LoadClass, RegionLoads, Span
from kineticchain.domain.facts import Condition, Facts, Value
from kineticchain.domain.messages import Message
from kineticchain.domain.person import Event, History, Person, Request, Screening
from kineticchain.domain.person.event import EVENT_TYPES
from kineticchain.domain.validators import Each
from kineticchain.interop.migrations import DOCUMENT_SCHEMA as NUMBER
from kineticchain.interop.schemas.names import KnownNames, with_ids
from kineticchain.interop.schemas.schema_forms import (
    DAY,
    TEXT,
    VALUE,
    Schema,
    by_region,
    condition,
    constrained,
    facts_table,
    field_texts,
    first_line,
    region,
    span,
    tagged,
)
from kineticchain.knowledge import Knowledge
from kineticchain.knowledge.documents.documents import PACK_SCHEMA, PackDocument, RuleRow
from kineticchain.knowledge.pack import TABLES, RulePack
from kineticchain.progression import Policy
from kineticchain.recommendation.plan.model import Item, Session
from kineticchain.recommendation.plan.plan import Plan
from kineticchain.recommendation.plan.trace import FiredRule
from kineticchain.rules import Advise, Conclude, Prefer, Rule, Show, Target

TypeForm: TypeAlias = Any
"""A class, or a form of classes such as ``int | None`` or ``tuple[str, ...]``."""

SCHEMAS: Mapping[str, type[attrs.AttrsInstance]] = {
    "pack": PackDocument,
    "person": Person,
    "request": Request,
    "history": History,
    "plan": Plan,
}
"""The documents whose schemas are published, by name."""

_NUMBER: Schema = {"type": "integer", "minimum": 1, "maximum": NUMBER}
_NUMBERED = (Person, Request)
"""Documents that can state their schema number. A history can do so too."""

_WITH_MINUTES = (Item, Session)
"""Parts of a plan that state minutes in addition to seconds."""

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_PLAIN: Mapping[TypeForm, Schema] = {
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    str: TEXT,
    datetime.date: DAY,
    Value: VALUE,
}
_STATED: Mapping[tuple[type, str], tuple[type[attrs.AttrsInstance], str]] = {
    (RuleRow, "prefer"): (Prefer, "points"),
    (RuleRow, "favour"): (Prefer, "points"),
    (RuleRow, "target"): (Target, "points"),
    (RuleRow, "advise"): (Advise, "message"),
    (RuleRow, "conflicts"): (Show, "conflict"),
    (RuleRow, "conclude"): (Conclude, "fact"),
    **{(RuleRow, name): (Rule, name) for name in ("id", "because", "evidence", "shows")},
    **{(RuleRow, name): (Rule, name) for name in ("sources", "settled_by")},
    **{(PackDocument, name): (RulePack, name) for name in ("id", "version")},
}
"""For some fields of rows, the field of another class whose validator and description apply."""


def json_schema(
    cls: type[attrs.AttrsInstance], knowledge: Knowledge | None = None
) -> dict[str, Any]:
    """Return the schema of a class of `SCHEMAS`, or of another class that documents contain.

    Args:
        cls: The class.
        knowledge: The packs whose regions, exercises, facts and other ids an editor offers. None
            for a schema that knows the built-in regions and offers no other ids.
    """
    names = KnownNames() if knowledge is None else KnownNames.of(knowledge)
    definitions = _Definitions(names, is_open=cls is PackDocument)
    definitions.of(cls)
    root = definitions.tables.pop(cls.__name__)
    titles = {document: name for name, document in SCHEMAS.items()}
    return {
        "$schema": _DIALECT,
        "title": f"kineticchain {titles.get(cls, cls.__name__)}",
        **root,
        **({"$defs": dict(sorted(definitions.tables.items()))} if definitions.tables else {}),
    }


def schema_text(name: str, knowledge: Knowledge | None = None) -> str:
    """Return the text of a newly generated schema.

    Args:
        name: A key of `SCHEMAS`.
        knowledge: The packs whose ids the schema offers, as in `json_schema`.
    """
    return json.dumps(json_schema(SCHEMAS[name], knowledge), indent=1) + "\n"


def published(name: str) -> str:
    """Return the text of the schema file that is shipped in the package.

    Args:
        name: A key of `SCHEMAS`.
    """
    file = files("kineticchain").joinpath(f"interop/schemas/{name}.schema.json")
    return file.read_text(encoding="utf-8")


class _Definitions:
    """The definitions of a schema, collected while it is generated."""

    def __init__(self, names: KnownNames, *, is_open: bool) -> None:
        self.names = names
        self.is_open = is_open
        self.tables: dict[str, Schema] = {}
        self.special: list[tuple[TypeForm, str, Callable[[], Schema]]] = [
            (Condition, "Condition", condition),
            (Event, "Event", self.event),
            (Facts, "Facts", self.facts),
            (History, "History", self.history),
            (Screening, "Screening", self.screening),
            (Span, "Span", span),
            (RegionPoints, "Weights", self.weights),
            (RegionLoads, "RegionLoads", self.region_loads),
            (Constants, "Constants", constants),
            (Message, "Message", self.message),
            (FiredRule, "FiredRule", self.fired_rule),
            (Region, "Region", self.region),
        ]

    def of(self, kind: TypeForm) -> Schema:
        """Return the schema of a type."""
        for special, name, make in self.special:
            if kind == special:
                return self.named(name, make)
        if kind in _PLAIN:
            return _PLAIN[kind]
        origin: object = get_origin(kind)
        parts = get_args(kind)
        if origin in {Union, UnionType}:
            return self.nullable(parts)
        if origin is tuple:
            return self.members(parts)
        if origin in {dict, Mapping}:
            return {"type": "object", "additionalProperties": self.of(parts[1])}
        return self.named(
            kind.__name__,
            lambda: _words(kind) if issubclass(kind, Enum) else self.table(kind),
        )

    def named(self, name: str, make: Callable[[], Schema]) -> Schema:
        """Return a reference to a definition; the first call also makes the definition.

        The name is reserved before the definition is made, because definitions can be recursive.
        """
        if name not in self.tables:
            self.tables[name] = {}
            self.tables[name] = make()
        return {"$ref": f"#/$defs/{name}"}

    def nullable(self, parts: tuple[TypeForm, ...]) -> Schema:
        """Return the schema of a value that can be null."""
        non_null = [part for part in parts if part is not type(None)]
        unions = (union for union in (Value, Condition) if set(get_args(union)) == set(non_null))
        inner = self.of(next(unions, non_null[0]))
        if "type" not in inner:
            return {"anyOf": [inner, {"type": "null"}]}
        kinds = inner["type"] if isinstance(inner["type"], list) else [inner["type"]]
        return inner | {"type": [*kinds, "null"]}

    def members(self, parts: tuple[TypeForm, ...]) -> Schema:
        """Return the schema of a tuple: of any length, or of one schema for each member."""
        if parts[1:] == (Ellipsis,):
            return {"type": "array", "items": self.of(parts[0])}
        forms = [self.of(part) for part in parts]
        if all(form == forms[0] for form in forms):
            items = {"items": forms[0], "minItems": len(forms)}
        else:
            items = {"prefixItems": forms, "minItems": len(forms)}
        return {"type": "array", **items, "maxItems": len(forms)}

    def table(self, cls: type[attrs.AttrsInstance], tag: str = "") -> Schema:
        """Return the schema of a class: a table with a key for each field, and for a given tag."""
        attrs.resolve_types(cls)
        read = [
            field for field in attrs.fields(cls) if field.init and "unwritten" not in field.metadata
        ]
        head: Schema = {"type": {"const": tag}} if tag else {}
        needed = [*head, *(field.name for field in read if field.default is attrs.NOTHING)]
        return {
            "description": first_line(cls),
            "type": "object",
            "properties": head
            | ({"schema": _NUMBER} if cls in _NUMBERED else {})
            | {attribute.name: self.field(cls, attribute) for attribute in read}
            | ({"minutes": {"type": "number", "minimum": 0}} if cls in _WITH_MINUTES else {}),
            **({"required": needed} if needed else {}),
            "additionalProperties": False,
        }

    def field(self, cls: type, attribute: "attrs.Attribute[Any]") -> Schema:
        """Return the schema of a field, with its description and its default value."""
        schema = self.constrained_field(cls, attribute)
        kind = self.names.kind_of(cls, attribute.name)
        if kind is not None:
            name = f"{kind.capitalize()}Id"
            schema = with_ids(schema, self.named(name, lambda: self.names.definition(kind)))
        stating = _STATED.get((cls, attribute.name), (cls, attribute.name))[0]
        text = field_texts(cls).get(attribute.name) or field_texts(stating).get(attribute.name)
        if cls is PackDocument and not text:
            text = field_texts(RulePack).get(TABLES.get(attribute.name, ""))
        about: Schema = {"description": text} if text else {}
        if isinstance(attribute.default, (bool, int, str)) and attribute.default != "":
            about["default"] = attribute.default
        return schema | about

    def constrained_field(self, cls: type, attribute: "attrs.Attribute[Any]") -> Schema:
        """Return the schema of a field's type, with the constraints of its validator."""
        if (cls, attribute.name) == (PackDocument, "schema"):
            return {"const": PACK_SCHEMA}
        plain = self.of(attribute.type)
        stating = _STATED.get((cls, attribute.name))
        if stating is None:
            return constrained(plain, attribute.validator)
        stated = attrs.fields_dict(stating[0])[stating[1]].validator
        if attribute.type == RegionPoints:
            return self.weights(constrained(_PLAIN[int], stated))
        if "items" in plain and not isinstance(stated, Each):  # one effect for each member
            return plain | {"items": constrained(plain["items"], stated)}
        return constrained(plain, stated)

    def event(self) -> Schema:
        """Return the schema of an event of any type."""
        tables = {tag: self.tagged_event(tag, cls) for tag, cls in EVENT_TYPES.items()}
        return {"description": "Something that happened.", "type": "object", **tagged(tables)}

    def tagged_event(self, tag: str, cls: type[attrs.AttrsInstance]) -> Schema:
        """Return the schema of one type of event."""
        return self.named(cls.__name__, lambda: self.table(cls, tag))

    def history(self) -> Schema:
        """Return the schema of a history: a table, or a list of events as in schema 1."""
        events = {"type": "array", "items": self.of(Event)}
        return {
            "description": first_line(History),
            "type": ["object", "array"],
            "items": events["items"],
            "properties": {"schema": _NUMBER, "events": events},
            "required": ["events"],
            "additionalProperties": False,
        }

    def region(self) -> Schema:
        """Return the schema of a region."""
        return region(self.names.regions, is_open=self.is_open)

    def facts(self) -> Schema:
        """Return the schema of the facts of a person."""
        return facts_table(self.names.regions, self.names.fact_properties())

    def message(self) -> Schema:
        """Return the schema of a message with its id and arguments."""
        return {
            "description": first_line(Message),
            "type": "object",
            "properties": {
                "id": TEXT,
                "args": {"type": "object", "additionalProperties": {"type": ["string", "integer"]}},
                "text": TEXT,
            },
            "required": ["id"],
            "additionalProperties": False,
        }

    def fired_rule(self) -> Schema:
        """Return the schema of a fired rule: its id, or a list with region and side."""
        listed = [TEXT, self.of(Region), self.of(Side)]
        return {
            "description": first_line(FiredRule),
            "type": ["string", "array"],
            "prefixItems": listed,
            "minItems": len(listed),
            "maxItems": len(listed),
        }

    def screening(self) -> Schema:
        """Return the schema of a screening: a word, or a table."""
        return {
            "description": first_line(Screening),
            "type": ["string", "object"],
            "if": {"type": "string"},
            "then": {"enum": ["clear", "unasked"]},
            "else": self.named("ScreeningTable", lambda: self.table(Screening)),
        }

    def region_loads(self) -> Schema:
        """Return the schema of regions with the load on their tissue."""
        return {
            "description": "Regions with the load on their tissue.",
            "type": "object",
            **by_region(self.of(LoadClass), self.names.regions, is_open=self.is_open),
        }

    def weights(self, points: Schema = _PLAIN[int]) -> Schema:
        """Return the schema of regions with points."""
        return {
            "description": "Regions with their points.",
            "type": "object",
            **by_region(points, self.names.regions, is_open=self.is_open),
        }


def constants() -> Schema:
    """Return the schema of the constants of progression, with their default values."""
    numbers = Policy().numbers()
    return {
        "description": "Constants of progression by name.",
        "type": "object",
        "properties": {
            field.name: constrained({"type": "integer"}, field.validator)
            | {"default": numbers[field.name]}
            for field in attrs.fields(Policy)
            if field.name in numbers
        },
        "additionalProperties": False,
    }


def _words(kind: type[Enum]) -> Schema:
    """Return the schema of an enum."""
    return {
        "description": first_line(kind),
        "type": "string",
        "enum": [member.value for member in kind],
    }
