"""Conditions as tagged data: tables whose ``type`` is the kind of the condition.

Tagged data is an alternative to text, for programs that write rules: ``{"type": "compare", "name":
"age", "operator": ">=", "value": 65}``. A name in place of a value is written as
``{"name": "here.region"}``. Unknown and missing keys are faults, and nothing is coerced.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TypeAlias

import attrs

from kineticchain.domain.facts import Condition, Constant, Name, Operator, parse_condition
from kineticchain.domain.facts.condition import CONDITION_KINDS
from kineticchain.domain.facts.parsing import DEEPEST_CONDITION, MAX_CHILDREN, MAX_NODES
from kineticchain.domain.validators import (
    is_fact_name,
    is_moderate,
    is_text,
    repr_short,
    shown_name,
    unknown_word_fault,
)
from kineticchain.errors import Fault, InvalidInput

ConditionTable: TypeAlias = Mapping[str, object]
_OPERATORS = {operator.value: operator for operator in Operator}


def read_condition_data(value: object) -> Condition:
    """Return a condition from its text or from tagged data.

    Raises:
        InvalidInput: With all faults and their places.
    """
    if isinstance(value, str):
        return parse_condition(value)
    reader = _ConditionReader()
    condition = reader.condition(value, "", 1)
    if reader.faults:
        raise InvalidInput(*reader.faults)
    if reader.nodes > MAX_NODES:
        raise InvalidInput(Fault(f"more than {MAX_NODES} nodes", remedy="split the rule"))
    return condition


class _ConditionReader:
    """A reader that collects all faults. After a fault, the returned condition is not used."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.nodes = 0

    def fault(self, what: str, where: str, remedy: str = "") -> None:
        self.faults.append(Fault(what, where, remedy))

    def condition(self, value: object, where: str, depth: int) -> Condition:
        self.nodes += 1
        if depth > DEEPEST_CONDITION:
            self.fault(f"nested deeper than {DEEPEST_CONDITION} levels", where)
        elif self.nodes <= MAX_NODES:
            if isinstance(value, str):
                return self.text(value, where)
            if isinstance(value, dict):
                return self.table(value, where, depth)
            self.fault(f"{repr_short(value)} is no condition", where, "write a text or a table")
        return _NEVER

    def text(self, value: str, where: str) -> Condition:
        try:
            return parse_condition(value)
        except InvalidInput as error:
            self.faults += [
                fault.under(f"{where} " if fault.where else where) for fault in error.faults
            ]
            return _NEVER

    def table(self, table: ConditionTable, where: str, depth: int) -> Condition:
        tag = table.get("type")
        kind = CONDITION_KINDS.get(tag) if isinstance(tag, str) else None
        if kind is None:
            tags = list(CONDITION_KINDS)
            self.faults.append(
                unknown_word_fault("a kind of condition", tag, tags, f"{where}.type")
            )
            return _NEVER
        fields = [attribute.name for attribute in attrs.fields(kind)]
        keys = {"type", *fields}
        if table.keys() != keys:
            for key in sorted(keys - table.keys()):
                self.fault(f"`{key}` is missing", where, "it must be given")
            for key in sorted(map(str, table.keys() - keys)):
                self.fault(f"{shown_name(key)} is not known here", where)
            return _NEVER
        before = len(self.faults)
        values: dict[str, Any] = {
            field: self.field(kind, field, table[field], where, depth) for field in fields
        }
        if len(self.faults) > before:
            return _NEVER
        try:
            return kind(**values)
        except InvalidInput as error:
            self.faults += [fault.under(where) for fault in error.faults]
            return _NEVER

    def field(
        self, kind: type[Condition], field: str, value: object, where: str, depth: int
    ) -> object:
        """Read the value of a field by its name, and for `value` by the kind of the condition."""
        place = f"{where}.{field}"
        match field:
            case "part":
                return self.condition(value, place, depth + 1)
            case "parts":
                return self.parts(value, place, depth)
            case "name":
                return self.name(value, place)
            case "value" if kind is Constant:
                return self.fitting(value, place, type(value) is bool, "true or false")
            case "value":
                return self.term(value, place)
            case "member":
                member = self.term(value, place)
                fits = isinstance(member, (str, Name))
                return self.fitting(member, place, fits, "a word or a name")
            case "operator":
                return self.operator(value, place)
            case "options":
                return self.options(value, place)
            case _:
                return self.fitting(value, place, type(value) is int, "a whole number")

    def fitting(self, value: object, where: str, fits: bool, wanted: str) -> object:  # noqa: FBT001
        if not fits:
            self.fault(f"{repr_short(value)} is not {wanted}", where)
        return value

    def parts(self, value: object, where: str, depth: int) -> tuple[Condition, ...]:
        if not isinstance(value, list) or not 2 <= len(value) <= MAX_CHILDREN:  # noqa: PLR2004
            self.fault(f"not a list of 2 to {MAX_CHILDREN} conditions", where)
            return ()
        return tuple(
            self.condition(part, f"{where}[{index}]", depth + 1) for index, part in enumerate(value)
        )

    def name(self, value: object, where: str) -> Name:
        name = _name(value) if isinstance(value, str) else None
        if name is None:
            self.fault(f"{repr_short(value)} is not the name of a fact", where)
            return Name("none")
        return name

    def term(self, value: object, where: str) -> int | float | str | Name:
        if is_moderate(value):
            return value
        if isinstance(value, dict) and value.keys() == {"name"}:
            return self.name(value["name"], f"{where}.name")
        return self.word(value, where, "a number, a word or a name")

    def word(self, value: object, where: str, wanted: str = "a word") -> str:
        if not is_text(value):
            self.fault(f"{repr_short(value)} is not {wanted}", where)
            return ""
        return value

    def operator(self, value: object, where: str) -> Operator:
        if not isinstance(value, str) or value not in _OPERATORS:
            options = list(_OPERATORS)
            self.faults.append(unknown_word_fault("a comparison", value, options, where))
            return Operator.EQUAL
        return _OPERATORS[value]

    def options(self, value: object, where: str) -> tuple[str, ...]:
        if not isinstance(value, list) or not 1 <= len(value) <= MAX_CHILDREN:
            self.fault(f"not a list of 1 to {MAX_CHILDREN} words", where)
            return ()
        return tuple(self.word(word, f"{where}[{index}]") for index, word in enumerate(value))


@lru_cache(maxsize=4096)
def _name(value: str) -> Name | None:
    """Return the name of a fact, or None if the text is no name; results are cached."""
    return Name(value) if is_fact_name(value) else None


_NEVER = Constant(value=False)
"""The placeholder for a condition that has a fault."""

_TAGS = {kind: tag for tag, kind in CONDITION_KINDS.items()}


def condition_data(condition: Condition) -> dict[str, object]:
    """Return a condition as tagged data; `read_condition_data` returns an equal condition."""
    values = {
        attribute.name: _plain(attribute.name, getattr(condition, attribute.name))
        for attribute in attrs.fields(type(condition))
    }
    return {"type": _TAGS[type(condition)], **values}


def _plain(field: str, value: Any) -> object:  # noqa: ANN401 - the value of a field
    """Return the value of a field as plain data.

    The name of the fact itself becomes text. A name in another field becomes a table.
    """
    match field, value:
        case "part", _:
            return condition_data(value)
        case "parts", _:
            return [condition_data(part) for part in value]
        case "name", Name(name):
            return name
        case _, Name(name):
            return {"name": name}
        case _, Operator():
            return value.value
        case _, tuple():
            return list(value)
        case _:
            return value
