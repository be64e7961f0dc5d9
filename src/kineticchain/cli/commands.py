"""Shared parts of the commands: the type of their parsers, and the knowledge with packs."""

import argparse
from typing import TYPE_CHECKING, TypeAlias

from kineticchain.errors import Fault, InvalidDocument
from kineticchain.interop import toml
from kineticchain.knowledge import Knowledge
from kineticchain.knowledge.pack import RulePack

if TYPE_CHECKING:
    # argparse names this class, and gives it no public name
    Commands: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001
else:
    Commands = object


class Document(str):
    """A document as text, such as JSON, which is written as UTF-8 to any terminal."""

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
    """Return the built-in knowledge with the packs in some files, in any order.

    A pack can name the regions of another pack, which has to be read first. Files that cannot be
    read are therefore tried again after the others.

    Raises:
        InvalidDocument: With every fault of the files that cannot be read.
    """
    packs: dict[str, RulePack] = {}
    while True:
        faults: list[Fault] = []
        count_before = len(packs)
        for path in paths:
            if path not in packs:
                try:
                    packs[path] = toml.load_pack(path)
                except InvalidDocument as error:
                    faults += error.faults
        if not faults:
            return Knowledge.builtin().with_packs(*(packs[path] for path in paths))
        if len(packs) == count_before:
            raise InvalidDocument(*faults)
