"""Looking for somebody: in these boxes, and in none of those."""

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
"""So many comparisons of boxes one question may cost."""


class Verdict(StrEnum):
    """How sure an answer is."""

    PROVEN = "proven"
    UNDECIDED = "undecided"


class Search:
    """A rulebook's forms, and how much work one question may be."""

    def __init__(self, forms: RuleBoxes, work: int = WORK) -> None:
        """Take the forms apart once."""
        self.forms: RuleBoxes = forms
        self.work: int = work
        self.rules: tuple[Rule, ...] = forms.rulebook.data_rules
        self.full: Box = forms.full
        self.usual: Values = usual_values(forms)
        self.likely: Box = likely_cells(self.usual, forms)

    def person(self, boxes: Iterable[Box], avoided: Sequence[Box]) -> Witness | Verdict | None:
        """Somebody in one of the boxes and in none of those to avoid; None if there is nobody.

        `Verdict.UNDECIDED` where the work is spent, or where cells are found that no person
        could be made of.
        """
        budget = WorkBudget(self.work)
        beyond = [*avoided, *self.forms.background]
        found: Verdict | None = None
        try:
            for box in boxes:
                free = outside(box, beyond, self.full, self.likely, budget)
                if free is not None:
                    witness = witness_in(free, self.usual, self.forms)
                    if witness is not None:
                        return witness
                    found = Verdict.UNDECIDED
        except BudgetSpent:
            return Verdict.UNDECIDED
        return found
