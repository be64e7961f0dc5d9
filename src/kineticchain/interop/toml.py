"""Rule packs from TOML."""

import tomllib
from collections.abc import Callable, Mapping
from functools import partial
from os import PathLike
from pathlib import Path
from typing import Any

from attrs import evolve

from kineticchain.errors import Fault, InvalidDocument
from kineticchain.interop import json, yaml
from kineticchain.interop.converter import document_converter
from kineticchain.interop.limits import LARGEST_TOML, as_text, check_numbers, check_toml, read_file
from kineticchain.interop.line_numbers import Step, lines_of_toml, with_lines
from kineticchain.knowledge.documents.documents import read_pack
from kineticchain.knowledge.pack import RulePack

LONGEST_REMEDY = 200
"""Most characters of the parser's message in a fault. The message repeats long keys in full."""


def load_pack(path: str | PathLike[str]) -> RulePack:
    """Read a rule pack from a file.

    Whether the pack fits the knowledge is checked by `Knowledge.with_packs`.

    Args:
        path: A file. The suffix ``.json``, ``.yaml`` or ``.yml`` names its format; any other is
            TOML. YAML needs the extra ``kineticchain[yaml]``.

    Raises:
        InvalidDocument: With every fault, or if the file cannot be read.
    """
    data = read_file(path)
    file = Path(path)
    if file.suffix == ".json":
        return json.loads(data, RulePack, origin=file.name)
    if file.suffix in {".yaml", ".yml"}:
        return yaml.loads(data, origin=file.name)
    return loads(data, origin=file.name)


def loads(text: str | bytes, origin: str = "") -> RulePack:
    """Read a rule pack from TOML.

    Args:
        text: The document, at most 256 kB.
        origin: The name of the document, for faults.

    Raises:
        InvalidDocument: With every fault and its line.
    """
    data, lines = parse(text, origin)
    try:
        return evolve(
            read_pack(data, origin, document_converter()), placed=partial(with_lines, lines=lines)
        )
    except InvalidDocument as error:
        raise InvalidDocument(*with_lines(error.faults, lines)) from None


def parse(
    text: str | bytes, origin: str = ""
) -> tuple[dict[str, Any], Callable[[], Mapping[tuple[Step, ...], int]]]:
    """Parse TOML within the limits.

    Args:
        text: The document, at most 256 kB.
        origin: The name of the document, for faults.

    Returns:
        The plain data, and a function that finds the line of each of its parts.

    Raises:
        InvalidDocument: If the text is not TOML, or exceeds a limit.
    """
    checked = as_text(text, LARGEST_TOML, origin)
    check_toml(checked, origin)
    lines = partial(lines_of_toml, checked)
    try:
        data = tomllib.loads(checked)
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        remedy = str(error).lower()[-LONGEST_REMEDY:]
        raise InvalidDocument(Fault("not TOML", where=origin, remedy=remedy)) from None
    try:
        check_numbers(data, f"{origin}: $" if origin else "$")
    except InvalidDocument as error:
        raise InvalidDocument(*with_lines(error.faults, lines)) from None
    return data, lines
