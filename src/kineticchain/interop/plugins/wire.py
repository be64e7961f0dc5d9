"""What goes between an app and the process of its rules: lines of JSON, nothing that runs."""

import json
from collections.abc import Mapping
from typing import Final, cast

from attrs import frozen

from kineticchain.domain.facts import Value
from kineticchain.errors import Fault, InvalidInput
from kineticchain.knowledge.documents.documents import RuleRow, knowledge_converter
from kineticchain.knowledge.documents.writing import Plain, rule_row
from kineticchain.knowledge.structuring import structure
from kineticchain.rules import PythonRule, Rule
from kineticchain.rules.model.effect import Effect

LONGEST_LINE: Final = 1_000_000


@frozen(kw_only=True)
class RuleHead:
    """What a rule in Python says of itself, without its function."""

    id: str
    because: str
    about: str | None = None
    evidence: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


def line_of(message: Mapping[str, object]) -> bytes:
    """A message as one line."""
    return json.dumps(message, allow_nan=False).encode() + b"\n"


def message_in(line: bytes) -> dict[str, object]:
    """The message in a line. Raises `InvalidInput` for anything else."""
    try:
        message = json.loads(line)
    except (ValueError, RecursionError):
        message = None
    if not isinstance(message, dict):
        raise InvalidInput(Fault("no message"))
    return message


def facts_data(facts: Mapping[str, Value]) -> dict[str, Plain]:
    """Facts as plain data; a set is a list."""
    return {
        name: cast("Plain", sorted(value) if isinstance(value, frozenset) else value)
        for name, value in facts.items()
    }


def read_facts(data: Mapping[str, object]) -> dict[str, Value]:
    """Facts out of plain data."""
    return {
        name: frozenset(value) if isinstance(value, list) else cast("Value", value)
        for name, value in data.items()
    }


def effects_data(rule: PythonRule, effects: tuple[Effect, ...]) -> list[Plain]:
    """Effects as the rows of rules that have one effect each."""
    made = (
        Rule(id=rule.id, when="True", effects=(one,), because=rule.because, sources=("wire",))
        for one in effects
    )
    return [cast("Plain", rule_row(one)) for one in made]


def read_effects(data: object) -> tuple[Effect, ...]:
    """Effects out of their rows. Raises `InvalidInput`."""
    rows = structure(knowledge_converter(), data, tuple[RuleRow, ...], "")
    return tuple(effect for row in rows for effect in row.rule().effects)


def read_heads(data: object) -> tuple[RuleHead, ...]:
    """What rules say of themselves, out of plain data. Raises `InvalidInput`."""
    return structure(knowledge_converter(), data, tuple[RuleHead, ...], "")
