"""Notes on answers that were *unsure*."""

from kineticchain.domain.facts import FactClass
from kineticchain.domain.facts.evaluation import open_names
from kineticchain.recommendation.assessment.assessment import Assessment
from kineticchain.rules.evaluation.consequences import consequences
from kineticchain.rules.model.effect import Exclude

MAX_TITLES = 2
"""The most exercises that a note names."""


def unsure_notes(assessment: Assessment) -> tuple[str, ...]:
    """Return sentences for the answers that were *unsure* and that change the plan.

    1. Exclusions by rules that are certainly true do not count: another answer would not lift them.
    2. For each unsure answer, the exercises that undecided rules exclude because of it are counted.
    3. One sentence names the other unsure answers on which undecided referrals depend.
    """
    knowledge, state = assessment.knowledge, assessment.situation.state
    catalog, vocabulary = knowledge.catalog, knowledge.vocabulary
    referring = {name for _, names in assessment.decision.unsure for name in names}
    sure = {
        consequence.target
        for fired in assessment.decision.fired
        if fired.truth
        for consequence in consequences(fired, knowledge.exercise_index)
        if isinstance(consequence.effect, Exclude)
    }
    excluded: dict[str, set[str]] = {}
    for fired in assessment.decision.fired:
        if fired.truth is not None:
            continue
        names = open_names(fired.rule.when, fired.facts) & state.unknown
        if not names:
            continue
        exercises = {
            consequence.target.exercise
            for consequence in consequences(fired, knowledge.exercise_index)
            if isinstance(consequence.effect, Exclude) and consequence.target not in sure
        }
        for name in names:
            fact = vocabulary.type_of(name)
            if fact is not None:
                excluded.setdefault(fact.id, set()).update(exercises)
    notes: list[str] = []
    unclear: list[str] = []
    for fact in vocabulary.types:
        line = catalog.translated(fact.line or fact.question)
        left_out = sorted(excluded.get(fact.id, ()))
        if left_out:
            titles = ", ".join(knowledge.title(name) for name in left_out[:MAX_TITLES])
            code = "unsure_measure" if fact.fact_class is FactClass.MEASURE else "unsure_excludes"
            notes.append(catalog.text(code, question=line, count=len(left_out), exercises=titles))
        elif fact.id in referring:
            unclear.append(line)
    if unclear:
        notes.insert(0, catalog.text("unsure_refers", questions="; ".join(unclear)))
    return tuple(notes)
