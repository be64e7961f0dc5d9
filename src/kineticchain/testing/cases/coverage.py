"""Rule coverage: which rules the cases of a pack exercised."""

from collections.abc import Iterable

from attrs import frozen

from kineticchain.recommendation import Recommender
from kineticchain.testing.cases.case import Case
from kineticchain.testing.cases.running import situations_of


@frozen
class RuleCoverage:
    """The truth values of rules in cases; each rule is in the first attribute that applies.

    A rule with `each` is true if it is true for one complaint, injury or operation.

    Attributes:
        fired: Rules that were true in at least one situation.
        unknown: Rules that were unknown in at least one situation, and never true.
        false: Rules that were false in every situation.
    """

    fired: tuple[str, ...]
    unknown: tuple[str, ...]
    false: tuple[str, ...]

    def __str__(self) -> str:
        """Return the numbers, and the rules that no case made true."""
        total = len(self.fired) + len(self.unknown) + len(self.false)
        fired, unknown, false = len(self.fired), len(self.unknown), len(self.false)
        head = (
            f"of {total} rules {fired} fired, {unknown} were unknown at most, {false} stayed false"
        )
        lines = [head]
        lines += [f"  unknown at most: {rule}" for rule in self.unknown]
        lines += [f"  stayed false: {rule}" for rule in self.false]
        return "\n".join(lines)


def rule_coverage(
    cases: Iterable[Case], recommender: Recommender, packs: Iterable[str] = ()
) -> RuleCoverage:
    """Return which rules were true, unknown or false in cases.

    The rules are evaluated at the start of each case and at the end of each continuation.

    Args:
        cases: The cases.
        recommender: The recommender with the rules.
        packs: The ids of the packs whose rules are listed; by default all packs.
    """
    fired: set[str] = set()
    unknown: set[str] = set()
    for case in cases:
        for game in situations_of(case, recommender):
            assessment = recommender.assess(
                game.person, game.history, request=game.request, on=game.on
            )
            for firing in assessment.decision.fired:
                (fired if firing.truth is True else unknown).add(firing.rule.id)
    wanted = set(packs) or {pack.id for pack in recommender.knowledge.packs}
    rules = sorted(
        rule.id for pack in recommender.knowledge.packs if pack.id in wanted for rule in pack.rules
    )
    return RuleCoverage(
        fired=tuple(rule for rule in rules if rule in fired),
        unknown=tuple(rule for rule in rules if rule in unknown - fired),
        false=tuple(rule for rule in rules if rule not in unknown | fired),
    )
