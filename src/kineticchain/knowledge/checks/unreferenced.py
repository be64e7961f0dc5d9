"""Parts of a knowledge that nothing refers to; they are reported but not refused."""

from collections.abc import Iterator

from kineticchain.domain.anatomy import Region
from kineticchain.errors import Fault
from kineticchain.knowledge.contents import Contents
from kineticchain.rules import Rule


def unreferenced_in(knowledge: Contents) -> list[Fault]:
    """Return faults for uncited sources, rows of evidence and claims, and for unreached regions."""
    return [
        *_unused_rows(knowledge),
        *_unused_claims(knowledge),
        *_unreached_regions(knowledge),
    ]


def _unused_rows(knowledge: Contents) -> Iterator[Fault]:
    rows, sources = _cited_rows(knowledge), _cited_sources(knowledge)
    for pack in knowledge.packs:
        where = pack.origin or pack.id
        for index, row in enumerate(pack.evidence):
            if row.id not in rows:
                place = f"{where}: $.evidence[{index}]"
                yield Fault(f"nothing cites the row `{row.id}`", where=place)
        for index, source in enumerate(pack.sources):
            if source.id not in sources:
                place = f"{where}: $.source[{index}]"
                yield Fault(f"nobody cites the source `{source.id}`", where=place)


def _cited_rows(knowledge: Contents) -> set[str]:
    cited = {name for exercise in knowledge.exercises.values() for name in exercise.evidence}
    for rule in knowledge.rules_by_id.values():
        cited.update(rule.evidence)
        cited.update(rule.shows if isinstance(rule, Rule) else ())
    for card in knowledge.conflicts.values():
        cited.update(card.evidence)
    for link in knowledge.chain.links:
        cited.update((*link.claims, *link.against))
    cited.update(fact.row for pack in knowledge.packs for fact in pack.facts if fact.row)
    for policy in (knowledge.policy, knowledge.record_policy):
        for rows in policy.evidence().values():
            cited.update(rows)
    cited.update(diagnosis.row for diagnosis in knowledge.diagnoses.values() if diagnosis.row)
    for transition in knowledge.transitions:
        cited.update(transition.evidence)
    return cited


def _cited_sources(knowledge: Contents) -> set[str]:
    cited = {name for row in knowledge.evidence.values() for name in row.sources}
    for exercise in knowledge.exercises.values():
        cited.update(exercise.sources)
        cited.update(stated.source for stated in exercise.stated)
    for rule in knowledge.rules_by_id.values():
        cited.update(rule.sources)
    for card in knowledge.conflicts.values():
        cited.update(name for sources in card.sources for name in sources)
    cited.update(story.source for story in knowledge.chain.stories)
    return cited


def _unused_claims(knowledge: Contents) -> Iterator[Fault]:
    """Yield a fault for each uncited claim about neighbouring regions.

    Claims about distant regions are skipped, because no link can cite them.
    """
    chain = knowledge.chain
    cited = {name for link in chain.links for name in (*link.claims, *link.against)}
    for claim in chain.evidence:
        is_linked = any(chain.link(a, b) for a in claim.origin for b in claim.target)
        if is_linked and claim.id not in cited:
            yield Fault(f"no link cites the claim `{claim.id}`", where="chain/links.toml")


def _unreached_regions(knowledge: Contents) -> Iterator[Fault]:
    reached: frozenset[Region] = frozenset().union(
        *knowledge.exercise_index.loaded_regions_and_neighbours.values()
    )
    for region in knowledge.regions:
        if region not in reached:
            yield Fault(f"no exercise reaches the region `{region}`", where="exercises")
