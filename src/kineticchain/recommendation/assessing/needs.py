"""What the rungs of a ladder ask for, in words."""

from collections.abc import Iterable

from kineticchain.exercises import Rung
from kineticchain.facts import Condition, condition_text
from kineticchain.facts.condition import All, AnyOf, Compare, Contains, Name, Operator
from kineticchain.knowledge import Knowledge


def asked_in_words(rungs: Iterable[Rung], knowledge: Knowledge) -> str:
    """All that rungs ask for before they open; empty where they ask for nothing."""
    asked = [_said(rung.needs, knowledge) for rung in rungs if rung.needs is not None]
    return _joined("and", dict.fromkeys(asked), knowledge)


def _said(condition: Condition, knowledge: Knowledge) -> str:
    match condition:
        case All(parts):
            return _joined("and", (_said(part, knowledge) for part in parts), knowledge)
        case AnyOf(parts):
            return _joined("or", (_said(part, knowledge) for part in parts), knowledge)
        case Contains(member, name) if name.id == "mastered":
            title = knowledge.title(str(member))
            return knowledge.phrases.text("asks_for_mastery", exercise=title)
        case Compare(name, Operator.AT_LEAST, value) if not isinstance(value, Name):
            fact = knowledge.vocabulary.type_of(name.id)
            question = fact.question if fact is not None else name.id
            return knowledge.phrases.text("asks_for_measure", question=question, value=str(value))
        case _:
            return condition_text(condition)


def _joined(word: str, parts: Iterable[str], knowledge: Knowledge) -> str:
    """The parts with a word of the language between them."""
    return f" {knowledge.phrases.text(word)} ".join(parts)
