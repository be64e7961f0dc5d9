"""Messages between an app and the process of its rules: lines of JSON, without code."""

import json
from collections.abc import Mapping
from typing import Final, cast

from attrs import frozen

from kineticchain.domain.facts import Value
from kineticchain.errors import Fault, InvalidInput
from kineticchain.interop.converter import document_converter
from kineticchain.knowledge.documents.documents import RULE_ROWS, rule_of
from kineticchain.knowledge.documents.structuring import structure
from kineticchain.knowledge.documents.writing import Plain, rule_row
from kineticchain.rules import PythonRule, Rule
from kineticchain.rules.model.effect import Effect

LONGEST_LINE: Final = 1_000_000
"""The longest line that is read from a process, in bytes."""


@frozen(kw_only=True)
class RuleHead:
    """A Python rule without its function.

    Attributes:
        id: The id of the rule.
        because: The reason that the rule gives.
        about: The text of the condition on the exercises that the rule is about.
        each: The kind of subject, such as a complaint; the rule is called once for each subject of
            this kind. None for a single call.
        same_side: True if the effects are limited to the side of the subject.
        evidence: The rows of evidence that the rule cites.
        sources: The sources that the rule cites.
    """

    id: str
    because: str
    about: str | None = None
    each: str | None = None
    same_side: bool = False
    evidence: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


def line_of(message: Mapping[str, object]) -> bytes:
    """Return a message as one line of JSON."""
    return json.dumps(message, allow_nan=False).encode() + b"\n"


def message_in(line: bytes) -> dict[str, object]:
    """Return the message in a line.

    Raises:
        InvalidInput: If the line is not a JSON object.
    """
    try:
        message = json.loads(line)
    except (ValueError, RecursionError):
        message = None
    if not isinstance(message, dict):
        raise InvalidInput(Fault("no message"))
    return message


def facts_data(facts: Mapping[str, Value]) -> dict[str, Plain]:
    """Return facts as plain data; a set becomes a sorted list."""
    return {
        name: cast("Plain", sorted(value) if isinstance(value, frozenset) else value)
        for name, value in facts.items()
    }


def read_facts(data: Mapping[str, object]) -> dict[str, Value]:
    """Return facts from plain data; a list becomes a set."""
    return {
        name: frozenset(value) if isinstance(value, list) else cast("Value", value)
        for name, value in data.items()
    }


def effects_data(rule: PythonRule, effects: tuple[Effect, ...]) -> list[Plain]:
    """Return effects as plain data: one row of a rule for each effect.

    Documents have a form for rules, not for effects alone. So each effect is written as a rule that
    always holds.
    """
    carriers = (
        Rule(id=rule.id, when="True", effects=(effect,), because=rule.because, sources=("wire",))
        for effect in effects
    )
    return [cast("Plain", rule_row(carrier)) for carrier in carriers]


def read_effects(data: object) -> tuple[Effect, ...]:
    """Return the effects in the rows that `effects_data` wrote.

    Raises:
        InvalidInput: If the data is not a list of valid rows.
    """
    rows = structure(document_converter(), data, RULE_ROWS, "")
    return tuple(effect for row in rows for effect in rule_of(row).effects)


def read_heads(data: object) -> tuple[RuleHead, ...]:
    """Return the heads of Python rules from plain data.

    Raises:
        InvalidInput: If the data is not a list of valid heads.
    """
    return structure(document_converter(), data, tuple[RuleHead, ...], "")
