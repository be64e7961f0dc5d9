"""A document on its way in: read, and checked against limits before it is parsed."""

from os import PathLike
from pathlib import Path

from kineticchain.constraints import is_number
from kineticchain.errors import Fault, InvalidDocument, InvalidInput

DEEPEST = 32
LARGEST_JSON = 1_000_000
LARGEST_TOML = 256_000
LARGEST_YAML = 64_000  # its reader is the slowest
MOST_KEY_PARTS = 8
LARGEST_NUMBER = 10**9


def read_file(path: str | PathLike[str]) -> bytes:
    """The bytes of a file. Raises `InvalidDocument` where it cannot be read."""
    try:
        return Path(path).read_bytes()
    except OSError as error:
        reason = (error.strerror or "unreadable").lower()
        raise InvalidDocument(Fault("cannot be read", where=str(path), remedy=reason)) from None


def as_text(document: str | bytes, largest: int, origin: str) -> str:
    """The text of a document of at most `largest` bytes of UTF-8."""
    place = f"{origin}: " if origin else ""
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
                place = f"{origin}: " if origin else ""
                raise InvalidDocument(
                    Fault(f"nested deeper than {DEEPEST} levels", where=f"{place}line {line}")
                )
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
    if not is_number(value) or abs(value) > LARGEST_NUMBER:
        raise InvalidInput(Fault("a number beyond ±1,000,000,000"))
    return value
