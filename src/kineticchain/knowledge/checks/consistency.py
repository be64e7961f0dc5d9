"""Whether the parts of a knowledge fit together; every fault at once, each with its place.

A place is the document of a pack, or the pack's id, and the path of the row in it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from kineticchain.domain.exercises import Dose, Exercise, Ladder, Mastery, Rung, Support
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
from kineticchain.progression.model.dose_steps import order_faults
from kineticchain.record.derivation.derived_facts import here_facts
from kineticchain.rules import Advise, Conclude, PythonRule, Refer, Rule, RulePack, Show
from kineticchain.rules.evaluation.strata import stratified


def faults_in(knowledge: Contents, packs: Iterable[RulePack] | None = None) -> list[Fault]:
    """Unknown ids, ids defined twice, conditions that make no sense, doses out of range.

    Of the packs given, where the others were checked before. The first fifty; to look for
    the likely word of each of thousands would take long.
    """
    checks = (_rule_faults, _exercise_faults, _ladder_faults, _evidence_faults)
    looked_at = knowledge.packs if packs is None else packs
    by_pack = (check(pack, knowledge) for pack in looked_at for check in checks)
    faults = chain(
        _doubles(knowledge),
        _circles(knowledge),
        chain.from_iterable(by_pack),
        _chain_faults(knowledge),
        _asymmetry_faults(knowledge) if packs is None else (),
        policy_faults(knowledge) if packs is None else (),
    )
    return list(islice(faults, MAX_FAULTS))


_TAKEN = frozenset({"here", "exercise", *BindingKind})
"""What names begin with that are not a pack's."""


def place_of(pack: RulePack, table: str, at: int, name: str) -> str:
    """Where a row of a pack stands."""
    return f"{pack.origin or pack.id}: $.{table}[{at}] ({name})"


def _doubles(knowledge: Contents) -> Iterator[Fault]:
    packs = knowledge.packs
    kinds: dict[str, Iterable[str]] = {
        "pack": [pack.id for pack in packs],
        "rule": [one.id for pack in packs for one in pack.rules],
        "fact": [one.id for pack in packs for one in pack.facts],
        "exercise": [one.id for pack in packs for one in pack.exercises],
        "ladder": [one.id for pack in packs for one in pack.ladders],
        "source": [one.id for pack in packs for one in pack.sources],
        "row of evidence": [
            *(one.id for one in knowledge.chain.evidence),
            *(one.id for pack in packs for one in pack.evidence),
        ],
        "conflict": [one.id for pack in packs for one in pack.conflicts],
    }
    for kind, ids in kinds.items():
        for name, count in sorted(Counter(ids).items()):
            if count > 1:
                yield Fault(f"the {kind} `{name}` is defined {count} times")


def prefix_faults(pack: RulePack, knowledge: Contents) -> Iterator[Fault]:
    """The facts and the texts of an added pack bear its id, so that it touches no other's."""
    if pack.id in _TAKEN or knowledge.vocabulary.type_of(pack.id) is not None:
        yield Fault(f"a pack cannot be called `{pack.id}`", place_of(pack, "id", 0, pack.id))
    for at, fact in enumerate(pack.facts):
        where = place_of(pack, "fact", at, fact.id)
        if fact.fact_class is FactClass.DERIVED:
            yield Fault("a pack cannot work out facts", where, "make it a measure, or conclude it")
        if stem(fact.id) != fact.id:
            yield Fault("named like a side or a region of a fact", where, "name it otherwise")
    defined = {
        "fact": [one.id for one in pack.facts],
        "messages": [name for name, _ in pack.messages],
    }
    for table, ids in defined.items():
        for at, name in enumerate(ids):
            if not name.startswith(f"{pack.id}."):
                what = f"`{name}` does not bear the pack's id"
                yield Fault(what, place_of(pack, table, at, name), f"call it `{pack.id}.{name}`")


def _circles(knowledge: Contents) -> list[Fault]:
    try:
        stratified(rule for rule in knowledge.rules_by_id.values() if isinstance(rule, Rule))
    except InvalidKnowledge as error:
        return list(error.faults)
    return []


def _rule_faults(pack: RulePack, knowledge: Contents) -> Iterator[Fault]:
    if not pack.rules:
        return
    facts = knowledge.vocabulary
    here = here_facts(facts)
    with_here = facts.extended(here)
    about = Vocabulary((*attribute_types(knowledge.exercises), *here))
    for at, rule in enumerate(pack.rules):
        where = place_of(pack, "rule", at, rule.id)
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
    """A rule concludes facts of its own pack, declared there as concluded."""
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
    for at, exercise in enumerate(pack.exercises):
        where = place_of(pack, "exercise", at, exercise.id)
        yield from unknown(where, "row of evidence", exercise.evidence, knowledge.evidence)
        cited = (*exercise.sources, *(stated.source for stated in exercise.stated))
        yield from unknown(where, "source", cited, knowledge.sources)
        yield from unknown(where, "message", exercise.moments, knowledge.catalog.ids)
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
    for at, ladder in enumerate(pack.ladders):
        below: Exercise | None = None
        for step, rung in enumerate(ladder.rungs):
            where = f"{place_of(pack, 'ladder', at, ladder.id)}.rungs[{step}]"
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
    for at, dose in enumerate(rung.axis):
        for fault in exercise.dose.faults_of(dose):
            yield fault.under(f"{where}.axis[{at}]")
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
    if rung.mastery is not None and not _reached(rung.axis[-1], rung.mastery):
        yield Fault("its top dose is below its mastery", where=f"{where}.mastery")
    if exercise.unilateral and not ladder.per_side:
        yield Fault("has sides, yet its ladder has none", where=where)
    for name, condition in (("needs", rung.needs), ("start", rung.start)):
        if condition is not None:
            for fault in condition_faults(condition, knowledge.vocabulary, side_bound=True):
                yield fault.under(f"{where}.{name} " if fault.where else f"{where}.{name}")


def _reached(top: Dose, mastery: Mastery) -> bool:
    return top.sets >= mastery.sets and top.reaches(mastery.dose)


def _evidence_faults(pack: RulePack, knowledge: Contents) -> Iterator[Fault]:
    for at, row in enumerate(pack.evidence):
        where = place_of(pack, "evidence", at, row.id)
        yield from unknown(where, "source", row.sources, knowledge.sources)
        if row.confirmed and not row.sources:
            yield Fault("confirmed, yet without a source", where=where)
    for at, card in enumerate(pack.conflicts):
        where = place_of(pack, "conflict", at, card.id)
        cited = [name for sources in card.sources for name in sources]
        yield from unknown(where, "source", cited, knowledge.sources)
        yield from unknown(where, "row of evidence", card.evidence, knowledge.evidence)
        named = (*card.one_a_session, *card.touches)
        yield from unknown(where, "exercise", named, knowledge.exercises)
    for at, fact in enumerate(pack.facts):
        where = place_of(pack, "fact", at, fact.id)
        rows = [fact.row] if fact.row else []
        yield from unknown(where, "source", fact.sources, knowledge.sources)
        yield from unknown(where, "row of evidence", rows, knowledge.evidence)


def _asymmetry_faults(knowledge: Contents) -> Iterator[Fault]:
    for one in knowledge.asymmetries:
        where = f"asymmetries.toml: {one.measure}"
        measures = {fact.id for fact in knowledge.vocabulary.types if fact.per_side}
        yield from unknown(where, "measure of both sides", [one.measure], measures)
        yield from unknown(where, "row of evidence", one.evidence, knowledge.evidence)


def _chain_faults(knowledge: Contents) -> Iterator[Fault]:
    for claim in knowledge.chain.evidence:
        where = f"chain/claims.toml: {claim.id}"
        yield from unknown(where, "source", claim.sources, knowledge.sources)
        if claim.confirmed and not claim.sources:
            yield Fault("confirmed, yet without a source", where=where)
    for link in knowledge.chain.links:
        where = f"chain/links.toml: {link.origin} → {link.target}"
        yield from unknown(where, "claim", (*link.claims, *link.against), knowledge.evidence)
    for story in knowledge.chain.stories:
        where = f"chain/stories.toml: {story.id}"
        yield from unknown(where, "source", [story.source], knowledge.sources)
