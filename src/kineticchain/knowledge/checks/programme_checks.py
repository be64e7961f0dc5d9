"""Consistency of programmes: exercises, doses, conditions and sources."""

from collections.abc import Iterator

from kineticchain.domain.exercises import ProgrammeItem
from kineticchain.domain.facts.type_check import condition_faults
from kineticchain.errors import Fault
from kineticchain.knowledge.checks.references import place_of, unknown_ids
from kineticchain.knowledge.contents import Contents
from kineticchain.knowledge.pack import RulePack


def programme_faults(pack: RulePack, knowledge: Contents) -> Iterator[Fault]:
    """Yield the faults of the programmes of a pack.

    Args:
        pack: The pack.
        knowledge: The knowledge with all packs.
    """
    for index, programme in enumerate(pack.programmes):
        where = place_of(pack, "programme", index, programme.id)
        yield from unknown_ids(where, "source", programme.sources, knowledge.sources)
        yield from unknown_ids(where, "row of evidence", programme.evidence, knowledge.evidence)
        yield from unknown_ids(where, "conflict", programme.conflicts, knowledge.conflicts)
        for fault in condition_faults(programme.suits, knowledge.vocabulary):
            yield fault.under(f"{where}.suits")
        ladders: dict[str, str] = {}
        for item_index, item in enumerate(programme.items):
            place = f"{where}.items[{item_index}]"
            faults = list(unknown_ids(place, "exercise", [item.exercise], knowledge.exercises))
            yield from faults
            if not faults:
                yield from _item_faults(place, item, knowledge, ladders)


def _item_faults(
    where: str, item: ProgrammeItem, knowledge: Contents, ladders: dict[str, str]
) -> Iterator[Fault]:
    """Yield the faults of one item, and add its ladder to `ladders`.

    `ladders` contains the first exercise of the programme on each ladder.
    """
    if item.when is not None:
        for fault in condition_faults(item.when, knowledge.vocabulary):
            yield fault.under(f"{where}.when")
    on_ladder = [
        (ladder, rung)
        for ladder in knowledge.ladders
        for rung in ladder.rungs
        if rung.exercise == item.exercise
    ]
    for ladder, rung in on_ladder:
        if item.dose is not None and item.dose not in rung.axis:
            remedy = f"give a named dose of `{item.exercise}`"
            yield Fault("not a named dose of its rung", f"{where}.dose", remedy)
        earlier = ladders.setdefault(ladder.id, item.exercise)
        if earlier != item.exercise:
            what = f"`{earlier}` is on the same ladder, and a plan has one exercise of each"
            yield Fault(what, where, "leave one out")
