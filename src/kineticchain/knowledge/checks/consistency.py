"""The consistency check of a whole knowledge, which returns all faults with their places.

A place is the document of a pack, or the pack's id, followed by the path of a row in the document.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from kineticchain.domain.anatomy import ClaimKind, Link
from kineticchain.domain.evidence import Grade
from kineticchain.domain.exercises import Figure
from kineticchain.errors import MAX_FAULTS, Fault, InvalidKnowledge
from kineticchain.knowledge.checks.exercise_checks import exercise_faults, figure_faults
from kineticchain.knowledge.checks.ladder_checks import ladder_faults
from kineticchain.knowledge.checks.needs import needs_cycles, unreachable_rungs
from kineticchain.knowledge.checks.pack_checks import (
    alias_faults,
    explained_faults,
    message_faults,
    region_faults,
    text_faults,
    translation_faults,
)
from kineticchain.knowledge.checks.policy_checks import policy_faults
from kineticchain.knowledge.checks.programme_checks import programme_faults
from kineticchain.knowledge.checks.question_checks import question_circles, question_faults
from kineticchain.knowledge.checks.references import place_of, unknown_ids
from kineticchain.knowledge.checks.rule_checks import alarm_faults, rule_faults
from kineticchain.knowledge.contents import Contents
from kineticchain.knowledge.goal import Asymmetry
from kineticchain.knowledge.pack import TABLES, AcceptedFinding, Alias, Review, RulePack
from kineticchain.progression import DoseOrder
from kineticchain.rules import Rule
from kineticchain.rules.evaluation.strata import stratified


def faults_in(knowledge: Contents, packs: Iterable[RulePack] | None = None) -> list[Fault]:
    """Return unknown ids, duplicate ids, invalid conditions and doses out of range.

    The search stops after `MAX_FAULTS`: the likely word for an unknown id is slow to find.

    Args:
        knowledge: The knowledge with all packs.
        packs: The packs to check, if all other packs were checked before; by default all packs.
    """
    checks = (
        question_faults,
        alarm_faults,
        rule_faults,
        exercise_faults,
        ladder_faults,
        programme_faults,
        figure_faults,
        _evidence_faults,
        _asymmetry_faults,
        _chain_faults,
        explained_faults,
        alias_faults,
        region_faults,
        text_faults,
        translation_faults,
        message_faults,
    )
    packs = None if packs is None else tuple(packs)
    selected = knowledge.packs if packs is None else packs
    by_pack = (check(pack, knowledge) for pack in selected for check in checks)
    faults = chain(
        _duplicate_ids(knowledge, packs or ()),
        _conclusion_cycles(knowledge),
        question_circles(knowledge),
        _needs_faults(knowledge),
        chain.from_iterable(by_pack),
        policy_faults(knowledge) if packs is None else (),
    )
    return list(islice(faults, MAX_FAULTS))


def _needs_faults(knowledge: Contents) -> Iterator[Fault]:
    """Yield the fault of a cycle of needs; without a cycle, the faults of unreachable rungs."""
    cycles = list(needs_cycles(knowledge))
    yield from cycles or unreachable_rungs(knowledge)


_KINDS = {
    "evidence": "row of evidence",
    "claim": "row of evidence",
    "dose_order": "dose order",
    "equipment": "piece of equipment",
}
"""The names of rows in faults, where they differ from the name of the table.

Two rows with the same name in faults must not have the same id, even in different tables.
"""


def _duplicate_ids(knowledge: Contents, added: Iterable[RulePack]) -> Iterator[Fault]:
    pack_counts = Counter(("pack", pack.id) for pack in knowledge.packs)
    for (kind, name), count in pack_counts.items():
        if count > 1:
            yield Fault(f"the {kind} `{name}` is defined {count} times")
    places: dict[tuple[str, str], str] = {}
    # added packs come last, so that the fault has the place of the added row
    added_ids = {pack.id for pack in added}
    for pack in sorted(knowledge.packs, key=lambda pack: pack.id in added_ids):
        for table, attribute in TABLES.items():
            kind = _KINDS.get(table, table)
            for index, row in enumerate(getattr(pack, attribute)):
                name = _name_of(row)
                where = place_of(pack, table, index, name)
                earlier = places.setdefault((kind, name), where)
                if earlier != where and not isinstance(row, AcceptedFinding):
                    remedy = f"the other is at {earlier}"
                    yield Fault(f"the {kind} `{name}` is defined twice", where, remedy)


def _name_of(row: object) -> str:
    """Return the id of a row, or the key that identifies it."""
    match row:
        case Link():
            return f"{row.origin} → {row.target}"
        case Asymmetry():
            return row.measure
        case Figure():
            return row.exercise
        case DoseOrder():
            return row.kind
        case Alias():
            return f"{row.kind} {row.old}"
        case AcceptedFinding():
            return row.subject
        case Review():
            return str(row)
        case _:
            name: str = row.id  # type: ignore[attr-defined]  # all other rows have one
            return name


def _conclusion_cycles(knowledge: Contents) -> list[Fault]:
    """Return faults for conclusions that depend on their own negation, and for too many of them."""
    try:
        stratified(rule for rule in knowledge.rules_by_id.values() if isinstance(rule, Rule))
    except InvalidKnowledge as error:
        return list(error.faults)
    return []


def _evidence_faults(pack: RulePack, knowledge: Contents) -> Iterator[Fault]:
    for index, row in enumerate(pack.evidence):
        where = place_of(pack, "evidence", index, row.id)
        yield from unknown_ids(where, "source", row.sources, knowledge.sources)
        if row.confirmed and not row.sources:
            yield Fault("confirmed, yet without a source", where=where)
    for index, card in enumerate(pack.conflicts):
        where = place_of(pack, "conflict", index, card.id)
        cited = [name for sources in card.sources for name in sources]
        yield from unknown_ids(where, "source", cited, knowledge.sources)
        yield from unknown_ids(where, "row of evidence", card.evidence, knowledge.evidence)
        exercises = (*card.one_a_session, *card.touches)
        yield from unknown_ids(where, "exercise", exercises, knowledge.exercises)
    for index, diagnosis in enumerate(pack.diagnoses):
        where = place_of(pack, "diagnosis", index, diagnosis.id)
        cited_rows = [diagnosis.row] if diagnosis.row else []
        yield from unknown_ids(f"{where}.row", "row of evidence", cited_rows, knowledge.evidence)
    for index, fact in enumerate(pack.facts):
        where = place_of(pack, "fact", index, fact.id)
        rows = [fact.row] if fact.row else []
        yield from unknown_ids(where, "source", fact.sources, knowledge.sources)
        yield from unknown_ids(where, "row of evidence", rows, knowledge.evidence)


def _asymmetry_faults(pack: RulePack, knowledge: Contents) -> Iterator[Fault]:
    if not pack.asymmetries:
        return
    measures = {fact.id for fact in knowledge.vocabulary.types if fact.per_side}
    for index, asymmetry in enumerate(pack.asymmetries):
        where = place_of(pack, "asymmetry", index, asymmetry.measure)
        yield from unknown_ids(where, "measure of both sides", [asymmetry.measure], measures)
        yield from unknown_ids(where, "row of evidence", asymmetry.evidence, knowledge.evidence)


def _chain_faults(pack: RulePack, knowledge: Contents) -> Iterator[Fault]:
    for index, claim in enumerate(pack.claims):
        where = place_of(pack, "claim", index, claim.id)
        yield from unknown_ids(where, "source", claim.sources, knowledge.sources)
        if claim.confirmed and not claim.sources:
            yield Fault("confirmed, yet without a source", where=where)
    for index, link in enumerate(pack.links):
        where = place_of(pack, "link", index, f"{link.origin} → {link.target}")
        yield from unknown_ids(where, "claim", (*link.claims, *link.against), knowledge.evidence)
        cited = [knowledge.evidence[name] for name in link.claims if name in knowledge.evidence]
        best = max([row.grade.rank for row in cited], default=Grade.NONE.rank)
        for kind in ClaimKind:
            grade = link.grade(kind)
            if grade.rank > best:
                what = f"graded {grade}, and none of its claims is"
                yield Fault(what, f"{where}.{kind}", "cite what supports it, or grade it lower")
    for index, story in enumerate(pack.stories):
        where = place_of(pack, "story", index, story.id)
        yield from unknown_ids(where, "source", [story.source], knowledge.sources)
