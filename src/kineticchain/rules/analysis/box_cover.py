"""Boxes of people, and an exact search for a part of a box that other boxes do not cover.

A column is a fact, or the membership of one word in a set. The values of each column are divided
into cells, and a person lies in exactly one cell of each column. A box is a set of people: for
some columns it has the allowed cells as the bits of an integer; the columns that it does not name
are unrestricted.
"""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from attrs import define

Column: TypeAlias = tuple[str, str | None]
Box: TypeAlias = Mapping[Column, int]


class BudgetSpent(Exception):
    """The work budget ran out before the search had a result."""


@define
class WorkBudget:
    """The number of comparisons of boxes that a search may still make.

    Attributes:
        left: Remaining comparisons; negative once the budget is overdrawn.
    """

    left: int

    def spend(self, comparisons: int) -> None:
        """Subtract comparisons from the budget.

        Raises:
            BudgetSpent: If fewer comparisons are left.
        """
        self.left -= comparisons
        if self.left < 0:
            raise BudgetSpent


def meet(first: Box, second: Box) -> Box | None:
    """Return the intersection of two boxes, or None if it is empty."""
    intersection = dict(first)
    for column, cells in second.items():
        intersection[column] = common_cells = intersection.get(column, cells) & cells
        if not common_cells:
            return None
    return intersection


def touch(first: Box, second: Box) -> bool:
    """Return whether two boxes have a person in common."""
    # A column that `first` does not name is unrestricted. Only shared columns can separate boxes.
    # A loop takes half the time of `all` with a generator.
    for column, cells in second.items():  # noqa: SIM110
        if not first.get(column, cells) & cells:
            return False
    return True


def outside(
    box: Box, avoided: Sequence[Box], full: Box, likely: Box, budget: WorkBudget
) -> Box | None:
    """Return a part of a box that intersects none of the avoided boxes, or None if there is none.

    The search is exact: None proves that the avoided boxes cover `box` completely.

    Args:
        box: The box to search.
        avoided: The boxes that the result must not intersect.
        full: All cells of every column.
        likely: One cell of each column, which is tried first.
        budget: The comparisons that the search may make.

    Raises:
        BudgetSpent: The budget ran out before the search ended.
    """
    # Depth-first search over pieces of the box. The stack holds disjoint pieces, each with the
    # boxes that may still intersect it. The boxes cut away so far do not intersect any piece.
    pieces: list[tuple[Box, Sequence[Box]]] = [(box, avoided)]
    while pieces:
        piece, obstacles = pieces.pop()
        budget.spend(2 * len(obstacles) + 1)

        # Step 1: keep only the obstacles that intersect the piece. If there are none, the piece is
        # the answer. An obstacle covers the piece if the piece extends beyond it in no column. A
        # covered piece is dropped.
        intersecting: list[Box] = []
        columns_beyond: list[int] = []
        for obstacle in obstacles:
            count = _columns_beyond(piece, obstacle, full)
            if count is not None:
                intersecting.append(obstacle)
                columns_beyond.append(count)
        if not intersecting:
            return piece
        fewest = min(columns_beyond)
        if not fewest:
            continue

        # Step 2: probe a single point of the piece, because a free point ends the search without
        # any cutting. The point has the likely cell of each column, or the lowest allowed cell
        # where the piece excludes the likely one (-1 stands for all cells).
        point = likely_point(piece, likely)
        if not any(touch(point, obstacle) for obstacle in intersecting):
            return point

        # Step 3: subtract one obstacle from the piece. The difference of two boxes is a union of
        # one box per column in which the piece extends beyond the obstacle, so the obstacle with
        # the fewest such columns gives the fewest parts.
        subtracted = intersecting[columns_beyond.index(fewest)]
        remaining = [obstacle for obstacle in intersecting if obstacle is not subtracted]
        inside = dict(piece)
        parts: list[tuple[Box, Sequence[Box]]] = []
        for column, allowed in subtracted.items():
            cells = inside.get(column, full[column])
            if not cells & ~allowed:
                continue
            # This part is outside the obstacle in this column and inside it in all columns before,
            # which makes the parts disjoint. What remains in `inside` after the last column is
            # the intersection with the obstacle, which is dropped.
            parts.append(({**inside, column: cells & ~allowed}, remaining))
            inside[column] = cells & allowed

        # Step 4: put the part that contains the most likely cells on top of the stack.
        parts.sort(key=lambda part: _likely_count(part[0], likely))
        pieces += parts
    return None


def likely_point(box: Box, likely: Box) -> Box:
    """Return a point of a box: the likely cell of each column, or else the lowest allowed cell.

    Args:
        box: The box.
        likely: One cell of each column.
    """
    point = dict(likely)
    for column, cells in box.items():
        point[column] = likely[column] & cells or cells & -cells
    return point


def _likely_count(box: Box, likely: Box) -> int:
    """Return the number of columns that a box names and in which it contains the likely cell."""
    return sum(1 for column, cells in box.items() if cells & likely[column])


def _columns_beyond(box: Box, obstacle: Box, full: Box) -> int | None:
    """Return the number of columns in which a box has cells that an obstacle does not have.

    Return None if the two have no person in common.
    """
    count = 0
    for column, cells in obstacle.items():
        allowed = box.get(column)
        if allowed is None:
            allowed = full[column]
        if not allowed & cells:
            return None
        if allowed & ~cells:
            count += 1
    return count
