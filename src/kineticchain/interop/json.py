"""Strict reading and canonical writing of JSON."""

import json
from collections import Counter
from functools import partial
from typing import TypeVar

from attrs import evolve

from kineticchain.domain.validators import repr_short, require_instance, shown_name
from kineticchain.errors import Fault, InvalidDocument, InvalidInput
from kineticchain.interop.converter import document_converter
from kineticchain.interop.limits import LARGEST_JSON, as_text, check_nesting, small_float, small_int
from kineticchain.interop.line_numbers import lines_of_json, with_lines
from kineticchain.knowledge.documents.structuring import structure
from kineticchain.knowledge.pack import RulePack

T = TypeVar("T")


def loads(text: str | bytes, cls: type[T], origin: str = "") -> T:
    """Read an object from JSON, without coercions.

    Args:
        text: The document, at most 1 MB and 32 levels, without NaN and duplicate keys.
        cls: The class, such as `Person`, `History`, `Request`, `Plan` or `RulePack`.
        origin: The name of the document, for faults.

    Raises:
        InvalidDocument: With every fault and its path.
    """
    require_instance(cls, type, "cls", "give a class, such as kc.Person")
    data = parse(text, origin)
    lines = partial(lines_of_json, as_text(text, LARGEST_JSON, origin))
    try:
        value = structure(document_converter(), data, cls, origin)
    except InvalidDocument as error:
        raise InvalidDocument(*with_lines(error.faults, lines)) from None
    if isinstance(value, RulePack):
        return evolve(value, origin=origin, placed=partial(with_lines, lines=lines))
    return value


def dumps(value: object, indent: int | None = None) -> str:
    """Return the JSON of an object; equal objects have equal texts on all platforms."""
    data = document_converter().unstructure(value)
    try:
        return json.dumps(data, ensure_ascii=False, allow_nan=False, indent=indent)
    except TypeError:
        remedy = "give a person, a history, a request, a plan or a pack"
        raise InvalidInput(
            Fault(f"{repr_short(value)} cannot be written", "value", remedy)
        ) from None


def parse(text: str | bytes, origin: str = "") -> object:
    """Return the values of a JSON text, if it is within the limits of size and depth."""
    checked = as_text(text, LARGEST_JSON, origin)
    check_nesting(checked, origin)
    place = f"{origin}: " if origin else ""
    try:
        return json.loads(
            checked,
            object_pairs_hook=_no_key_twice,
            parse_constant=_no_constant,
            parse_int=small_int,
            parse_float=small_float,
        )
    except json.JSONDecodeError as error:
        where = f"{place}line {error.lineno}, column {error.colno}"
        raise InvalidDocument(Fault("not JSON", where=where, remedy=error.msg.lower())) from None
    except InvalidInput as error:
        raise InvalidDocument(*(fault.under(place) for fault in error.faults)) from None


def _no_key_twice(pairs: list[tuple[str, object]]) -> dict[str, object]:
    table = dict(pairs)
    if len(table) < len(pairs):
        [(twice, _)] = Counter(name for name, _ in pairs).most_common(1)
        raise InvalidInput(Fault(f"the key {shown_name(twice)} stands twice in one table"))
    return table


def _no_constant(word: str) -> object:
    raise InvalidInput(Fault(f"`{word}` is not a number", remedy="leave it out or write null"))
