"""``sources``: what the knowledge rests on."""

import argparse

from kineticchain.cli.commands import Commands
from kineticchain.errors import UnknownName, likely
from kineticchain.knowledge import Knowledge


def add_to(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add_parser("sources", help="list sources, or show what rests on one")
    parser.add_argument("id", nargs="?", help="show the rows that rest on this source")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> str:
    """All sources with how much of each was read, or the rows that one supports."""
    knowledge = Knowledge.builtin()
    if options.id is None:
        return "\n".join(f"{one.id}: {one} ({one.read})" for one in knowledge.sources.values())
    source = knowledge.sources.get(options.id)
    if source is None:
        raise UnknownName("source", options.id, likely(options.id, knowledge.sources))
    rows = [row for row in knowledge.evidence.values() if source.id in row.sources]
    return "\n".join([str(source), *(f"{row.id} ({row.grade}): {row.statement}" for row in rows)])
