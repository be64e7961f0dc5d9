"""Checks of questions: the conditions under which they are asked, and the questions they cover."""

from collections.abc import Iterator

from attrs import evolve

from kineticchain.domain.facts import FactClass, FactType
from kineticchain.domain.facts.condition import names_in
from kineticchain.domain.facts.fact_values import stem
from kineticchain.domain.facts.type_check import condition_faults
from kineticchain.errors import Fault, InvalidKnowledge
from kineticchain.knowledge.checks.references import place_of, place_of_fact, unknown_ids
from kineticchain.knowledge.contents import Contents
from kineticchain.knowledge.pack import RulePack


def question_faults(pack: RulePack, knowledge: Contents) -> Iterator[Fault]:
    """Yield the faults of the questions of a pack.

    A condition can read given and derived facts, but no facts that rules conclude. A question may
    only cover screening questions that no other question covers. It has to be asked again whenever
    a covered question is asked again.
    """
    try:
        vocabulary = knowledge.vocabulary
    except InvalidKnowledge:  # two facts share a name: `question_circles` reports it
        return
    covered_by = vocabulary.covered_by
    for index, fact in enumerate(pack.facts):
        where = place_of(pack, "fact", index, fact.id)
        if fact.ask_when is not None:
            for fault in condition_faults(fact.ask_when, vocabulary):
                yield fault.under(f"{where}.ask_when " if fault.where else f"{where}.ask_when")
            for name in sorted({stem(name) for name in names_in(fact.ask_when)}):
                if name == fact.id:
                    what = "a question cannot wait for its own answer"
                    yield Fault(what, f"{where}.ask_when", "read what is known before it")
                read = vocabulary.by_id.get(name)
                if read is not None and read.fact_class is FactClass.CONCLUDED:
                    what = f"`{name}` is concluded by rules"
                    yield Fault(what, f"{where}.ask_when", "read what the rules read")
        if fact.fact_class is FactClass.CONCLUDED and fact.ask_when is not None:
            yield Fault("a concluded fact is not asked for", f"{where}.ask_when", "remove it")
        yield from _narrow_faults(where, fact)
        yield from unknown_ids(f"{where}.covers", "fact", fact.covers, vocabulary.by_id)
        for name in fact.covers:
            if name in vocabulary.by_id:
                yield from _cover_faults(f"{where}.covers", fact, vocabulary.by_id[name])
                if covered_by[name] != fact.id:
                    what = f"`{covered_by[name]}` covers `{name}` already"
                    yield Fault(what, f"{where}.covers", "leave it to one question")


def _narrow_faults(where: str, fact: FactType) -> Iterator[Fault]:
    """Yield a fault for a question that covers other questions and is not asked of everybody.

    Where such a question is not asked, its *no* would also answer the covered questions.
    """
    narrow = [key for key in ("ask_when", "ages", "sexes") if getattr(fact, key) not in (None, ())]
    for key in narrow if fact.covers else ():
        what = "a question that covers others is asked of everybody"
        yield Fault(what, f"{where}.{key}", f"state `{key}` for the questions that it covers")


def _cover_faults(where: str, fact: FactType, covered: FactType) -> Iterator[Fault]:
    """Yield the faults of a question that covers another question."""
    if covered.fact_class is not FactClass.SCREENING or covered.reassuring is None:
        yield Fault(f"`{covered.id}` has no reassuring answer", where, "cover screening questions")
    if covered.covers:
        yield Fault(f"`{covered.id}` covers others itself", where, "name what it covers")
    missing = sorted(set(covered.regions) - set(fact.regions))
    if missing:
        what = f"`{covered.id}` is asked again for {', '.join(missing)}, and `{fact.id}` is not"
        yield Fault(what, where, f"add them to the regions of `{fact.id}`")
    if covered.after_fall and not fact.after_fall:
        what = f"`{covered.id}` is asked again after a fall, and `{fact.id}` is not"
        yield Fault(what, where, f"say `after_fall = true` for `{fact.id}`")


def question_circles(knowledge: Contents) -> Iterator[Fault]:
    """Yield a fault if questions wait for each other in a cycle."""
    try:
        _ = knowledge.vocabulary.conditional
    except InvalidKnowledge as error:
        for fault in error.faults:
            name = fault.where.removesuffix(".ask_when")
            place = place_of_fact(name, knowledge.packs)
            yield evolve(fault, where=fault.where.replace(name, place, 1)) if name else fault
