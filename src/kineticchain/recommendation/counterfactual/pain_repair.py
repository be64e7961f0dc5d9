"""Repairs by less pain, with which a condition on complaints becomes true."""

from collections.abc import Callable, Iterable, Mapping

from kineticchain.domain.anatomy import KineticChain, Region, Side
from kineticchain.domain.facts import Value
from kineticchain.domain.facts.normal_form import Column, Literal
from kineticchain.domain.person import Complaint

PAIN = "pain"
"""The column of a complaint's pain: its member is ``region.side``."""


def pain_repair(
    column: Column,
    literal: Literal,
    complaints: Iterable[Complaint],
    bound: tuple[Region, Side] | None,
    chain: KineticChain,
) -> Mapping[Column, Value] | None:
    """Return the largest pain of each complaint with which a literal is true.

    Only complaints that hurt more are included. None if less pain does not make the literal true.
    """
    name, member = column
    concerned = _concerned(name, member, bound, chain)
    if concerned is None:
        return None
    if member is None:
        most = next((pain for pain in range(10, -1, -1) if pain in literal.extent), None)
    else:
        most = 0 if False in literal.extent else None
    if most is None:
        return None
    values: dict[Column, Value] = {
        (PAIN, f"{complaint.region}.{complaint.side}"): most
        for complaint in complaints
        if concerned(complaint) and (complaint.pain is None or complaint.pain > most)
    }
    return values or None


def _concerned(
    name: str, member: str | None, bound: tuple[Region, Side] | None, chain: KineticChain
) -> Callable[[Complaint], bool] | None:
    """Return a test for the complaints that a column is about; None if it is not about pain."""
    if name == "here.pain" and bound is not None:
        return lambda complaint: (complaint.region, complaint.side) == bound
    if name == "worst_pain":
        return lambda _: True
    if name == "painful_parts":
        return lambda complaint: complaint.region.part == member
    if name == "painful_regions":
        return lambda complaint: complaint.region == member
    if name.startswith("painful_regions.within_"):
        links = int(name.rpartition("_")[2])
        return lambda complaint: member in chain.within({complaint.region}, links)
    return None


def place_of(member: str) -> tuple[Region, Side]:
    """Return the region and the side of the member of a pain column."""
    region, _, side = member.partition(".")
    return Region(region), Side(side)
