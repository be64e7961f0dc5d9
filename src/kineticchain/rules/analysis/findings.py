"""Findings about a rulebook over all people, with a witness who shows the finding if possible.

The analysis is exact over the cells of the facts, for people with at most one complaint, one injury
and one surgery that rules run over; further painful regions are unrestricted. A search that exceeds
its budget is reported as undecided.
"""

from collections.abc import Iterable, Iterator

from attrs import evolve

from kineticchain.domain.facts import FactClass, ReferralLevel
from kineticchain.domain.facts.condition import names_in, names_tested_for_known
from kineticchain.rules.analysis.finding import Accepted, FindingKind, RuleFinding
from kineticchain.rules.analysis.finding_search import FindingSearch
from kineticchain.rules.analysis.rule_boxes import RuleBoxes
from kineticchain.rules.analysis.satisfiability import WORK, Search
from kineticchain.rules.evaluation.rulebook import Rulebook
from kineticchain.rules.model.effect import Refer
from kineticchain.rules.model.rule import Rule


def analyse(
    rulebook: Rulebook, work: int = WORK, accepted: Accepted | None = None
) -> tuple[RuleFinding, ...]:
    """Return all findings about the data rules of a rulebook.

    Args:
        rulebook: The rules.
        work: The budget of each search, in comparisons of boxes. A search that exceeds the budget
            is undecided.
        accepted: Returns whether a finding is intended. Intended findings are left out. With this
            argument, a rule that contradicts several rules is reported with only one of them.
    """
    search = FindingSearch(RuleBoxes.of(rulebook), work)
    findings = (
        *search.truths(),
        *search.shadows(),
        *search.contradictions(accepted),
        *search.out_of_reach(),
        *_unasked(rulebook),
    )
    if accepted is None:
        return findings
    return tuple(finding for finding in findings if not accepted(finding))


def never_hold(rules: Iterable[Rule], rulebook: Rulebook) -> tuple[Rule, ...]:
    """Return the rules that are proven to hold for nobody; undecided rules are not included.

    Args:
        rules: The rules to check.
        rulebook: The exercises and facts that the rules read.
    """
    search = Search(RuleBoxes.of(evolve(rulebook, rules=tuple(rules))))
    return tuple(
        rule
        for rule in search.rules
        if (sure := search.forms.sure(rule)) is not None and search.is_empty(sure, ())
    )


def _unasked(rulebook: Rulebook) -> Iterator[RuleFinding]:
    """Yield a finding for each urgent rule whose facts of the person can never become known.

    An urgent rule refers the person at SAME_DAY or above. Its facts never become known if no
    question asks for any of them, and if none is derived or concluded. Facts that the rule tests
    with ``known`` do not count.
    """
    for rule in rulebook.data_rules:
        levels = [effect.level for effect in rule.effects if isinstance(effect, Refer)]
        if not levels or max(levels) < ReferralLevel.SAME_DAY:
            continue
        tested_for_known = names_tested_for_known(rule.when)
        read = {name for name in names_in(rule.when) if not name.startswith("here.")}
        types = [rulebook.vocabulary.type_of(name) for name in sorted(read - tested_for_known)]
        if types and not any(
            fact is not None and (fact.is_asked or fact.fact_class in _INFERRED) for fact in types
        ):
            yield RuleFinding(FindingKind.RED_FLAG_WITHOUT_QUESTION, rule.id)


_INFERRED = {FactClass.DERIVED, FactClass.CONCLUDED}
