"""Reading of documents, and limits that are checked before parsing."""

import re
from os import PathLike
from pathlib import Path

from kineticchain.domain.validators import (
    LARGEST_NUMBER,
    LONGEST_NAME,
    is_moderate,
    repr_short,
    shown_name,
)
from kineticchain.errors import Fault, InvalidDocument, InvalidInput

DEEPEST = 32
"""The deepest nesting of lists and tables."""

# the largest documents, in bytes
LARGEST_JSON = 1_000_000
LARGEST_TOML = 256_000
LARGEST_YAML = 64_000  # its reader is the slowest

MAX_KEY_PARTS = 8
"""The largest number of parts of a dotted TOML key."""


def read_file(path: str | PathLike[str]) -> bytes:
    """Return the bytes of a file, cut off just above the largest size of any document.

    Raises:
        InvalidDocument: If the path is not a path, or the file cannot be read.
    """
    if not isinstance(path, (str, PathLike)):  # a caller without a type checker
        raise InvalidDocument(Fault("not a path", where="path", remedy="give the name of a file"))
    try:
        with Path(path).open("rb") as file:
            return file.read(LARGEST_JSON + 1)  # enough to see that it is too large
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "unreadable").lower()
        raise InvalidDocument(Fault("cannot be read", where=str(path), remedy=reason)) from None


def as_text(document: str | bytes, largest: int, origin: str) -> str:
    """Return the text of a document, without a byte order mark.

    Args:
        document: Text, or bytes in UTF-8.
        largest: The largest size, in bytes of UTF-8.
        origin: The name of the document, for faults.

    Raises:
        InvalidDocument: If the document is neither text nor bytes, is too large, or is not UTF-8.
    """
    place = f"{origin}: " if origin else ""
    if not isinstance(document, (str, bytes)):  # a caller without a type checker
        raise InvalidDocument(
            Fault("neither text nor bytes", where=origin, remedy="give JSON text")
        )
    data = document.encode("utf-8", "surrogatepass") if isinstance(document, str) else document
    if len(data) > largest:
        raise InvalidDocument(Fault(f"larger than {largest:,} bytes", where=origin))
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise InvalidDocument(
            Fault("not UTF-8", where=f"{place}byte {error.start}", remedy="save it as UTF-8")
        ) from None


def check_nesting(text: str, origin: str) -> None:
    """Check that brackets of a JSON text are nested at most 32 deep.

    Parsers recurse; this loop does not, so that a hostile document cannot exhaust the stack.
    Brackets inside strings do not count.

    Args:
        text: The JSON text.
        origin: The name of the document, for faults.

    Raises:
        InvalidDocument: If the nesting is deeper.
    """
    depth, line = 0, 1
    quoted = escaped = False
    for char in text:
        line += char == "\n"
        if escaped:
            escaped = False
        elif quoted:
            # a backslash escapes the next character; an unescaped quote ends the string
            escaped, quoted = char == "\\", char != '"'
        elif char == '"':
            quoted = True
        elif char in "[{":
            depth += 1
            if depth > DEEPEST:
                raise _too_deep(origin, line)
        elif char in "]}":
            depth -= 1


def small_int(digits: str) -> int:
    """Return the whole number that the digits write.

    The digits are counted before they are converted: conversion of very long ones is slow.

    Raises:
        InvalidInput: If the number is beyond ±1,000,000,000.
    """
    if len(digits) > len(str(LARGEST_NUMBER)) + 1 or abs(int(digits)) > LARGEST_NUMBER:
        raise InvalidInput(Fault("a number beyond ±1,000,000,000"))
    return int(digits)


def small_float(digits: str) -> float:
    """Return the decimal number that the digits write.

    Raises:
        InvalidInput: If the number is beyond ±1,000,000,000, or not finite.
    """
    value = float(digits)
    if not is_moderate(value):
        raise InvalidInput(Fault("a number beyond ±1,000,000,000"))
    return value


_TOML_PIECE = re.compile(
    r'"""(?:[^"\\]++|\\.|"{1,2}(?!"))*+"{0,5}'
    r"|'''(?:[^']++|'{1,2}(?!'))*+'{0,5}"
    r'|"(?:[^"\\\n]++|\\.)*+"?'
    r"|'[^'\n]*+'?"
    r"|#[^\n]*+"
    r"|[\[\]{}.=,\n]",
    re.DOTALL,
)
"""Strings (also unterminated ones), comments, and the characters that nest or separate.

The quantifiers are possessive, so that matching takes linear time.
"""


def check_toml(text: str, origin: str) -> None:
    """Check the nesting of a TOML text (at most 32) and the parts of its keys (at most 8).

    Args:
        text: The TOML text.
        origin: The name of the document, for faults.

    Raises:
        InvalidDocument: If brackets are nested deeper, or a key has more parts.
    """
    depth, dots, line = 0, 0, 1
    for piece in _TOML_PIECE.findall(text):
        line += piece.count("\n")
        # strings may be parts of a key and leave the count of dots; any other piece ends the key
        if piece == ".":
            dots += 1
            if dots >= MAX_KEY_PARTS:
                place = f"{origin}: " if origin else ""
                what = f"a key of more than {MAX_KEY_PARTS} parts"
                raise InvalidDocument(Fault(what, where=f"{place}line {line}"))
        elif piece[0] not in "\"'#":
            dots = 0
            depth += (piece in "[{") - (piece in "]}")
            if depth > DEEPEST:
                raise _too_deep(origin, line)


def _too_deep(origin: str, line: int) -> InvalidDocument:
    place = f"{origin}: " if origin else ""
    return InvalidDocument(
        Fault(f"nested deeper than {DEEPEST} levels", where=f"{place}line {line}")
    )


def check_numbers(value: object, path: str) -> None:
    """Check that parsed data contains no number beyond ±1,000,000,000, infinity or NaN.

    Args:
        value: The parsed data.
        path: The path of the data in its document, for faults.

    Raises:
        InvalidDocument: With the path of the first such number.
    """
    if isinstance(value, dict):
        for key, member in value.items():
            shown = key[:LONGEST_NAME] if key.isprintable() else shown_name(key[:LONGEST_NAME])
            check_numbers(member, f"{path}.{shown}")
    elif isinstance(value, list):
        for index, member in enumerate(value):
            check_numbers(member, f"{path}[{index}]")
    elif type(value) in {int, float} and not is_moderate(value):
        what = f"{repr_short(value)} is not a number within ±1,000,000,000"
        raise InvalidDocument(Fault(what, where=path))
