"""Search for a person who is in one of several boxes and in none of the avoided boxes."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from kineticchain.rules.analysis.box_cover import Box, BudgetSpent, WorkBudget, outside
from kineticchain.rules.analysis.rule_boxes import RuleBoxes
from kineticchain.rules.analysis.witness import (
    Values,
    Witness,
    likely_cells,
    usual_values,
    witness_in,
)
from kineticchain.rules.model.rule import Rule

WORK = 20_000
"""The default budget of one search, in comparisons of boxes."""


class Verdict(StrEnum):
    """The certainty of a result: proven, or undecided because the search was incomplete."""

    PROVEN = "proven"
    UNDECIDED = "undecided"


class Search:
    """Searches for people in the boxes of a rulebook, each with the same work budget.

    Attributes:
        forms: The boxes of the rules.
        work: The budget of one search, in comparisons of boxes.
        rules: The data rules of the rulebook.
        full: All cells of every column.
        usual: The most reassuring value of every column.
        likely: The cells that contain the usual values.
    """

    def __init__(self, forms: RuleBoxes, work: int = WORK) -> None:
        """Derive the usual values and their cells from the boxes."""
        self.forms: RuleBoxes = forms
        self.work: int = work
        self.rules: tuple[Rule, ...] = forms.rulebook.data_rules
        self.full: Box = forms.full
        self.usual: Values = usual_values(forms)
        self.likely: Box = likely_cells(self.usual, forms)

    def is_empty(self, boxes: Iterable[Box], avoided: Sequence[Box]) -> bool:
        """Return whether it is proven that nobody is in the boxes and outside the avoided boxes.

        Args:
            boxes: The boxes to search, in order.
            avoided: The boxes that the person must not be in.
        """
        budget = WorkBudget(self.work)
        excluded = [*avoided, *self.forms.background]
        try:
            return all(
                outside(box, excluded, self.full, self.likely, budget) is None for box in boxes
            )
        except BudgetSpent:
            return False

    def person(self, boxes: Iterable[Box], avoided: Sequence[Box]) -> Witness | Verdict | None:
        """Search for a person who is in one of the boxes and in none of the avoided boxes.

        Args:
            boxes: The boxes to search, in order.
            avoided: The boxes that the person must not be in.

        Returns:
            The person; None if it is proven that there is none. `Verdict.UNDECIDED` if the budget
            ran out, or if no cells that the search found make a valid person.
        """
        budget = WorkBudget(self.work)
        excluded = [*avoided, *self.forms.background]
        verdict: Verdict | None = None
        try:
            for box in boxes:
                free = outside(box, excluded, self.full, self.likely, budget)
                if free is not None:
                    witness = witness_in(free, self.usual, self.likely, self.forms)
                    if witness is not None:
                        return witness
                    verdict = Verdict.UNDECIDED
        except BudgetSpent:
            return Verdict.UNDECIDED
        return verdict
