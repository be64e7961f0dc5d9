"""Reading of packs from plain tables, such as those of TOML or JSON documents."""

import datetime
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias, cast, get_args

import attrs
from attrs import field, frozen
from cattrs import Converter

from kineticchain.domain.anatomy import (
    BodyRegion,
    Claim,
    Link,
    Region,
    RegionPoints,
    Story,
    declare_region,
    is_region,
)
from kineticchain.domain.evidence import Conflict, Evidence, Grade, Source
from kineticchain.domain.exercises import (
    ConstantName,
    Constants,
    Equipment,
    Exercise,
    Figure,
    Ladder,
    LoadClass,
    Programme,
    RegionLoads,
    Span,
)
from kineticchain.domain.facts import Condition, Diagnosis, FactType, Value
from kineticchain.domain.validators import each, identifier, is_number, is_text, repr_short
from kineticchain.errors import Fault, InvalidDocument, InvalidInput
from kineticchain.knowledge.documents.collection_hooks import expect_list, expect_mapping
from kineticchain.knowledge.documents.condition_data import read_condition_data
from kineticchain.knowledge.documents.effect_rows import read_effects, row_fields
from kineticchain.knowledge.documents.structuring import strict_converter, structure
from kineticchain.knowledge.goal import Asymmetry, Goal
from kineticchain.knowledge.pack import TABLES, AcceptedFinding, Alias, AliasKind, Review, RulePack
from kineticchain.progression import DoseOrder, Transition
from kineticchain.rules import Rule

PACK_SCHEMA = 1


def _row_class() -> type[attrs.AttrsInstance]:
    """Return a class with a field for each field of `Rule`, and for each kind of effect."""
    rule = attrs.fields_dict(attrs.resolve_types(Rule))
    rule_fields = {
        name: attrs.field(type=attribute.type, default=attribute.default)
        for name, attribute in rule.items()
        if name != "effects"
    }
    effects = {
        word: attrs.field(type=kind, default=default) for word, kind, default in row_fields()
    }
    return attrs.make_class(
        "RuleRow",
        rule_fields | effects,
        frozen=True,
        kw_only=True,
        class_body={"__doc__": "The row of a rule, with each effect under its own key."},
    )


if TYPE_CHECKING:
    RuleRow: TypeAlias = attrs.AttrsInstance
else:
    RuleRow = _row_class()
    """The row of a rule, with each effect under its own key."""

RULE_ROWS = tuple[RuleRow, ...]
"""The type of the rows of several rules."""


def rule_of(row: attrs.AttrsInstance) -> Rule:
    """Return the rule of a row. Raises `InvalidInput` with all faults."""
    values = {name: getattr(row, name) for name in attrs.fields_dict(Rule) if name != "effects"}
    return Rule(effects=tuple(read_effects(row)), **values)


def _read_rules(rows: tuple[attrs.AttrsInstance, ...]) -> tuple[Rule, ...]:
    rules, faults = [], []
    for index, row in enumerate(rows):
        try:
            rules.append(rule_of(row))
        except InvalidInput as error:
            faults += [
                fault.under(f".rule[{index}] ({cast('Any', row).id})") for fault in error.faults
            ]
    if faults:
        raise InvalidInput(*faults)
    return tuple(rules)


@frozen(kw_only=True)
class PackDocument:
    """The document of a pack, with one field for the rows of each kind."""

    schema: int
    id: str
    version: str
    rule: tuple[RuleRow, ...] = ()
    fact: tuple[FactType, ...] = ()
    diagnosis: tuple[Diagnosis, ...] = ()
    source: tuple[Source, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    conflict: tuple[Conflict, ...] = ()
    exercise: tuple[Exercise, ...] = ()
    ladder: tuple[Ladder, ...] = ()
    programme: tuple[Programme, ...] = ()
    figure: tuple[Figure, ...] = ()
    equipment: tuple[Equipment, ...] = ()
    goal: tuple[Goal, ...] = ()
    asymmetry: tuple[Asymmetry, ...] = ()
    region: tuple[BodyRegion, ...] = ()
    link: tuple[Link, ...] = ()
    claim: tuple[Claim, ...] = ()
    story: tuple[Story, ...] = ()
    weights: dict[Grade, int] = field(factory=dict)
    transition: tuple[Transition, ...] = ()
    dose_order: tuple[DoseOrder, ...] = ()
    alias: tuple[Alias, ...] = ()
    explained: tuple[AcceptedFinding, ...] = ()
    review: tuple[Review, ...] = ()
    messages: dict[str, str] = field(factory=dict)
    translations: dict[str, dict[str, str]] = field(factory=dict)
    builds_on: tuple[str, ...] = field(default=(), validator=each(identifier()))
    valid_from: datetime.date | None = None
    valid_until: datetime.date | None = None

    def __attrs_post_init__(self) -> None:
        """Reject an unknown schema number."""
        if self.schema != PACK_SCHEMA:
            raise InvalidInput(
                Fault(
                    f"schema {self.schema} is not known",
                    where=".schema",
                    remedy=f"use {PACK_SCHEMA}",
                )
            )

    def pack(self, origin: str) -> RulePack:
        """Return the pack. Raises `InvalidInput` with the faults of all rules."""
        rows = {attribute: getattr(self, table) for table, attribute in TABLES.items()}
        return RulePack(
            origin=origin,
            id=self.id,
            version=self.version,
            grade_weights=tuple(self.weights.items()),
            messages=tuple(sorted(self.messages.items())),
            translations=tuple(
                (language, tuple(sorted(texts.items())))
                for language, texts in sorted(self.translations.items())
            ),
            builds_on=self.builds_on,
            valid_from=self.valid_from,
            valid_until=self.valid_until,
            **rows | {"rules": _read_rules(self.rule)},
        )


def knowledge_converter() -> Converter:
    """Return a strict converter for documents of packs."""
    converter = strict_converter()
    converter.register_structure_hook(Span, _read_span)
    converter.register_structure_hook_func(
        lambda kind: kind == Condition, lambda value, _: read_condition_data(value)
    )
    converter.register_structure_hook_func(
        lambda kind: set(get_args(kind)) == set(get_args(Value)), lambda value, _: read_value(value)
    )
    converter.register_structure_hook_func(
        lambda kind: kind == RegionPoints, lambda value, _: _read_weights(value, converter)
    )
    converter.register_structure_hook_func(
        lambda kind: kind == RegionLoads,
        lambda value, _: tuple(converter.structure(value, dict[Region, LoadClass]).items()),
    )
    converter.register_structure_hook_func(
        lambda kind: kind == Constants,
        lambda value, _: tuple(converter.structure(value, dict[ConstantName, int]).items()),
    )
    return converter


def read_pack(data: object, origin: str, converter: Converter) -> RulePack:
    """Return the pack of a document, and declare its regions in this process.

    Args:
        data: Plain data.
        origin: The name of the document, for faults.
        converter: A result of `knowledge_converter`, which is slow to make and can be reused.

    Raises:
        InvalidDocument: With all faults.
    """
    _declare_regions(data, origin)
    document = structure(converter, data, PackDocument, origin)
    try:
        return document.pack(origin)
    except InvalidInput as error:
        place = f"{origin}: $" if origin else "$"
        raise InvalidDocument(*(fault.under(place) for fault in error.faults)) from None


def _declare_regions(data: object, origin: str) -> None:
    """Declare the regions of a document, and the former ids of regions, before its rows are read.

    Rows of a wrong form are skipped here: the converter reports them.
    """
    faults: list[Fault] = []
    for name, anatomy, where in _regions_in(data):
        try:
            declare_region(name, *anatomy)
        except InvalidInput as error:
            place = f"{origin}: {where}" if origin else where
            faults += [fault.under(place) for fault in error.faults]
    if faults:
        raise InvalidDocument(*faults)


def _regions_in(data: object) -> Iterator[tuple[str, tuple[str, bool], str]]:
    """Yield the id, the anatomy and the place of each region that a document adds or renames."""
    for index, row in enumerate(_rows(data, "region")):
        match row:
            case {"id": str(name), "part": str(part), "paired": bool(paired)}:
                yield name, (part, paired), f"$.region[{index}] ({repr_short(name)[1:-1]})"
    for index, row in enumerate(_rows(data, "alias")):
        match row:
            case {"kind": AliasKind.REGION, "old": str(old), "new": str(new)}:
                if is_region(new):
                    region = Region(new)
                    anatomy = (region.part.value, region.paired)
                    yield old, anatomy, f"$.alias[{index}] ({repr_short(old)[1:-1]})"


def _rows(data: object, table: str) -> list[object]:
    rows = data.get(table) if isinstance(data, Mapping) else None
    return rows if isinstance(rows, list) else []


def read_value(value: object) -> Value:
    """Return the value of a fact; a list of words becomes a set."""
    if isinstance(value, list) and all(is_text(member) for member in value):
        return frozenset(value)
    if type(value) is bool or is_number(value) or is_text(value):
        return value
    raise InvalidInput(Fault(f"{repr_short(value)} is not a value that a fact can have"))


def _read_span(value: object, _: object) -> Span:
    if type(value) is int:
        return Span(value, value)
    match expect_list(value):
        case [int(low), int(high)]:
            return Span(low, high)
        case _:
            raise InvalidInput(Fault(f"{repr_short(value)} is no span", remedy="write [low, high]"))


def _read_weights(value: object, converter: Converter) -> RegionPoints:
    table: Mapping[str, object] = expect_mapping(value)
    points: dict[Region, Any] = converter.structure(table, dict[Region, int])
    return tuple(points.items())
