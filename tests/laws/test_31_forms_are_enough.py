"""Law 31 through a FHIR form: who fills in what is shown gets the plan of full answers."""

from collections.abc import Iterator, Mapping
from typing import Any

import attrs
from builtin_knowledge import KNOWLEDGE, RECOMMENDER
from hypothesis import example, given
from hypothesis import strategies as st
from true_answers import ON, VOCABULARY, Truth, completed, is_yes, opens, signs

import kineticchain as kc
from kineticchain.domain.anatomy import Region, Side
from kineticchain.domain.facts import Value
from kineticchain.interop.fhir import from_questionnaire_response, questionnaire

FORM = questionnaire(KNOWLEDGE, "R4B")
Item = dict[str, Any]


@st.composite
def people(draw: st.DrawFn) -> kc.Person:
    """A person as a form can describe one: at most one complaint for each region, no injury."""
    regions = draw(st.lists(st.sampled_from(Region), max_size=2, unique=True))
    return kc.Person(
        age=draw(st.integers(6, 95)),
        sex=draw(st.sampled_from(["f", "m", "x"])),
        complaints=[
            kc.Complaint(
                region,
                side=draw(st.sampled_from(Side)) if region.paired else None,
                pain=draw(st.integers(0, 10)),
                weeks=draw(st.integers(0, 100)),
            )
            for region in regions
        ],
        as_of=ON,
    )


def truth_of(person: kc.Person) -> dict[str, list[Any]]:
    """The true answers to every item by its link id, as codes and numbers."""
    answers: dict[str, list[Any]] = {
        "age": [person.age],
        "sex": [person.sex],
        "complaints": [complaint.region.value for complaint in person.complaints],
        "injuries": [],
    }
    for complaint in person.complaints:
        prefix = f"complaint.{complaint.region}"
        answers[f"{prefix}.pain"] = [complaint.pain]
        answers[f"{prefix}.weeks"] = [complaint.weeks]
        answers[f"{prefix}.side"] = [complaint.side.value]
    for name in VOCABULARY.screening:
        if opens(name):
            answers[name.id] = ["yes" if is_yes(name, person.facts) else "no"]
    for fact_name, value in person.facts.items():
        fact = VOCABULARY.type_of(fact_name)
        assert fact is not None
        answers.setdefault(fact_name, [coded(value)])
    return answers


def coded(value: Value) -> object:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


def constant(condition: Mapping[str, Any]) -> object:
    if "answerCoding" in condition:
        return condition["answerCoding"]["code"]
    return next(value for key, value in condition.items() if key.startswith("answer"))


def holds(condition: Mapping[str, Any], answered: Mapping[str, list[Any]]) -> bool:
    """A comparison of `enableWhen`, read as FHIR defines it."""
    values, wanted = answered.get(condition["question"], []), constant(condition)
    match condition["operator"]:
        case "exists":
            return bool(values) == wanted
        case "=":
            return wanted in values
        case "!=":
            return wanted not in values
        case ">":
            return any(value > wanted for value in values)
        case "<":
            return any(value < wanted for value in values)
        case ">=":
            return any(value >= wanted for value in values)
        case _:
            return any(value <= wanted for value in values)


def shown(items: list[Item], answered: Mapping[str, list[Any]]) -> Iterator[Item]:
    for item in items:
        conditions = [holds(one, answered) for one in item.get("enableWhen", ())]
        joined = any(conditions) if item.get("enableBehavior") == "any" else all(conditions)
        if not conditions or joined:
            yield item
            yield from shown(item.get("item", []), answered)


def filled_in(truth: Mapping[str, list[Any]]) -> dict[str, Any]:
    """The response of somebody who answers what is shown, until nothing more appears."""
    answered: dict[str, list[Any]] = {}
    while True:
        now = {
            item["linkId"]: truth[item["linkId"]]
            for item in shown(FORM["item"], answered)
            if truth.get(item["linkId"])
        }
        if now == answered:
            break
        answered = now
    items = [
        {"linkId": link, "answer": [as_fhir(one) for one in some]}
        for link, some in answered.items()
    ]
    return {"resourceType": "QuestionnaireResponse", "status": "completed", "item": items}


def as_fhir(value: object) -> dict[str, Any]:
    if isinstance(value, str):
        return {"valueCoding": {"code": value}}
    return {"valueDecimal" if isinstance(value, float) else "valueInteger": value}


def told(plan: kc.Plan) -> Mapping[str, object]:
    hidden = {"trace", "made_from"}
    return {
        one.name: getattr(plan, one.name) for one in attrs.fields(kc.Plan) if one.name not in hidden
    }


@example(
    person=kc.Person(age=6, sex="f", as_of=ON),  # nothing hurts, but two signs imply the calf
    truth={"calf_pain": True, "deep_vein_tenderness": True},
)
@given(person=people(), truth=signs())
def test_the_answers_to_what_a_form_shows_are_enough(person: kc.Person, truth: Truth) -> None:
    request = kc.Request()
    everything = completed(person, truth, request)
    response = filled_in(truth_of(everything))
    answers = from_questionnaire_response(response, KNOWLEDGE, on=ON)
    plan = RECOMMENDER.recommend(answers.person, request=request, on=ON)
    assert told(plan) == told(RECOMMENDER.recommend(everything, request=request, on=ON))
