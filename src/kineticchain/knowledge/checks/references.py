"""Ids that something refers to and that nothing has."""

from collections.abc import Collection, Iterable, Iterator

from kineticchain.errors import Fault, likely


def unknown(where: str, kind: str, ids: Iterable[str], known: Collection[str]) -> Iterator[Fault]:
    """A fault for each id that is not known, with the likely one."""
    for name in ids:
        if name not in known:
            yield Fault(f"no {kind} has the id `{name}`", where=where, remedy=likely(name, known))
