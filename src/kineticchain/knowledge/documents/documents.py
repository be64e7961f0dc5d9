"""Knowledge out of plain tables, as TOML or JSON give them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias, cast, get_args

import attrs
from attrs import field, frozen
from cattrs import Converter

from kineticchain.domain.anatomy import Claim, Link, Region, Story
from kineticchain.domain.evidence import Conflict, Evidence, Grade, Source
from kineticchain.domain.exercises import Equipment, Exercise, Ladder, Span
from kineticchain.domain.facts import Condition, Diagnosis, FactType, Value
from kineticchain.domain.validators import is_number, is_text, repr_short
from kineticchain.errors import Fault, InvalidDocument, InvalidInput
from kineticchain.knowledge.documents.condition_data import read_condition_data
from kineticchain.knowledge.documents.effect_rows import Weights, read_effects, row_fields
from kineticchain.knowledge.goal import Asymmetry, Goal
from kineticchain.knowledge.structuring import (
    expect_list,
    expect_mapping,
    strict_converter,
    structure,
)
from kineticchain.progression import DoseOrder, Transition
from kineticchain.rules import AcceptedFinding, Rule, RulePack

PACK_SCHEMA = 1


def _row_class() -> type[attrs.AttrsInstance]:
    """A class with a field for each key of a rule's row: those of `Rule`, then its effects."""
    rule = attrs.fields_dict(attrs.resolve_types(Rule))
    own = {
        name: attrs.field(type=one.type, default=one.default)
        for name, one in rule.items()
        if name != "effects"
    }
    effects = {
        word: attrs.field(type=kind, default=default) for word, kind, default in row_fields()
    }
    return attrs.make_class(
        "RuleRow",
        own | effects,
        frozen=True,
        kw_only=True,
        class_body={"__doc__": "A rule as its row states it: each effect under its own word."},
    )


if TYPE_CHECKING:
    RuleRow: TypeAlias = attrs.AttrsInstance
else:
    RuleRow = _row_class()
    """A rule as its row states it: each effect under its own word."""

RULE_ROWS = tuple[RuleRow, ...]
"""The type of a list of rows."""


def rule_of(row: attrs.AttrsInstance) -> Rule:
    """The rule that a row states. Raises `InvalidInput` for parts that do not fit."""
    own = {name: getattr(row, name) for name in attrs.fields_dict(Rule) if name != "effects"}
    return Rule(effects=tuple(read_effects(row)), **own)


def _read_rules(rows: tuple[attrs.AttrsInstance, ...]) -> tuple[Rule, ...]:
    rules, faults = [], []
    for at, row in enumerate(rows):
        try:
            rules.append(rule_of(row))
        except InvalidInput as error:
            faults += [
                fault.under(f".rule[{at}] ({cast('Any', row).id})") for fault in error.faults
            ]
    if faults:
        raise InvalidInput(*faults)
    return tuple(rules)


@frozen(kw_only=True)
class PackDocument:
    """A pack as a document states it: a table for each row, under the singular word."""

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
    explained: tuple[AcceptedFinding, ...] = ()
    messages: dict[str, str] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        """Refuse a schema of another time."""
        if self.schema != PACK_SCHEMA:
            raise InvalidInput(
                Fault(
                    f"schema {self.schema} is not known",
                    where=".schema",
                    remedy=f"use {PACK_SCHEMA}",
                )
            )

    def pack(self, origin: str) -> RulePack:
        """The pack that the document states."""
        return RulePack(
            origin=origin,
            id=self.id,
            version=self.version,
            rules=_read_rules(self.rule),
            facts=self.fact,
            diagnoses=self.diagnosis,
            sources=self.source,
            evidence=self.evidence,
            conflicts=self.conflict,
            exercises=self.exercise,
            ladders=self.ladder,
            explained=self.explained,
            messages=tuple(sorted(self.messages.items())),
        )


@frozen(kw_only=True)
class ChainDocument:
    """The chain's links and the weights of grades."""

    weights: dict[Grade, int]
    link: tuple[Link, ...]


@frozen(kw_only=True)
class StoryDocument:
    """Stories told along the chain."""

    story: tuple[Story, ...]


@frozen(kw_only=True)
class ClaimDocument:
    """Claims about the chain."""

    claim: tuple[Claim, ...]


@frozen(kw_only=True)
class EquipmentDocument:
    """Equipment and its substitutes."""

    equipment: tuple[Equipment, ...]


@frozen(kw_only=True)
class GoalDocument:
    """Goals and the regions that they give points to."""

    goal: dict[str, dict[Region, int]]
    complaint: dict[str, tuple[Region, ...]] = field(factory=dict)

    def goals(self) -> tuple[Goal, ...]:
        """The goals that the document states."""
        return tuple(
            Goal(name, tuple(points.items()), self.complaint.get(name, ()))
            for name, points in self.goal.items()
        )


@frozen(kw_only=True)
class AsymmetryRow:
    """Above which difference the weaker side gets points, for which regions, and why."""

    more_than: int
    regions: dict[Region, int]
    evidence: tuple[str, ...]


@frozen(kw_only=True)
class AsymmetryDocument:
    """Measures of both sides whose difference makes the weaker one a target."""

    asymmetry: dict[str, AsymmetryRow]

    def asymmetries(self) -> tuple[Asymmetry, ...]:
        """The asymmetries that the document states."""
        return tuple(
            Asymmetry(name, row.more_than, tuple(row.regions.items()), row.evidence)
            for name, row in self.asymmetry.items()
        )


@frozen(kw_only=True)
class PolicyDocument:
    """The transition table, and the order in which doses grow."""

    schema: int
    transition: tuple[Transition, ...] = ()
    dose_order: tuple[DoseOrder, ...] = ()


def knowledge_converter() -> Converter:
    """The strict converter, taught the forms of knowledge."""
    converter = strict_converter()
    converter.register_structure_hook(Span, _read_span)
    converter.register_structure_hook_func(
        lambda kind: kind == Condition, lambda value, _: read_condition_data(value)
    )
    converter.register_structure_hook_func(
        lambda kind: set(get_args(kind)) == set(get_args(Value)), lambda value, _: read_value(value)
    )
    converter.register_structure_hook_func(
        lambda kind: kind == Weights, lambda value, _: _read_weights(value, converter)
    )
    return converter


def read_pack(data: object, origin: str, converter: Converter | None = None) -> RulePack:
    """The pack in a document's data. Raises `InvalidDocument` with all faults."""
    document = structure(converter or knowledge_converter(), data, PackDocument, origin)
    try:
        return document.pack(origin)
    except InvalidInput as error:
        place = f"{origin}: $" if origin else "$"
        raise InvalidDocument(*(fault.under(place) for fault in error.faults)) from None


def read_value(value: object) -> Value:
    """The value of a fact; a list of words is a set."""
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


def _read_weights(value: object, converter: Converter) -> Weights:
    table: Mapping[str, object] = expect_mapping(value)
    points: dict[Region, Any] = converter.structure(table, dict[Region, int])
    return tuple(points.items())
