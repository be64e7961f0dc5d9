"""Rule packs from YAML, limited to the subset that is equivalent to JSON.

The events of the parser are converted to plain data one by one. Aliases, merges and custom tags are
refused, so that a document cannot create objects, call code or expand. Plain scalars follow YAML
1.2: ``no``, ``yes`` and ``on`` are text.
"""

import re
from collections.abc import Iterator
from functools import partial
from typing import Any, TypeAlias

from attrs import define, evolve, field

from kineticchain.errors import Fault, InvalidDocument, InvalidInput
from kineticchain.interop.converter import document_converter
from kineticchain.interop.limits import DEEPEST, LARGEST_YAML, as_text, small_float, small_int
from kineticchain.interop.line_numbers import Step, with_lines
from kineticchain.knowledge.documents.documents import read_pack
from kineticchain.knowledge.pack import RulePack

_Event: TypeAlias = Any
"""An event of the YAML parser, whose package is optional, so that its types cannot be named."""

_NULL = re.compile(r"~|null|Null|NULL|")
_BOOLEAN = re.compile(r"true|True|TRUE|false|False|FALSE")
_WHOLE = re.compile(r"[-+]?[0-9]+")
_DECIMAL = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_OTHER_NUMBER = re.compile(
    r"0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)", re.ASCII
)
_TAG = "tag:yaml.org,2002:"


def loads(text: str | bytes, origin: str = "") -> RulePack:
    """Read a rule pack from YAML. This needs the extra ``kineticchain[yaml]``.

    Args:
        text: The document, at most 64 kB.
        origin: The name of the document, for faults.

    Raises:
        InvalidDocument: With every fault and its line.
    """
    data, lines = parse(text, origin)
    find = partial(with_lines, lines=lambda: lines)
    try:
        return evolve(read_pack(data, origin, document_converter()), placed=find)
    except InvalidDocument as error:
        raise InvalidDocument(*find(error.faults)) from None


def parse(text: str | bytes, origin: str = "") -> tuple[object, dict[tuple[Step, ...], int]]:
    """Parse YAML within the limits.

    Args:
        text: The document, at most 64 kB.
        origin: The name of the document, for faults.

    Returns:
        The plain data, and the line of each of its parts.

    Raises:
        InvalidDocument: If the text is not YAML, exceeds a limit, or uses a refused feature.
    """
    checked = as_text(text, LARGEST_YAML, origin)
    reader = _YamlReader()
    try:
        for event in _events(checked, origin):
            reader.line = event.start_mark.line + 1
            reader.take(event)
    except InvalidDocument:
        raise
    except InvalidInput as error:
        faults = [_with_place(fault, reader.line, origin) for fault in error.faults]
        raise InvalidDocument(*faults) from None
    except Exception as error:  # noqa: BLE001 - a foreign parser may raise anything
        raise InvalidDocument(_not_yaml(error, reader.line, origin)) from None
    return reader.root, reader.lines


def _events(text: str, origin: str) -> Iterator[_Event]:
    try:
        from ruamel.yaml import YAML  # noqa: PLC0415 - an optional extra
    except ImportError:
        remedy = "pip install kineticchain[yaml]"
        raise InvalidDocument(Fault("YAML cannot be read here", origin, remedy)) from None
    yield from YAML(typ="safe", pure=True).parse(text)


def _not_yaml(error: Exception, line: int, origin: str) -> Fault:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None)
    remedy = problem if isinstance(problem, str) else ""
    return _with_place(Fault("not YAML", remedy=remedy), mark.line + 1 if mark else line, origin)


def _with_place(fault: Fault, line: int, origin: str) -> Fault:
    place = f"{origin}: " if origin else ""
    return evolve(fault, where=f"{place}line {line}", line=line)


@define
class _Level:
    """A table or list that is being read.

    Attributes:
        path: The path of the table or list in the document.
        into: The table or list itself.
        key: The key of a table whose value comes next; None before a key.
    """

    path: tuple[Step, ...]
    into: dict[str, object] | list[object]
    key: str | None = None


@define
class _YamlReader:
    """Reader that builds plain data from events, one at a time, without recursion.

    Attributes:
        root: The value of the document.
        lines: The line of each part, by its path.
        line: The line of the current event, from 1.
        levels: The open tables and lists, the innermost last.
        documents: The number of documents that have begun.
    """

    root: object = None
    lines: dict[tuple[Step, ...], int] = field(factory=dict)
    line: int = 1
    levels: list[_Level] = field(factory=list)
    documents: int = 0

    def take(self, event: _Event) -> None:
        """Process one event.

        Raises:
            InvalidInput: If the event uses a feature that is refused.
        """
        if getattr(event, "anchor", None) is not None:
            raise InvalidInput(Fault("anchors and aliases (& and *) are not read here"))
        match type(event).__name__:
            case "DocumentStartEvent":
                self.document(event)
            case "ScalarEvent":
                self.scalar(event)
            case "SequenceStartEvent":
                self.open([], event.tag)
            case "MappingStartEvent":
                self.open({}, event.tag)
            case "SequenceEndEvent" | "MappingEndEvent":
                self.levels.pop()
            case _:
                pass

    def document(self, event: _Event) -> None:
        """Begin the document; a second one or a directive is refused."""
        self.documents += 1
        if self.documents > 1:
            raise InvalidInput(Fault("more than one document", remedy="leave out the second ---"))
        if event.version not in {None, (1, 2)} or event.tags:
            raise InvalidInput(Fault("a directive", remedy="leave out the line that begins with %"))

    def open(self, into: dict[str, object] | list[object], tag: str | None) -> None:
        """Begin a table or a list, and put it into its parent."""
        if tag is not None:
            raise InvalidInput(Fault(f"the tag `{tag[:64]}` is not read here"))
        path = self.put(into)
        if len(self.levels) == DEEPEST:
            raise InvalidInput(Fault(f"nested deeper than {DEEPEST} levels"))
        self.levels.append(_Level(path, into))

    def scalar(self, event: _Event) -> None:
        """Process a scalar: a key if the innermost table needs one next, else a value."""
        quoted = event.style is not None
        level = self.levels[-1] if self.levels else None
        if level is not None and isinstance(level.into, dict) and level.key is None:
            self.begin_key(level, event, quoted=quoted)
        else:
            self.put(_value(event.value, event.tag, quoted=quoted))

    def begin_key(self, level: _Level, event: _Event, *, quoted: bool) -> None:
        """Store a key until its value comes."""
        if event.value == "<<" and not quoted:
            raise InvalidInput(Fault("merges (<<) are not read here"))
        key = _value(event.value, event.tag, quoted=quoted)
        if not isinstance(key, str):
            raise InvalidInput(
                Fault(f"the key `{event.value[:64]}` is not text", remedy="put it in quotes")
            )
        if key in level.into:
            raise InvalidInput(Fault(f"the key `{key[:64]}` stands twice in one table"))
        level.key = key
        self.lines[*level.path, key] = self.line

    def put(self, value: object) -> tuple[Step, ...]:
        """Put a value into the innermost table or list, and return its path."""
        if not self.levels:
            self.root = value
            return ()
        level = self.levels[-1]
        if isinstance(level.into, list):
            path = (*level.path, len(level.into))
            level.into.append(value)
            self.lines[path] = self.line
            return path
        if level.key is None:
            raise InvalidInput(Fault("a key that is a list or a table"))
        path = (*level.path, level.key)
        level.into[level.key], level.key = value, None
        return path


def _value(text: str, tag: str | None, *, quoted: bool) -> object:
    """Return the value of a scalar.

    A standard tag determines the type. Without a tag, a quoted scalar is text, and a plain scalar
    has the type that YAML 1.2 gives it.
    """
    if tag is None:
        return text if quoted else _plain(text)
    kind = tag.removeprefix(_TAG)
    if tag == "!" or (tag != kind and kind == "str"):
        return text
    if tag == kind or kind not in {"int", "float", "bool", "null"}:
        raise InvalidInput(Fault(f"the tag `{tag[:64]}` is not read here"))
    value = _plain(text)
    if kind == "float" and type(value) is int:
        return float(value)
    if type(value).__name__.replace("NoneType", "null") != kind:
        raise InvalidInput(Fault(f"`{text[:64]}` is not what the tag `!!{kind}` says"))
    return value


def _plain(text: str) -> object:
    """Return the value of a plain scalar in YAML 1.2; numbers must have decimal digits."""
    if _NULL.fullmatch(text):
        return None
    if _BOOLEAN.fullmatch(text):
        return text[0] in "tT"
    if _WHOLE.fullmatch(text):
        return small_int(text)
    if _DECIMAL.fullmatch(text):
        return small_float(text)
    if _OTHER_NUMBER.fullmatch(text):
        raise InvalidInput(
            Fault(
                f"the number `{text[:64]}` is not in plain digits",
                remedy="write it in plain digits",
            )
        )
    return text
