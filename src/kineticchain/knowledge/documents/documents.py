"""Knowledge out of plain tables, as TOML or JSON give them."""

from collections.abc import Mapping
from typing import Any, get_args

from attrs import field, fields, frozen
from cattrs import Converter

from kineticchain.domain.anatomy import Claim, Link, Region, Story
from kineticchain.domain.evidence import Conflict, Evidence, Grade, Source
from kineticchain.domain.exercises import Equipment, Exercise, Ladder, LoadClass, Span
from kineticchain.domain.facts import BindingKind, Condition, Diagnosis, FactType, Value
from kineticchain.domain.validators import is_number, is_text, repr_short
from kineticchain.errors import Fault, InvalidDocument, InvalidInput
from kineticchain.knowledge.documents.condition_data import read_condition_data
from kineticchain.knowledge.goal import Asymmetry, Goal
from kineticchain.knowledge.structuring import (
    expect_list,
    expect_mapping,
    strict_converter,
    structure,
)
from kineticchain.progression import DoseOrder, Transition
from kineticchain.rules import (
    AcceptedFinding,
    Advise,
    Conclude,
    Effect,
    Exclude,
    Limit,
    LimitKind,
    Prefer,
    Refer,
    Require,
    Requirement,
    Rule,
    RulePack,
    Show,
    Target,
)

PACK_SCHEMA = 1
Weights = tuple[tuple[Region, int], ...]


@frozen(kw_only=True)
class LimitRow:
    """The limits of a rule, as its row states them."""

    load: LoadClass | None = None
    hold_s: int | None = None
    dose_share: int | None = None
    minutes: int | None = None
    exercises: int | None = None
    pain_ceiling: int | None = None
    roll_s: int | None = None

    def effects(self) -> list[Effect]:
        """One limit for each that is stated."""
        stated = {one.name: getattr(self, one.name) for one in fields(LimitRow)}
        return [
            Limit(LimitKind(name), value) for name, value in stated.items() if value is not None
        ]


@frozen(kw_only=True)
class RuleRow:
    """A rule as its row states it, each kind of effect under its own word."""

    id: str
    when: Condition
    because: str
    about: Condition | None = None
    each: BindingKind | None = None
    same_side: bool = False
    refer: Refer | None = None
    exclude: bool = False
    limit: LimitRow | None = None
    require: tuple[Requirement, ...] = ()
    favour: int | None = None
    target: Weights = ()
    advise: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    conclude: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    settled_by: tuple[str, ...] = ()
    until_cleared: bool = False

    def rule(self) -> Rule:
        """The rule that the row states."""
        return Rule(
            id=self.id,
            when=self.when,
            effects=tuple(self._effects()),
            because=self.because,
            about=self.about,
            each=self.each,
            same_side=self.same_side,
            evidence=self.evidence,
            shows=self.shows,
            sources=self.sources,
            settled_by=self.settled_by,
            until_cleared=self.until_cleared,
        )

    def _effects(self) -> list[Effect]:
        effects: list[Effect] = [self.refer] if self.refer else []
        effects += [Exclude()] if self.exclude else []
        effects += self.limit.effects() if self.limit else []
        effects += [Require(one) for one in self.require]
        effects += [Prefer(self.favour)] if self.favour is not None else []
        effects += [Target(region, points) for region, points in self.target]
        effects += [Advise(message) for message in self.advise]
        effects += [Show(conflict) for conflict in self.conflicts]
        effects += [Conclude(fact) for fact in self.conclude]
        return effects


def _read_rules(rows: tuple[RuleRow, ...]) -> tuple[Rule, ...]:
    rules, faults = [], []
    for at, row in enumerate(rows):
        try:
            rules.append(row.rule())
        except InvalidInput as error:
            faults += [fault.under(f".rule[{at}] ({row.id})") for fault in error.faults]
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
    found: dict[Region, Any] = converter.structure(table, dict[Region, int])
    return tuple(found.items())
