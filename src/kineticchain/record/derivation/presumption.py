"""Presumption: answers that follow from other answers, so that they are not asked for.

A question with `ask_when` is asked only if that condition may hold: the class of the diabetic foot
is asked for only with diabetes. If the condition is false, the fact gets its reassuring value. The
answers to the facts that a question covers can answer the covering question, and a no to the
covering question answers these facts. A stated value is never replaced.
"""

from collections.abc import Mapping

from kineticchain.domain.facts import FactType, Truth, Value, Vocabulary, evaluate
from kineticchain.record.state import State


def presumed(facts: Mapping[str, Value], state: State, vocabulary: Vocabulary) -> dict[str, Value]:
    """Return the values that follow from other answers, by name.

    1. A covering question without an answer is yes if a fact that it covers has a value other than
       the reassuring one, and no if all of these facts have the reassuring value.
    2. Facts whose condition for being asked is false get the reassuring value, each after the facts
       that its condition reads. The no to a covering question counts for a fact only as long as a
       reassuring answer to the fact itself would count.

    A name without a value is left out if its last answer was *unsure*, or a sign that no longer
    counts. Such a fact is asked for, or cautioned about, whatever its condition says.

    Args:
        facts: Known facts by name, derived facts included.
        state: State of the record that the facts were derived from.
        vocabulary: Types of facts.

    """
    values: dict[str, Value] = {}
    readable = dict(facts)
    for fact in vocabulary.covering:
        if fact.id not in readable and _may_presume(fact.id, state):
            answer = _answered_by_parts(fact, readable, vocabulary)
            if answer is not None:
                values[fact.id] = readable[fact.id] = answer
    # Each fact is processed after all facts that its condition reads. So a condition keeps its
    # value, and facts with equal conditions share the evaluation.
    numbers, covering = vocabulary.condition_numbers, vocabulary.covered_by
    truths: dict[int, Truth] = {}
    for fact in vocabulary.conditional:
        if fact.reassuring is None:
            continue
        names = [name for name in fact.names if name not in readable and _may_presume(name, state)]
        if not names or _has_run_out(fact, covering.get(fact.id), state):
            continue
        number = numbers[fact.id]
        if number not in truths:
            truths[number] = evaluate(vocabulary.asked_if[fact.id], readable)
        if truths[number] is False:
            for name in names:
                values[name] = readable[name] = fact.reassuring
    return values


def _has_run_out(fact: FactType, covering: str | None, state: State) -> bool:
    """Return whether the no to a covering question no longer counts as the answer to a fact.

    An answer to the fact may end sooner than the answer to the covering question: after fewer days,
    or because of other events.
    """
    moment = None if covering is None else state.stated.get(covering)
    return moment is not None and not state.clock.still_reassures(fact, moment)


def _may_presume(name: str, state: State) -> bool:
    return name not in state.unknown and name not in state.unsure and name not in state.lapsed


def _answered_by_parts(
    fact: FactType, facts: Mapping[str, Value], vocabulary: Vocabulary
) -> bool | None:
    """Return the answer to a covering question from the facts that it covers; None if undecided."""
    covered = [vocabulary.by_id[name] for name in fact.covers if name in vocabulary.by_id]
    known_values = [
        (facts.get(full_name), part.reassuring) for part in covered for full_name in part.names
    ]
    if any(value is not None and value != reassuring for value, reassuring in known_values):
        return True
    if all(value is not None for value, _ in known_values):
        return False
    return None
