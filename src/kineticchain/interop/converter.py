"""The converter of documents: persons, histories, requests, plans, packs and checkpoints."""

import datetime
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, cast, get_args

from attrs import evolve, frozen
from cattrs import Converter
from cattrs.gen import make_dict_unstructure_fn, override

from kineticchain.domain.anatomy import Side
from kineticchain.domain.exercises import Dose
from kineticchain.domain.facts import Facts, Value
from kineticchain.domain.facts.fact_values import GivenValue, stem
from kineticchain.domain.messages import Message
from kineticchain.domain.messages.catalog import Argument
from kineticchain.domain.person import (
    Allowance,
    Complaint,
    Event,
    ExerciseLog,
    History,
    Injury,
    Person,
    PlannedItem,
    Request,
    Screening,
    Surgery,
)
from kineticchain.domain.person.event import EVENT_TYPES
from kineticchain.domain.person.readers import read_region, read_side
from kineticchain.domain.person.screening import CLEAR, UNASKED
from kineticchain.domain.validators import is_text, repr_short, shown_name
from kineticchain.errors import Fault, InvalidInput
from kineticchain.interop.migrations import DOCUMENT_SCHEMA, migrated
from kineticchain.knowledge.documents.collection_hooks import expect_list, expect_mapping
from kineticchain.knowledge.documents.documents import knowledge_converter, read_pack, read_value
from kineticchain.knowledge.documents.writing import Plain, pack_document, plain
from kineticchain.knowledge.pack import RulePack
from kineticchain.progression import Progress, Standing, Track
from kineticchain.recommendation import (
    Coverage,
    Omission,
    Plan,
    Question,
    Reason,
    Referral,
    TargetRegion,
    Why,
)
from kineticchain.recommendation.plan.model import Item, Session
from kineticchain.recommendation.plan.trace import BoundFacts, FiredRule, OpenedExercise, Trace
from kineticchain.record.derivation.attendance import Attendance
from kineticchain.rules import Failure

_SHORT: tuple[type, ...] = (
    Person, Complaint, Injury, Surgery, Request, ExerciseLog, PlannedItem, Dose, Allowance,
    *EVENT_TYPES.values(),
)  # fmt: skip
"""Types that are written without default values, as a person would write them."""


_PLAN_PARTS: tuple[type, ...] = (
    Referral, Reason, Question, Coverage, TargetRegion, Standing, Failure,
    Trace, BoundFacts, OpenedExercise, Omission, Why,
)  # fmt: skip
"""Parts of a plan that are written without default values, so that a plan stays small."""


@cache
def document_converter() -> Converter:
    """Return the shared converter of all documents."""
    return new_document_converter()


def new_document_converter() -> Converter:
    """Return a new converter of all documents, to which hooks can be added."""
    converter = knowledge_converter()
    _register_persons(converter)
    _register_events(converter)
    _register_plans(converter)
    _register_checkpoints(converter)
    converter.register_structure_hook(RulePack, lambda value, _: _read_pack(value, converter))
    converter.register_unstructure_hook(RulePack, pack_document)
    return converter


def _read_pack(value: object, converter: Converter) -> RulePack:
    """Return a pack. The paths of its faults begin at the pack, like those of other values."""
    try:
        return read_pack(value, "", converter)
    except InvalidInput as error:
        raise InvalidInput(
            *(evolve(fault, where=fault.where.removeprefix("$")) for fault in error.faults)
        ) from None


def _register_persons(converter: Converter) -> None:
    converter.register_unstructure_hook(frozenset, sorted)
    converter.register_unstructure_hook(datetime.date, lambda day: day.isoformat())
    converter.register_unstructure_hook_factory(
        lambda cls: cls in _SHORT,
        lambda cls: make_dict_unstructure_fn(cls, converter, _cattrs_omit_if_default=True),
    )
    converter.register_structure_hook(Facts, lambda value, _: _read_facts(value))
    converter.register_unstructure_hook(Facts, facts_document)
    converter.register_structure_hook(Screening, _screening_reader(converter))
    plain_screening = make_dict_unstructure_fn(Screening, converter, _cattrs_omit_if_default=True)
    converter.register_unstructure_hook(
        Screening, lambda value: _screening_document(value, plain_screening)
    )
    for cls in (Person, Request):
        _register_schema(cls, converter)


def _register_schema(cls: type[Person | Request], converter: Converter) -> None:
    """Write the schema number, and read documents of earlier schemas."""
    reader = converter.get_structure_hook(cls)
    writer = make_dict_unstructure_fn(cls, converter, _cattrs_omit_if_default=True)
    converter.register_structure_hook(cls, lambda value, kind: reader(migrated(value), kind))
    converter.register_unstructure_hook(
        cls, lambda value: {"schema": DOCUMENT_SCHEMA, **writer(value)}
    )


def _read_facts(value: object) -> Facts:
    table = expect_mapping(value)
    return Facts(cast("Mapping[str, GivenValue]", table))


def facts_document(facts: Facts) -> dict[str, Plain]:
    """Return facts by name: null for stated unknown values, a table for sides or regions."""
    document: dict[str, Plain] = {}
    given = facts.given()
    for name, value in given.items():
        if stem(name) == name:
            document[name] = plain(value)
        else:
            by_side_or_region = {
                full_name.rpartition(".")[2]: plain(given[full_name])
                for full_name in given
                if stem(full_name) == stem(name) != full_name
            }
            document[stem(name)] = cast("Plain", by_side_or_region)
    return document


def _screening_reader(converter: Converter) -> Callable[[object, object], Screening]:
    plain_reader = converter.get_structure_hook(Screening)

    def read(value: object, kind: object) -> Screening:
        if value == "clear":
            return CLEAR
        if value == "unasked":
            return UNASKED
        if isinstance(value, str):
            raise InvalidInput(
                Fault(f"{repr_short(value)} is no screening", remedy='say "clear" or "unasked"')
            )
        return cast("Screening", plain_reader(value, kind))

    return read


def _screening_document(value: Screening, otherwise: Callable[[Screening], Any]) -> Plain:
    if value == CLEAR:
        return "clear"
    return "unasked" if value == UNASKED else cast("Plain", otherwise(value))


def _register_events(converter: Converter) -> None:
    def read(value: object, _: object) -> Event:
        table = dict(expect_mapping(value))
        kind = table.pop("type", None)
        if kind is None:
            remedy = "it must be one of " + ", ".join(EVENT_TYPES)
            raise InvalidInput(Fault("the type of the event is missing", ".type", remedy))
        if not isinstance(kind, str) or kind not in EVENT_TYPES:
            remedy = "it must be one of " + ", ".join(EVENT_TYPES)
            raise InvalidInput(Fault(f"{repr_short(kind)} is no type of event", ".type", remedy))
        return converter.structure(table, EVENT_TYPES[kind])

    def write(event: Event) -> dict[str, Plain]:
        return {"type": event.tag, **converter.unstructure(event)}

    converter.register_structure_hook_func(lambda kind: kind == Event, read)
    converter.register_structure_hook(History, lambda value, _: _read_history(value, converter))
    converter.register_unstructure_hook(
        History,
        lambda history: {"schema": DOCUMENT_SCHEMA, "events": [write(event) for event in history]},
    )


def _read_history(value: object, converter: Converter) -> History:
    """Return a history from its table, or from a list of events as schema 1 wrote it."""
    if isinstance(value, list):
        return History(converter.structure(value, list[Event]))
    table = migrated(value)
    if "events" not in table:
        raise InvalidInput(Fault("`events` is missing", remedy="it must be given"))
    events = expect_list(table.pop("events"))
    if table:
        remedy = "known are schema, events"
        unknown = (Fault(f"{shown_name(name)} is not known here", remedy=remedy) for name in table)
        raise InvalidInput(*unknown)
    try:
        return History(converter.structure(events, list[Event]))
    except InvalidInput as error:
        raise InvalidInput(*(fault.under(".events") for fault in error.faults)) from None


def _register_plans(converter: Converter) -> None:
    converter.register_structure_hook(Message, lambda value, _: _read_message(value))
    converter.register_unstructure_hook(
        Message,
        lambda message: {
            "id": message.id,
            **({"args": dict(message.args)} if message.args else {}),
            "text": message.text,
        },
    )
    converter.register_unstructure_hook_factory(
        lambda kind: kind is Plan,
        lambda kind: make_dict_unstructure_fn(
            kind, converter, _cattrs_omit_if_default=True, made_from=override(omit=True)
        ),
    )
    converter.register_unstructure_hook_factory(
        lambda kind: kind in _PLAN_PARTS,
        lambda kind: make_dict_unstructure_fn(kind, converter, _cattrs_omit_if_default=True),
    )
    converter.register_unstructure_hook(FiredRule, _fired_rule_document)
    converter.register_structure_hook(FiredRule, lambda value, _: _read_fired_rule(value))
    for cls in (Item, Session):
        _register_minutes(cls, converter)
    seen = tuple[str, Value | None]
    converter.register_structure_hook_func(
        lambda kind: kind == seen, lambda value, _: _read_seen(value)
    )
    converter.register_unstructure_hook_func(
        lambda kind: set(get_args(kind)) - {type(None)} == set(get_args(Value)), plain
    )


@frozen(kw_only=True)
class ProgressDocument:
    """The document for a `Progress`: its tracks as a list, mastered exercises in order."""

    tracks: tuple[Track, ...]
    trained: tuple[tuple[str, Side], ...]
    on: datetime.date | None
    mastered: tuple[tuple[str, Side], ...]
    attendance: Attendance
    ceiling: int | None = None

    @staticmethod
    def of(progress: Progress) -> "ProgressDocument":
        """Return the document for a `Progress`."""
        return ProgressDocument(
            tracks=tuple(progress.tracks.values()),
            trained=progress.trained,
            on=progress.on,
            mastered=tuple(sorted(progress.mastered)),
            attendance=progress.attendance,
            ceiling=progress.ceiling,
        )

    def progress(self) -> Progress:
        """Return the progress of the document."""
        return Progress(
            tracks={track.key: track for track in self.tracks},
            trained=self.trained,
            on=self.on,
            mastered=frozenset(self.mastered),
            attendance=self.attendance,
            ceiling=self.ceiling,
        )


def _register_checkpoints(converter: Converter) -> None:
    converter.register_structure_hook(
        Progress, lambda value, _: converter.structure(value, ProgressDocument).progress()
    )
    converter.register_unstructure_hook(
        Progress, lambda value: converter.unstructure(ProgressDocument.of(value))
    )
    events = tuple[Event, ...]
    converter.register_structure_hook_func(
        lambda kind: kind == events,
        lambda value, _: converter.structure(value, History).events,
    )
    converter.register_unstructure_hook_func(
        lambda kind: kind == events,
        lambda value: converter.unstructure(History(value))["events"],
    )


def _register_minutes(cls: type[Item | Session], converter: Converter) -> None:
    """Write minutes in addition to seconds for people; drop the minutes when reading."""
    reader = converter.get_structure_hook(cls)

    def read(value: object, kind: object) -> object:
        table = dict(expect_mapping(value))
        table.pop("minutes", None)
        return reader(table, kind)

    def writer(kind: type[Item | Session]) -> Callable[[Item | Session], dict[str, Plain]]:
        fields = make_dict_unstructure_fn(kind, converter, _cattrs_omit_if_default=True)
        return lambda written: {**fields(written), "minutes": written.minutes}

    converter.register_structure_hook(cls, read)
    converter.register_unstructure_hook_factory(lambda kind: kind is cls, writer)


def _fired_rule_document(fired: FiredRule) -> Plain:
    """Return the id of a rule; for a rule with a binding, a list with region and side."""
    if fired.region is None or fired.side is None:
        return fired.rule
    return [fired.rule, fired.region.value, fired.side.value]


def _read_fired_rule(value: object) -> FiredRule:
    match value:
        case str(rule):
            return FiredRule(rule)
        case [str(rule), str(region), str(side)]:
            return FiredRule(rule, read_region(region), read_side(side))
        case _:
            raise InvalidInput(Fault(f"{repr_short(value)} is not a rule that held"))


def _read_message(value: object) -> Message:
    table = expect_mapping(value)
    args = expect_mapping(table.get("args", {}))
    for name, arg in args.items():
        if type(arg) is not int and not is_text(arg):
            raise InvalidInput(
                Fault(f"{repr_short(arg)} is no argument of a message", f".args.{name}")
            )
    return Message(
        cast("str", table.get("id")),
        tuple(sorted(cast("Mapping[str, Argument]", args).items())),
        cast("str", table.get("text", "")),
    )


def _read_seen(value: object) -> tuple[str, Value | None]:
    match expect_list(value):
        case [str(name), None]:
            return (name, None)
        case [str(name), seen]:
            return (name, read_value(seen))
        case _:
            raise InvalidInput(Fault(f"{repr_short(value)} is not a name with a value"))
