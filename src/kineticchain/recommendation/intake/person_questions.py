"""Questions about the person and the request: age, sex, what hurts, the goal and the time."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from attrs import evolve

from kineticchain.domain.anatomy import Region, Side
from kineticchain.domain.facts import ReferralLevel, Section
from kineticchain.domain.person import Complaint, Injury, Person, Request
from kineticchain.domain.person.complaint import MAX_WEEKS
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

PlainValue: TypeAlias = bool | int | str | tuple[str, ...] | None
PersonAnswers: TypeAlias = Mapping[str, PlainValue]
"""Answers about the person and the request, by the id of the question; None for left open."""

OLDEST = 120
MOST_MINUTES = 240
MOST_DAYS = 7
WORST_PAIN = 10


_OWN = frozenset(
    {
        "age", "sex", "complaints", "complaint",
        "goal", "minutes", "days_per_week", "equipment",
    }
)  # fmt: skip


def is_about_the_person(name: str) -> bool:
    """Return whether an id is that of a question about the person or the request, not of a fact."""
    return name.partition(".")[0] in _OWN


def person_questions(
    person: Person,
    answers: PersonAnswers,
    knowledge: Knowledge,
    *,
    about_you: bool = True,
    complaints: bool = True,
) -> Iterator[IntakeQuestion]:
    """Yield the open questions about the person.

    Args:
        person: The person as known at the start.
        answers: The answers so far.
        knowledge: The texts.
        about_you: True if the sex is asked for; the age always is.
        complaints: True if it is asked what hurts.
    """
    text = knowledge.catalog.text
    if person.age is None and person.born is None and "age" not in answers:
        age = _number("age", text("question_age"), 0, OLDEST, "years")
        yield evolve(age, may_be_unsure=False)
    if about_you and person.sex is None and "sex" not in answers:
        yield _choice("sex", text("question_sex"), {sex: text(f"sex_{sex}") for sex in Sex})
    regions = {region.value: text(f"region_{region}") for region in knowledge.regions}
    if complaints and "complaints" not in answers:
        yield _choices("complaints", text("question_complaints"), regions)
    for region in chosen_regions(answers, knowledge):
        for question in _complaint_questions(region, regions[region], knowledge):
            if question.id not in answers:
                yield question


def _complaint_questions(
    region: Region, title: str, knowledge: Knowledge
) -> Iterator[IntakeQuestion]:
    """Yield the questions about a region that hurts."""
    text, prefix = knowledge.catalog.text, f"complaint.{region}"
    pain = _number(f"{prefix}.pain", text("question_pain", region=title), 0, WORST_PAIN)
    yield evolve(pain, urgency=ReferralLevel.URGENT)
    weeks = text("question_weeks", region=title)
    yield _number(f"{prefix}.weeks", weeks, 0, MAX_WEEKS, "weeks")
    if region.paired:
        sides = {side.value: text(f"side_{side}") for side in Side}
        yield _choice(f"{prefix}.side", text("question_side", region=title), sides)
    yield evolve(
        _choice(f"{prefix}.accident", text("question_accident", region=title), {}),
        kind=QuestionKind.YES_NO,
        private=False,
    )


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
            if is_number(answer) and low <= answer <= high and int(answer) == answer:
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
                if not isinstance(member, str) or member not in options
            ]
            if faults:
                raise InvalidInput(*faults)
            return tuple(dict.fromkeys(answer))
        case QuestionKind.YES_NO:
            if isinstance(answer, bool):
                return answer
            raise InvalidInput(Fault(f"{repr_short(answer)} is not true or false"))
        case _:
            if isinstance(answer, str) and answer in options:
                return answer
            raise InvalidInput(unknown_word_fault("an option", answer, options))


def with_person_answers(person: Person, answers: PersonAnswers) -> Person:
    """Return the person with age, sex and equipment as answered."""
    age, sex, equipment = answers.get("age"), answers.get("sex"), answers.get("equipment")
    if type(age) is int:
        person = evolve(person, age=age)
    if isinstance(sex, str):
        person = evolve(person, sex=sex)
    if isinstance(equipment, tuple):
        person = evolve(person, equipment=equipment)
    return person


def complaints_in(answers: PersonAnswers, knowledge: Knowledge) -> tuple[Complaint, ...]:
    """Return the complaints as answered."""
    return tuple(
        Complaint(
            region,
            side=_text(answers.get(f"complaint.{region}.side")),
            pain=_whole(answers.get(f"complaint.{region}.pain")),
            weeks=_whole(answers.get(f"complaint.{region}.weeks")),
        )
        for region in chosen_regions(answers, knowledge)
    )


def injuries_in(answers: PersonAnswers, knowledge: Knowledge) -> tuple[Injury, ...]:
    """Return the regions that hurt since an accident.

    It was as many weeks ago as the pain has lasted; of these days the latest one counts.
    """
    return tuple(
        Injury(
            region,
            side=_text(answers.get(f"complaint.{region}.side")),
            days_ago=None if weeks is None else MOST_DAYS * weeks,
        )
        for region in chosen_regions(answers, knowledge)
        for weeks in [_whole(answers.get(f"complaint.{region}.weeks"))]
        if answers.get(f"complaint.{region}.accident") is True
    )


_WISHES = ("goal", "minutes", "days_per_week", "equipment")


def wishes_in(answers: PersonAnswers) -> PersonAnswers:
    """Return the answers about the request and the equipment."""
    return {name: answers[name] for name in _WISHES if name in answers}


def with_wishes(request: Request, answers: PersonAnswers) -> Request:
    """Return the request with goal, minutes and days as answered."""
    wishes = {
        name: answers[name]
        for name in ("goal", "minutes", "days_per_week")
        if answers.get(name) is not None
    }
    return evolve(request, **wishes) if wishes else request  # type: ignore[arg-type]  # read by kind


def chosen_regions(answers: PersonAnswers, knowledge: Knowledge) -> tuple[Region, ...]:
    """Return the regions that hurt, in the order of the body; those of packs come last."""
    answer = answers.get("complaints")
    chosen = answer if isinstance(answer, tuple) else ()
    return tuple(region for region in knowledge.regions if region in chosen)


def form_questions(regions: Iterable[str], knowledge: Knowledge) -> Mapping[str, IntakeQuestion]:
    """Return all questions about a person and a request by id, and those about some regions."""
    chosen = {"complaints": tuple(regions)}
    questions = [
        *person_questions(Person(), {}, knowledge),
        *person_questions(Person(), chosen, knowledge),
        *wish_questions({}, knowledge),
    ]
    return {question.id: question for question in questions}


def _text(value: PlainValue) -> str | None:
    return value if isinstance(value, str) else None


def _whole(value: PlainValue) -> int | None:
    return value if type(value) is int else None


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
