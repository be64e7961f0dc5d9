"""Line numbers of faults: the line of a path such as ``$.rule[3].when`` in a document.

A document is searched only if there is a fault with a path. The search is tolerant: where it cannot
find a part, it gives the line of the nearest enclosing part.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

from attrs import evolve

from kineticchain.errors import Fault

Step: TypeAlias = str | int
"""One step of a path: a key, or an index from 0."""

LineNumbers: TypeAlias = Mapping[tuple[Step, ...], int]
"""The line, from 1, on which each part of a document begins."""

_PLACE = re.compile(
    r"(?P<origin>(?:.*: )?)(?P<path>\$(?:\.[\w-]+|\['[^']*'\]|\[\d+\](?: \([^)]*\))?)*)"
)
_STEP = re.compile(r"\.([\w-]+)|\['([^']*)'\]|\[(\d+)\]")


def with_lines(faults: Iterable[Fault], lines: Callable[[], LineNumbers]) -> list[Fault]:
    """Return the faults; a fault with a path gets its line number.

    Args:
        faults: Faults of one document.
        lines: Returns the lines of the document's parts; called only if a fault has a path.
    """
    collected = list(faults)
    if not any(_PLACE.match(fault.where) for fault in collected):
        return collected
    numbers = lines()
    return [_with_line(fault, numbers) for fault in collected]


def _with_line(fault: Fault, numbers: LineNumbers) -> Fault:
    match = _PLACE.match(fault.where)
    if match is None or fault.line:
        return fault
    steps = [
        int(number) if number else name or quoted
        for name, quoted, number in _STEP.findall(re.sub(r" \([^)]*\)", "", match["path"]))
    ]
    # the whole path first, then its prefixes from the longest to the shortest
    paths = [tuple(steps[:end]) for end in range(len(steps), 0, -1)]
    line = next((numbers[path] for path in paths if path in numbers), 1)
    origin = match["origin"].removesuffix(": ")
    head = f"{origin}:{line}: " if origin else f"line {line}: "
    return evolve(fault, where=head + fault.where[len(match["origin"]) :], line=line)


_PIECE = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|\n|[^\s{}\[\],:"]+')


def lines_of_json(text: str) -> LineNumbers:
    """Return the line of each value of a JSON document.

    One pass over its tokens. `path` is the path of the next value: an opening bracket adds a step,
    a comma raises an index, a colon replaces the key, and a closing bracket removes the step.
    """
    numbers: dict[tuple[Step, ...], int] = {}
    path: list[Step] = []
    line, key = 1, None
    for piece in _PIECE.findall(text):
        if piece == "\n":
            line += 1
        elif piece in "}]":
            del path[-1:]
        elif piece == ",":
            if path and isinstance(path[-1], int):
                path[-1] += 1
        elif piece == ":":
            if path and key is not None:
                path[-1] = key
        else:
            key = piece[1:-1] if piece.startswith('"') else None
            numbers.setdefault(tuple(path), line)
            if piece == "{":
                path.append("")
            elif piece == "[":
                path.append(0)
    return numbers


_HEADER = re.compile(r"[ \t]*(\[\[?)([^\]\n#]+)\]\]?")
_KEY = re.compile(r"""[ \t]*((?:[\w-]+|"[^"\n]*"|'[^'\n]*')(?:[ \t]*\.[ \t]*[\w"'-]+)*)[ \t]*=""")
_VALUE = re.compile(
    r'"""(?:[^\\]|\\.)*?"""|\'\'\'.*?\'\'\'|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|#[^\n]*|[\[\]{}\n]|[^"\'#\[\]{}\n]+',
    re.DOTALL,
)


def lines_of_toml(text: str) -> LineNumbers:
    """Return the line of each table and key of a TOML document, and of the members of lists.

    The text is read line by line: `position` is the start of a line, and a value of several lines
    is skipped as a whole. Newlines are counted up to `counted`.
    """
    numbers: dict[tuple[Step, ...], int] = {}
    indices: dict[tuple[Step, ...], int] = {}
    table: tuple[Step, ...] = ()
    position, line, counted = 0, 1, 0
    while position < len(text):
        line, counted = line + text.count("\n", counted, position), position
        if header := _HEADER.match(text, position):
            table = _table(_key_parts(header[2]), indices, in_list=header[1] == "[[")
            numbers.setdefault(table, line)
            position = header.end()
        elif key := _KEY.match(text, position):
            path = (*table, *_key_parts(key[1]))
            numbers[path] = line
            position = _after_value(text, key.end(), path, numbers, line)
        newline = text.find("\n", position)
        position = len(text) if newline < 0 else newline + 1
    return numbers


def _table(
    parts: list[str], indices: dict[tuple[Step, ...], int], *, in_list: bool
) -> tuple[Step, ...]:
    """Return the path of a table from the parts of its header.

    `indices` contains the last index of each list of tables. A ``[[header]]`` adds a member to its
    list. A part that names a list refers to the last member of that list.
    """
    path: tuple[Step, ...] = ()
    for number, part in enumerate(parts):
        path = (*path, part)
        if in_list and number == len(parts) - 1:
            indices[path] = indices.get(path, -1) + 1
        if path in indices:
            path = (*path, indices[path])
    return path


def _after_value(
    text: str,
    position: int,
    path: tuple[Step, ...],
    numbers: dict[tuple[Step, ...], int],
    line: int,
) -> int:
    """Return the position after the value of a key, and record the lines of members of a list.

    A value ends at the first newline outside of brackets. Each piece at the first level of brackets
    counts as a member of the list.
    """
    depth = index = 0
    for piece in _pieces(text, position):
        if depth == 1 and piece.strip(" \t,") and piece[0] not in "#\n]}":
            numbers.setdefault((*path, index), line)
            index += 1
        if piece == "\n" and not depth:
            return position
        line += piece.count("\n")
        depth += (piece in "[{") - (piece in "]}")
        position += len(piece)
    return position


def _pieces(text: str, position: int) -> Iterator[str]:
    """Yield strings, comments, brackets, newlines and the text between them."""
    while piece := _VALUE.match(text, position):
        yield piece[0]
        position = piece.end()


_KEY_PART = re.compile(r"""\s*(?:"([^"\n]*)"|'([^'\n]*)'|([^."']+))\s*(?:\.|$)""")


def _key_parts(key: str) -> list[str]:
    """Return the parts of a dotted key; a quoted part can contain dots."""
    return [next(filter(None, parts), "").strip() for parts in _KEY_PART.findall(key)]
