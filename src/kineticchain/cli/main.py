"""The command ``kineticchain``: exit code 0, or 2 with a message on standard error."""

import argparse
import codecs
import io
import sys
from collections.abc import Callable, Sequence

from kineticchain.cli import (
    cases,
    chain,
    check,
    demo,
    interview,
    lookup,
    play,
    recommend,
    schema,
    verify,
)
from kineticchain.cli.commands import Document
from kineticchain.errors import KineticChainError
from kineticchain.version import __version__

FAILED = 2

_PLAIN = {
    "×": "x", "–": "-", "—": "-", "→": "->", "↔": "<->", "…": "...", "·": "-", "≥": ">=", "≤": "<=",
    "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "☐": "[ ]", "½": "1/2", "°": " degrees",
    "ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss",
}  # fmt: skip
"""Substitutes for characters that a terminal cannot show; all others become question marks."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code; wrong usage exits with 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="plain")
    options = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], str] = options.run
    try:
        _write(run(options))
    except KineticChainError as error:
        sys.stderr.write(f"kineticchain: {error}\n")
        return FAILED
    except BrokenPipeError:  # the reader of the pipe, such as head, has closed it
        sys.stderr.close()
    return 0


def _write(text: str) -> None:
    """Write a text for the terminal, or a document as UTF-8."""
    if isinstance(text, Document) and isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode() + b"\n")
    else:
        sys.stdout.write(text + "\n")


def _plain_characters(error: UnicodeError) -> tuple[str, int]:
    """Return substitutes for the characters that an encoding lacks, and where to continue."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    characters = error.object[error.start : error.end]
    return "".join(_PLAIN.get(character, "?") for character in characters), error.end


codecs.register_error("plain", _plain_characters)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kineticchain",
        description="Exercise plans that are safe, fit the person, progress, and can be explained.",
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    demo.add_to(commands)
    recommend.add_to(commands)
    interview.add_to(commands)
    lookup.add_to(commands)
    chain.add_to(commands)
    check.add_to(commands)
    check.add_diff_to(commands)
    schema.add_to(commands)
    verify.add_to(commands)
    play.add_to(commands)
    cases.add_to(commands)
    return parser
