"""Hooks for values without parts: numbers, texts, dates, words and regions."""

import datetime
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from cattrs import Converter

from kineticchain.domain.anatomy import Region, is_region, region_ids
from kineticchain.domain.validators import is_number, is_text, repr_short, unknown_word_fault
from kineticchain.errors import Fault, InvalidInput


def read_word(value: object, kind: type[StrEnum]) -> StrEnum:
    """Return the member of an enum that a word names.

    Raises:
        InvalidInput: If the value is not text, or names no member.
    """
    options = [member.value for member in kind]
    if not isinstance(value, str) or value not in options:
        title = _title(kind)
        article = "an" if title[0] in "aeiou" else "a"
        raise InvalidInput(unknown_word_fault(f"{article} {title}", value, options))
    return kind(value)


def read_region_word(value: object, _: object) -> Region:
    """Return a built-in region, or the region of a pack that was read before, from its id.

    Raises:
        InvalidInput: If the value is not text, or names no region.
    """
    if not isinstance(value, str) or not is_region(value):
        raise InvalidInput(unknown_word_fault("a region", value, region_ids()))
    return Region(value)


def _title(kind: type) -> str:
    words = "".join(f" {char.lower()}" if char.isupper() else char for char in kind.__name__)
    return words.strip()


def register_values(converter: Converter) -> None:
    """Register the hooks of values that have no parts: numbers, texts, dates and words."""
    checks: list[tuple[type, Callable[[object], bool], str]] = [
        (bool, lambda value: type(value) is bool, "true or false"),
        (int, lambda value: type(value) is int, "a whole number"),
        (float, is_number, "a finite number"),
    ]
    for kind, fits, wanted in checks:
        converter.register_structure_hook(kind, _exactly(fits, wanted))
    converter.register_structure_hook(str, _read_text)
    converter.register_structure_hook(datetime.date, _read_date)
    converter.register_structure_hook(StrEnum, read_word)
    converter.register_structure_hook(Region, read_region_word)


def _read_text(value: object, _: object) -> str:
    if type(value) in {int, float, bool, datetime.date}:
        raise InvalidInput(Fault(f"{repr_short(value)} is not text", remedy="put it in quotes"))
    if not is_text(value):
        wanted = "text of at most 4,096 characters without control characters"
        raise InvalidInput(Fault(f"{repr_short(value)} is not {wanted}"))
    return value


def _exactly(fits: Callable[[object], bool], wanted: str) -> Callable[[object, object], Any]:
    def hook(value: object, _: object) -> object:
        if not fits(value):
            raise InvalidInput(Fault(f"{repr_short(value)} is not {wanted}"))
        return value

    return hook


def _read_date(value: object, _: object) -> datetime.date:
    if type(value) is datetime.date:
        return value
    iso_length = 10
    if isinstance(value, str) and len(value) == iso_length:
        try:
            day = datetime.date.fromisoformat(value)
        except ValueError:
            pass
        else:
            if day.isoformat() == value:  # Python also reads 2026-W47-6
                return day
    raise InvalidInput(Fault(f"{repr_short(value)} is not a date", remedy="write it as 2026-11-21"))
