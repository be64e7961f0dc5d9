"""Validators for the fields of domain types.

The factory functions return attrs validators. No validator converts its value: text is not a
number, 3.7 is not a whole number, and true is not 1. A validator exposes its parameters, from
which the JSON schemas of documents are generated.
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
"""The largest number of characters of any text, such as a message with titles and reasons."""

LONGEST_PASSAGE = 1000
"""The largest number of characters of a text that messages quote."""

LONGEST_TITLE = 120
"""The largest number of characters of a title; a message lists up to thirty titles."""

LONGEST_NAME = 64
MAX_PARTS = 4
LARGEST_NUMBER = 10**9
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_-]*", re.ASCII)


def is_number(value: object) -> TypeGuard[float]:
    """Return whether `value` is a finite number; true and false are not numbers."""
    return type(value) is int or (type(value) is float and math.isfinite(value))


def is_moderate(value: object) -> TypeGuard[float]:
    """Return whether `value` is a number with an absolute value of at most 10⁹.

    Documents and conditions may not contain larger numbers.
    """
    return is_number(value) and abs(value) <= LARGEST_NUMBER


def is_identifier(value: object) -> TypeGuard[str]:
    """Return whether `value` is an id: one to four dotted ASCII words of up to 64 characters."""
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
    """Return whether a condition can name `value`: an id without `-` and Python keywords."""
    return (
        is_identifier(value)
        and "-" not in value
        and not any(keyword.iskeyword(part) for part in value.split("."))
    )


def is_text(value: object) -> TypeGuard[str]:
    """Return whether `value` is text of up to 4,096 characters, none of them invisible.

    Control and format characters are invisible and could reverse the direction of text.
    """
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        return False
    # `isprintable` is fast; only text that fails it is checked character by character
    return value.isprintable() or not any(
        unicodedata.category(char) in {"Cc", "Cf", "Cs"} for char in value
    )


def repr_short(value: object) -> str:
    """Return `value` for an error message: its repr in backticks, cut to 40 characters."""
    if type(value) is int and abs(value) > LARGEST_NUMBER**2:
        return "`an enormous number`"  # `repr` fails for integers of more than 4,300 digits
    if type(value) is datetime.date:
        return f"the date `{value}`"
    text = repr(value)
    most = 40
    return f"`{text[: most - 3]}...`" if len(text) > most else f"`{text}`"


def shown_name(name: object) -> str:
    """Return a name for an error message: unchanged if short and printable, else its short repr."""
    if isinstance(name, str) and len(name) <= LONGEST_NAME and name.isprintable():
        return f"`{name}`"
    return repr_short(name)


@frozen
class Check:
    """A validator that rejects values for which a predicate is false.

    Attributes:
        fits: the predicate.
        wanted: a description of valid values, for the error message.
        remedy: a function from a rejected value to a remedy; empty text if there is none.

    """

    fits: Callable[[object], bool]
    wanted: str
    remedy: Callable[[object], str] = field(default=lambda _: "", kw_only=True)

    def __call__(self, _: object, attribute: "attrs.Attribute[Any]", value: object) -> None:
        """Raise `InvalidInput` if the predicate is false for the value."""
        if not self.fits(value):
            problem = f"{repr_short(value)} is not {self.wanted}"
            raise InvalidInput(Fault(problem, f".{attribute.name}", self.remedy(value)))


@frozen
class Whole(Check):
    """A validator for whole numbers from `low` to `high`, both included."""

    low: int
    high: int


@frozen
class Optional:
    """A validator that accepts None and every value that `inner` accepts."""

    inner: Validator

    def __call__(self, instance: object, attribute: "attrs.Attribute[Any]", value: object) -> None:
        """Raise `InvalidInput` unless the value is None or `inner` accepts it."""
        if value is not None:
            self.inner(instance, attribute, value)


@frozen
class Each:
    """A validator for tuples in which `inner` accepts every member."""

    inner: Validator

    def __call__(self, instance: object, attribute: "attrs.Attribute[Any]", value: object) -> None:
        """Raise `InvalidInput` unless the value is a tuple and `inner` accepts every member."""
        if not isinstance(value, tuple):
            raise InvalidInput(
                Fault(f"{repr_short(value)} is not a list", where=f".{attribute.name}")
            )
        for member in value:
            self.inner(instance, attribute, member)


@frozen
class Length(Check):
    """A validator for text of `least` to `most` characters; text of blanks alone is rejected."""

    least: int
    most: int


def _of_length(least: int, most: int, what: str) -> Length:
    def fits(value: object) -> bool:
        return is_text(value) and len(value) <= most and not value.isspace() and len(value) >= least

    wanted = f"a {what} of {least} to {most:,} characters without control characters"
    return Length(fits, wanted, least, most, remedy=_length_remedy)


def _length_remedy(value: object) -> str:
    """Return a remedy for text that is blank or too long; empty for any other value."""
    if not isinstance(value, str):
        return ""
    return "shorten it" if value.strip() else "write it in plain words"


def title(least: int = 1) -> Length:
    """Return a validator for titles of up to 120 characters.

    Args:
        least: the smallest number of characters: 1, or 0 if the title is optional.

    """
    return _of_length(least, LONGEST_TITLE, "title")


def passage(least: int = 1) -> Length:
    """Return a validator for texts of up to 1,000 characters, such as steps and reasons.

    Args:
        least: the smallest number of characters: 1, or 0 if the text is optional.

    """
    return _of_length(least, LONGEST_PASSAGE, "text")


def whole(low: int, high: int, unit: str = "") -> Whole:
    """Return a validator for whole numbers.

    Args:
        low: the smallest valid number.
        high: the largest valid number.
        unit: the unit that the error message names, such as ``seconds``.

    """
    return Whole(
        lambda value: type(value) is int and low <= value <= high,
        f"a whole number from {low:,} to {high:,}" + (f" {unit}" if unit else ""),
        low,
        high,
    )


def boolean() -> Validator:
    """Return a validator for true and false."""
    return Check(lambda value: type(value) is bool, "true or false")


def identifier() -> Validator:
    """Return a validator for ids; see `is_identifier`."""
    wanted = "an id (ASCII letters, digits, `_`, `-`, up to four dotted parts)"
    return Check(is_identifier, wanted, remedy=_identifier_remedy)


def _identifier_remedy(value: object) -> str:
    """Return a remedy for an id that was written with spaces; empty for any other value."""
    joined = "_".join(value.split()) if isinstance(value, str) else ""
    return f"write `{joined}`" if is_identifier(joined) else ""


def fact_name() -> Validator:
    """Return a validator for ids that a condition can name; see `is_fact_name`."""
    return Check(is_fact_name, "the name of a fact (ASCII words of letters, digits and `_`)")


def text() -> Validator:
    """Return a validator for text of up to 4,096 characters without control characters."""
    return Check(is_text, "text of at most 4,096 characters without control characters")


def day() -> Validator:
    """Return a validator for dates; a datetime is rejected."""
    return Check(lambda value: type(value) is datetime.date, "a date; use date(2026, 11, 21)")


def instance(kind: type, remedy: str = "") -> Validator:
    """Return a validator for instances of `kind` and its subclasses.

    Args:
        kind: the required class.
        remedy: the remedy for the error message.

    """
    article = "an" if kind.__name__[0] in "AEIOU" else "a"
    wanted = f"{article} {kind.__name__}"
    return Check(lambda value: isinstance(value, kind), wanted, remedy=lambda _: remedy)


T = TypeVar("T")


def require_instance(value: object, kind: type[T], where: str, remedy: str) -> T:
    """Return `value` if it is an instance of `kind`.

    Args:
        value: the value to check.
        kind: the required class.
        where: the name of the parameter or field, for the error message.
        remedy: the remedy for the error message.

    Raises:
        InvalidInput: if `value` is not an instance of `kind`.

    """
    if not isinstance(value, kind):
        raise InvalidInput(Fault(f"{repr_short(value)} is no {kind.__name__}", where, remedy))
    return value


def exact_instance(kind: type) -> Validator:
    """Return a validator for direct instances of `kind`.

    Subclasses are rejected, because they could override methods that safety checks rely on.
    """
    return Check(lambda value: type(value) is kind, f"a {kind.__name__}")


def optional(validator: Validator) -> Validator:
    """Return a validator that also accepts None, which stands for unknown."""
    return Optional(validator)


def each(validator: Validator) -> Validator:
    """Return a validator that applies `validator` to every member of a tuple."""
    return Each(validator)


def unknown_word_fault(
    what: str, value: object, options: Collection[str], where: str = ""
) -> Fault:
    """Return the fault of a word that is not one of `options`.

    Args:
        what: the noun phrase for the error message, such as ``a region``.
        value: the invalid value.
        options: the valid words.
        where: the place of the value, for the error message.

    Returns:
        A fault whose remedy names the options that `value` resembles, or else all options.

    """
    remedy = likely(value, options) if isinstance(value, str) else ""
    return Fault(
        f"{repr_short(value)} is not {what}",
        where=where,
        remedy=remedy or "it must be one of " + ", ".join(options),
    )
