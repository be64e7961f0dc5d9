"""Questions that describe themselves, so that any app can show them."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias

from attrs import evolve, field, frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.facts import ReferralLevel, Section
from kineticchain.domain.validators import boolean, each, instance, text, whole

PlainValue: TypeAlias = bool | int | str | tuple[str, ...] | None
PersonAnswers: TypeAlias = Mapping[str, PlainValue]
"""Answers about the person and the request, by the id of the question; None if left open."""

_TEXT = text()
_TEXTS = each(text())


class QuestionKind(StrEnum):
    """The kind of answer that a question takes, as plain JSON.

    CHECKLIST: a list of ids of its options, empty for "none of these". YES_NO: true or false.
    NUMBER: a number within `low` and `high`, or one for each side. CHOICE: the id of an option.
    CHOICES: a list of ids of options.
    """

    CHECKLIST = "checklist"
    YES_NO = "yes_no"
    NUMBER = "number"
    CHOICE = "choice"
    CHOICES = "choices"


@frozen(kw_only=True)
class QuestionOption:
    """An answer to choose, or a line of a checklist.

    Attributes:
        id: The id that an answer names; for a line of a checklist, the fact.
        label: The text.
        help: A sentence that helps to answer; empty for none.
        urgency: The most urgent referral that a tick can lead to.
        why: Why it matters, in the words of the rules that it can decide.
        decisions: The number of rules that it can decide.
        private: True if a person may prefer not to say.
    """

    id: str
    label: str = field(validator=_TEXT)
    help: str = field(default="", validator=_TEXT)
    urgency: ReferralLevel = ReferralLevel.NONE
    why: tuple[str, ...] = field(default=(), validator=_TEXTS)
    decisions: int = field(default=0, validator=whole(0, 1_000_000))
    private: bool = field(default=False, validator=boolean())


@frozen(kw_only=True)
class IntakeQuestion:
    """A question of an intake, with everything that an app needs to show it.

    Attributes:
        id: The id that an answer names.
        section: The section of the intake.
        kind: The kind of answer.
        text: The question.
        help: A sentence that helps to answer; empty for none.
        unit: The unit of a number, such as ``s``; empty for none.
        low: The smallest number; None for other kinds.
        high: The largest number; None for other kinds.
        integral: True if the number is whole.
        options: The options, or the lines of a checklist.
        sides: The sides that each have an answer; empty for a question without sides.
        urgency: The most urgent referral that an answer can lead to.
        why: Why it is asked, in the words of the rules that it can decide.
        decisions: The number of rules that the answer can decide.
        may_be_unsure: True if ``"unsure"`` is an answer.
        private: True if ``"prefer_not_to_say"`` is an answer.
        optional: True if ``"skip"`` is an answer; nothing waits for it.
        opens: What an answer can open; empty for most questions.
    """

    id: str
    section: Section
    kind: QuestionKind
    text: str = field(validator=_TEXT)
    help: str = field(default="", validator=_TEXT)
    unit: str = field(default="", validator=_TEXT)
    low: float | None = None
    high: float | None = None
    integral: bool = field(default=False, validator=boolean())
    options: tuple[QuestionOption, ...] = ()
    sides: tuple[Side, ...] = ()
    urgency: ReferralLevel = ReferralLevel.NONE
    why: tuple[str, ...] = field(default=(), validator=_TEXTS)
    decisions: int = field(default=0, validator=whole(0, 1_000_000))
    may_be_unsure: bool = field(default=True, validator=boolean())
    private: bool = field(default=False, validator=boolean())
    optional: bool = field(default=False, validator=boolean())
    opens: str = field(default="", validator=_TEXT)

    @property
    def items(self) -> int:
        """The items to decide: each line of a checklist, or the question itself."""
        return len(self.options) if self.kind is QuestionKind.CHECKLIST else 1

    @property
    def covers(self) -> tuple[str, ...]:
        """The ids that an answer covers: the lines of a checklist, or the question itself."""
        if self.kind is QuestionKind.CHECKLIST:
            return tuple(option.id for option in self.options)
        return (self.id,)


def number_question(name: str, text: str, low: int, high: int, unit: str = "") -> IntakeQuestion:
    """Return a question about the person that takes a whole number.

    Args:
        name: The id.
        text: The question.
        low: The smallest number.
        high: The largest number.
        unit: The unit of the number; empty for none.
    """
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


def choice_question(
    name: str, text: str, options: Mapping[str, str], section: Section = Section.ABOUT_YOU
) -> IntakeQuestion:
    """Return a question that takes one of its options.

    Args:
        name: The id.
        text: The question.
        options: The label of each option, by its id.
        section: The section of the intake. Questions about wishes are optional, and questions about
            the person are private.
    """
    return IntakeQuestion(
        id=name,
        section=section,
        kind=QuestionKind.CHOICE,
        text=text,
        options=tuple(QuestionOption(id=str(word), label=label) for word, label in options.items()),
        private=section is Section.ABOUT_YOU,
        optional=section is Section.WISHES,
    )


def choices_question(
    name: str, text: str, options: Mapping[str, str], section: Section = Section.ABOUT_YOU
) -> IntakeQuestion:
    """Return a question that takes any of its options; see `choice_question`."""
    question = choice_question(name, text, options, section)
    return evolve(question, kind=QuestionKind.CHOICES, private=False)


@frozen(kw_only=True)
class Screen:
    """The questions that are shown together.

    Attributes:
        title: The title.
        intro: A sentence above the questions; empty for none.
        questions: The questions, the most urgent section first.
    """

    title: str = field(validator=_TEXT)
    intro: str = field(default="", validator=_TEXT)
    questions: tuple[IntakeQuestion, ...] = field(validator=each(instance(IntakeQuestion)))

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections of the questions, in order."""
        return tuple(dict.fromkeys(question.section for question in self.questions))

    @property
    def items(self) -> int:
        """The number of lines and single questions."""
        return sum(question.items for question in self.questions)


@frozen
class IntakeProgress:
    """The progress of an intake: the number of the next screen, and the estimated total.

    Attributes:
        screen: The number of the next screen, from 1; one more than `about` at the end.
        about: The screens that the intake has if no further answer opens questions.
    """

    screen: int
    about: int

    def __str__(self) -> str:
        """Return the progress in words: ``3 of about 5``."""
        return f"{min(self.screen, self.about)} of about {self.about}"


SCREENS: Mapping[Section, str] = MappingProxyType(
    {
        Section.EMERGENCY: "emergency",
        Section.ABOUT_YOU: "about_you",
        Section.SIGNS: "signs",
        Section.CONDITIONS: "conditions",
        Section.LIMITS: "abilities",
        Section.MEASURES: "abilities",
        Section.WISHES: "abilities",
    }
)
"""The screen that shows each section; the last sections share one."""
