"""Renewal: one line asks whether the reassuring answers of a section still hold.

Answers about the present expire with time. Emergency signs are asked again one by one. For each of
the other sections, a returning person is asked once whether something has changed. A no gives the
same answers again; after a yes or *unsure* the questions of the section are asked one by one.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType

from attrs import frozen

from kineticchain.domain.facts import ReferralLevel, Section, Value
from kineticchain.domain.messages import MessageCatalog
from kineticchain.recommendation.intake.answer_reading import Read
from kineticchain.recommendation.intake.open_facts import OpenFact
from kineticchain.recommendation.intake.question import (
    IntakeQuestion,
    QuestionKind,
    QuestionOption,
)
from kineticchain.recommendation.intake.screens import urgency_of

RENEWAL = "changes"
"""The id of the checklist; its lines are sections."""

RENEWED_WITH: Mapping[Section, Section] = MappingProxyType(
    {
        Section.SIGNS: Section.SIGNS,
        Section.CONDITIONS: Section.CONDITIONS,
        Section.LIMITS: Section.CONDITIONS,
    }
)
"""The sections whose answers are renewed, each with the line that asks for them."""

MAX_EXAMPLES = 3
"""The most signs that a line names."""

_NEW_PAIN = ReferralLevel.URGENT
"""The most urgent referral that a new pain can lead to, before its signs are asked for."""


@frozen(eq=False)
class Renewal:
    """The facts whose reassuring answers expired with time, by section.

    Attributes:
        facts: The facts by the section of their line.
        complaints: True if a line asks whether something new hurts, also without such facts.
    """

    facts: Mapping[Section, tuple[OpenFact, ...]]
    complaints: bool = False

    @classmethod
    def of(
        cls,
        open_facts: Iterable[OpenFact],
        expired: Collection[str],
        changed: Collection[Section],
        *,
        complaints: bool,
    ) -> "Renewal":
        """Return the renewal of some open facts.

        Numbers and choices are renewed, too.

        Args:
            open_facts: The facts that are asked for.
            expired: Names whose reassuring answers expired with time alone.
            changed: Sections in which something has changed: their facts are asked one by one.
            complaints: True if a line asks whether something new hurts.
        """
        facts: dict[Section, list[OpenFact]] = {}
        for fact in open_facts:
            section = RENEWED_WITH.get(fact.type.asked_in)
            all_expired = all(name in expired for name in fact.type.names)
            if section is not None and section not in changed and all_expired:
                facts.setdefault(section, []).append(fact)
        by_line = {section: tuple(facts[section]) for section in Section if section in facts}
        return cls(by_line, complaints=complaints)

    def question(self, catalog: MessageCatalog) -> IntakeQuestion | None:
        """Return the checklist with a line for each section; None without expired answers."""
        options = tuple(self._lines(catalog))
        if not options:
            return None
        return IntakeQuestion(
            id=RENEWAL,
            section=Section.EMERGENCY,
            kind=QuestionKind.CHECKLIST,
            text=catalog.text("checklist_changes"),
            options=options,
            urgency=max(option.urgency for option in options),
            decisions=sum(option.decisions for option in options),
        )

    def _lines(self, catalog: MessageCatalog) -> Iterator[QuestionOption]:
        """Yield a line for what hurts, and one for conditions and limits."""
        for section in (Section.SIGNS, Section.CONDITIONS):
            facts = self.facts.get(section, ())
            if not facts and not (self.complaints and section is Section.SIGNS):
                continue
            code = f"changed_{section}" if facts else "changed_nothing_hurts"
            yield QuestionOption(
                id=section,
                label=catalog.text(code, examples=_examples(facts, catalog)),
                urgency=max((urgency_of(fact.type) for fact in facts), default=_NEW_PAIN),
                why=tuple(catalog.translated(why) for fact in facts for why in fact.why)[:1],
                decisions=sum(fact.decisions for fact in facts),
            )

    def renewed(self, unchanged: Collection[Section]) -> Read:
        """Return the reassuring answers of sections in which nothing has changed."""
        values: dict[str, Value | None] = {}
        for section in unchanged:
            for fact in self.facts.get(section, ()):
                values |= dict.fromkeys(fact.type.names, fact.type.reassuring)
        return values


def _examples(facts: Iterable[OpenFact], catalog: MessageCatalog) -> str:
    """Return the lines of the most urgent facts."""
    ordered = sorted(facts, key=lambda fact: -urgency_of(fact.type).rank)
    lines = [catalog.translated(fact.type.line) for fact in ordered if fact.type.line][
        :MAX_EXAMPLES
    ]
    return "; ".join(line[:1].lower() + line[1:] for line in lines)
