"""TOML: rule packs."""

import re
import tomllib
from functools import partial
from os import PathLike
from pathlib import Path

from attrs import evolve

from kineticchain.errors import Fault, InvalidDocument
from kineticchain.interop import json, yaml
from kineticchain.interop.limits import (
    LARGEST_TOML,
    MOST_KEY_PARTS,
    as_text,
    check_nesting,
    read_file,
)
from kineticchain.interop.places import lines_of_toml, placed
from kineticchain.knowledge.reading import read_pack
from kineticchain.rules import RulePack

_LONG_KEY = re.compile(
    rf"^[ \t]*\[{{0,2}}[ \t]*(?:[\w\"'-]+[ \t]*\.[ \t]*){{{MOST_KEY_PARTS}}}", re.MULTILINE
)


def load_pack(path: str | PathLike[str]) -> RulePack:
    """A rule pack from a file: TOML, or JSON or YAML where the name ends so.

    YAML needs the extra ``kineticchain[yaml]``. Raises `InvalidDocument` with every fault,
    also where the file cannot be read. Whether it fits the knowledge is checked by
    `Knowledge.with_packs`.
    """
    file = Path(path)
    data = read_file(path)
    if file.suffix == ".json":
        return json.loads(data, RulePack, origin=file.name)
    if file.suffix in {".yaml", ".yml"}:
        return yaml.loads(data, origin=file.name)
    return loads(data, origin=file.name)


def loads(text: str | bytes, origin: str = "") -> RulePack:
    """A rule pack from the text of a TOML document of at most 256 kB."""
    checked = as_text(text, LARGEST_TOML, origin)
    check_nesting(checked, origin)
    if _LONG_KEY.search(checked):
        raise InvalidDocument(Fault(f"a key of more than {MOST_KEY_PARTS} parts", where=origin))
    try:
        data = tomllib.loads(checked)
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        raise InvalidDocument(Fault("not TOML", where=origin, remedy=str(error).lower())) from None
    lines = partial(lines_of_toml, checked)
    try:
        return evolve(read_pack(data, origin), placed=partial(placed, lines=lines))
    except InvalidDocument as error:
        raise InvalidDocument(*placed(error.faults, lines)) from None
