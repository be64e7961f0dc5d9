"""Places of rows, and references to unknown ids."""

from collections.abc import Collection, Iterable, Iterator

from kineticchain.errors import Fault, likely
from kineticchain.knowledge.pack import RulePack


def unknown_ids(
    where: str, kind: str, ids: Iterable[str], known: Collection[str]
) -> Iterator[Fault]:
    """Yield a fault for each unknown id, with the likely one as its remedy.

    Args:
        where: The place of the references.
        kind: What the ids name, such as ``source``.
        ids: The ids referred to.
        known: The ids that exist.
    """
    for name in ids:
        if name not in known:
            yield Fault(f"no {kind} has the id `{name}`", where=where, remedy=likely(name, known))


def place_of(pack: RulePack, table: str, at: int, name: str) -> str:
    """Return the place of a row of a pack, for faults.

    Args:
        pack: The pack.
        table: The table that the row belongs to.
        at: The index of the row, from 0.
        name: The id of the row.
    """
    return f"{pack.origin or pack.id}: $.{table}[{at}] ({name})"


def place_of_fact(name: str, packs: Iterable[RulePack]) -> str:
    """Return the place of the row of a fact; the name of the fact if no pack has it.

    Args:
        name: The id of the fact.
        packs: The packs to search.
    """
    for pack in packs:
        for index, fact in enumerate(pack.facts):
            if fact.id == name:
                return place_of(pack, "fact", index, name)
    return name


def with_lines(faults: Iterable[Fault], packs: Iterable[RulePack]) -> list[Fault]:
    """Return faults with the lines of their rows, where the document of the pack is known.

    Args:
        faults: The faults, with places as `place_of` returns them.
        packs: The packs that the rows may belong to.
    """
    placed = list(faults)
    for pack in packs:
        start = f"{pack.origin}: $"
        numbers = [number for number, fault in enumerate(placed) if fault.where.startswith(start)]
        lines = pack.placed([placed[number] for number in numbers])
        for number, fault in zip(numbers, lines, strict=True):
            placed[number] = fault
    return placed
