"""Places of rows, and references to unknown ids."""

from collections.abc import Collection, Iterable, Iterator

from kineticchain.errors import Fault, likely
from kineticchain.knowledge.pack import RulePack


def unknown(where: str, kind: str, ids: Iterable[str], known: Collection[str]) -> Iterator[Fault]:
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
