"""Laws 39 to 41: an intake ends, reads nothing that it no longer asks, and keeps its order."""

import datetime

from attrs import evolve
from builtin_knowledge import KNOWLEDGE, RECOMMENDER
from hypothesis import given, settings
from hypothesis import strategies as st
from sizes import SLOW
from true_answers import ON, Truth, answer_of, completed, people, signs

import kineticchain as kc
from kineticchain.domain.facts import evaluate
from kineticchain.recommendation.intake.intake import Intake
from kineticchain.recommendation.intake.question import IntakeQuestion, QuestionKind
from kineticchain.testing.intake_answers import MAX_SCREENS
from kineticchain.testing.strategies import reports, requests

VOCABULARY = KNOWLEDGE.vocabulary
ANSWERS = ("true", "unsure", "declined")


def said(question: IntakeQuestion, truth: kc.Person, manner: str) -> object:
    """The true answer, or the least that the question accepts."""
    if manner == "true":
        return answer_of(question, truth)
    if manner == "declined" and question.private and question.kind is not QuestionKind.CHECKLIST:
        return "prefer_not_to_say"
    if question.optional:
        return "skip"
    return "unsure" if question.may_be_unsure else answer_of(question, truth)


@settings(max_examples=SLOW)
@given(person=people(), truth=signs(), request=requests(KNOWLEDGE), data=st.data())
def test_each_question_is_asked_once_and_the_intake_ends(
    person: kc.Person, truth: Truth, request: kc.Request, data: st.DataObject
) -> None:
    everything = completed(person, truth, request)
    manner = data.draw(st.sampled_from(ANSWERS))
    intake = RECOMMENDER.intake(person, request=request, on=ON)
    asked: list[str] = []
    screens = 0
    while intake.next is not None:
        asked += [name for question in intake.next.questions for name in question.covers]
        screens += 1
        intake = intake.answered(
            {question.id: said(question, everything, manner) for question in intake.next.questions}
        )
        assert screens <= MAX_SCREENS
    assert len(asked) == len(set(asked))
    assert intake.plan.questions == ()


@given(person=people(), truth=signs(), request=requests(KNOWLEDGE))
def test_the_next_screen_begins_with_the_most_urgent_open_section(
    person: kc.Person, truth: Truth, request: kc.Request
) -> None:
    everything = completed(person, truth, request)
    intake = RECOMMENDER.intake(person, request=request, on=ON)
    while intake.next is not None:
        ranks = [
            question.section.rank for screen in intake.screens for question in screen.questions
        ]
        assert ranks == sorted(ranks)
        intake = intake.answered(
            {question.id: answer_of(question, everything) for question in intake.next.questions}
        )


def read_although_unasked(intake: Intake) -> list[str]:
    """The answers of an intake whose questions no longer concern the person."""
    facts = intake.assessment.situation.facts
    return [
        name
        for name in intake.facts
        if (fact := VOCABULARY.type_of(name)) is not None
        and fact.id in VOCABULARY.asked_if
        and fact.id not in intake.reopened
        and evaluate(VOCABULARY.asked_if[fact.id], facts) is False
    ]


@given(person=people(), truth=signs(), request=requests(KNOWLEDGE), data=st.data())
def test_an_answer_that_is_no_longer_asked_is_no_longer_read(
    person: kc.Person, truth: Truth, request: kc.Request, data: st.DataObject
) -> None:
    """Answers are taken back and given otherwise, after the whole intake."""
    everything = completed(person, truth, request)
    intake = RECOMMENDER.intake(person, request=request, on=ON)
    while intake.next is not None:
        intake = intake.answered(
            {question.id: answer_of(question, everything) for question in intake.next.questions}
        )
        assert read_although_unasked(intake) == []
    if not intake.facts:
        return
    name = data.draw(st.sampled_from(sorted(intake.facts)))
    fact = VOCABULARY.type_of(name)
    assert fact is not None
    intake = intake.corrected(fact.id)
    assert name not in intake.facts
    assert not intake.facts.keys() & set(fact.covers)
    while intake.next is not None:
        reassured = {
            question.id: []
            if question.kind is QuestionKind.CHECKLIST
            else answer_of(question, everything)
            for question in intake.next.questions
        }
        intake = intake.answered(reassured)
        assert read_although_unasked(intake) == []


def test_the_class_of_a_diabetic_foot_goes_with_the_diabetes() -> None:
    intake = RECOMMENDER.intake(kc.Person(age=60, sex="m"), request=kc.Request(), on=ON)
    intake = intake.answered({"emergency": []}).answered({"conditions": ["sugar_or_numb_feet"]})
    intake = intake.answered({"conditions": ["diabetes"]}).answered({"iwgdf_risk": 3})
    assert intake.person.facts["iwgdf_risk"] == 3
    corrected = intake.corrected("diabetes")
    without = corrected.answered({"conditions": []})
    assert "iwgdf_risk" not in without.person.facts


@given(person=people(), truth=signs(), days=st.integers(1, 500), data=st.data())
def test_a_return_ends_too_whatever_happened_meanwhile(
    person: kc.Person, truth: Truth, days: int, data: st.DataObject
) -> None:
    """Signs have run out, some are stated anew, and something may have happened."""
    request = kc.Request()
    everything = evolve(completed(person, truth, request), as_of=ON)
    later = ON + datetime.timedelta(days=days)
    history = kc.History(data.draw(st.lists(reports(KNOWLEDGE, later), max_size=2)))
    intake = RECOMMENDER.intake(everything, history, request=request, on=later)
    manner = data.draw(st.sampled_from(ANSWERS))
    asked: list[str] = []
    screens = 0
    while intake.next is not None:
        asked += [name for question in intake.next.questions for name in question.covers]
        screens += 1
        answers = {each.id: said(each, everything, manner) for each in intake.next.questions}
        intake = intake.answered(answers)
        assert screens <= MAX_SCREENS
    assert len(asked) == len(set(asked))
    assert intake.plan.questions == ()
