"""The facts that an intake still asks for.

A screening question is open while its answer can decide a rule of any kind, so that the plan of a
person who answers every open question is the plan of one who answers all. A measure, a plain fact
and a fact that is reassured by silence are open while the condition of their question holds.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

from attrs import frozen

from kineticchain.domain.facts import FactClass, FactType, evaluate
from kineticchain.knowledge import Knowledge
from kineticchain.recommendation.assessment.assessment import Assessment
from kineticchain.rules.evaluation.questions import AskingOrder, OpenRule, open_questions
from kineticchain.rules.model.decision import Fired

MAX_REASONS = 2
"""The most reasons that a question states."""


@frozen
class OpenFact:
    """A fact that is asked for.

    Attributes:
        type: The type of the fact.
        decisions: The number of rules that the answer can decide.
        why: The reasons of the most urgent of these rules.
    """

    type: FactType
    decisions: int
    why: tuple[str, ...]


def open_facts(assessment: Assessment) -> tuple[OpenFact, ...]:
    """Return the facts to ask for, in the order of the vocabulary."""
    knowledge, situation = assessment.knowledge, assessment.situation
    rulebook = knowledge.rulebook
    undecided = [
        (fired, OpenRule.of(fired, rulebook, asks=True))
        for fired in assessment.decision.fired
        if fired.truth is None
    ]
    waiting = open_questions(undecided, situation.facts, situation.state, rulebook)
    counts = Counter(dict(waiting.counts))
    reasons = _reasons(undecided, knowledge)
    order = AskingOrder(situation.facts, situation.state, rulebook)
    further = set(assessment.decision.questions)  # progression asks, too: whether a stop is over
    for fact in knowledge.vocabulary.types:
        if _is_missing(fact, assessment):
            condition = knowledge.vocabulary.asked_if[fact.id]
            holds = evaluate(condition, situation.facts)
            further |= {fact.id} if holds else order.before(fact.id) - order.answered_unsure
    return tuple(
        OpenFact(fact, counts[fact.id], reasons.get(fact.id, ()))
        for fact in knowledge.vocabulary.types
        if fact.id in counts or fact.id in further
    )


def _is_missing(fact: FactType, assessment: Assessment) -> bool:
    """Return whether a fact that no rule waits for may be asked for, and has no answer."""
    screening = fact.fact_class is FactClass.SCREENING and not fact.reassured_by_silence
    if screening or not fact.is_given or fact.ask_when is None or not fact.question:
        return False
    facts, state = assessment.situation.facts, assessment.situation.state
    open_places = [name for name in fact.names if name not in facts and name not in state.unknown]
    return bool(open_places) and fact.concerns(state.age, state.sex)


def _reasons(
    undecided: list[tuple[Fired, OpenRule]], knowledge: Knowledge
) -> dict[str, tuple[str, ...]]:
    """Return for each fact the reasons of the rules that read it, the most urgent first."""
    covering = knowledge.vocabulary.covered_by
    ranked: dict[str, list[tuple[int, str]]] = {}
    for fired, open_rule in undecided:
        for name in open_rule.asked:
            for asked_name in _with_covering(name, covering):
                rank = (-fired.rule.level.rank, fired.rule.because)
                ranked.setdefault(asked_name, []).append(rank)
    return {
        name: tuple(dict.fromkeys(because for _, because in sorted(rules)))[:MAX_REASONS]
        for name, rules in ranked.items()
    }


def _with_covering(name: str, covering: Mapping[str, str]) -> Iterator[str]:
    yield name
    if name in covering:
        yield covering[name]
