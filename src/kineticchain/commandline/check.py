"""``check``: whether the built-in knowledge and packs fit together."""

import argparse

from kineticchain.commandline.commands import Commands
from kineticchain.errors import InvalidKnowledge
from kineticchain.interop import toml
from kineticchain.knowledge import Knowledge
from kineticchain.knowledge.checks import faults_in
from kineticchain.knowledge.loose_ends import loose_ends_in


def add_to(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add_parser("check", help="check the built-in knowledge, and rule packs")
    parser.add_argument("packs", nargs="*", metavar="PACK", help="a pack, as TOML or JSON")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> str:
    """A line that all is well; `InvalidKnowledge` with every fault otherwise."""
    knowledge = Knowledge.builtin()
    if options.packs:
        knowledge = knowledge.with_packs(*(toml.load_pack(path) for path in options.packs))
    faults = [*faults_in(knowledge), *loose_ends_in(knowledge)]
    if faults:
        raise InvalidKnowledge(*faults)
    counts = {
        "exercises": knowledge.exercises,
        "ladders": knowledge.ladders,
        "rules": knowledge.rules,
        "facts": knowledge.vocabulary.types,
        "links": knowledge.chain.links,
        "rows of evidence": knowledge.evidence,
        "conflicts": knowledge.conflicts,
        "sources": knowledge.sources,
    }
    found = ", ".join(f"{len(things)} {name}" for name, things in counts.items())
    return f"no fault in {found}"
