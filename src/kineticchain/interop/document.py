"""Documents of the library from TOML, YAML or JSON files."""

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
from kineticchain.knowledge.documents.structuring import structure

T = TypeVar("T")
LineLookup: TypeAlias = Callable[[], Mapping[tuple[Step, ...], int]]
"""A function that returns the line, from 1, of each part of a document."""


def load(path: str | PathLike[str], cls: type[T]) -> T:
    """Read an object of a class from a file.

    Args:
        path: A file. The suffix ``.json``, ``.yaml`` or ``.yml`` names its format; any other is
            TOML.
        cls: The class, such as `Person`.

    Raises:
        InvalidDocument: With every fault and its line, or if the file cannot be read.
    """
    file = Path(path)
    return loads(read_file(path), cls, file.suffix, file.name)


def loads(text: str | bytes, cls: type[T], suffix: str = ".toml", origin: str = "") -> T:
    """Read an object of a class from text.

    Args:
        text: The document.
        cls: The class, such as `Person`.
        suffix: The format, as in `load`.
        origin: The name of the document, for faults.

    Raises:
        InvalidDocument: With every fault and its line.
    """
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
        data, lines = yaml.parse(text, origin)
        return data, lambda: lines
    return toml.parse(text, origin)
