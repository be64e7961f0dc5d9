"""Shared parts of the commands: the type of their parsers, and the knowledge with packs."""

import argparse
from typing import TYPE_CHECKING, TypeAlias

from kineticchain.interop import toml
from kineticchain.knowledge import Knowledge

if TYPE_CHECKING:
    # argparse names this class, and gives it no public name
    Commands: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001
else:
    Commands = object


class Document(str):
    """Text in a format of its own, such as JSON: written as UTF-8, whatever the terminal."""

    __slots__ = ()


def add_packs(parser: argparse.ArgumentParser) -> None:
    """Add the option `--pack`, which can be repeated."""
    parser.add_argument(
        "--pack", action="append", default=[], metavar="FILE", help="add a pack; may be repeated"
    )


def knowledge_of(options: argparse.Namespace) -> Knowledge:
    """Return the built-in knowledge with the packs of the option `--pack`.

    Raises:
        InvalidDocument: If a pack cannot be read.
        InvalidKnowledge: If a pack does not fit the knowledge.
    """
    return with_packs(tuple(options.pack))


def with_packs(paths: tuple[str, ...]) -> Knowledge:
    """Return the built-in knowledge with the packs in some files."""
    return Knowledge.builtin().with_packs(*(toml.load_pack(path) for path in paths))
