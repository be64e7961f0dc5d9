"""Questions, checklists and screens for open facts."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from attrs import evolve, frozen

from kineticchain.domain.anatomy import Part, Region, Side
from kineticchain.domain.facts import (
    FactClass,
    FactKind,
    FactType,
    ReferralLevel,
    Section,
    Temporal,
    Value,
)
from kineticchain.domain.messages import MessageCatalog
from kineticchain.recommendation.assessment.assessment import Assessment
from kineticchain.recommendation.intake.open_facts import OpenFact
from kineticchain.recommendation.intake.question import (
    SCREENS,
    IntakeQuestion,
    QuestionKind,
    QuestionOption,
    Screen,
)

_TWO = 2
"""The number of options with which a one-of fact counts as yes or no."""


@frozen(eq=False)
class QuestionWriter:
    """Writes questions in the language of a catalog.

    Attributes:
        catalog: The messages.
        concerned: The regions that hurt, were injured or operated.
    """

    catalog: MessageCatalog
    concerned: frozenset[Region]

    def questions(self, facts: Iterable[OpenFact]) -> Iterator[IntakeQuestion]:
        """Yield the questions of open facts: checklists first, within each section.

        Lines and questions are sorted by the most urgent referral that they can lead to, then by
        the number of rules that they decide.
        """
        ordered = sorted(facts, key=lambda fact: (fact.type.asked_in.rank, *_weight(fact)))
        for section, members in groupby(ordered, key=lambda fact: fact.type.asked_in):
            of_section = list(members)
            yield from self._checklists(section, [fact for fact in of_section if is_line(fact)])
            yield from (self._single(fact) for fact in of_section if not is_line(fact))

    def _checklists(self, section: Section, facts: list[OpenFact]) -> Iterator[IntakeQuestion]:
        """Yield the checklists of a section: one, or one for each part of the body that hurts."""
        if section is not Section.SIGNS:
            if facts:
                yield self._checklist(section, str(section), facts)
            return
        for part in (*Part, None):
            of_part = [fact for fact in facts if self._part_of(fact.type) is part]
            if of_part:
                name = f"{section}_{part}" if part else f"{section}_general"
                yield self._checklist(section, name, of_part)

    def _part_of(self, fact: FactType) -> Part | None:
        """Return the part under which a sign is listed: the lowest that hurts; None for all."""
        parts = [part for part in Part if any(region.part is part for region in self.concerned)]
        asked = [part for part in parts if any(region.part is part for region in fact.regions)]
        return asked[0] if asked else None

    def _checklist(self, section: Section, name: str, facts: list[OpenFact]) -> IntakeQuestion:
        translated = self.catalog.translated
        options = tuple(
            QuestionOption(
                id=fact.type.id,
                label=translated(fact.type.line or fact.type.question),
                help=translated(fact.type.help),
                urgency=urgency_of(fact.type),
                why=tuple(map(translated, fact.why)),
                decisions=fact.decisions,
                private=fact.type.private,
            )
            for fact in facts
        )
        return IntakeQuestion(
            id=name,
            section=section,
            kind=QuestionKind.CHECKLIST,
            text=self.catalog.text(f"checklist_{name}"),
            options=options,
            urgency=max(option.urgency for option in options),
            decisions=sum(option.decisions for option in options),
            private=any(option.private for option in options),
        )

    def _single(self, fact: OpenFact) -> IntakeQuestion:
        kind, of_type = _kind_of(fact.type), fact.type
        number = kind is QuestionKind.NUMBER
        labels = of_type.labels or of_type.options
        translated = self.catalog.translated
        return IntakeQuestion(
            id=of_type.id,
            section=of_type.asked_in,
            kind=kind,
            text=translated(of_type.question),
            help=translated(of_type.help),
            unit=of_type.unit,
            low=of_type.low if number else None,
            high=of_type.high if number else None,
            integral=of_type.integral,
            options=tuple(
                QuestionOption(id=word, label=translated(label))
                for word, label in zip(of_type.options, labels, strict=True)
            ),
            sides=Side.BOTH.each if of_type.per_side else (),
            urgency=urgency_of(of_type),
            why=tuple(map(translated, fact.why)),
            decisions=fact.decisions,
            may_be_unsure=of_type.is_given,
            private=of_type.private,
            optional=of_type.fact_class in {FactClass.MEASURE, FactClass.PLAIN}
            or of_type.reassured_by_silence,
            opens=translated(of_type.opens),
        )


MAX_ITEMS = 15
"""Items up to which the questions of neighbouring screens are shown together (a choice)."""


def screens_of(questions: Iterable[IntakeQuestion], catalog: MessageCatalog) -> tuple[Screen, ...]:
    """Return questions as screens, in the order of the sections.

    A screen joins the screen before it if both together have at most `MAX_ITEMS` items.
    """
    ordered = sorted(questions, key=lambda question: question.section.rank)
    screens: list[Screen] = []
    for name, members in groupby(ordered, key=lambda question: SCREENS[question.section]):
        screen = Screen(
            title=catalog.text(f"screen_{name}"),
            intro=catalog.text(f"screen_{name}_intro"),
            questions=tuple(members),
        )
        if screens and _joins(screen, screens[-1]):
            screens[-1] = evolve(
                screens[-1],
                title=f"{screens[-1].title} · {screen.title}",
                questions=(*screens[-1].questions, *screen.questions),
            )
        else:
            screens.append(screen)
    return tuple(screens)


def _joins(screen: Screen, before: Screen) -> bool:
    """Return whether a screen is shown together with the screen before it.

    The section about the person, with what hurts, always has a screen of its own, since it decides
    which signs are asked.
    """
    fits = before.items + screen.items <= MAX_ITEMS
    return fits and Section.ABOUT_YOU not in (*before.sections, *screen.sections)


def is_line(fact: OpenFact) -> bool:
    """Return whether a fact is a line of a checklist: a screening fact of yes or no."""
    return fact.type.fact_class is FactClass.SCREENING and ticked(fact.type) is not None


def earlier_signs(assessment: Assessment) -> tuple[QuestionOption, ...]:
    """Return the signs of the present that were stated on an earlier day and still count.

    Lasting conditions and past events are no such signs.
    """
    state, facts = assessment.situation.state, assessment.situation.facts
    translated = assessment.knowledge.catalog.translated
    return tuple(
        QuestionOption(
            id=fact.id,
            label=translated(fact.line or fact.question),
            urgency=urgency_of(fact),
            help=translated(fact.help),
        )
        for fact in assessment.knowledge.vocabulary.screening
        if fact.alarms and fact.time is Temporal.EXPIRES
        if any(
            name in state.stated
            and state.stated[name][0] < state.day
            and facts.get(name) not in {None, fact.reassuring}
            for name in fact.names
        )
    )


def ticked(fact: FactType) -> Value | None:
    """Return the value of a ticked line: the value that is not reassuring.

    Args:
        fact: The type of the fact.

    Returns:
        The value; None for a fact with more than two values, which is no line.
    """
    if fact.reassuring is None or fact.per_side:
        return None
    if fact.kind is FactKind.BOOLEAN:
        return not fact.reassuring
    if fact.kind is FactKind.ONE_OF and len(fact.options) == _TWO:
        return next(option for option in fact.options if option != fact.reassuring)
    return None


def urgency_of(fact: FactType) -> ReferralLevel:
    """Return the most urgent referral that a fact alone, or with others, can lead to."""
    return max((alarm.level for alarm in fact.alarms), default=ReferralLevel.NONE)


def _weight(fact: OpenFact) -> tuple[int, int]:
    return -urgency_of(fact.type).rank, -fact.decisions


def _kind_of(fact: FactType) -> QuestionKind:
    match fact.kind:
        case FactKind.BOOLEAN:
            return QuestionKind.YES_NO
        case FactKind.NUMBER:
            return QuestionKind.NUMBER
        case FactKind.ONE_OF:
            return QuestionKind.CHOICE
        case FactKind.SET_OF:
            return QuestionKind.CHOICES
