"""A finding about a rule or an exercise."""

from collections.abc import Callable
from enum import StrEnum
from typing import TypeAlias

from attrs import field, frozen

from kineticchain.rules.analysis.satisfiability import Verdict
from kineticchain.rules.analysis.witness import Witness


class FindingKind(StrEnum):
    """The kind of a finding."""

    NEVER_HOLDS = "never_holds"
    ALWAYS_HOLDS = "always_holds"
    SHADOWED = "shadowed"
    CONTRADICTION = "contradiction"
    OUT_OF_REACH = "out_of_reach"
    RED_FLAG_WITHOUT_QUESTION = "red_flag_without_question"


@frozen
class RuleFinding:
    """One finding about a rule or an exercise.

    Attributes:
        kind: The kind of the finding.
        subject: The id of the rule or exercise.
        others: The ids of the other rules involved.
        verdict: Whether the finding is proven.
        witness: A person who shows the finding; None for a finding that no person can show, such as
            a rule that never holds or a rule that is shadowed.
    """

    kind: FindingKind
    subject: str
    others: tuple[str, ...] = ()
    verdict: Verdict = Verdict.PROVEN
    witness: Witness | None = field(default=None, repr=False)

    def __str__(self) -> str:
        """Return the finding in words."""
        others = f" ({', '.join(self.others)})" if self.others else ""
        return f"{self.subject}: {_WORDS[self.kind]}{others}, {self.verdict}"


_WORDS = {
    FindingKind.NEVER_HOLDS: "never holds",
    FindingKind.ALWAYS_HOLDS: "always holds",
    FindingKind.SHADOWED: "makes no difference beside others",
    FindingKind.CONTRADICTION: "prefers what another excludes for the same person",
    FindingKind.OUT_OF_REACH: "no person can ever get it",
    FindingKind.RED_FLAG_WITHOUT_QUESTION: "refers on what nobody is asked",
}


Accepted: TypeAlias = Callable[[RuleFinding], bool]
"""A function that returns whether a finding is intended. The finding may lack its witness."""
