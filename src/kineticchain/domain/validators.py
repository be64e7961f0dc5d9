"""What a value must be: the checks that domain types put on their fields.

Each function gives a validator in the sense of attrs. None of them coerces: text is not a
number, 3.7 is not a whole number, and true is not 1. A validator is an object that can be
asked what it wants, so that the schemas of documents say the same.
"""

import datetime
import keyword
import math
import re
import unicodedata
from collections.abc import Callable, Collection
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias, TypeGuard, TypeVar

from attrs import field, frozen

from kineticchain.errors import Fault, InvalidInput, likely

if TYPE_CHECKING:
    import attrs

Validator: TypeAlias = "Callable[[Any, attrs.Attribute[Any], Any], None]"

LONGEST_TEXT = 4096
LONGEST_NAME = 64
MAX_PARTS = 4
LARGEST_NUMBER = 10**9
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_-]*", re.ASCII)


def is_number(value: object) -> TypeGuard[float]:
    """Whether `value` is a finite number; true and false are not numbers."""
    return type(value) is int or (type(value) is float and math.isfinite(value))


def is_moderate(value: object) -> TypeGuard[float]:
    """Whether `value` is a number that a document or a condition may hold."""
    return is_number(value) and abs(value) <= LARGEST_NUMBER


def is_identifier(value: object) -> TypeGuard[str]:
    """Whether `value` is an id: up to four ASCII words joined by dots, 64 characters each."""
    return isinstance(value, str) and _is_identifier(value)


@lru_cache(maxsize=16_384)
def _is_identifier(value: str) -> bool:
    if len(value) > MAX_PARTS * (LONGEST_NAME + 1):
        return False
    parts = value.split(".")
    return len(parts) <= MAX_PARTS and all(
        len(part) <= LONGEST_NAME and _WORD.fullmatch(part) is not None for part in parts
    )


def is_fact_name(value: object) -> TypeGuard[str]:
    """Whether `value` can be spoken of in a condition: an id without `-` and Python's own words."""
    return (
        is_identifier(value)
        and "-" not in value
        and not any(keyword.iskeyword(part) for part in value.split("."))
    )


def is_text(value: object) -> TypeGuard[str]:
    """Whether `value` is text of at most 4,096 characters, none of which hides or reorders."""
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        return False
    # printable text hides nothing; only what is not is looked at character by character
    return value.isprintable() or not any(
        unicodedata.category(char) in {"Cc", "Cf", "Cs"} for char in value
    )


def repr_short(value: object) -> str:
    """`value` as an error shows it: in backticks, and short."""
    if type(value) is int and abs(value) > LARGEST_NUMBER**2:
        return "`an enormous number`"  # Python refuses to write thousands of digits
    text = repr(value)
    most = 40
    return f"`{text[: most - 3]}...`" if len(text) > most else f"`{text}`"


def shown_name(name: object) -> str:
    """A name as an error shows it: as it stands, unless it is long or hides something."""
    if isinstance(name, str) and len(name) <= LONGEST_NAME and name.isprintable():
        return f"`{name}`"
    return repr_short(name)


@frozen
class Check:
    """Refuses a value that does not fit; `wanted` says in words what would.

    `remedy` may tell of a value what is likely meant.
    """

    fits: Callable[[object], bool]
    wanted: str
    remedy: Callable[[object], str] = field(default=lambda _: "", kw_only=True)

    def __call__(self, _: object, attribute: "attrs.Attribute[Any]", value: object) -> None:
        """Raise `InvalidInput` unless the value fits."""
        if not self.fits(value):
            problem = f"{repr_short(value)} is not {self.wanted}"
            raise InvalidInput(Fault(problem, f".{attribute.name}", self.remedy(value)))


@frozen
class Whole(Check):
    """Refuses what is no whole number from `low` to `high`."""

    low: int
    high: int


@frozen
class Optional:
    """Refuses what is neither None nor fits `inner`."""

    inner: Validator

    def __call__(self, instance: object, attribute: "attrs.Attribute[Any]", value: object) -> None:
        """Raise `InvalidInput` unless the value is None or fits."""
        if value is not None:
            self.inner(instance, attribute, value)


@frozen
class Each:
    """Refuses what is no tuple, or has a member that does not fit `inner`."""

    inner: Validator

    def __call__(self, instance: object, attribute: "attrs.Attribute[Any]", value: object) -> None:
        """Raise `InvalidInput` unless every member fits."""
        if not isinstance(value, tuple):
            raise InvalidInput(
                Fault(f"{repr_short(value)} is not a list", where=f".{attribute.name}")
            )
        for member in value:
            self.inner(instance, attribute, member)


def whole(low: int, high: int, unit: str = "") -> Validator:
    """A whole number from `low` to `high`."""
    return Whole(
        lambda value: type(value) is int and low <= value <= high,
        f"a whole number from {low:,} to {high:,}" + (f" {unit}" if unit else ""),
        low,
        high,
    )


def boolean() -> Validator:
    """True or false."""
    return Check(lambda value: type(value) is bool, "true or false")


def identifier() -> Validator:
    """An id: ASCII words of letters, digits, `_` and `-`, joined by at most three dots."""
    wanted = "an id (ASCII letters, digits, `_`, `-`, up to four dotted parts)"
    return Check(is_identifier, wanted, remedy=_as_identifier)


def _as_identifier(value: object) -> str:
    """What somebody means who writes an id with spaces."""
    joined = "_".join(value.split()) if isinstance(value, str) else ""
    return f"write `{joined}`" if is_identifier(joined) else ""


def fact_name() -> Validator:
    """An id that a condition can speak of."""
    return Check(is_fact_name, "the name of a fact (ASCII words of letters, digits and `_`)")


def text() -> Validator:
    """Text without control characters, of at most 4,096 characters."""
    return Check(is_text, "text of at most 4,096 characters without control characters")


def day() -> Validator:
    """A date without a time of day."""
    return Check(lambda value: type(value) is datetime.date, "a date; use date(2026, 11, 21)")


def instance(kind: type) -> Validator:
    """An object of a class."""
    article = "an" if kind.__name__[0] in "AEIOU" else "a"
    return Check(lambda value: isinstance(value, kind), f"{article} {kind.__name__}")


T = TypeVar("T")


def require_instance(value: object, kind: type[T], where: str, remedy: str) -> T:
    """A value of a class, given back; raises `InvalidInput` for another one."""
    if not isinstance(value, kind):
        raise InvalidInput(Fault(f"{repr_short(value)} is no {kind.__name__}", where, remedy))
    return value


def exact_instance(kind: type) -> Validator:
    """An object of a class itself: one of a stranger's subclass might lie about itself."""
    return Check(lambda value: type(value) is kind, f"a {kind.__name__}")


def optional(validator: Validator) -> Validator:
    """`validator`, or None for what is unknown."""
    return Optional(validator)


def each(validator: Validator) -> Validator:
    """`validator` for every member of a tuple."""
    return Each(validator)


def unknown_word_fault(
    what: str, value: object, options: Collection[str], where: str = ""
) -> Fault:
    """The fault of a word that is none of `options`, with the likely one or with all."""
    remedy = likely(value, options) if isinstance(value, str) else ""
    return Fault(
        f"{repr_short(value)} is not {what}",
        where=where,
        remedy=remedy or "it must be one of " + ", ".join(options),
    )
