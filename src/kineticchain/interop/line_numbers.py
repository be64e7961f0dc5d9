"""Where in a document a fault lies: the line of a path such as ``$.rule[3].when``.

A document is searched only when there is a fault to place. The search forgives what it does
not understand: it then answers with the line of what lies around the fault.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

from attrs import evolve

from kineticchain.errors import Fault

Step: TypeAlias = str | int
LineNumbers: TypeAlias = Mapping[tuple[Step, ...], int]
"""The line on which each part of a document begins."""

_PLACE = re.compile(r"(?P<origin>(?:.*: )?)(?P<path>\$(?:\.[\w-]+|\[\d+\](?: \([^)]*\))?)*)")
_STEP = re.compile(r"\.([\w-]+)|\[(\d+)\]")


def with_lines(faults: Iterable[Fault], lines: Callable[[], LineNumbers]) -> list[Fault]:
    """The faults with the lines at which they lie, where they have a path."""
    found = list(faults)
    if not any(_PLACE.match(fault.where) for fault in found):
        return found
    known = lines()
    return [_with_line(fault, known) for fault in found]


def _with_line(fault: Fault, known: LineNumbers) -> Fault:
    place = _PLACE.match(fault.where)
    if place is None or fault.line:
        return fault
    steps = [
        name or int(number)
        for name, number in _STEP.findall(re.sub(r" \([^)]*\)", "", place["path"]))
    ]
    ways = [tuple(steps[:end]) for end in range(len(steps), 0, -1)]
    line = next((known[way] for way in ways if way in known), 1)
    origin = place["origin"].removesuffix(": ")
    head = f"{origin}:{line}: " if origin else f"line {line}: "
    return evolve(fault, where=head + fault.where[len(place["origin"]) :], line=line)


_PIECE = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|\n|[^\s{}\[\],:"]+')


def lines_of_json(text: str) -> LineNumbers:
    """The lines of a JSON document's values."""
    found: dict[tuple[Step, ...], int] = {}
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
            found.setdefault(tuple(path), line)
            if piece == "{":
                path.append("")
            elif piece == "[":
                path.append(0)
    return found


_HEADER = re.compile(r"[ \t]*(\[\[?)([^\]\n#]+)\]\]?")
_KEY = re.compile(r"""[ \t]*((?:[\w-]+|"[^"\n]*"|'[^'\n]*')(?:[ \t]*\.[ \t]*[\w"'-]+)*)[ \t]*=""")
_VALUE = re.compile(
    r'"""(?:[^\\]|\\.)*?"""|\'\'\'.*?\'\'\'|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|#[^\n]*|[\[\]{}\n]|[^"\'#\[\]{}\n]+',
    re.DOTALL,
)


def lines_of_toml(text: str) -> LineNumbers:
    """The lines of a TOML document's tables and keys, and of what stands in their lists."""
    found: dict[tuple[Step, ...], int] = {}
    counts: dict[tuple[Step, ...], int] = {}
    table: tuple[Step, ...] = ()
    at, line, counted = 0, 1, 0
    while at < len(text):
        line, counted = line + text.count("\n", counted, at), at
        if header := _HEADER.match(text, at):
            table = _table(_words(header[2]), counts, many=header[1] == "[[")
            found.setdefault(table, line)
            at = header.end()
        elif key := _KEY.match(text, at):
            path = (*table, *_words(key[1]))
            found[path] = line
            at = _past_value(text, key.end(), path, found, line)
        after = text.find("\n", at)
        at = len(text) if after < 0 else after + 1
    return found


def _table(
    words: list[str], counts: dict[tuple[Step, ...], int], *, many: bool
) -> tuple[Step, ...]:
    """The path of a table; of a list of tables the last one is meant."""
    path: tuple[Step, ...] = ()
    for place, word in enumerate(words):
        path = (*path, word)
        if many and place == len(words) - 1:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _past_value(
    text: str, at: int, path: tuple[Step, ...], found: dict[tuple[Step, ...], int], line: int
) -> int:
    """Where the value after a key ends; on the way the members of its list are found."""
    depth = number = 0
    for piece in _pieces(text, at):
        if depth == 1 and piece.strip(" \t,") and piece[0] not in "#\n]}":
            found.setdefault((*path, number), line)
            number += 1
        if piece == "\n" and not depth:
            return at
        line += piece.count("\n")
        depth += (piece in "[{") - (piece in "]}")
        at += len(piece)
    return at


def _pieces(text: str, at: int) -> Iterator[str]:
    while piece := _VALUE.match(text, at):
        yield piece[0]
        at = piece.end()


def _words(key: str) -> list[str]:
    return [word.strip().strip("\"'") for word in key.split(".")]
