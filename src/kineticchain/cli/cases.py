"""``cases``: whether plans are what cases in files expect."""

import argparse
from pathlib import Path

from attrs import evolve

from kineticchain.cli.commands import Commands
from kineticchain.errors import CasesFailed, InvalidInput
from kineticchain.interop import toml
from kineticchain.knowledge import Knowledge
from kineticchain.recommendation import Recommender
from kineticchain.testing.cases.running import CaseResult, read_case, run_case


def add_to(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add_parser("cases", help="hold plans against cases in files")
    parser.add_argument("files", nargs="+", metavar="FILE", help="a case, as TOML, YAML or JSON")
    parser.add_argument("--pack", action="append", default=[], metavar="FILE", help="a rule pack")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> str:
    """A line for each case; `CasesFailed` with the differences where one does not hold."""
    knowledge = Knowledge.builtin().with_packs(*(toml.load_pack(path) for path in options.pack))
    recommender = Recommender(knowledge)
    verdicts = [_judged(path, recommender) for path in options.files]
    told = "\n".join(str(one) for one in verdicts)
    failed = sum(not one.holds for one in verdicts)
    if failed:
        raise CasesFailed(failed, told)
    return f"{told}\nall {len(verdicts)} cases hold"


def _judged(path: str, recommender: Recommender) -> CaseResult:
    """What a case came to, with the name of its file in its title and in its faults."""
    name = Path(path).name
    try:
        found = run_case(read_case(path), recommender)
    except InvalidInput as error:
        raise InvalidInput(*(fault.under(f"{name}: ") for fault in error.faults)) from None
    return found if found.holds else evolve(found, title=f"{found.title} ({name})")
