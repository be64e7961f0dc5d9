"""Consistency of a knowledge: references, conditions and doses; all faults with their places.

A place is the document of a pack, or the pack's id, and the path of the row in it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from kineticchain.domain.anatomy import Link
from kineticchain.domain.exercises import Exercise, Ladder, Rung, Support
from kineticchain.domain.exercises.attributes import attribute_types
from kineticchain.domain.facts import BindingKind, Condition, FactClass, Vocabulary
from kineticchain.domain.facts.condition import names_in
from kineticchain.domain.facts.fact_values import stem
from kineticchain.domain.facts.type_check import condition_faults
from kineticchain.errors import MAX_FAULTS, Fault, InvalidKnowledge
from kineticchain.knowledge.checks.difficulty import harder_faults
from kineticchain.knowledge.checks.policy_checks import policy_faults
from kineticchain.knowledge.checks.references import unknown
from kineticchain.knowledge.contents import Contents
from kineticchain.knowledge.goal import Asymmetry
from kineticchain.knowledge.pack import TABLES, AcceptedFinding, RulePack
from kineticchain.progression import DoseOrder
from kineticchain.progression.model.dose_steps import order_faults
from kineticchain.record.derivation.derived_facts import here_facts
from kineticchain.rules import Advise, Conclude, PythonRule, Refer, Rule, Show
from kineticchain.rules.evaluation.strata import stratified


def faults_in(knowledge: Contents, packs: Iterable[RulePack] | None = None) -> list[Fault]:
    """Return unknown ids, duplicate ids, invalid conditions and doses out of range.

    The search stops after `MAX_FAULTS`: the likely word for an unknown id is slow to find.

    Args:
        knowledge: The knowledge with all packs.
        packs: The packs to check, if the rest was checked before; by default the whole knowledge.
    """
    checks = (
        _rule_faults,
        _exercise_faults,
        _ladder_faults,
        _evidence_faults,
        _asymmetry_faults,
        _chain_faults,
    )
    selected = knowledge.packs if packs is None else packs
    by_pack = (check(pack, knowledge) for pack in selected for check in checks)
    faults = chain(
        _duplicate_ids(knowledge),
        _conclusion_cycles(knowledge),
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


def place_of(pack: RulePack, table: str, at: int, name: str) -> str:
    """Return the place of a row of a pack, for faults.

    Args:
        pack: The pack.
        table: The table that the row belongs to.
        at: The index of the row, from 0.
        name: The id of the row.
    """
    return f"{pack.origin or pack.id}: $.{table}[{at}] ({name})"


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
        case DoseOrder():
            return row.kind
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


def _rule_faults(pack: RulePack, knowledge: Contents) -> Iterator[Fault]:
    if not pack.rules:
        return
    facts = knowledge.vocabulary
    bound_facts = here_facts(facts)
    with_here = facts.extended(bound_facts)
    about = Vocabulary((*attribute_types(knowledge.exercises), *bound_facts))
    for index, rule in enumerate(pack.rules):
        where = place_of(pack, "rule", index, rule.id)
        yield from unknown(where, "row of evidence", rule.evidence, knowledge.evidence)
        yield from unknown(where, "source", rule.sources, knowledge.sources)
        if rule.about is not None:
            yield from _condition(f"{where}.about", rule.about, about)
        if isinstance(rule, PythonRule):
            continue
        yield from _condition(f"{where}.when", rule.when, with_here if rule.each else facts)
        yield from unknown(where, "row of evidence", rule.shows, knowledge.evidence)
        yield from unknown(f"{where}.settled_by", "diagnosis", rule.settled_by, knowledge.diagnoses)
        yield from _effect_faults(where, rule, pack, knowledge)
        if rule.restricts or rule.concludes:
            yield from _plain_facts(f"{where}.when", rule.when, with_here)


def _effect_faults(where: str, rule: Rule, pack: RulePack, knowledge: Contents) -> Iterator[Fault]:
    for effect in rule.effects:
        match effect:
            case Refer(_, message) | Advise(message):
                yield from unknown(where, "message", [message], knowledge.catalog.ids)
            case Show(conflict):
                yield from unknown(where, "conflict", [conflict], knowledge.conflicts)
            case Conclude(fact):
                yield from _conclusion_faults(f"{where}.conclude", fact, pack, knowledge)
            case _:
                pass


def _conclusion_faults(
    where: str, name: str, pack: RulePack, knowledge: Contents
) -> Iterator[Fault]:
    """Yield a fault if a rule concludes a fact that its pack does not declare as concluded."""
    fact = knowledge.vocabulary.by_id.get(name)
    if fact is None:
        yield from unknown(where, "fact", [name], knowledge.vocabulary.by_id)
    elif fact.fact_class is not FactClass.CONCLUDED:
        remedy = 'declare a fact of the pack\'s own with fact_class = "concluded"'
        yield Fault(f"`{name}` is {fact.fact_class} and cannot be concluded", where, remedy)
    elif fact not in pack.facts:
        yield Fault(f"`{name}` belongs to another pack", where, "conclude facts of your own")


def _plain_facts(where: str, when: Condition, facts: Vocabulary) -> Iterator[Fault]:
    for name in sorted(names_in(when)):
        fact = facts.type_of(name)
        if fact is not None and fact.fact_class is FactClass.PLAIN:
            yield Fault(
                f"a rule that restricts or concludes reads the plain fact `{fact.id}`",
                where=where,
                remedy="make it a screening fact or a measure",
            )


def _condition(where: str, condition: Condition, facts: Vocabulary) -> Iterator[Fault]:
    for fault in condition_faults(condition, facts):
        yield fault.under(f"{where} " if fault.where else where)


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


def _ladder_faults(pack: RulePack, knowledge: Contents) -> Iterator[Fault]:
    rungs = Counter(rung.exercise for ladder in knowledge.ladders for rung in ladder.rungs)
    for index, ladder in enumerate(pack.ladders):
        below: Exercise | None = None
        for step, rung in enumerate(ladder.rungs):
            where = f"{place_of(pack, 'ladder', index, ladder.id)}.rungs[{step}]"
            exercise = knowledge.exercises.get(rung.exercise)
            if exercise is None:
                yield from unknown(where, "exercise", [rung.exercise], knowledge.exercises)
                continue
            if rungs[rung.exercise] > 1:
                yield Fault("stands on more than one ladder", where=where)
            yield from _rung_faults(where, ladder, rung, exercise, knowledge)
            if below is not None and rung.harder is not None:
                yield from harder_faults(f"{where}.harder", below, exercise, rung.harder)
            below = exercise


def _rung_faults(
    where: str, ladder: Ladder, rung: Rung, exercise: Exercise, knowledge: Contents
) -> Iterator[Fault]:
    for index, dose in enumerate(rung.axis):
        for fault in exercise.dose.faults_of(dose):
            yield fault.under(f"{where}.axis[{index}]")
    volumes = [dose.volume for dose in rung.axis]
    if volumes != sorted(volumes) and rung.protocol is None:
        yield Fault("its doses do not grow", where=f"{where}.axis", remedy="order them")
    orders = {order.kind: order for order in knowledge.dose_orders}
    if exercise.kind in orders:
        for fault in order_faults(rung, orders[exercise.kind]):
            yield fault.under(where)
    if rung.protocol is not None:
        cited = [rung.protocol.evidence]
        yield from unknown(f"{where}.protocol", "row of evidence", cited, knowledge.evidence)
    if rung.mastery is not None and not rung.axis[-1].reaches(rung.mastery):
        yield Fault("its top dose is below its mastery", where=f"{where}.mastery")
    if exercise.unilateral and not ladder.per_side:
        yield Fault("has sides, yet its ladder has none", where=where)
    for name, condition in (("needs", rung.needs), ("start", rung.start)):
        if condition is not None:
            for fault in condition_faults(condition, knowledge.vocabulary, side_bound=True):
                yield fault.under(f"{where}.{name} " if fault.where else f"{where}.{name}")


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
