"""Boxes of people, and whether some people lie outside all of several boxes.

A person is a cell for each column; a box says, for some columns, which cells are inside, as
the bits of a whole number. The search is exact: it cuts a box along the sides of those it
must avoid until a piece is free of all of them or nothing is left. It stops, undecided, when
its budget of comparisons is spent.
"""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from attrs import define

Column: TypeAlias = tuple[str, str | None]
Box: TypeAlias = Mapping[Column, int]


class BudgetSpent(Exception):
    """The budget was spent before an answer was found."""


@define
class WorkBudget:
    """So many comparisons of boxes may still be made."""

    left: int

    def spend(self, comparisons: int) -> None:
        """Take some off. Raises `BudgetSpent` when nothing is left."""
        self.left -= comparisons
        if self.left < 0:
            raise BudgetSpent


def meet(one: Box, other: Box) -> Box | None:
    """What lies in both boxes; None where nothing does."""
    both = dict(one)
    for column, cells in other.items():
        both[column] = left = both.get(column, cells) & cells
        if not left:
            return None
    return both


def touch(one: Box, other: Box) -> bool:
    """Whether something lies in both boxes."""
    return all(one.get(column, cells) & cells for column, cells in other.items())


def outside(
    box: Box, avoided: Sequence[Box], full: Box, likely: Box, budget: WorkBudget
) -> Box | None:
    """A part of `box` that touches none of the avoided boxes; None where there is no such part.

    `full` holds all cells of each column; `likely` holds one of each, which is tried first.
    Raises `BudgetSpent`.
    """
    pieces: list[tuple[Box, Sequence[Box]]] = [(box, avoided)]
    while pieces:
        piece, others = pieces.pop()
        budget.spend(2 * len(others) + 1)
        near = [other for other in others if touch(piece, other)]
        if not near:
            return piece
        point = {column: likely[column] & piece.get(column, -1) for column in likely}
        point = {column: cell for column, cell in point.items() if cell} | {
            column: cells & -cells for column, cells in piece.items() if not point[column]
        }
        if not any(touch(point, other) for other in near):
            return point
        cut = min(near, key=lambda other: len(_sides(piece, other, full)))
        rest = [other for other in near if other is not cut]
        inside = dict(piece)
        parts: list[tuple[Box, Sequence[Box]]] = []
        for column in _sides(piece, cut, full):
            cells = inside.get(column, full[column])
            parts.append(({**inside, column: cells & ~cut[column]}, rest))
            inside[column] = cells & cut[column]
        parts.sort(key=lambda part: _is_likely(part[0], likely))
        pieces += parts
    return None


def _is_likely(box: Box, likely: Box) -> int:
    return sum(1 for column, cells in box.items() if cells & likely[column])


def _sides(box: Box, other: Box, full: Box) -> list[Column]:
    """The columns in which a box reaches beyond another."""
    return [column for column, cells in other.items() if box.get(column, full[column]) & ~cells]
