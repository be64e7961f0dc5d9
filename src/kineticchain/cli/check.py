"""``check`` and ``diff``: consistency of the knowledge with packs, and changes of a pack."""

import argparse

from kineticchain.cli.commands import Commands, add_packs, knowledge_of, with_packs
from kineticchain.errors import Fault, InvalidKnowledge
from kineticchain.interop import toml
from kineticchain.knowledge.checks.alarms import silent_alarms, unstated_alarms
from kineticchain.knowledge.checks.consistency import faults_in
from kineticchain.knowledge.checks.references import place_of_fact, with_lines
from kineticchain.knowledge.checks.unreferenced import unreferenced_in
from kineticchain.knowledge.findings import analysed, grouped
from kineticchain.knowledge.knowledge import Knowledge
from kineticchain.knowledge.pack import RulePack
from kineticchain.knowledge.pack_diff import pack_diff

_ANSWER = "write a rule that refers whoever gives this answer"
_UNSTATED = "`{}` states neither an alarm nor why it is none"
_STATE = "give `alarms`, or `no_alarm` with the reason"


def add_to(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add_parser("check", help="check the built-in knowledge, and rule packs")
    parser.add_argument("packs", nargs="*", metavar="PACK", help="a pack, as TOML, YAML or JSON")
    add_packs(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> str:
    """Return a line of counts if there is no fault, and a line for each added pack.

    Args:
        options: `packs` and `pack` name the files of packs to add to the built-in knowledge.

    Raises:
        InvalidKnowledge: With every fault and every unexplained finding.
        InvalidDocument: If a pack cannot be read.
    """
    knowledge = with_packs((*options.packs, *options.pack))
    findings, unused_explanations = analysed(knowledge)
    faults = [
        *faults_in(knowledge),
        *(
            Fault(str(alarm), f"{place_of_fact(alarm.fact, knowledge.packs)}.alarms", _ANSWER)
            for alarm in silent_alarms(knowledge)
        ),
        *(
            Fault(_UNSTATED.format(name), place_of_fact(name, knowledge.packs), _STATE)
            for name in unstated_alarms(knowledge)
        ),
        *unreferenced_in(knowledge),
        *(Fault("it explains no finding", where, "remove it") for where in unused_explanations),
        *(
            Fault(str(group), group.where, "mend it, or explain it in [[explained]]")
            for group in grouped(findings, knowledge)
        ),
    ]
    if faults:
        raise InvalidKnowledge(*with_lines(faults, knowledge.packs))
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
    checked = ", ".join(f"{len(members)} {name}" for name, members in counts.items())
    lines = [f"no fault and no unexplained finding in {checked}"]
    builtin_ids = {pack.id for pack in Knowledge.builtin().packs}
    lines += [_head(pack) for pack in knowledge.packs if pack.id not in builtin_ids]
    return "\n".join(lines)


def _head(pack: RulePack) -> str:
    """Return the version, the period of validity and the reviews of a pack in one line."""
    since = f", from {pack.valid_from}" if pack.valid_from else ""
    until = f", until {pack.valid_until}" if pack.valid_until else ""
    reviews = "; ".join(map(str, pack.reviews))
    reviewed = f"reviewed {reviews}" if reviews else "no review is stated"
    return f"{pack.id} {pack.version}{since}{until}: {reviewed}"


def add_diff_to(commands: Commands) -> None:
    """Add the command ``diff`` and its options."""
    parser = commands.add_parser("diff", help="compare two versions of a pack")
    parser.add_argument("before", metavar="BEFORE", help="the first version")
    parser.add_argument("after", metavar="AFTER", help="the second version")
    add_packs(parser)
    parser.set_defaults(run=run_diff)


def run_diff(options: argparse.Namespace) -> str:
    """Return a line for each changed row and each changed effect.

    Args:
        options: `before` and `after` name the files; `pack` names packs that both need.

    Raises:
        InvalidDocument: If a pack cannot be read.
        InvalidKnowledge: If a pack does not fit the knowledge.
    """
    before, after = toml.load_pack(options.before), toml.load_pack(options.after)
    return str(pack_diff(before, after, knowledge_of(options)))
