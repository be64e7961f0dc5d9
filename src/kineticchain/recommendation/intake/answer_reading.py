"""Strict reading of answers in plain JSON."""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from kineticchain.domain.anatomy import Side
from kineticchain.domain.facts import FactType, Value, Vocabulary
from kineticchain.domain.facts.fact_values import sided
from kineticchain.domain.validators import is_number, repr_short, unknown_word_fault
from kineticchain.errors import Fault, InvalidInput
from kineticchain.recommendation.intake.question import IntakeQuestion, QuestionKind
from kineticchain.recommendation.intake.screens import ticked

UNSURE = "unsure"
"""The answer of a person who does not know."""

PREFER_NOT_TO_SAY = "prefer_not_to_say"
"""The answer of a person who does not want to say; it counts as *unsure*."""

SKIP = "skip"
"""The answer of a person who leaves out an optional question."""

Answers: TypeAlias = Mapping[str, object]
"""Answers in plain JSON, by the id of the question."""

Read: TypeAlias = dict[str, Value | None]
"""Values by name; None is *unsure*."""


def is_left_open(answer: object, question: IntakeQuestion) -> bool:
    """Return whether an answer leaves the question open, in a way that the question accepts.

    Raises:
        InvalidInput: If the answer leaves the question open in another way.
    """
    accepted = {
        UNSURE: question.may_be_unsure,
        PREFER_NOT_TO_SAY: question.private,
        SKIP: question.optional,
    }
    if not isinstance(answer, str) or answer not in accepted:
        return False
    if accepted[answer]:
        return True
    accepted_words = [f'"{word}"' for word, accepts in accepted.items() if accepts]
    remedy = (
        f"give an answer, or {' or '.join(accepted_words)}" if accepted_words else "give an answer"
    )
    raise InvalidInput(Fault(f'"{answer}" is no answer to this question', remedy=remedy))


def check_answers(answers: object) -> None:
    """Raise `InvalidInput` if a value is no table of answers by question."""
    if not isinstance(answers, Mapping) or not all(isinstance(name, str) for name in answers):
        remedy = 'give answers by question, such as {"emergency": []}'
        raise InvalidInput(Fault(f"{repr_short(answers)} is no table", "answers", remedy))


def read_answer(answer: object, question: IntakeQuestion, vocabulary: Vocabulary) -> Read:
    """Return the values of an answer by the names of facts.

    Args:
        answer: The answer in plain JSON.
        question: The question, about one fact or a checklist of several.
        vocabulary: The types of the facts.

    Raises:
        InvalidInput: With every fault of the answer.
    """
    if question.kind is QuestionKind.CHECKLIST:
        return dict(_read_checklist(answer, question, vocabulary))
    fact = vocabulary.by_id[question.id]
    if is_left_open(answer, question):
        return dict.fromkeys(fact.names)
    if question.sides and isinstance(answer, Mapping):
        unknown = [key for key in answer if key not in question.sides]
        if unknown or not answer:
            raise InvalidInput(Fault(f"{repr_short(answer)} is no table of sides", remedy=_SIDES))
        return _read_sides(answer, fact)
    if answer is None:
        raise InvalidInput(Fault("there is no answer", remedy='say "unsure" if nobody knows'))
    return dict.fromkeys(fact.names, _value(answer, fact, ""))


_SIDES = 'give {"left": …, "right": …}'


def _read_sides(answer: Mapping[str, object], fact: FactType) -> Read:
    """Return the values of both sides; a side that is left out, or *unsure*, has none."""
    values: Read = {}
    faults: list[Fault] = []
    for side in Side.BOTH.each:
        of_side = answer.get(side)
        try:
            values[sided(fact.id, side)] = (
                None if of_side == UNSURE else _value(of_side, fact, f".{side}")
            )
        except InvalidInput as error:
            faults += error.faults
    if faults:
        raise InvalidInput(*faults)
    return values


def _value(answer: object, fact: FactType, where: str) -> Value | None:
    """Return the value of a fact; None for an answer that was left out on one side."""
    if answer is None:
        return None
    words = isinstance(answer, list) and all(isinstance(word, str) for word in answer)
    value = frozenset(answer) if words and isinstance(answer, list) else answer
    if isinstance(value, (bool, str, frozenset)) or is_number(value):
        fault = fact.fault_of(value)
        if fault is None and fact.integral and is_number(value) and int(value) != value:
            fault = Fault(f"{repr_short(value)} is not a whole number")
        if fault is None:
            return value
    else:
        fault = Fault(f"{repr_short(answer)} is no answer")
    raise InvalidInput(fault.under(where))


def _read_checklist(
    answer: object, question: IntakeQuestion, vocabulary: Vocabulary
) -> Iterator[tuple[str, Value | None]]:
    """Yield the value of each line: ticked, unsure, or not ticked and so reassuring."""
    chosen = read_lines(answer, question)
    for option in question.options:
        fact = vocabulary.by_id[option.id]
        part = chosen.get(option.id, "")
        yield option.id, fact.reassuring if not part else _PARTS[part](fact)


def read_lines(answer: object, question: IntakeQuestion) -> Mapping[str, str]:
    """Return the lines of a checklist that are ticked or left open, each with the word for it.

    Args:
        answer: The answer in plain JSON.
        question: The checklist.

    Raises:
        InvalidInput: With every fault of the answer.
    """
    lines = {option.id: option for option in question.options}
    if is_left_open(answer, question):
        return dict.fromkeys(lines, UNSURE)
    given = {"ticked": answer} if isinstance(answer, list) else answer
    if not isinstance(given, Mapping) or not given.keys() <= _PARTS.keys() or "ticked" not in given:
        remedy = 'give the ids of the ticked lines, [] for none, or {"ticked": […], "unsure": […]}'
        raise InvalidInput(Fault(f"{repr_short(answer)} is no answer", remedy=remedy))
    faults: list[Fault] = []
    chosen: dict[str, str] = {}
    for part in given:
        members = given[part]
        if not isinstance(members, list):
            faults.append(Fault(f"{repr_short(members)} is not a list of lines", f".{part}"))
            continue
        for member in members:
            if not isinstance(member, str) or member not in lines:
                faults.append(unknown_word_fault("a line", member, list(lines)).under(f".{part}"))
            elif chosen.setdefault(member, part) != part:
                contradiction = f"`{member}` is both {chosen[member]} and {part}"
                faults.append(Fault(contradiction, f".{part}", "list it once"))
            elif part == PREFER_NOT_TO_SAY and not lines[member].private:
                remedy = "list it under `unsure`"
                faults.append(Fault(f"`{member}` has to be answered", f".{part}", remedy))
    if faults:
        raise InvalidInput(*faults)
    return chosen


def _unsure(_: FactType) -> None:
    """Return no value: the person is not sure, or does not say."""


_PARTS = {"ticked": ticked, UNSURE: _unsure, PREFER_NOT_TO_SAY: _unsure}
"""The parts of an answer to a checklist, each with the value that it gives a line."""
