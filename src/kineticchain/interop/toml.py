"""TOML: rule packs."""

import tomllib
from collections.abc import Callable, Mapping
from functools import partial
from os import PathLike
from pathlib import Path
from typing import Any

from attrs import evolve

from kineticchain.errors import Fault, InvalidDocument
from kineticchain.interop import json, yaml
from kineticchain.interop.limits import LARGEST_TOML, as_text, check_numbers, check_toml, read_file
from kineticchain.interop.line_numbers import Step, lines_of_toml, with_lines
from kineticchain.knowledge.documents.documents import read_pack
from kineticchain.rules import RulePack

LONGEST_REMEDY = 200
"""So much is kept of what the parser says: it repeats long keys whole."""


def load_pack(path: str | PathLike[str]) -> RulePack:
    """A rule pack from a file: TOML, or JSON or YAML where the name ends so.

    YAML needs the extra ``kineticchain[yaml]``. Raises `InvalidDocument` with every fault,
    also where the file cannot be read. Whether it fits the knowledge is checked by
    `Knowledge.with_packs`.
    """
    data = read_file(path)
    file = Path(path)
    if file.suffix == ".json":
        return json.loads(data, RulePack, origin=file.name)
    if file.suffix in {".yaml", ".yml"}:
        return yaml.loads(data, origin=file.name)
    return loads(data, origin=file.name)


def loads(text: str | bytes, origin: str = "") -> RulePack:
    """A rule pack from the text of a TOML document of at most 256 kB."""
    data, lines = parse(text, origin)
    try:
        return evolve(read_pack(data, origin), placed=partial(with_lines, lines=lines))
    except InvalidDocument as error:
        raise InvalidDocument(*with_lines(error.faults, lines)) from None


def parse(
    text: str | bytes, origin: str = ""
) -> tuple[dict[str, Any], Callable[[], Mapping[tuple[Step, ...], int]]]:
    """Plain data from TOML, within the limits, and the line of each of its parts."""
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
