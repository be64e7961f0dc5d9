"""Whether the parts of a knowledge fit together; every fault at once."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from kineticchain.errors import Fault, likely
from kineticchain.exercises import Dose, Exercise, Ladder, Mastery, Rung
from kineticchain.exercises.attributes import attribute_types
from kineticchain.facts import Condition, FactClass, Vocabulary
from kineticchain.facts.condition import names_in
from kineticchain.facts.typing_rules import condition_faults
from kineticchain.knowledge.contents import Contents
from kineticchain.person.derived import HERE_FACTS
from kineticchain.rules import Advise, PythonRule, Refer, Rule, Show


def faults_in(knowledge: Contents) -> list[Fault]:
    """Unknown ids, ids defined twice, conditions that make no sense, doses out of range."""
    return [
        *_doubles(knowledge),
        *_rule_faults(knowledge),
        *_exercise_faults(knowledge),
        *_ladder_faults(knowledge),
        *_evidence_faults(knowledge),
    ]


def _doubles(knowledge: Contents) -> Iterator[Fault]:
    packs = knowledge.packs
    kinds: dict[str, Iterable[str]] = {
        "pack": [pack.id for pack in packs],
        "rule": [one.id for pack in packs for one in pack.rules],
        "fact": [one.id for pack in packs for one in pack.facts],
        "exercise": [one.id for pack in packs for one in pack.exercises],
        "ladder": [one.id for pack in packs for one in pack.ladders],
        "source": [one.id for pack in packs for one in pack.sources],
        "row of evidence": [one.id for pack in packs for one in pack.evidence],
        "conflict": [one.id for pack in packs for one in pack.conflicts],
    }
    for kind, ids in kinds.items():
        for name, count in sorted(Counter(ids).items()):
            if count > 1:
                yield Fault(f"the {kind} `{name}` is defined {count} times")


def _rule_faults(knowledge: Contents) -> Iterator[Fault]:
    attributes = attribute_types(knowledge.exercises)
    facts = knowledge.vocabulary
    with_here = facts.extended(HERE_FACTS)
    about = Vocabulary((*attributes, *HERE_FACTS))
    for rule in knowledge.rules_by_id.values():
        place = f"rule {rule.id}"
        yield from _unknown(place, "row of evidence", rule.evidence, knowledge.evidence)
        yield from _unknown(place, "source", rule.sources, knowledge.sources)
        if rule.about is not None:
            yield from _condition(place, "about", rule.about, about)
        if isinstance(rule, PythonRule):
            continue
        yield from _condition(place, "when", rule.when, with_here if rule.each else facts)
        yield from _unknown(place, "row of evidence", rule.shows, knowledge.evidence)
        yield from _effect_faults(place, rule, knowledge)
        if rule.restricts:
            yield from _plain_facts(place, rule.when, facts)


def _effect_faults(place: str, rule: Rule, knowledge: Contents) -> Iterator[Fault]:
    for effect in rule.effects:
        match effect:
            case Refer(_, message) | Advise(message):
                yield from _unknown(place, "message", [message], knowledge.phrases.ids)
            case Show(conflict):
                yield from _unknown(place, "conflict", [conflict], knowledge.conflicts)


def _plain_facts(place: str, when: Condition, facts: Vocabulary) -> Iterator[Fault]:
    for name in sorted(names_in(when)):
        fact = facts.type_of(name)
        if fact is not None and fact.fact_class is FactClass.PLAIN:
            yield Fault(
                f"a rule that restricts reads the plain fact `{fact.id}`",
                where=place,
                remedy="make it a screening fact or a measure",
            )


def _condition(place: str, name: str, condition: Condition, facts: Vocabulary) -> Iterator[Fault]:
    for fault in condition_faults(condition, facts):
        yield fault.under(f"{place}.{name} ")


def _exercise_faults(knowledge: Contents) -> Iterator[Fault]:
    pieces = {piece.id for piece in knowledge.equipment}
    on_ladders = {rung.exercise for ladder in knowledge.ladders for rung in ladder.rungs}
    for exercise in knowledge.exercises.values():
        place = f"exercise {exercise.id}"
        yield from _unknown(place, "row of evidence", exercise.evidence, knowledge.evidence)
        yield from _unknown(place, "source", exercise.sources, knowledge.sources)
        for group in exercise.needs:
            yield from _unknown(place, "piece of equipment", group, pieces)
        if exercise.id not in on_ladders:
            yield Fault("stands on no ladder", where=place, remedy="give it a ladder of one rung")


def _ladder_faults(knowledge: Contents) -> Iterator[Fault]:
    rungs = Counter(rung.exercise for ladder in knowledge.ladders for rung in ladder.rungs)
    for ladder in knowledge.ladders:
        for rung in ladder.rungs:
            place = f"ladder {ladder.id}, rung {rung.exercise}"
            exercise = knowledge.exercises.get(rung.exercise)
            if exercise is None:
                yield from _unknown(place, "exercise", [rung.exercise], knowledge.exercises)
                continue
            if rungs[rung.exercise] > 1:
                yield Fault("stands on more than one ladder", where=place)
            yield from _rung_faults(place, ladder, rung, exercise, knowledge)


def _rung_faults(
    place: str, ladder: Ladder, rung: Rung, exercise: Exercise, knowledge: Contents
) -> Iterator[Fault]:
    for dose in rung.axis:
        for fault in exercise.dose.faults_of(dose):
            yield fault.under(f"{place}: ")
    if rung.mastery is not None and not _reached(rung.axis[-1], rung.mastery):
        yield Fault("its top dose is below its mastery", where=place)
    if exercise.unilateral and not ladder.per_side:
        yield Fault("has sides, yet its ladder has none", where=place)
    for name, condition in (("needs", rung.needs), ("start", rung.start)):
        if condition is not None:
            for fault in condition_faults(condition, knowledge.vocabulary, side_bound=True):
                yield fault.under(f"{place}.{name} ")


def _reached(top: Dose, mastery: Mastery) -> bool:
    return top.sets >= mastery.sets and top.reaches(mastery.dose)


def _evidence_faults(knowledge: Contents) -> Iterator[Fault]:
    for row in knowledge.evidence.values():
        place = f"evidence {row.id}"
        yield from _unknown(place, "source", row.sources, knowledge.sources)
        if row.confirmed and not row.sources:
            yield Fault("confirmed, yet without a source", where=place)
    for link in knowledge.chain.links:
        place = f"link {link.origin} → {link.target}"
        yield from _unknown(place, "claim", (*link.claims, *link.against), knowledge.evidence)
    for conflict in knowledge.conflicts.values():
        place = f"conflict {conflict.id}"
        for sources in conflict.sources:
            yield from _unknown(place, "source", sources, knowledge.sources)
        yield from _unknown(place, "row of evidence", conflict.evidence, knowledge.evidence)


def _unknown(place: str, kind: str, ids: Iterable[str], known: Collection[str]) -> Iterator[Fault]:
    for name in ids:
        if name not in known:
            yield Fault(f"no {kind} has the id `{name}`", where=place, remedy=likely(name, known))
