"""Findings of the analysis of a knowledge, and the comparison of two packs."""

from attrs import evolve

from kineticchain.knowledge.contents import Contents
from kineticchain.knowledge.knowledge import Knowledge
from kineticchain.knowledge.pack import RulePack
from kineticchain.rules.analysis import PackComparison, RuleFinding, analyse, compare
from kineticchain.rules.analysis.satisfiability import WORK


def unexplained_in(knowledge: Contents, work: int = WORK) -> tuple[RuleFinding, ...]:
    """Return the findings of `kineticchain.rules.analysis.analyse` that no pack explains.

    Args:
        knowledge: The knowledge to analyse.
        work: The largest number of comparisons of boxes for one question.
    """
    return tuple(
        finding
        for finding in analyse(knowledge.rulebook, work)
        if not _is_explained(finding, knowledge)
    )


def _is_explained(finding: RuleFinding, knowledge: Contents) -> bool:
    """True if a pack with a rule or exercise in the finding accepts the finding."""
    for pack in knowledge.packs:
        own = {member.id for member in (*pack.rules, *pack.exercises)}
        if not own & {finding.subject, *finding.others}:
            continue
        for accepted in pack.explained:
            subject = accepted.subject == finding.subject or (
                accepted.subject == "*" and finding.subject in own
            )
            other = accepted.other is None or accepted.other in finding.others
            if accepted.finding == finding.kind and subject and other:
                return True
    return False


def diff(
    before: RulePack, after: RulePack, knowledge: Knowledge | None = None, work: int = WORK
) -> PackComparison:
    """Compare the decisions of two packs over all possible people.

    Each pack is added to the knowledge, but only the rules of the packs are compared.

    Args:
        before: The first pack.
        after: The second pack.
        knowledge: The knowledge that both packs are added to; by default the built-in one.
        work: The largest number of comparisons of boxes for one question.

    Returns:
        The changes from `before` to `after`, each with a person, and differences in other parts.

    Raises:
        InvalidKnowledge: If a pack does not fit the knowledge.
    """
    base = knowledge or Knowledge.builtin()
    books = [base.with_packs(pack).without_rules(*base.rules_by_id) for pack in (before, after)]
    comparison = compare(books[0].rulebook, books[1].rulebook, work)
    texts = dict(after.messages)
    changed = [
        f"the text {name}" for name, text in before.messages if texts.get(name, text) != text
    ]
    ladders = {ladder.id: ladder for ladder in after.ladders}
    changed += [
        f"the ladder {ladder.id}"
        for ladder in before.ladders
        if ladders.get(ladder.id, ladder) != ladder
    ]
    return evolve(comparison, beyond=(*comparison.beyond, *changed))
