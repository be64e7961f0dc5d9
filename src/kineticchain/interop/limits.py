"""A document on its way in: read, and checked against limits before it is parsed."""

import re
from os import PathLike
from pathlib import Path

from kineticchain.domain.validators import LARGEST_NUMBER, LONGEST_NAME, is_moderate, repr_short
from kineticchain.errors import Fault, InvalidDocument, InvalidInput

DEEPEST = 32
LARGEST_JSON = 2_000_000
LARGEST_TOML = 256_000
LARGEST_YAML = 64_000  # its reader is the slowest
MAX_KEY_PARTS = 8


def read_file(path: str | PathLike[str]) -> bytes:
    """The bytes of a file. Raises `InvalidDocument` where it cannot be read."""
    if not isinstance(path, (str, PathLike)):  # a caller without a type checker
        raise InvalidDocument(Fault("not a path", where="path", remedy="give the name of a file"))
    try:
        with Path(path).open("rb") as file:
            return file.read(LARGEST_JSON + 1)  # enough to see that it is too large
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "unreadable").lower()
        raise InvalidDocument(Fault("cannot be read", where=str(path), remedy=reason)) from None


def as_text(document: str | bytes, largest: int, origin: str) -> str:
    """The text of a document of at most `largest` bytes of UTF-8."""
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
    """Refuse brackets nested deeper than 32, those inside strings left out."""
    depth, line = 0, 1
    quoted = escaped = False
    for char in text:
        line += char == "\n"
        if escaped:
            escaped = False
        elif quoted:
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
    """The whole number that digits write, within the limit."""
    if len(digits) > len(str(LARGEST_NUMBER)) + 1 or abs(int(digits)) > LARGEST_NUMBER:
        raise InvalidInput(Fault("a number beyond ±1,000,000,000"))
    return int(digits)


def small_float(digits: str) -> float:
    """The decimal number that digits write, within the limit."""
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


def check_toml(text: str, origin: str) -> None:
    """Refuse brackets nested deeper than 32, and keys of more than 8 parts, before parsing."""
    depth, dots, line = 0, 0, 1
    for piece in _TOML_PIECE.findall(text):
        line += piece.count("\n")
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
    """Refuse numbers beyond ±1,000,000,000, infinity and NaN in parsed data."""
    if isinstance(value, dict):
        for key, one in value.items():
            check_numbers(one, f"{path}.{key[:LONGEST_NAME]}")
    elif isinstance(value, list):
        for at, one in enumerate(value):
            check_numbers(one, f"{path}[{at}]")
    elif type(value) in {int, float} and not is_moderate(value):
        what = f"{repr_short(value)} is not a number within ±1,000,000,000"
        raise InvalidDocument(Fault(what, where=path))
