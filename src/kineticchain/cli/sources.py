"""``sources``: the sources of the knowledge, and the rows that cite one."""

import argparse

from kineticchain.cli.commands import Commands, add_packs, knowledge_of
from kineticchain.errors import UnknownName, likely


def add_to(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add_parser("sources", help="list sources, or show what rests on one")
    parser.add_argument("id", nargs="?", help="show the rows that rest on this source")
    add_packs(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> str:
    """Return all sources with how far each was read, or one with the rows that cite it.

    Args:
        options: `id` names one source.

    Raises:
        UnknownName: If there is no source of that id.
    """
    knowledge = knowledge_of(options)
    if options.id is None:
        sources = knowledge.sources.values()
        return "\n".join(f"{source.id}: {source} ({source.read})" for source in sources)
    source = knowledge.sources.get(options.id)
    if source is None:
        raise UnknownName("source", options.id, likely(options.id, knowledge.sources))
    rows = [row for row in knowledge.evidence.values() if source.id in row.sources]
    return "\n".join([str(source), *(f"{row.id} ({row.grade}): {row.statement}" for row in rows)])
