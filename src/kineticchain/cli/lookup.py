"""``exercises`` and ``sources``: list what the knowledge contains, or show one entry."""

import argparse
from collections.abc import Iterator

from kineticchain.cli.commands import Commands, add_packs, knowledge_of
from kineticchain.domain.exercises import Exercise, Kind, LoadClass
from kineticchain.errors import UnknownName, likely
from kineticchain.knowledge import Knowledge


def add_to(commands: Commands) -> None:
    """Add both commands and their options."""
    parser = commands.add_parser("exercises", help="list exercises, or show one")
    parser.add_argument("id", nargs="?", help="show this exercise whole")
    parser.add_argument("--kind", choices=[kind.value for kind in Kind])
    parser.add_argument("--load", choices=[load.value for load in LoadClass], help="at most")
    parser.add_argument("--region", metavar="REGION", help="works on it")
    add_packs(parser)
    parser.set_defaults(run=_exercises)
    parser = commands.add_parser("sources", help="list sources, or show what rests on one")
    parser.add_argument("id", nargs="?", help="show the rows that rest on this source")
    add_packs(parser)
    parser.set_defaults(run=_sources)


def _exercises(options: argparse.Namespace) -> str:
    """Return a line for each matching exercise, or all details of one.

    Args:
        options: `id` names one exercise. Without it, `kind`, `load` (at most) and `region` filter
            the exercises.

    Raises:
        UnknownName: If no exercise or region has the given id.
    """
    knowledge = knowledge_of(options)
    if options.id is not None:
        return "\n".join(_card(knowledge.exercise(options.id), knowledge))
    if options.region is not None and options.region not in knowledge.regions:
        region_ids = [region.value for region in knowledge.regions]
        raise UnknownName("region", options.region, likely(options.region, region_ids))
    matches = [exercise for exercise in knowledge.exercises.values() if _fits(exercise, options)]
    lines = [
        f"{exercise.id:40} {exercise.load}  {exercise.kind:14} {exercise.title}"
        for exercise in matches
    ]
    return "\n".join(lines) or "No exercise fits."


def _fits(exercise: Exercise, options: argparse.Namespace) -> bool:
    return (
        (options.kind is None or exercise.kind == options.kind)
        and (options.load is None or exercise.load <= options.load)
        and (options.region is None or options.region in exercise.regions)
    )


def _card(exercise: Exercise, knowledge: Knowledge) -> Iterator[str]:
    ladder = knowledge.ladder_of(exercise.id)
    yield f"{exercise.title} ({exercise.id})"
    yield f"{exercise.kind}, {exercise.load}, {exercise.position}, hand support: {exercise.support}"
    yield "works on " + ", ".join(f"{region} {weight}" for region, weight in exercise.weights)
    yield "needs " + (" and ".join(" or ".join(group) for group in exercise.needs) or "nothing")
    yield f"dose {exercise.dose}, {exercise.dose.days_a_week} days a week"
    yield f"ladder {ladder.id}: " + " → ".join(rung.exercise for rung in ladder.rungs)
    yield from (f"  {step}" for step in exercise.steps)
    yield from (f"  cue: {cue}" for cue in exercise.cues)
    yield from (f"  caution: {caution}" for caution in exercise.cautions)
    for stated in exercise.stated:
        yield f"{stated.source} states: {stated.dose or ''} {stated.words}".rstrip()
    for name in exercise.evidence:
        row = knowledge.evidence[name]
        doubt = "" if row.confirmed else ", unconfirmed"
        yield f"{row.id} ({row.grade}{doubt}): {row.statement}"


def _sources(options: argparse.Namespace) -> str:
    """Return all sources with the part that was read, or one source with the rows that cite it.

    Args:
        options: `id` names one source.

    Raises:
        UnknownName: If no source has the given id.
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
