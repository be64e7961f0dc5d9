"""``cases``: comparison of plans with the test cases in files."""

import argparse
from pathlib import Path

from attrs import evolve

from kineticchain.cli.commands import Commands, add_packs, knowledge_of
from kineticchain.errors import CasesFailed, InvalidInput
from kineticchain.knowledge.findings import added_packs
from kineticchain.recommendation import Recommender
from kineticchain.testing.cases.coverage import rule_coverage
from kineticchain.testing.cases.running import CaseResult, read_case, run_case


def add_to(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add_parser("cases", help="hold plans against cases in files")
    parser.add_argument("files", nargs="+", metavar="FILE", help="a case, as TOML, YAML or JSON")
    add_packs(parser)
    parser.add_argument(
        "--coverage", action="store_true", help="tell which rules the cases made true or unknown"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> str:
    """Run cases, and return a line for each.

    Args:
        options: `files` names the files of the cases, and `pack` the files of packs to add.
            `coverage` adds the coverage of the rules of added packs, or of all rules if no pack is
            added.

    Raises:
        CasesFailed: If a plan differs from what a case expects; with the differences.
        InvalidInput: If a case or a pack is not valid.
    """
    knowledge = knowledge_of(options)
    recommender = Recommender(knowledge)
    results = [_run_file(path, recommender) for path in options.files]
    lines = [str(result) for result in results]
    failed = sum(not result.holds for result in results)
    if not failed:
        lines.append(f"all {len(results)} cases hold")
    if options.coverage:
        added = [pack.id for pack in added_packs(knowledge)]
        cases = [read_case(path) for path in options.files]
        lines.append(str(rule_coverage(cases, recommender, added)))
    report = "\n".join(lines)
    if failed:
        raise CasesFailed(failed, report)
    return report


def _run_file(path: str, recommender: Recommender) -> CaseResult:
    """Return the result of a case file; a failed title and every fault contain the file name."""
    name = Path(path).name
    try:
        result = run_case(read_case(path), recommender)
    except InvalidInput as error:
        raise InvalidInput(*(fault.under(f"{name}: ") for fault in error.faults)) from None
    return result if result.holds else evolve(result, title=f"{result.title} ({name})")
