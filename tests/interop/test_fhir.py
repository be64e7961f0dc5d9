"""FHIR: the questionnaire is valid in both versions, and answers to it are read strictly."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from fhir.resources.questionnaire import Questionnaire
from fhir.resources.questionnaireresponse import QuestionnaireResponse
from fhir.resources.R4B.questionnaire import Questionnaire as QuestionnaireR4B

import kineticchain as kc
from kineticchain.interop.fhir import from_questionnaire_response, questionnaire

ON = datetime.date(2026, 11, 29)
FINAL: dict[str, Any] = {"resourceType": "QuestionnaireResponse", "status": "completed"}
Item = dict[str, Any]


def items_in(items: list[Item]) -> Iterator[Item]:
    for item in items:
        yield item
        yield from items_in(item.get("item", []))


def response(**answers: object) -> Item:
    """A response with one answer to each question; a list gives several."""
    items = []
    for link, answer in answers.items():
        many = answer if isinstance(answer, list) else [answer]
        values = [
            {"valueCoding": {"code": one}} if isinstance(one, str) else {"valueInteger": one}
            for one in many
        ]
        items.append({"linkId": link.replace("__", "."), "answer": values})
    return FINAL | {"item": items}


@pytest.mark.parametrize(("version", "model"), [("R5", Questionnaire), ("R4B", QuestionnaireR4B)])
def test_the_questionnaire_is_valid(version: str, model: Any, knowledge: kc.Knowledge) -> None:
    form = questionnaire(knowledge, version)
    assert len(model.model_validate(form).item) == len(form["item"])


def test_link_ids_are_unique_and_conditions_name_them(knowledge: kc.Knowledge) -> None:
    items = list(items_in(questionnaire(knowledge)["item"]))
    links = [item["linkId"] for item in items]
    assert len(links) == len(set(links))
    named = {one["question"] for item in items for one in item.get("enableWhen", ())}
    assert named <= set(links)


def test_every_screening_question_is_in_the_form(knowledge: kc.Knowledge) -> None:
    links = {item["linkId"] for item in items_in(questionnaire(knowledge)["item"])}
    asked = [fact for fact in knowledge.vocabulary.screening if not fact.reassured_by_silence]
    assert [fact.id for fact in asked if not set(fact.names) <= links] == []


def test_details_are_shown_after_what_makes_them_matter(knowledge: kc.Knowledge) -> None:
    by_link = {item["linkId"]: item for item in items_in(questionnaire(knowledge)["item"])}
    [condition] = by_link["vomiting"]["enableWhen"]
    assert (condition["question"], condition["operator"]) == ("dizziness", "=")
    assert condition["answerCoding"]["code"] == "yes"


def test_units_and_bounds_are_stated(knowledge: kc.Knowledge) -> None:
    by_link = {item["linkId"]: item for item in items_in(questionnaire(knowledge)["item"])}
    extensions = {
        one["url"].rpartition("/")[2]: one for one in by_link["tandem_stance_s"]["extension"]
    }
    assert extensions["maxValue"]["valueDecimal"] == 120
    assert extensions["questionnaire-unit"]["valueCoding"]["code"] == "s"


def test_a_form_speaks_german(knowledge: kc.Knowledge) -> None:
    form = questionnaire(knowledge.speaking("de"))
    assert form["language"] == "de"
    assert form["item"][0]["text"] == "Zeichen, die jetzt Hilfe brauchen"


def test_a_version_that_is_not_written_is_refused(knowledge: kc.Knowledge) -> None:
    with pytest.raises(kc.InvalidInput, match="give R4B or R5"):
        questionnaire(knowledge, "STU3")


def test_a_response_becomes_a_person_and_a_request(knowledge: kc.Knowledge) -> None:
    form = response(
        age=45, sex="f", complaints=["heel"], complaint__heel__pain=3, complaint__heel__side="left",
        chest_signs="no", dizziness="unsure", goal="heel_pain", minutes=15, equipment=["towel"],
        tandem_stance_s=20,
    )  # fmt: skip
    QuestionnaireResponse.model_validate(form | {"questionnaire": "urn:kineticchain:intake"})
    answers = from_questionnaire_response(form, knowledge, on=ON)
    assert answers.request == kc.Request(goal="heel_pain", minutes=15)
    assert answers.person == kc.Person(
        age=45,
        sex="f",
        complaints=[kc.Complaint("heel", side="left", pain=3)],
        equipment=["towel"],
        facts={"chest_signs": False, "dizziness": None, "tandem_stance_s": 20},
        as_of=ON,
    )


def test_nested_items_are_read(knowledge: kc.Knowledge) -> None:
    inner = response(age=45)["item"]
    form = FINAL | {"item": [{"linkId": "group", "item": inner}]}
    assert from_questionnaire_response(form, knowledge, on=ON).person.age == 45


def test_a_sign_counts_although_another_answer_denies_it(knowledge: kc.Knowledge) -> None:
    """Such a response is no work of the form; the sign is the safer half of it."""
    form = response(age=45, stroke_signs="no", face_or_arm_numbness="yes")
    person = from_questionnaire_response(form, knowledge, on=ON).person
    plan = kc.Recommender(knowledge).recommend(person, on=ON)
    assert plan.referral.level is kc.ReferralLevel.EMERGENCY


def test_a_region_hurts_that_is_described_without_being_chosen(knowledge: kc.Knowledge) -> None:
    """A form may keep what was answered before a region was taken back."""
    form = response(age=45, complaints=["heel"], complaint__neck__pain=9)
    person = from_questionnaire_response(form, knowledge, on=ON).person
    assert [(one.region, one.pain) for one in person.complaints] == [("heel", None), ("neck", 9)]


def test_an_order_for_weight_bearing_counts(knowledge: kc.Knowledge) -> None:
    person = from_questionnaire_response(response(weight_bearing="NWB"), knowledge, on=ON).person
    assert person.facts["weight_bearing"] == "NWB"


@pytest.mark.parametrize(
    ("form", "fault"),
    [
        ({}, "is no QuestionnaireResponse"),
        (response(age=1) | {"status": "entered-in-error"}, "is no final status"),
        (FINAL | {"item": [{"linkId": "dizziness", "answer": [{"valueCoding": {"code": []}}]}]},
            "item[dizziness]"),
        ([], "is no QuestionnaireResponse"),
        (FINAL | {"item": 3}, "is not a list of items"),
        (FINAL | {"item": [3]}, "is no item"),
        (
            FINAL | {"item": [{"linkId": "age", "answer": [1]}]},
            "is no answer",
        ),
        (response(age=300), "item[age]: 300 is not a whole number from 0 to 120"),
        (response(age=[1, 2]), "item[age]: 2 answers to one question"),
        (response(chest_sings="no"), "did you mean `chest_signs`"),
        (response(chest_signs="maybe"), "item[chest_signs]"),
        (response(complaints=["hee"]), "item[complaints]"),
        (response(tandem_stance_s=999), "item[tandem_stance_s]: 999 is not a number from 0 to 120"),
        (response(single_leg_s=9), "no question has this link id"),
        (response(mastered="walking"), "no question has this link id"),
    ],
)  # fmt: skip
def test_a_response_is_read_strictly(form: object, fault: str, knowledge: kc.Knowledge) -> None:
    with pytest.raises(kc.InvalidInput) as caught:
        from_questionnaire_response(form, knowledge, on=ON)
    assert fault in str(caught.value).replace("`999`", "999").replace("`300`", "300")


def test_all_faults_are_told_at_once(knowledge: kc.Knowledge) -> None:
    with pytest.raises(kc.InvalidInput) as caught:
        from_questionnaire_response(response(age=300, minutes=0), knowledge, on=ON)
    assert len(caught.value.faults) == 2


def test_deep_nesting_is_read_without_recursion(knowledge: kc.Knowledge) -> None:
    item: Item = response(age=45)["item"][0]
    for _ in range(3000):
        item = {"linkId": "group", "item": [item]}
    form = FINAL | {"item": [item]}
    assert from_questionnaire_response(form, knowledge, on=ON).person.age == 45
