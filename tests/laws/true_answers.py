"""People with a complete truth, and their true answers to an intake."""

import datetime
from collections.abc import Mapping

from attrs import evolve
from builtin_knowledge import KNOWLEDGE, RECOMMENDER
from hypothesis import strategies as st

import kineticchain as kc
from kineticchain.domain.anatomy import Side
from kineticchain.domain.facts import FactClass, FactType, Value, evaluate
from kineticchain.recommendation.intake.intake import Intake
from kineticchain.recommendation.intake.question import IntakeQuestion, QuestionKind
from kineticchain.recommendation.intake.renewal import RENEWAL
from kineticchain.recommendation.intake.screens import ticked
from kineticchain.testing.intake_answers import MAX_SCREENS
from kineticchain.testing.strategies import complaints, injuries, surgeries, values_of

ON = datetime.date(2026, 11, 29)
VOCABULARY = KNOWLEDGE.vocabulary
GATES = {
    "recent_treatment": (
        "surgery_weeks_ago",
        "fracture_weeks_ago",
        "recent_steroid_injection_weeks",
        "recent_fluoroquinolone_weeks",
    ),
}
"""Questions whose yes opens facts that have no reassuring value; they are true where these are."""

ASKABLE = [
    fact
    for fact in VOCABULARY.types
    if fact.is_given
    and fact.id not in GATES
    and not fact.covers
    and (fact.fact_class is FactClass.SCREENING or fact.ask_when is not None)
    and (not fact.reassured_by_silence or fact.ask_when is not None)
]
Truth = dict[str, Value]


@st.composite
def people(draw: st.DrawFn) -> kc.Person:
    """A person with age, sex and complaints, and no further answers."""
    return kc.Person(
        age=draw(st.integers(6, 95)),
        sex=draw(st.sampled_from(["f", "m", "x"])),
        complaints=draw(st.lists(complaints(), max_size=2)),
        injuries=draw(st.lists(injuries(), max_size=1)),
        surgeries=draw(st.lists(surgeries(), max_size=1)),
        equipment=["towel", "chair", "fixed_support", "band"],
        as_of=draw(st.sampled_from([None, ON])),
    )


@st.composite
def signs(draw: st.DrawFn) -> Truth:
    """The facts that are not as they reassure, a few of all; and the measures."""
    truth: Truth = {}
    measured = [fact for fact in ASKABLE if fact.reassuring is None]
    alarming = [fact for fact in ASKABLE if fact.reassuring is not None]
    for fact in draw(
        st.lists(st.sampled_from(alarming), min_size=2, max_size=8, unique_by=lambda one: one.id)
    ):
        truth |= dict.fromkeys(fact.names, draw(values_of(fact)))
    for fact in draw(st.lists(st.sampled_from(measured), max_size=9, unique_by=lambda one: one.id)):
        truth |= dict.fromkeys(fact.names, draw(values_of(fact)))
    return truth


def completed(person: kc.Person, truth: Truth, request: kc.Request) -> kc.Person:
    """The person with every answer: reassuring where nothing else is drawn or presumed.

    A sign is true only if its question concerns the person. Questions depend on answers to others,
    so that signs are added round by round, from those that depend on none: a sign that is a
    complaint cannot be the reason why it is asked for.
    """
    told: Truth = {
        name: fact.reassuring
        for fact in VOCABULARY.screening
        if fact.reassuring is not None and not fact.covers
        for name in fact.names
    }
    waiting = dict(truth)
    while True:
        facts = RECOMMENDER.situation(evolve(person, facts=told), request=request, on=ON).facts
        concerned = {
            name: value
            for name, value in waiting.items()
            if (fact := VOCABULARY.type_of(name)) is not None
            if fact.concerns(person.age, person.sex) and _is_asked(fact, facts, truth)
        }
        if not concerned:
            return evolve(person, facts=told)
        told |= concerned
        waiting = {name: value for name, value in waiting.items() if name not in concerned}


def _is_asked(fact: FactType, facts: Mapping[str, Value], truth: Truth) -> bool:
    """Whether a question is asked, where a covering question is answered truly."""
    covering = {each.id: is_yes(each, truth) for each in VOCABULARY.types if opens(each)}
    condition = VOCABULARY.asked_if.get(fact.id)
    return condition is None or evaluate(condition, {**facts, **covering}) is True


def answer_of(question: IntakeQuestion, truth: kc.Person) -> object:
    """The true answer to a question, in plain JSON."""
    facts = truth.facts
    if question.id == "complaints":
        return []
    if question.id == RENEWAL:
        return [option.id for option in question.options]
    if question.id.startswith(("complaint.", "surgery.")):
        return "unsure"
    if question.kind is QuestionKind.CHECKLIST:
        return [line.id for line in question.options if is_ticked(line.id, truth)]
    if question.sides:
        answers = {side.value: facts.get(f"{question.id}.{side}") for side in Side.BOTH.each}
        return answers if any(value is not None for value in answers.values()) else "skip"
    value = facts.get(question.id)
    if value is None:
        return "skip"
    return sorted(value) if isinstance(value, frozenset) else value


def is_ticked(name: str, truth: kc.Person) -> bool:
    fact = VOCABULARY.by_id[name]
    return is_yes(fact, truth.facts) if opens(fact) else truth.facts.get(name) == ticked(fact)


def opens(fact: FactType) -> tuple[str, ...]:
    """The facts that the yes of a question opens."""
    return (*fact.covers, *GATES.get(fact.id, ()))


def is_yes(fact: FactType, truth: Mapping[str, Value]) -> bool:
    """The true answer to a question that opens others."""
    opened = [VOCABULARY.by_id[name] for name in opens(fact)]
    return any(
        truth.get(place) not in {None, each.reassuring} for each in opened for place in each.names
    )


def interviewed(intake: Intake, truth: kc.Person) -> Intake:
    for _ in range(MAX_SCREENS + 1):
        if intake.next is None:
            return intake
        intake = intake.answered(
            {question.id: answer_of(question, truth) for question in intake.next.questions}
        )
    raise AssertionError(intake.next)
