"""Consistency of a knowledge: references, conditions and doses; all faults with their places.

A place is the document of a pack, or the pack's id, and the path of the row in it.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import chain, islice

from kineticchain.domain.anatomy import Link
from kineticchain.domain.exercises import Figure, Support
from kineticchain.domain.facts import BindingKind, FactClass
from kineticchain.domain.facts.fact_values import stem
from kineticchain.errors import MAX_FAULTS, Fault, InvalidKnowledge
from kineticchain.knowledge.checks.figure_checks import figure_faults
from kineticchain.knowledge.checks.ladder_checks import ladder_faults, needs_cycles
from kineticchain.knowledge.checks.policy_checks import policy_faults
from kineticchain.knowledge.checks.programme_checks import programme_faults
from kineticchain.knowledge.checks.question_checks import question_circles, question_faults
from kineticchain.knowledge.checks.references import place_of, unknown
from kineticchain.knowledge.checks.rule_checks import rule_faults
from kineticchain.knowledge.contents import Contents
from kineticchain.knowledge.goal import Asymmetry
from kineticchain.knowledge.pack import TABLES, AcceptedFinding, Alias, AliasKind, RulePack
from kineticchain.progression import DoseOrder
from kineticchain.rules import Rule
from kineticchain.rules.evaluation.strata import stratified


def faults_in(knowledge: Contents, packs: Iterable[RulePack] | None = None) -> list[Fault]:
    """Return unknown ids, duplicate ids, invalid conditions and doses out of range.

    The search stops after `MAX_FAULTS`: the likely word for an unknown id is slow to find.

    Args:
        knowledge: The knowledge with all packs.
        packs: The packs to check, if the rest was checked before; by default the whole knowledge.
    """
    checks = (
        question_faults,
        rule_faults,
        _exercise_faults,
        ladder_faults,
        programme_faults,
        figure_faults,
        _evidence_faults,
        _asymmetry_faults,
        _chain_faults,
        _explained_faults,
        _alias_faults,
    )
    selected = knowledge.packs if packs is None else packs
    by_pack = (check(pack, knowledge) for pack in selected for check in checks)
    faults = chain(
        _duplicate_ids(knowledge),
        _conclusion_cycles(knowledge),
        question_circles(knowledge),
        needs_cycles(knowledge),
        chain.from_iterable(by_pack),
        policy_faults(knowledge) if packs is None else (),
    )
    return list(islice(faults, MAX_FAULTS))


_KINDS = {
    "evidence": "row of evidence",
    "claim": "row of evidence",
    "dose_order": "dose order",
    "equipment": "piece of equipment",
}
"""Names of tables for faults, where they differ from the key; rows of one kind share their ids."""

_OWN = {"weights": "grade_weights", "transition": "transitions", "dose_order": "dose_orders"}
"""Tables that only the built-in knowledge has, and the attributes that hold them."""

_TAKEN = frozenset({"here", "exercise", *BindingKind})
"""Prefixes of names that no pack may use as its id."""


def _duplicate_ids(knowledge: Contents) -> Iterator[Fault]:
    seen = Counter(("pack", pack.id) for pack in knowledge.packs)
    for (kind, name), count in seen.items():
        if count > 1:
            yield Fault(f"the {kind} `{name}` is defined {count} times")
    first: dict[tuple[str, str], str] = {}
    for pack in knowledge.packs:
        for table, attribute in TABLES.items():
            kind = _KINDS.get(table, table)
            for index, row in enumerate(getattr(pack, attribute)):
                name = _name_of(row)
                where = place_of(pack, table, index, name)
                before = first.setdefault((kind, name), where)
                if before != where and not isinstance(row, AcceptedFinding):
                    remedy = f"the other is at {before}"
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
        case _:
            name: str = row.id  # type: ignore[attr-defined]  # all other rows have one
            return name


def prefix_faults(pack: RulePack, knowledge: Contents) -> Iterator[Fault]:
    """Yield a fault for each fact or message of an added pack without the pack's id as its prefix.

    The prefix keeps the names of packs apart. Derived facts and ids that end like a side or a
    region are also refused.

    Args:
        pack: The pack to be added.
        knowledge: The knowledge before.
    """
    if pack.id in _TAKEN or knowledge.vocabulary.type_of(pack.id) is not None:
        yield Fault(f"a pack cannot be called `{pack.id}`", place_of(pack, "id", 0, pack.id))
    for index, fact in enumerate(pack.facts):
        where = place_of(pack, "fact", index, fact.id)
        if fact.fact_class is FactClass.DERIVED:
            yield Fault("a pack cannot work out facts", where, "make it a measure, or conclude it")
        if stem(fact.id) != fact.id:
            yield Fault("named like a side or a region of a fact", where, "name it otherwise")
    for table, attribute in _OWN.items():
        if getattr(pack, attribute):
            what = f"a pack cannot bring `{table}`: it holds for all ladders"
            where = f"{pack.origin or pack.id}: $.{table}"
            yield Fault(what, where, "use Knowledge.with_policy")
    defined = {
        "fact": [fact.id for fact in pack.facts],
        "messages": [name for name, _ in pack.messages],
    }
    for table, ids in defined.items():
        for index, name in enumerate(ids):
            if not name.startswith(f"{pack.id}."):
                what = f"`{name}` does not bear the pack's id"
                yield Fault(what, place_of(pack, table, index, name), f"call it `{pack.id}.{name}`")


def _conclusion_cycles(knowledge: Contents) -> list[Fault]:
    """Return the faults of conclusions that depend on their own negation, or are too many."""
    try:
        stratified(rule for rule in knowledge.rules_by_id.values() if isinstance(rule, Rule))
    except InvalidKnowledge as error:
        return list(error.faults)
    return []


def _exercise_faults(pack: RulePack, knowledge: Contents) -> Iterator[Fault]:
    pieces = {piece.id for piece in knowledge.equipment}
    on_ladders = {rung.exercise for ladder in knowledge.ladders for rung in ladder.rungs}
    for index, exercise in enumerate(pack.exercises):
        where = place_of(pack, "exercise", index, exercise.id)
        yield from unknown(where, "row of evidence", exercise.evidence, knowledge.evidence)
        cited = (*exercise.sources, *(stated.source for stated in exercise.stated))
        yield from unknown(where, "source", cited, knowledge.sources)
        yield from unknown(where, "message", exercise.habit_cues, knowledge.catalog.ids)
        for group in exercise.needs:
            yield from unknown(f"{where}.needs", "piece of equipment", group, pieces)
        if exercise.support is Support.HAND and ("fixed_support",) not in exercise.needs:
            remedy = "need fixed_support"
            yield Fault("a hand rests on nothing fixed", where=f"{where}.needs", remedy=remedy)
        if not exercise.cues and not exercise.cautions:
            yield Fault("neither cues nor cautions", where=f"{where}.cues", remedy="write one")
        if exercise.id not in on_ladders:
            yield Fault("stands on no ladder", where=where, remedy="give it a ladder of one rung")


def _evidence_faults(pack: RulePack, knowledge: Contents) -> Iterator[Fault]:
    for index, row in enumerate(pack.evidence):
        where = place_of(pack, "evidence", index, row.id)
        yield from unknown(where, "source", row.sources, knowledge.sources)
        if row.confirmed and not row.sources:
            yield Fault("confirmed, yet without a source", where=where)
    for index, card in enumerate(pack.conflicts):
        where = place_of(pack, "conflict", index, card.id)
        cited = [name for sources in card.sources for name in sources]
        yield from unknown(where, "source", cited, knowledge.sources)
        yield from unknown(where, "row of evidence", card.evidence, knowledge.evidence)
        named = (*card.one_a_session, *card.touches)
        yield from unknown(where, "exercise", named, knowledge.exercises)
    for index, fact in enumerate(pack.facts):
        where = place_of(pack, "fact", index, fact.id)
        rows = [fact.row] if fact.row else []
        yield from unknown(where, "source", fact.sources, knowledge.sources)
        yield from unknown(where, "row of evidence", rows, knowledge.evidence)


def _explained_faults(pack: RulePack, knowledge: Contents) -> Iterator[Fault]:
    if not pack.explained:
        return
    # imported here so that packs without explanations load without the analysis
    from kineticchain.rules.analysis import FindingKind  # noqa: PLC0415

    kinds = [kind.value for kind in FindingKind]
    subjects = {*knowledge.rules_by_id, *knowledge.exercises}
    for index, accepted in enumerate(pack.explained):
        where = place_of(pack, "explained", index, accepted.subject)
        yield from unknown(f"{where}.finding", "kind of finding", [accepted.finding], kinds)
        others = [accepted.other] if accepted.other is not None else []
        named = [*others, *([accepted.subject] if accepted.subject != "*" else [])]
        yield from unknown(where, "rule or exercise", named, subjects)


def _alias_faults(pack: RulePack, knowledge: Contents) -> Iterator[Fault]:
    if not pack.aliases:
        return
    present: dict[AliasKind, Collection[str]] = {
        AliasKind.EXERCISE: knowledge.exercises,
        AliasKind.FACT: knowledge.vocabulary.by_id,
        AliasKind.EQUIPMENT: knowledge.equipment_names,
        AliasKind.GOAL: knowledge.goals_by_id,
        AliasKind.PROGRAMME: knowledge.programmes,
    }
    for index, alias in enumerate(pack.aliases):
        where = place_of(pack, "alias", index, alias.old)
        if alias.old in present[alias.kind]:
            yield Fault(f"the {alias.kind} `{alias.old}` still exists", f"{where}.old", "remove it")
        if alias.new is not None:
            yield from unknown(f"{where}.new", alias.kind, [alias.new], present[alias.kind])


def _asymmetry_faults(pack: RulePack, knowledge: Contents) -> Iterator[Fault]:
    if not pack.asymmetries:
        return
    measures = {fact.id for fact in knowledge.vocabulary.types if fact.per_side}
    for index, asymmetry in enumerate(pack.asymmetries):
        where = place_of(pack, "asymmetry", index, asymmetry.measure)
        yield from unknown(where, "measure of both sides", [asymmetry.measure], measures)
        yield from unknown(where, "row of evidence", asymmetry.evidence, knowledge.evidence)


def _chain_faults(pack: RulePack, knowledge: Contents) -> Iterator[Fault]:
    for index, claim in enumerate(pack.claims):
        where = place_of(pack, "claim", index, claim.id)
        yield from unknown(where, "source", claim.sources, knowledge.sources)
        if claim.confirmed and not claim.sources:
            yield Fault("confirmed, yet without a source", where=where)
    for index, link in enumerate(pack.links):
        where = place_of(pack, "link", index, f"{link.origin} → {link.target}")
        yield from unknown(where, "claim", (*link.claims, *link.against), knowledge.evidence)
    for index, story in enumerate(pack.stories):
        where = place_of(pack, "story", index, story.id)
        yield from unknown(where, "source", [story.source], knowledge.sources)
