"""Answers to the questionnaire, from a FHIR QuestionnaireResponse to a person."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias, TypeGuard

from attrs import frozen

from kineticchain.domain.facts import FactKind, Value
from kineticchain.domain.person import History, Person, Request
from kineticchain.domain.validators import is_number, repr_short
from kineticchain.errors import Fault, InvalidInput, likely
from kineticchain.interop.fhir.enabling import NO, UNSURE, YES
from kineticchain.interop.fhir.questionnaire import is_in_a_form
from kineticchain.knowledge import Knowledge
from kineticchain.recommendation.intake.person_questions import (
    form_questions,
    is_about_the_person,
    read_person_answer,
    with_wishes,
)
from kineticchain.recommendation.intake.question import IntakeQuestion, PlainValue, QuestionKind
from kineticchain.recommendation.intake.stored_answers import with_answers
from kineticchain.recommendation.plan.plan_input import PlanInput

_MAX_ITEMS = 5000
"""The most items of a response; the form has some hundreds."""

_FINAL = ("completed", "amended")
"""The statuses of a response whose answers count."""

Given: TypeAlias = dict[str, list[object]]
"""The answers of a response by link id: codes, numbers, true or false."""


@frozen
class FormAnswers:
    """The answers of a form.

    Attributes:
        person: The person, with the day of the form as the day of the statements.
        request: The goal, the time and the days.
    """

    person: Person
    request: Request


def from_questionnaire_response(
    response: object, knowledge: Knowledge, *, on: datetime.date
) -> FormAnswers:
    """Return the person and the request that a QuestionnaireResponse describes.

    Questions without an answer stay unknown. Every answer counts, even to a question that the form
    would hide because of the other answers.

    Args:
        response: The resource as plain JSON, of R4B or R5.
        knowledge: The knowledge whose questionnaire was answered.
        on: The day on which the questionnaire was answered.

    Raises:
        InvalidInput: With a fault for each answer that does not fit, at its link id.
    """
    if not isinstance(response, Mapping) or response.get("resourceType") != "QuestionnaireResponse":
        raise InvalidInput(Fault(f"{repr_short(response)} is no QuestionnaireResponse"))
    status = response.get("status")
    if status not in _FINAL:
        remedy = f"give a response that is {' or '.join(_FINAL)}"
        raise InvalidInput(Fault(f"{repr_short(status)} is no final status", "status", remedy))
    given: Given = {}
    faults = list(_collect(response, given))
    about_person: dict[str, PlainValue] = {}
    facts: dict[str, Value | None] = {}
    questions = form_questions(knowledge)
    for link, answers in given.items():
        try:
            if is_about_the_person(link):
                about_person[link] = _person_answer(link, answers, questions)
            else:
                facts[link] = _value(link, answers, knowledge)
        except InvalidInput as error:
            faults += [fault.under(f"item[{link}]") for fault in error.faults]
    if faults:
        raise InvalidInput(*faults)
    # A region hurts if a question about it was answered, even if the region was not chosen.
    described = {link.split(".")[1] for link in about_person if link.startswith("complaint.")}
    chosen = about_person.get("complaints")
    regions = {*chosen, *described} if isinstance(chosen, tuple) else described
    about_person["complaints"] = tuple(region for region in knowledge.regions if region in regions)
    started = PlanInput(Person(as_of=on), History(), Request(), on)
    person, _ = with_answers(started, facts, about_person, knowledge)
    return FormAnswers(person, with_wishes(started.request, about_person))


def _collect(holder: Mapping[str, object], given: Given) -> Iterator[Fault]:
    """Add the answers of all items to `given`, and yield the faults of malformed ones.

    An explicit stack replaces recursion, so that deep nesting cannot exhaust the call stack.
    """
    stack: list[Mapping[str, object]] = [holder]
    count = 0
    while stack:
        members = stack.pop().get("item", ())
        if not _is_list(members):
            yield Fault(f"{repr_short(members)} is not a list of items", "item")
            continue
        for item in members:
            count += 1
            link = item.get("linkId") if isinstance(item, Mapping) else None
            if count > _MAX_ITEMS or not isinstance(item, Mapping) or not isinstance(link, str):
                yield Fault(f"{repr_short(item)} is no item", "item", "give `linkId` and `answer`")
                return
            stack.append(item)
            answers = item.get("answer", ())
            if not _is_list(answers):
                yield Fault(f"{repr_short(answers)} is not a list of answers", f"item[{link}]")
                continue
            for answer in answers:
                values = _values_of(answer)
                if len(values) != 1:
                    yield Fault(f"{repr_short(answer)} is no answer", f"item[{link}]")
                    continue
                given.setdefault(link, []).extend(values)
                if isinstance(answer, Mapping) and "item" in answer:
                    stack.append(answer)


def _is_list(value: object) -> TypeGuard[Sequence[object]]:
    return isinstance(value, Sequence) and not isinstance(value, (str, bytes))


def _values_of(answer: object) -> list[object]:
    """Return the values of an answer: exactly one if the answer is well formed."""
    if not isinstance(answer, Mapping):
        return []
    values: list[object] = []
    for key, value in answer.items():
        if key == "valueCoding" and isinstance(value, Mapping):
            values.append(value.get("code"))
        elif key in {"valueInteger", "valueDecimal", "valueBoolean", "valueString"}:
            values.append(value)
        elif key == "valueQuantity" and isinstance(value, Mapping):
            values.append(value.get("value"))
    return values


def _person_answer(
    link: str, answers: list[object], questions: Mapping[str, IntakeQuestion]
) -> PlainValue:
    question = questions.get(link)
    if question is None:
        raise InvalidInput(Fault("no question has this link id", remedy=likely(link, questions)))
    if question.kind is QuestionKind.CHOICES:
        return read_person_answer(answers, question)
    answer = _single_answer(answers)
    if question.kind is QuestionKind.YES_NO and answer in (YES, NO):
        answer = answer == YES
    return read_person_answer(answer, question)


def _value(link: str, answers: list[object], knowledge: Knowledge) -> Value | None:
    """Return the value of a fact; None for *unsure*."""
    fact = knowledge.vocabulary.type_of(link)
    if fact is None or not fact.is_given or link not in fact.names or not is_in_a_form(fact):
        names = [name for fact_type in knowledge.vocabulary.types for name in fact_type.names]
        raise InvalidInput(Fault("no question has this link id", remedy=likely(link, names)))
    answer = _single_answer(answers)
    if answer == UNSURE:
        return None
    value = answer == YES if fact.kind is FactKind.BOOLEAN and answer in (YES, NO) else answer
    if not isinstance(value, (bool, str)) and not is_number(value):
        raise InvalidInput(Fault(f"{repr_short(value)} is no answer"))
    fault = fact.fault_of(value)
    if fault is not None:
        raise InvalidInput(fault)
    return value


def _single_answer(answers: list[object]) -> object:
    if len(answers) != 1:
        raise InvalidInput(Fault(f"{len(answers)} answers to one question", remedy="give one"))
    return answers[0]
