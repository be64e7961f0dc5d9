"""Questions about the person and the request: age, sex, what hurts, the goal and the time."""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from attrs import evolve

from kineticchain.domain.anatomy import Region, Side
from kineticchain.domain.facts import ReferralLevel, Section
from kineticchain.domain.person import Complaint, Injury, Person, Request
from kineticchain.domain.person.person import Sex
from kineticchain.domain.validators import is_number, repr_short, unknown_word_fault
from kineticchain.errors import Fault, InvalidInput
from kineticchain.knowledge import Knowledge
from kineticchain.recommendation.intake.answer_reading import is_left_open
from kineticchain.recommendation.intake.question import (
    IntakeQuestion,
    QuestionKind,
    QuestionOption,
)

PlainValue: TypeAlias = int | float | str | tuple[str, ...] | None
PersonAnswers: TypeAlias = Mapping[str, PlainValue]
"""Answers about the person and the request, by the id of the question; None for left open."""

OLDEST = 120
MOST_MINUTES = 240
MOST_DAYS = 7
MOST_WEEKS = 5200
WORST_PAIN = 10


_OWN = frozenset(
    {
        "age", "sex", "complaints", "complaint", "injuries",
        "goal", "minutes", "days_per_week", "equipment",
    }
)  # fmt: skip


def is_about_the_person(name: str) -> bool:
    """Return whether an id is that of a question about the person or the request, not of a fact."""
    return name.partition(".")[0] in _OWN


def person_questions(
    person: Person, answers: PersonAnswers, *, about_you: bool, knowledge: Knowledge
) -> Iterator[IntakeQuestion]:
    """Yield the open questions about the person.

    Args:
        person: The person as known at the start.
        answers: The answers so far.
        about_you: True if sex, complaints and injuries are asked for; the age always is.
        knowledge: The texts.
    """
    text = knowledge.catalog.text
    if person.age is None and person.born is None and "age" not in answers:
        age = _number("age", text("question_age"), 0, OLDEST, "years")
        yield evolve(age, may_be_unsure=False)
    if not about_you:
        return
    if person.sex is None and "sex" not in answers:
        yield _choice("sex", text("question_sex"), {sex: text(f"sex_{sex}") for sex in Sex})
    regions = {region.value: text(f"region_{region}") for region in Region}
    if not person.complaints and "complaints" not in answers:
        yield _choices("complaints", text("question_complaints"), regions)
    for region in chosen_regions(answers, "complaints"):
        name = regions[region]
        if (pain := f"complaint.{region}.pain") not in answers:
            question = text("question_pain", region=name)
            yield evolve(_number(pain, question, 0, WORST_PAIN), urgency=ReferralLevel.URGENT)
        if (weeks := f"complaint.{region}.weeks") not in answers:
            yield _number(weeks, text("question_weeks", region=name), 0, MOST_WEEKS, "weeks")
        if region.paired and (side := f"complaint.{region}.side") not in answers:
            sides = {side.value: text(f"side_{side}") for side in Side}
            yield _choice(side, text("question_side", region=name), sides)
    if not person.injuries and "injuries" not in answers:
        yield _choices("injuries", text("question_injuries"), regions)


def wish_questions(answers: PersonAnswers, knowledge: Knowledge) -> Iterator[IntakeQuestion]:
    """Yield the open questions about goal, time and equipment."""
    catalog = knowledge.catalog
    if "goal" not in answers:
        goals = {
            goal.id: catalog.title("goal", goal.id, goal.id.replace("_", " ").capitalize())
            for goal in knowledge.goals
        }
        yield _choice("goal", catalog.text("question_goal"), goals, Section.WISHES)
    if "minutes" not in answers:
        yield evolve(
            _number("minutes", catalog.text("question_minutes"), 1, MOST_MINUTES, "minutes"),
            section=Section.WISHES,
            optional=True,
        )
    if "days_per_week" not in answers:
        yield evolve(
            _number("days_per_week", catalog.text("question_days"), 1, MOST_DAYS, "days"),
            section=Section.WISHES,
            optional=True,
        )
    if "equipment" not in answers:
        pieces = {
            piece.id: catalog.title("equipment", piece.id, piece.title)
            for piece in knowledge.equipment
        }
        question = catalog.text("question_equipment")
        yield _choices("equipment", question, pieces, Section.WISHES)


def read_person_answer(answer: object, question: IntakeQuestion) -> PlainValue:
    """Return the value of an answer about the person or the request; None for left open.

    Raises:
        InvalidInput: If the answer does not fit the question.
    """
    if is_left_open(answer, question):
        return None
    options = [option.id for option in question.options]
    match question.kind:
        case QuestionKind.NUMBER:
            low, high = question.low or 0, question.high or 0
            if is_number(answer) and int(answer) == answer and low <= answer <= high:
                return int(answer)
            what = f"{repr_short(answer)} is not a whole number from {low:g} to {high:g}"
            remedy = f"give a number{f' of {question.unit}' if question.unit else ''}"
            raise InvalidInput(Fault(what, remedy=remedy))
        case QuestionKind.CHOICES:
            if not isinstance(answer, list):
                remedy = "give a list of options, [] for none of them"
                raise InvalidInput(Fault(f"{repr_short(answer)} is not a list", remedy=remedy))
            faults = [
                unknown_word_fault("an option", member, options)
                for member in answer
                if member not in options
            ]
            if faults:
                raise InvalidInput(*faults)
            return tuple(dict.fromkeys(answer))
        case _:
            if isinstance(answer, str) and answer in options:
                return answer
            raise InvalidInput(unknown_word_fault("an option", answer, options))


def with_person_answers(person: Person, answers: PersonAnswers) -> Person:
    """Return the person with age, sex, complaints, injuries and equipment as answered."""
    age, sex, equipment = answers.get("age"), answers.get("sex"), answers.get("equipment")
    if isinstance(age, int):
        person = evolve(person, age=age)
    if isinstance(sex, str):
        person = evolve(person, sex=sex)
    if isinstance(equipment, tuple):
        person = evolve(person, equipment=equipment)
    complaints = [
        Complaint(
            region,
            side=_text(answers.get(f"complaint.{region}.side")),
            pain=_whole(answers.get(f"complaint.{region}.pain")),
            weeks=_whole(answers.get(f"complaint.{region}.weeks")),
        )
        for region in chosen_regions(answers, "complaints")
    ]
    if complaints:
        person = evolve(person, complaints=complaints)
    injuries = [Injury(region) for region in chosen_regions(answers, "injuries")]
    return evolve(person, injuries=injuries) if injuries else person


def with_wishes(request: Request, answers: PersonAnswers) -> Request:
    """Return the request with goal, minutes and days as answered."""
    wishes = {
        name: answers[name]
        for name in ("goal", "minutes", "days_per_week")
        if answers.get(name) is not None
    }
    return evolve(request, **wishes) if wishes else request  # type: ignore[arg-type]  # read by kind


def chosen_regions(answers: PersonAnswers, name: str) -> tuple[Region, ...]:
    """Return the regions of an answer, in the order of the body."""
    answer = answers.get(name)
    chosen = answer if isinstance(answer, tuple) else ()
    return tuple(region for region in Region if region in chosen)


def _text(value: PlainValue) -> str | None:
    return value if isinstance(value, str) else None


def _whole(value: PlainValue) -> int | None:
    return value if isinstance(value, int) else None


def _number(
    name: str,
    text: str,
    low: int,
    high: int,
    unit: str = "",
) -> IntakeQuestion:
    return IntakeQuestion(
        id=name,
        section=Section.ABOUT_YOU,
        kind=QuestionKind.NUMBER,
        text=text,
        unit=unit,
        low=low,
        high=high,
        integral=True,
    )


def _choice(
    name: str, text: str, options: Mapping[str, str], section: Section = Section.ABOUT_YOU
) -> IntakeQuestion:
    return IntakeQuestion(
        id=name,
        section=section,
        kind=QuestionKind.CHOICE,
        text=text,
        options=tuple(QuestionOption(id=str(word), label=label) for word, label in options.items()),
        private=section is Section.ABOUT_YOU,
        optional=section is Section.WISHES,
    )


def _choices(
    name: str, text: str, options: Mapping[str, str], section: Section = Section.ABOUT_YOU
) -> IntakeQuestion:
    return evolve(_choice(name, text, options, section), kind=QuestionKind.CHOICES, private=False)
