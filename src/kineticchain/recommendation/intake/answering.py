"""Consequences of answers: values of facts, and the earlier answers that still count."""

from collections.abc import Mapping
from typing import TypeAlias

from attrs import define, field

from kineticchain.domain.facts import Section, Value, Vocabulary, evaluate
from kineticchain.errors import Fault, InvalidInput, likely
from kineticchain.recommendation.intake.answer_reading import (
    Answers,
    check_answers,
    read_answer,
    read_lines,
)
from kineticchain.recommendation.intake.person_questions import (
    is_about_the_person,
    read_person_answer,
)
from kineticchain.recommendation.intake.question import IntakeQuestion, PlainValue
from kineticchain.recommendation.intake.renewal import RENEWAL, Renewal

FactAnswers: TypeAlias = Mapping[str, Value | None]
"""Answers by the name of the fact; None is *unsure*."""


@define
class ReadAnswers:
    """The values read from answers, question by question.

    Attributes:
        facts: The answers by the name of the fact.
        own: The answers about the person and the request.
        changed: The sections in which something has changed.
    """

    facts: dict[str, Value | None] = field(factory=dict)
    own: dict[str, PlainValue] = field(factory=dict)
    changed: frozenset[Section] = frozenset()


def read_answers(
    answers: Answers,
    asked: Mapping[str, IntakeQuestion],
    renewal: Renewal,
    vocabulary: Vocabulary,
) -> ReadAnswers:
    """Return the values that answers state.

    Args:
        answers: The answers by the id of their question, as plain JSON.
        asked: The open questions by id.
        renewal: The facts whose answers are renewed by the question about changes.
        vocabulary: The types of the facts.

    Raises:
        InvalidInput: With a fault for each answer that does not fit, with its question named.
    """
    check_answers(answers)
    read = ReadAnswers()
    faults: list[Fault] = []
    for name, answer in answers.items():
        try:
            question = asked.get(name)
            if question is None:
                remedy = likely(name, asked) or f"open are {', '.join(asked) or 'none'}"
                raise InvalidInput(Fault("it is not asked", remedy=remedy))  # noqa: TRY301
            if name == RENEWAL:
                read.changed |= {Section(line) for line in read_lines(answer, question)}
                read.facts |= renewal.renewed(renewal.facts.keys() - read.changed)
            elif is_about_the_person(name):
                read.own[name] = read_person_answer(answer, question)
            else:
                read.facts |= read_answer(answer, question, vocabulary)
        except InvalidInput as error:
            faults += [fault.under(f"answers.{name}") for fault in error.faults]
    if faults:
        raise InvalidInput(*faults)
    return read


def covering_yes(read: FactAnswers, vocabulary: Vocabulary) -> FactAnswers:
    """Return a yes for each question that covers a sign which the answers report."""
    return {
        vocabulary.covered_by[fact.id]: True
        for name, value in read.items()
        if (fact := vocabulary.type_of(name)) is not None and fact.id in vocabulary.covered_by
        if value not in {None, fact.reassuring}
    }


def asked_regardless(
    read: FactAnswers, facts: Mapping[str, Value], vocabulary: Vocabulary
) -> frozenset[str]:
    """Return the facts that were asked for although `ask_when` does not hold.

    They are expired signs, and facts that rules require about a single place. Their answers stay.

    Args:
        read: The answers.
        facts: The facts before these answers.
        vocabulary: The types of the facts.
    """
    return frozenset(
        fact.id
        for name in read
        if (fact := vocabulary.type_of(name)) is not None
        if (condition := vocabulary.asked_if.get(fact.id)) is not None
        and evaluate(condition, facts) is not True
    )


def still_asked(
    answers: FactAnswers,
    reopened: frozenset[str],
    facts: Mapping[str, Value],
    vocabulary: Vocabulary,
) -> FactAnswers:
    """Return the answers whose questions still concern the person.

    Args:
        answers: The answers of an intake.
        reopened: Facts that were asked for regardless of `ask_when`; their answers stay.
        facts: The facts that follow from the answers.
        vocabulary: The types of the facts.
    """
    return {
        name: value
        for name, value in answers.items()
        if (fact := vocabulary.type_of(name)) is None
        or fact.id in reopened
        or (condition := vocabulary.asked_if.get(fact.id)) is None
        or evaluate(condition, facts) is not False
    }
