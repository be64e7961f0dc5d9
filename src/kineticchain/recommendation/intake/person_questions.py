"""Questions about the person and the request: age, sex, what hurts, the goal and the time."""

from collections.abc import Iterable, Iterator, Mapping

from attrs import evolve

from kineticchain.domain.anatomy import Region, Side
from kineticchain.domain.facts import FactClass, ReferralLevel, Section, Vocabulary
from kineticchain.domain.person import Complaint, Injury, Person, Request
from kineticchain.domain.person.complaint import MAX_WEEKS
from kineticchain.domain.person.person import Sex
from kineticchain.domain.validators import is_number, repr_short, unknown_word_fault
from kineticchain.errors import Fault, InvalidInput
from kineticchain.knowledge import Knowledge
from kineticchain.recommendation.intake.answer_reading import is_left_open
from kineticchain.recommendation.intake.operation import operation_form
from kineticchain.recommendation.intake.question import (
    IntakeQuestion,
    PersonAnswers,
    PlainValue,
    QuestionKind,
    choice_question,
    choices_question,
    number_question,
)
from kineticchain.recommendation.plan.plan_input import PlanInput

OLDEST = 120
MOST_MINUTES = 240
MOST_DAYS = 7
WORST_PAIN = 10
_ACCIDENT_DAYS = 6 * MOST_DAYS
"""The time, in days, within which the question asks for an accident."""


_OWN = frozenset(
    {
        "age", "sex", "complaints", "complaint", "surgery",
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
    accidents: Iterable[Region] = (),
) -> Iterator[IntakeQuestion]:
    """Yield the open questions about the person.

    Args:
        person: The person as known at the start.
        answers: The answers so far.
        knowledge: The texts.
        about_you: True to ask for the sex. An unknown age is always asked for.
        complaints: True to ask what hurts.
        accidents: Regions that were stated to hurt, and may hurt because of an accident.
    """
    text = knowledge.catalog.text
    if person.age is None and person.born is None and "age" not in answers:
        age = number_question("age", text("question_age"), 0, OLDEST, "years")
        yield evolve(age, may_be_unsure=False)
    if about_you and person.sex is None and "sex" not in answers:
        yield choice_question("sex", text("question_sex"), {sex: text(f"sex_{sex}") for sex in Sex})
    regions = {region.value: text(f"region_{region}") for region in knowledge.regions}
    if complaints and "complaints" not in answers:
        yield choices_question("complaints", text("question_complaints"), regions)
    for region in chosen_regions(answers, knowledge):
        for question in _complaint_questions(region, regions[region], knowledge):
            if question.id not in answers:
                yield question
    for region in accidents:
        question = _accident_question(region, regions[region], knowledge)
        if question.id not in answers:
            yield question


def _complaint_questions(
    region: Region, title: str, knowledge: Knowledge
) -> Iterator[IntakeQuestion]:
    """Yield the questions about a region that hurts."""
    text, prefix = knowledge.catalog.text, f"complaint.{region}"
    pain = number_question(f"{prefix}.pain", text("question_pain", region=title), 0, WORST_PAIN)
    yield evolve(pain, urgency=ReferralLevel.URGENT)
    weeks = text("question_weeks", region=title)
    yield number_question(f"{prefix}.weeks", weeks, 0, MAX_WEEKS, "weeks")
    if region.paired:
        sides = {side.value: text(f"side_{side}") for side in Side}
        yield choice_question(f"{prefix}.side", text("question_side", region=title), sides)
    yield _accident_question(region, title, knowledge)


def _accident_question(region: Region, title: str, knowledge: Knowledge) -> IntakeQuestion:
    asked = knowledge.catalog.text("question_accident", region=title)
    question = choice_question(f"complaint.{region}.accident", asked, {})
    return evolve(question, kind=QuestionKind.YES_NO, private=False)


def accident_regions(started: PlanInput, vocabulary: Vocabulary) -> tuple[Region, ...]:
    """Return the regions that may hurt because of an accident, about which nobody was asked.

    They are the regions of complaints of up to six weeks, or of unknown duration, that an app
    stated before the first intake. Regions with an injury are left out.

    Args:
        started: The person and the history before the intake.
        vocabulary: The types of facts; once a safety question was answered, nothing is asked.
    """
    person = started.person
    answered = (vocabulary.type_of(name) for name in person.facts.given())
    if not started.is_first_day or any(
        fact is not None and fact.fact_class is FactClass.SCREENING for fact in answered
    ):
        return ()
    injured = {injury.region for injury in person.injuries}
    return tuple(
        dict.fromkeys(
            complaint.region
            for complaint in person.complaints
            if complaint.region not in injured
            if _is_recent(complaint)
        )
    )


def wish_questions(answers: PersonAnswers, knowledge: Knowledge) -> Iterator[IntakeQuestion]:
    """Yield the open questions about goal, time and equipment."""
    catalog = knowledge.catalog
    if "goal" not in answers:
        goals = {
            goal.id: catalog.title("goal", goal.id, goal.id.replace("_", " ").capitalize())
            for goal in knowledge.goals
        }
        yield choice_question("goal", catalog.text("question_goal"), goals, Section.WISHES)
    if "minutes" not in answers:
        yield evolve(
            number_question(
                "minutes", catalog.text("question_minutes"), 1, MOST_MINUTES, "minutes"
            ),
            section=Section.WISHES,
            optional=True,
        )
    if "days_per_week" not in answers:
        yield evolve(
            number_question("days_per_week", catalog.text("question_days"), 1, MOST_DAYS, "days"),
            section=Section.WISHES,
            optional=True,
        )
    if "equipment" not in answers:
        pieces = {
            piece.id: catalog.title("equipment", piece.id, piece.title)
            for piece in knowledge.equipment
        }
        question = catalog.text("question_equipment")
        yield choices_question("equipment", question, pieces, Section.WISHES)


def read_person_answer(answer: object, question: IntakeQuestion) -> PlainValue:
    """Return the value of an answer about the person or the request; None if it is left open.

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


def injuries_in(
    stated: Iterable[Complaint], answers: PersonAnswers, knowledge: Knowledge
) -> tuple[Injury, ...]:
    """Return an injury for each region that hurts since an accident.

    The accident was as many weeks ago as the pain has lasted; the latest day of that week counts.

    Args:
        stated: The complaints as known at the start.
        answers: The answers about the person.
        knowledge: The regions of the body.
    """
    lately = (complaint for complaint in stated if _is_recent(complaint))
    return tuple(
        Injury(complaint.region, side=complaint.side, days_ago=_days_of(complaint))
        for complaint in (*lately, *complaints_in(answers, knowledge))
        if answers.get(f"complaint.{complaint.region}.accident") is True
    )


def _is_recent(complaint: Complaint) -> bool:
    """Return whether the pain may come from an accident of the last six weeks."""
    days = _days_of(complaint)
    return days is None or days <= _ACCIDENT_DAYS


def _days_of(complaint: Complaint) -> int | None:
    if complaint.days is not None or complaint.weeks is None:
        return complaint.days
    return MOST_DAYS * complaint.weeks


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
    """Return the regions that hurt, in the order of the body; regions of packs come last."""
    answer = answers.get("complaints")
    chosen = answer if isinstance(answer, tuple) else ()
    return tuple(region for region in knowledge.regions if region in chosen)


def form_questions(knowledge: Knowledge) -> Mapping[str, IntakeQuestion]:
    """Return all questions about a person and a request by id, including those of each region."""
    chosen = {"complaints": tuple(region.value for region in knowledge.regions)}
    questions = [
        *person_questions(Person(), {}, knowledge),
        *person_questions(Person(), chosen, knowledge),
        *wish_questions({}, knowledge),
        *operation_form(knowledge),
    ]
    return {question.id: question for question in questions}


def _text(value: PlainValue) -> str | None:
    return value if isinstance(value, str) else None


def _whole(value: PlainValue) -> int | None:
    return value if type(value) is int else None
