"""What the analysis finds in a knowledge, less what its packs explain."""

from attrs import evolve

from kineticchain.knowledge.contents import Contents
from kineticchain.knowledge.knowledge import Knowledge
from kineticchain.rules import RulePack
from kineticchain.rules.analysis import PackComparison, RuleFinding, analyse, compare
from kineticchain.rules.analysis.satisfiability import WORK


def unexplained_in(knowledge: Contents, work: int = WORK) -> tuple[RuleFinding, ...]:
    """The findings that no pack explains; see `kineticchain.rules.analysis.analyse`."""
    return tuple(
        one for one in analyse(knowledge.rulebook, work) if not _is_explained(one, knowledge)
    )


def _is_explained(finding: RuleFinding, knowledge: Contents) -> bool:
    """Whether a pack that takes part in a finding says why it is meant."""
    for pack in knowledge.packs:
        own = {one.id for one in (*pack.rules, *pack.exercises)}
        if not own & {finding.subject, *finding.others}:
            continue
        for one in pack.explained:
            subject = one.subject == finding.subject or (
                one.subject == "*" and finding.subject in own
            )
            other = one.other is None or one.other in finding.others
            if one.finding == finding.kind and subject and other:
                return True
    return False


def diff(
    before: RulePack, after: RulePack, knowledge: Knowledge | None = None, work: int = WORK
) -> PackComparison:
    """For whom one pack decides otherwise than another, with all else left as it is.

    Both are read with the knowledge (the built-in one unless given), but only their own
    rules are compared. Raises `InvalidKnowledge` where one does not fit it.
    """
    base = knowledge or Knowledge.builtin()
    books = [base.with_packs(pack).without_rules(*base.rules_by_id) for pack in (before, after)]
    found = compare(books[0].rulebook, books[1].rulebook, work)
    texts = dict(after.messages)
    changed = [
        f"the text {name}" for name, text in before.messages if texts.get(name, text) != text
    ]
    ladders = {one.id: one for one in after.ladders}
    changed += [f"the ladder {one.id}" for one in before.ladders if ladders.get(one.id, one) != one]
    return evolve(found, beyond=(*found.beyond, *changed))
