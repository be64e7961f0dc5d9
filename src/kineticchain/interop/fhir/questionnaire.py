"""The questions of a knowledge as a FHIR Questionnaire, for R4B and R5.

Source: HL7 FHIR, resource Questionnaire (R4B and R5), https://hl7.org/fhir/R5/questionnaire.html.
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any, TypeAlias

from kineticchain.domain.facts import FactClass, FactKind, FactType, Section
from kineticchain.domain.person import Person
from kineticchain.domain.validators import repr_short
from kineticchain.errors import Fault, InvalidInput
from kineticchain.interop.fhir.enabling import NO, UNSURE, YES, AnswerComparison, clauses_of
from kineticchain.knowledge import Knowledge
from kineticchain.recommendation.intake.operation import (
    PLACE_MATTERS_WEEKS,
    WEEKS_AGO,
    operation_form,
)
from kineticchain.recommendation.intake.person_questions import (
    person_questions,
    wish_questions,
)
from kineticchain.recommendation.intake.question import SCREENS, IntakeQuestion, QuestionKind

Item: TypeAlias = dict[str, Any]
"""An item of a questionnaire, as plain JSON."""

ANSWERS = "urn:kineticchain:answers"
"""The code system of yes, no and unsure."""

OPTIONS = "urn:kineticchain:options"
"""The code system of options: regions, goals, equipment and words of facts."""

_EXTENSION = "http://hl7.org/fhir/StructureDefinition"
_UCUM = "http://unitsofmeasure.org"
_CODES = {"s": "s", "cm": "cm", "mm": "mm", "%": "%", "kg/m²": "kg/m2", "weeks": "wk", "km": "km"}
"""Units of facts that UCUM has, with their codes."""


class FhirVersion(StrEnum):
    """A version of FHIR that a questionnaire can be written in."""

    R4B = "R4B"
    R5 = "R5"


def questionnaire(knowledge: Knowledge, version: FhirVersion | str = FhirVersion.R5) -> Item:
    """Return all questions of an intake as a FHIR Questionnaire.

    Groups follow the sections of an intake. `enableWhen` follows from `ask_when`, the age and the
    sex. Conditions that FHIR cannot express are left out, so that a form asks too much rather than
    too little.

    Args:
        knowledge: The knowledge whose questions are written, in the language of its catalog.
        version: The version of FHIR, R5 by default.

    Returns:
        The resource as plain JSON.

    Raises:
        InvalidInput: If the version is not a `FhirVersion`.
    """
    if version not in list(FhirVersion):
        remedy = f"give {' or '.join(FhirVersion)}"
        raise InvalidInput(Fault(f"{repr_short(version)} is no version", "version", remedy))
    items = _Items(knowledge, FhirVersion(version))
    groups: dict[str, list[Item]] = {}
    for section in Section:
        groups.setdefault(SCREENS[section], []).extend(items.of_section(section))
    text = knowledge.catalog.text
    return {
        "resourceType": "Questionnaire",
        "url": "urn:kineticchain:intake",
        "version": f"{knowledge.version}+{knowledge.fingerprint[:12]}",
        "name": "KineticchainIntake",
        "title": "Intake",
        "status": "draft",
        "language": knowledge.catalog.language,
        "subjectType": ["Patient"],
        "item": [
            {
                "linkId": f"screen.{name}",
                "text": text(f"screen_{name}"),
                "type": "group",
                "item": members,
            }
            for name, members in groups.items()
            if members
        ],
    }


class _Items:
    """Writer of the items of a questionnaire, in one version of FHIR."""

    def __init__(self, knowledge: Knowledge, version: FhirVersion) -> None:
        self.knowledge = knowledge
        self.choice = "choice" if version is FhirVersion.R4B else "coding"

    def of_section(self, section: Section) -> Iterator[Item]:
        """Yield the items of a section: questions about the person or their wishes, then facts."""
        if section is Section.ABOUT_YOU:
            yield from self._about_you()
        if section is Section.WISHES:
            yield from (
                self._of_question(question) for question in wish_questions({}, self.knowledge)
            )
        for fact in self._in_order(section):
            yield self._enabled(fact.id, list(self._of_fact(fact)), fact)
            if fact.id == WEEKS_AGO:
                yield self._operation()

    def _in_order(self, section: Section) -> Iterator[FactType]:
        """Yield the facts of a section. The facts that a question covers follow it directly."""
        vocabulary = self.knowledge.vocabulary
        asked = [
            fact
            for fact in vocabulary.types
            if fact.is_given and fact.asked_in is section and is_in_a_form(fact)
        ]
        covered = {part for fact in asked for part in fact.covers}
        for fact in asked:
            if fact.id not in covered:
                yield fact
                yield from (part for part in asked if part.id in fact.covers)

    def _about_you(self) -> Iterator[Item]:
        """Yield the questions about the person, such as age, sex and painful regions.

        The question about painful regions is followed by a group for each region, which is shown if
        the region was chosen.
        """
        knowledge = self.knowledge
        questions = list(person_questions(Person(), {}, knowledge))
        for question in questions:
            yield self._of_question(question)
            if question.id != "complaints":
                continue
            for region in knowledge.regions:
                answers = {"complaints": (region.value,)}
                details = person_questions(Person(), answers, knowledge)
                yield {
                    "linkId": f"complaint.{region}",
                    "text": knowledge.catalog.text(f"region_{region}").capitalize(),
                    "type": "group",
                    "enableWhen": [
                        {
                            "question": "complaints",
                            "operator": "=",
                            "answerCoding": {"system": OPTIONS, "code": region.value},
                        }
                    ],
                    "item": [
                        self._of_question(detail)
                        for detail in details
                        if detail.id.startswith("complaint.")
                    ],
                }

    def _operation(self) -> Item:
        """Return the questions about an operation, which are shown if it is recent.

        It is recent if the stated weeks since the operation are at most `PLACE_MATTERS_WEEKS`.
        """
        return {
            "linkId": "surgery",
            "type": "group",
            "enableWhen": [
                {"question": WEEKS_AGO, "operator": "<=", "answerDecimal": PLACE_MATTERS_WEEKS}
            ],
            "item": [self._of_question(question) for question in operation_form(self.knowledge)],
        }

    def _of_question(self, question: IntakeQuestion) -> Item:
        """Return the item of a question about the person or the request."""
        item: Item = {"linkId": question.id, "text": question.text}
        if question.kind is QuestionKind.NUMBER:
            item["type"] = "integer"
            item["extension"] = [
                {"url": f"{_EXTENSION}/minValue", "valueInteger": int(question.low or 0)},
                {"url": f"{_EXTENSION}/maxValue", "valueInteger": int(question.high or 0)},
            ]
        elif question.kind is QuestionKind.YES_NO:
            text = self.knowledge.catalog.text
            item["type"] = self.choice
            item["answerOption"] = [
                _option(ANSWERS, YES, text("yes")),
                _option(ANSWERS, NO, text("no")),
                _option(ANSWERS, UNSURE, text("not_sure")),
            ]
        else:
            item["type"] = self.choice
            item["answerOption"] = [
                _option(OPTIONS, option.id, option.label) for option in question.options
            ]
        if question.kind is QuestionKind.CHOICES:
            item["repeats"] = True
            item["extension"] = [_control("check-box")]
        if question.id == "age":
            item["required"] = True
        return item

    def _of_fact(self, fact: FactType) -> Iterator[Item]:
        """Yield the items of a fact: one, or one for each of its sides or regions."""
        text = self.knowledge.catalog.text
        for name in fact.names:
            side = name.removeprefix(fact.id).lstrip(".")
            asked = text(f"side_{side}").capitalize() if side else fact.question
            item: Item = {"linkId": name, "text": asked}
            match fact.kind:
                case FactKind.NUMBER:
                    item["type"] = "decimal"
                    item["extension"] = list(_bounds(fact))
                case FactKind.BOOLEAN:
                    item["type"] = self.choice
                    item["answerOption"] = [
                        _option(ANSWERS, YES, text("yes")),
                        _option(ANSWERS, NO, text("no")),
                        _option(ANSWERS, UNSURE, text("not_sure")),
                    ]
                    item["extension"] = [_control("radio-button")]
                case _:
                    item["type"] = self.choice
                    labels = fact.labels or fact.options
                    item["answerOption"] = [
                        *(
                            _option(OPTIONS, word, label)
                            for word, label in zip(fact.options, labels, strict=True)
                        ),
                        _option(ANSWERS, UNSURE, text("not_sure")),
                    ]
            if fact.help:
                item["item"] = [
                    {
                        "linkId": f"{name}.help",
                        "text": fact.help,
                        "type": "display",
                        "extension": [_control("help")],
                    }
                ]
            yield item

    def _enabled(self, name: str, items: list[Item], fact: FactType) -> Item:
        """Return the items of a fact as one item that is shown if the clauses of the fact hold.

        An item joins its comparisons either by "all" or by "any". The clauses of one comparison are
        joined by "all" on the item itself. If there are none, the item has the first clause of
        several comparisons, joined by "any". Each other clause of several comparisons becomes a
        group around the item, also joined by "any".
        """
        clauses = clauses_of(fact, self.knowledge.vocabulary)
        single = [clause[0] for clause in clauses if len(clause) == 1]
        several = [clause for clause in clauses if len(clause) > 1]
        item = items[0]
        if len(items) > 1:
            link = f"{name}.sides"
            item = {"linkId": link, "text": fact.question, "type": "group", "item": items}
        if single:
            item |= self._conditions(single, "all")
        elif several:
            item |= self._conditions(several.pop(0), "any")
        for number, clause in enumerate(several):
            group: Item = {"linkId": f"{name}.when{number}", "type": "group", "item": [item]}
            item = group | self._conditions(clause, "any")
        return item

    def _conditions(self, comparisons: Iterable[AnswerComparison], behaviour: str) -> Item:
        """Return `enableWhen` for some comparisons; an empty table without comparisons."""
        enable_when = []
        for comparison in comparisons:
            answer = comparison.answer
            condition: Item = {"question": comparison.question, "operator": comparison.operator}
            fact = self.knowledge.vocabulary.by_id.get(comparison.question)
            if answer is True:
                condition["answerBoolean"] = True
            elif isinstance(answer, str):
                system = ANSWERS if answer in {YES, NO} else OPTIONS
                condition["answerCoding"] = {"system": system, "code": answer}
            elif fact is not None and fact.is_given:
                condition["answerDecimal"] = answer
            else:
                condition["answerInteger"] = int(answer)
            enable_when.append(condition)
        if not enable_when:
            return {}
        return {"enableWhen": enable_when, "enableBehavior": behaviour}


def is_in_a_form(fact: FactType) -> bool:
    """Return whether a form asks for a fact.

    An intake asks for the same facts, and also for facts that are sets of ids.
    """
    if not fact.question or (fact.kind is FactKind.SET_OF and not fact.options):
        return False
    screening = fact.fact_class is FactClass.SCREENING and not fact.reassured_by_silence
    return screening or fact.ask_when is not None


def _bounds(fact: FactType) -> Iterator[Item]:
    yield {"url": f"{_EXTENSION}/minValue", "valueDecimal": fact.low}
    yield {"url": f"{_EXTENSION}/maxValue", "valueDecimal": fact.high}
    if fact.unit in _CODES:
        coding = {"system": _UCUM, "code": _CODES[fact.unit], "display": fact.unit}
        yield {"url": f"{_EXTENSION}/questionnaire-unit", "valueCoding": coding}


def _option(system: str, code: str, display: str) -> Item:
    return {"valueCoding": {"system": system, "code": code, "display": display}}


def _control(code: str) -> Item:
    system = "http://hl7.org/fhir/questionnaire-item-control"
    concept = {"coding": [{"system": system, "code": code}]}
    return {"url": f"{_EXTENSION}/questionnaire-itemControl", "valueCodeableConcept": concept}
