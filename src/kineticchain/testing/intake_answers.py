"""Answers to an intake, from somebody who is well and from somebody who is unsure."""

import datetime
from collections.abc import Callable, Mapping
from types import MappingProxyType

from kineticchain.domain.person import Complaint, Person
from kineticchain.recommendation.intake.intake import Intake
from kineticchain.recommendation.intake.question import IntakeQuestion, QuestionKind

EXAMPLE_DAY = datetime.date(2026, 11, 29)
"""The day on which the people of `EXAMPLE_PEOPLE` begin."""

MAX_SCREENS = 16
"""The most screens of an intake, whatever the answers. Tests check it on generated people."""

EXAMPLE_PEOPLE: Mapping[str, Person] = MappingProxyType(
    {
        "a healthy adult": Person(age=30, sex="f"),
        "a painful heel": Person(
            age=45, sex="f", complaints=[Complaint("heel", side="left", pain=3, weeks=20)]
        ),
        "back pain at 60": Person(
            age=60, sex="m", complaints=[Complaint("lumbar", pain=4, weeks=20)]
        ),
        "82 after a fall": Person(age=82, sex="f", facts={"fall_last_12m": True}),
        "pregnant, with pelvic pain": Person(
            age=31,
            sex="f",
            complaints=[Complaint("pelvis", pain=3, weeks=4)],
            facts={"pregnant_weeks": 24},
        ),
    }
)
"""People for the table of the numbers of screens and items."""

_MEASURES = {"tandem_stance_s": 15, "single_leg_s": 20, "heel_rise_reps": 12, "chair_stand_30s": 12}


def reassuring(question: IntakeQuestion) -> object:
    """Return the answer of somebody who is well and skips optional questions."""
    if question.id in _MEASURES:
        return _MEASURES[question.id]
    if question.optional:
        return "skip"
    match question.kind:
        case QuestionKind.CHECKLIST | QuestionKind.CHOICES:
            return []
        case QuestionKind.NUMBER:
            return 0
        case QuestionKind.CHOICE:
            return question.options[0].id
        case QuestionKind.YES_NO:
            return False


def unsure(question: IntakeQuestion) -> object:
    """Return the answer of somebody who knows nothing but their age."""
    return "unsure" if question.may_be_unsure else 40


def answered_by(
    intake: Intake, answer: Callable[[IntakeQuestion], object]
) -> tuple[Intake, int, int]:
    """Answer all questions of an intake.

    Args:
        intake: The intake.
        answer: Returns the answer to a question, as plain JSON.

    Returns:
        The intake at its end, the number of screens, and the number of items on them.
    """
    screens = items = 0
    while (screen := intake.next) is not None:
        screens, items = screens + 1, items + screen.items
        intake = intake.answered({question.id: answer(question) for question in screen.questions})
    return intake, screens, items


def reassured(intake: Intake) -> tuple[Intake, int, int]:
    """Answer all questions of an intake as somebody who is well; see `answered_by`."""
    return answered_by(intake, reassuring)
