"""Any document of the library from a file: TOML, YAML or JSON, as its name ends."""

from collections.abc import Callable, Mapping
from functools import partial
from os import PathLike
from pathlib import Path
from typing import TypeAlias, TypeVar

from kineticchain.errors import InvalidDocument
from kineticchain.interop import json, toml, yaml
from kineticchain.interop.converter import document_converter
from kineticchain.interop.limits import LARGEST_JSON, as_text, read_file
from kineticchain.interop.line_numbers import Step, lines_of_json, with_lines
from kineticchain.knowledge.structuring import structure

T = TypeVar("T")
LineLookup: TypeAlias = Callable[[], Mapping[tuple[Step, ...], int]]


def load(path: str | PathLike[str], cls: type[T]) -> T:
    """An object of `cls` from a file; JSON where the name ends so, or YAML, else TOML.

    Raises `InvalidDocument` with every fault and its line, also where the file cannot be read.
    """
    file = Path(path)
    return loads(read_file(path), cls, file.suffix, file.name)


def loads(text: str | bytes, cls: type[T], suffix: str = ".toml", origin: str = "") -> T:
    """An object of `cls` from text in the form that a suffix names."""
    data, lines = _parsed(text, suffix, origin)
    try:
        return structure(document_converter(), data, cls, origin)
    except InvalidDocument as error:
        raise InvalidDocument(*with_lines(error.faults, lines)) from None


def _parsed(text: str | bytes, suffix: str, origin: str) -> tuple[object, LineLookup]:
    if suffix == ".json":
        checked = as_text(text, LARGEST_JSON, origin)
        return json.parse(checked, origin), partial(lines_of_json, checked)
    if suffix in {".yaml", ".yml"}:
        data, found = yaml.parse(text, origin)
        return data, lambda: found
    return toml.parse(text, origin)
