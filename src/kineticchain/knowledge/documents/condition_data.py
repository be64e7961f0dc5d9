"""Conditions as tagged data: each a table whose ``type`` says which kind it is.

The same as the text form, for programs that write rules: ``{"type": "compare", "name":
"age", "operator": ">=", "value": 65}``. Where a name stands for a value, it is written as
``{"name": "here.region"}``. Read strictly: no key more, no key less, nothing coerced.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TypeAlias, cast

from kineticchain.domain.facts import (
    All,
    AnyOf,
    AnySide,
    AtLeast,
    BothSides,
    Compare,
    Condition,
    Constant,
    Contains,
    In,
    Is,
    Known,
    Name,
    Not,
    Operator,
    parse_condition,
)
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
    """A condition out of its text, or out of tagged data.

    Raises `InvalidInput` with all faults and their places.
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
    """Reads on after a fault, so that all are found; what it then returns is not used."""

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
        kind = table.get("type")
        form = _FORMS.get(kind) if isinstance(kind, str) else None
        if form is None:
            self.faults.append(
                unknown_word_fault("a kind of condition", kind, list(_FORMS), f"{where}.type")
            )
            return _NEVER
        keys, read = form
        if table.keys() != keys:
            for key in sorted(keys - table.keys()):
                self.fault(f"`{key}` is missing", where, "it must be given")
            for key in sorted(map(str, table.keys() - keys)):
                self.fault(f"{shown_name(key)} is not known here", where)
            return _NEVER
        return read(self, table, where, depth)

    def parts(
        self, table: ConditionTable, key: str, where: str, depth: int
    ) -> tuple[Condition, ...]:
        value = table[key]
        if not isinstance(value, list) or not 2 <= len(value) <= MAX_CHILDREN:  # noqa: PLR2004
            self.fault(f"not a list of 2 to {MAX_CHILDREN} conditions", f"{where}.{key}")
            return (_NEVER, _NEVER)
        return tuple(
            [
                self.condition(part, f"{where}.{key}[{at}]", depth + 1)
                for at, part in enumerate(value)
            ]
        )

    def part(self, table: ConditionTable, where: str, depth: int) -> Condition:
        return self.condition(table["part"], f"{where}.part", depth + 1)

    def name(self, value: object, where: str) -> Name:
        name = _name(value) if isinstance(value, str) else None
        if name is None:
            self.fault(f"{repr_short(value)} is not the name of a fact", f"{where}.name")
            return Name("none")
        return name

    def term(self, value: object, where: str) -> int | float | str | Name:
        if is_moderate(value):
            return value
        if isinstance(value, dict) and value.keys() == {"name"}:
            return self.name(value["name"], where)
        return self.word(value, where, "a number, a word or a name")

    def word(self, value: object, where: str, wanted: str = "a word") -> str:
        if not is_text(value):
            self.fault(f"{repr_short(value)} is not {wanted}", where)
            return ""
        return value

    def constant(self, table: ConditionTable, where: str, _: int) -> Condition:
        value = table["value"]
        if type(value) is not bool:
            self.fault(f"{repr_short(value)} is not true or false", f"{where}.value")
        return Constant(value is True)

    def compare(self, table: ConditionTable, where: str, _: int) -> Condition:
        operator = table["operator"]
        if not isinstance(operator, str) or operator not in _OPERATORS:
            place = f"{where}.operator"
            self.faults.append(
                unknown_word_fault("a comparison", operator, list(_OPERATORS), place)
            )
            return _NEVER
        name, value = self.name(table["name"], where), self.term(table["value"], f"{where}.value")
        return Compare(name, _OPERATORS[operator], value)

    def among(self, table: ConditionTable, where: str, _: int) -> Condition:
        options = table["options"]
        if not isinstance(options, list) or not 1 <= len(options) <= MAX_CHILDREN:
            self.fault(f"not a list of 1 to {MAX_CHILDREN} words", f"{where}.options")
            return _NEVER
        words = [self.word(one, f"{where}.options[{at}]") for at, one in enumerate(options)]
        return In(self.name(table["name"], where), tuple(words))

    def contains(self, table: ConditionTable, where: str, _: int) -> Condition:
        member = self.term(table["member"], f"{where}.member")
        if not isinstance(member, (str, Name)):
            self.fault(f"{repr_short(member)} is not a word or a name", f"{where}.member")
            return _NEVER
        return Contains(member, self.name(table["name"], where))

    def at_least(self, table: ConditionTable, where: str, depth: int) -> Condition:
        count, parts = table["count"], self.parts(table, "parts", where, depth)
        if type(count) is not int or not 1 <= count <= len(parts):
            self.fault(
                f"{repr_short(count)} is not a number from 1 to {len(parts)}", f"{where}.count"
            )
            return _NEVER
        return AtLeast(count, parts)


@lru_cache(maxsize=4096)
def _name(value: str) -> Name | None:
    """The name that a text is; the same object for the same text."""
    return Name(value) if is_fact_name(value) else None


_Read: TypeAlias = Callable[[_ConditionReader, ConditionTable, str, int], Condition]
_NEVER = Constant(value=False)
_FORMS: Mapping[str, tuple[frozenset[str], _Read]] = {
    name: (frozenset({"type", *keys}), read)
    for name, keys, read in cast(
        "list[tuple[str, tuple[str, ...], _Read]]",
        [
            ("constant", ("value",), _ConditionReader.constant),
            ("is", ("name",), lambda r, t, w, _: Is(r.name(t["name"], w))),
            ("known", ("name",), lambda r, t, w, _: Known(r.name(t["name"], w))),
            ("compare", ("name", "operator", "value"), _ConditionReader.compare),
            ("in", ("name", "options"), _ConditionReader.among),
            ("contains", ("member", "name"), _ConditionReader.contains),
            ("not", ("part",), lambda r, t, w, d: Not(r.part(t, w, d))),
            ("all", ("parts",), lambda r, t, w, d: All(r.parts(t, "parts", w, d))),
            ("any", ("parts",), lambda r, t, w, d: AnyOf(r.parts(t, "parts", w, d))),
            ("at_least", ("count", "parts"), _ConditionReader.at_least),
            ("any_side", ("part",), lambda r, t, w, d: AnySide(r.part(t, w, d))),
            ("both_sides", ("part",), lambda r, t, w, d: BothSides(r.part(t, w, d))),
        ],
    )
}


def condition_data(condition: Condition) -> dict[str, object]:
    """A condition as tagged data, which `read_condition_data` reads back equal."""
    match condition:
        case Constant(value):
            return {"type": "constant", "value": value}
        case Is(name):
            return {"type": "is", "name": name.id}
        case Known(name):
            return {"type": "known", "name": name.id}
        case Compare(name, operator, value):
            terms = {"name": name.id, "operator": operator.value, "value": _term(value)}
            return {"type": "compare", **terms}
        case In(name, options):
            return {"type": "in", "name": name.id, "options": list(options)}
        case Contains(member, name):
            return {"type": "contains", "member": _term(member), "name": name.id}
        case Not(part):
            return {"type": "not", "part": condition_data(part)}
        case All(parts):
            return {"type": "all", "parts": [condition_data(part) for part in parts]}
        case AnyOf(parts):
            return {"type": "any", "parts": [condition_data(part) for part in parts]}
        case AtLeast(count, parts):
            written = [condition_data(part) for part in parts]
            return {"type": "at_least", "count": count, "parts": written}
        case AnySide(part):
            return {"type": "any_side", "part": condition_data(part)}
        case BothSides(part):
            return {"type": "both_sides", "part": condition_data(part)}


def _term(value: object) -> object:
    return {"name": value.id} if isinstance(value, Name) else value
