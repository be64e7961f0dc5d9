"""Parts of an explanation: omissions, and answers to why and why not."""

from attrs import field, frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.evidence import Evidence
from kineticchain.domain.validators import identifier
from kineticchain.progression import Standing
from kineticchain.recommendation.plan.model import Reason
from kineticchain.rules import Firing


@frozen(kw_only=True)
class Omission:
    """An exercise on a side that is not in the plan, with the reason.

    If a rule excludes the exercise, `reason.rule` is the id of the rule.
    """

    exercise: str = field(validator=identifier())
    side: Side
    reason: Reason

    @property
    def code(self) -> str:
        """The kind of reason, such as `excluded_by_rule` or `no_time`."""
        return self.reason.message.id

    def __str__(self) -> str:
        """Return the exercise, the side and the reason in one line."""
        side = "" if self.side is Side.BOTH else f" ({self.side})"
        return f"{self.exercise}{side}: {self.reason}"


@frozen(kw_only=True)
class Why:
    """The answer to why, or why not: reasons with their evidence, and the evidence `against` them.

    `seen` contains the rules of the reasons, each with the values that the rule read.
    `preferred_to` lists the exercises that were left out because this exercise ranks before them.
    """

    exercise: str = field(validator=identifier())
    reasons: tuple[Reason, ...]
    evidence: tuple[Evidence, ...] = ()
    against: tuple[Evidence, ...] = ()
    standings: tuple[Standing, ...] = ()
    seen: tuple[Firing, ...] = ()
    preferred_to: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return the answer as readable lines."""
        lines = [f"{self.exercise}:"]
        lines += [f"  - {reason}" for reason in self.reasons]
        lines += [f"  {firing}" for firing in self.seen]
        if self.preferred_to:
            lines.append(f"  comes before {', '.join(self.preferred_to)}")
        lines += [f"  {row.id} ({row.grade}): {row.statement}" for row in self.evidence]
        lines += [f"  but {row.id} ({row.grade}): {row.statement}" for row in self.against]
        return "\n".join(lines)
