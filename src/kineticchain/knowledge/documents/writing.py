"""Writing of packs as plain tables, from which `read_pack` reads equal packs."""

import datetime
from collections.abc import Mapping
from enum import Enum
from typing import TypeAlias, cast, get_args

import attrs

from kineticchain.domain.anatomy import Region, RegionPoints
from kineticchain.domain.exercises import Constants, LoadClass, Span
from kineticchain.domain.facts import Condition, condition_text
from kineticchain.errors import Fault, InvalidInput
from kineticchain.knowledge.documents.documents import PACK_SCHEMA
from kineticchain.knowledge.documents.effect_rows import effect_row
from kineticchain.knowledge.pack import TABLES, RulePack
from kineticchain.rules import PythonRule, Rule

Plain: TypeAlias = "str | int | float | bool | list[Plain] | dict[str, Plain] | None"


def pack_document(pack: RulePack) -> dict[str, Plain]:
    """Return the document of a pack. Raises `InvalidInput` for Python rules."""
    python = [rule.id for rule in pack.rules if isinstance(rule, PythonRule)]
    if python:
        raise InvalidInput(
            *(
                Fault(f"the rule `{name}` is written in Python and cannot be stored")
                for name in python
            )
        )
    rules = [rule_row(rule) for rule in pack.rules if isinstance(rule, Rule)]
    tables = {table: plain(getattr(pack, attribute)) for table, attribute in TABLES.items()}
    tables["rule"] = cast("list[Plain]", rules)
    tables["weights"] = {grade.value: weight for grade, weight in pack.grade_weights}
    tables["messages"] = dict(pack.messages)
    tables["translations"] = {language: dict(texts) for language, texts in pack.translations}
    tables |= {
        name: plain(getattr(pack, name)) for name in ("builds_on", "valid_from", "valid_until")
    }
    head: dict[str, Plain] = {"schema": PACK_SCHEMA, "id": pack.id, "version": pack.version}
    return head | {name: table for name, table in tables.items() if table}


def rule_row(rule: Rule) -> dict[str, Plain]:
    """Return the row of a rule."""
    row: dict[str, Plain] = {"id": rule.id, "when": condition_text(rule.when)}
    if rule.each is not None:
        row["each"] = rule.each.value
    if rule.about is not None:
        row["about"] = condition_text(rule.about)
    if rule.same_side:
        row["same_side"] = True
    if rule.until_cleared:
        row["until_cleared"] = True
    row |= effect_row(rule.effects)
    row["because"] = rule.because
    for name in ("settled_by", "evidence", "shows", "sources"):
        names: tuple[str, ...] = getattr(rule, name)
        if names:
            row[name] = list(names)
    return row


def plain(value: object) -> Plain:
    """Return a value as plain data; fields that are None, empty or the default are left out."""
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, Span):
        return [value.low, value.high]
    if isinstance(value, get_args(Condition)):
        return condition_text(cast("Condition", value))
    if attrs.has(type(value)):
        return _fields(cast("attrs.AttrsInstance", value))
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    if isinstance(value, Mapping):
        return {str(key): plain(member) for key, member in value.items()}
    if isinstance(value, tuple):
        if value and all(_is_weight(member) for member in value):
            return {region.value: number for region, number in cast("RegionPoints", value)}
        return [plain(member) for member in value]
    if isinstance(value, datetime.date):
        return value.isoformat()
    return cast("Plain", value)


def _is_weight(member: object) -> bool:
    """Return whether a member is a region with its points or its load."""
    return (
        isinstance(member, tuple)
        and len(member) == len(("region", "number"))
        and isinstance(member[0], Region)
        and isinstance(member[1], (int, LoadClass))
    )


def _fields(value: attrs.AttrsInstance) -> dict[str, Plain]:
    row: dict[str, Plain] = {}
    for attribute in attrs.fields(type(value)):
        member = getattr(value, attribute.name)
        if member is None or member in ((), attribute.default):
            continue
        is_table = attribute.type == Constants
        row[attribute.name] = dict(member) if is_table else plain(member)
    return row
