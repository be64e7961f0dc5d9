"""Changes in words."""

from collections.abc import Iterable

from kineticchain.domain.facts import Value
from kineticchain.domain.facts.fact_values import stem
from kineticchain.domain.messages import MessageCatalog
from kineticchain.knowledge import Knowledge
from kineticchain.recommendation.counterfactual.change import (
    Change,
    ClearScreening,
    PreferExercise,
    ReplaceRequest,
    SetEquipment,
    SetFact,
    SetMinutes,
    SetPain,
)


def in_words(changes: Iterable[Change], knowledge: Knowledge, exercise: str) -> str:
    """Return the text, in one line, of changes that would include an exercise in a plan."""
    return "; ".join(_said(change, knowledge, exercise) for change in changes)


def _said(change: Change, knowledge: Knowledge, exercise: str) -> str:
    say = knowledge.catalog.text
    match change:
        case SetEquipment(piece, there):
            code = "change_equipment" if there else "change_no_equipment"
            return say(code, piece=knowledge.equipment_title(piece))
        case SetPain(region, side, pain):
            where = say(f"region_{region}") + say(f"of_side_{side}")
            return say("change_pain", region=where, pain=pain)
        case SetMinutes(minutes):
            return say("change_minutes", minutes=minutes)
        case ClearScreening():
            return say("change_all_clear")
        case ReplaceRequest():
            return say("change_asking")
        case PreferExercise(exercise):
            return say("change_preferring", exercise=knowledge.title(exercise))
        case SetFact("mastered", value) if isinstance(value, frozenset):
            return _of_mastered(value, knowledge, exercise)
        case SetFact(name, value):
            return say(
                "change_answer",
                question=_question(name, knowledge),
                value=_word(value, knowledge.catalog),
            )


def _of_mastered(mastered: frozenset[str], knowledge: Knowledge, exercise: str) -> str:
    """Return the text of mastered exercises, with a separate text for the exercise itself."""
    say = knowledge.catalog.text
    other_titles = ", ".join(knowledge.title(name) for name in sorted(mastered - {exercise}))
    texts = [say("change_mastered", exercises=other_titles)] if other_titles else []
    texts += [say("change_mastered_before")] if exercise in mastered else []
    return "; ".join(texts)


def _question(name: str, knowledge: Knowledge) -> str:
    """Return the question of a fact with its side, or the name of a fact without a question."""
    fact = knowledge.vocabulary.type_of(name)
    question = name
    if fact is not None and fact.question:
        question = knowledge.catalog.translated(fact.question)
    place = name.removeprefix(stem(name)).removeprefix(".")
    return f"{question} ({place})" if place else question


def _word(value: Value, catalog: MessageCatalog) -> str:
    if isinstance(value, bool):
        return catalog.text("yes" if value else "no")
    if isinstance(value, frozenset):
        return ", ".join(sorted(value)) or "–"
    return str(value)
