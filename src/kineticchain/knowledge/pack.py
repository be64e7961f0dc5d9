"""Rule packs, with their aliases, reviews and accepted findings."""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import TypeAlias

from attrs import evolve, field, frozen

from kineticchain.domain.anatomy import BodyRegion, Claim, Link, Story
from kineticchain.domain.evidence import Conflict, Evidence, Grade, Source
from kineticchain.domain.exercises import Equipment, Exercise, Figure, Ladder, Programme
from kineticchain.domain.facts import Diagnosis, FactType
from kineticchain.domain.validators import day, each, identifier, optional, passage, text, title
from kineticchain.errors import Fault, InvalidInput
from kineticchain.knowledge.goal import Asymmetry, Goal
from kineticchain.progression import DoseOrder, Transition
from kineticchain.rules import PythonRule, Rule

TABLES: Mapping[str, str] = {
    "rule": "rules",
    "fact": "facts",
    "diagnosis": "diagnoses",
    "source": "sources",
    "evidence": "evidence",
    "conflict": "conflicts",
    "exercise": "exercises",
    "ladder": "ladders",
    "programme": "programmes",
    "figure": "figures",
    "equipment": "equipment",
    "goal": "goals",
    "asymmetry": "asymmetries",
    "region": "regions",
    "link": "links",
    "claim": "claims",
    "story": "stories",
    "transition": "transitions",
    "dose_order": "dose_orders",
    "alias": "aliases",
    "explained": "explained",
    "review": "reviews",
}
"""The tables of a document, each with the attribute of a pack that contains its rows."""


@frozen(kw_only=True)
class AcceptedFinding:
    """A finding of the analysis that is intended, with the reason.

    Attributes:
        finding: The kind of the finding.
        subject: The rule or exercise of the finding; ``*`` for every rule and exercise of the pack.
        because: The reason.
        other: Another rule that takes part in the finding; None for any or no other rule.
    """

    finding: str = field(validator=identifier())
    subject: str = field(validator=passage())
    because: str = field(validator=passage())
    other: str | None = field(default=None, validator=optional(identifier()))


class AliasKind(StrEnum):
    """The kinds of ids that can be renamed or retired."""

    EXERCISE = "exercise"
    FACT = "fact"
    EQUIPMENT = "equipment"
    GOAL = "goal"
    PROGRAMME = "programme"
    REGION = "region"


@frozen(kw_only=True)
class Alias:
    """A former id, which keeps stored persons, requests and histories valid.

    Attributes:
        kind: The kind of the id.
        old: The former id, which stored data can contain.
        new: The present id; None for a retired id, which is skipped.
    """

    kind: AliasKind
    old: str = field(validator=identifier())
    new: str | None = field(default=None, validator=optional(identifier()))

    def __attrs_post_init__(self) -> None:
        """Reject a retired region, because complaints about the region would be lost."""
        if self.kind is AliasKind.REGION and self.new is None:
            raise InvalidInput(
                Fault("a region cannot be retired", ".new", "name the region that replaces it")
            )


@frozen(kw_only=True)
class Review:
    """A reading of a pack by a professional.

    Attributes:
        by: The reader, with the profession.
        on: The day.
        about: What was read; empty for the whole pack.
    """

    by: str = field(validator=title())
    on: datetime.date = field(validator=day())
    about: str = field(default="", validator=passage(0))

    def __str__(self) -> str:
        """Return the review in one line."""
        return f"{self.on}, {self.by}: {self.about or 'the whole pack'}"


Translations: TypeAlias = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
"""For each language, the translated texts by message id or by original text."""

Placing: TypeAlias = Callable[[Iterable[Fault]], list[Fault]]
"""A function that adds the lines of a document to faults."""


@frozen(kw_only=True)
class RulePack:
    """A named set of rows of knowledge, such as rules, facts and exercises.

    In a pack that is added to a knowledge, the ids of facts and messages have to begin with the id
    of the pack, such as ``clinic.new_insoles``.

    Attributes:
        id: The id of the pack.
        version: The version of its content.
        rules, facts, diagnoses: The rules, the facts that they read, and the diagnoses that can
            settle them.
        sources, evidence, conflicts: The sources, evidence and conflicts that other rows cite.
        exercises, ladders, programmes, equipment: The exercises that plans prescribe, with their
            ladders, programmes and equipment.
        figures: The pictures of exercises.
        goals, asymmetries: Targets of plans besides complaints.
        regions, links, claims, stories: The kinetic chain.
        grade_weights: The weight of each grade along the chain, in thousandths.
        transitions, dose_orders: The policy of progression.
        aliases: Former ids of exercises, facts, equipment, goals, programmes and regions.
        explained: The findings of the analysis that are intended, each with its reason.
        messages: The templates of the messages that rules and exercises show, by id.
        translations: For each language, translations of `messages`, titles and other texts.
        builds_on: The ids of the packs that have to be loaded before this pack or with it.
        valid_from, valid_until: The first and the last day for which the authors vouch for the
            pack. Its rules still apply on other days, but plans then contain a note.
        reviews: The readings of the pack by professionals.
        origin: The document that the pack was read from, for faults.
        placed: A function that adds the lines of that document to faults.
    """

    id: str = field(validator=identifier())
    version: str = field(validator=title())
    rules: tuple[Rule | PythonRule, ...] = ()
    facts: tuple[FactType, ...] = ()
    diagnoses: tuple[Diagnosis, ...] = ()
    sources: tuple[Source, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    exercises: tuple[Exercise, ...] = ()
    ladders: tuple[Ladder, ...] = ()
    programmes: tuple[Programme, ...] = ()
    figures: tuple[Figure, ...] = ()
    equipment: tuple[Equipment, ...] = ()
    goals: tuple[Goal, ...] = ()
    asymmetries: tuple[Asymmetry, ...] = ()
    regions: tuple[BodyRegion, ...] = ()
    links: tuple[Link, ...] = ()
    claims: tuple[Claim, ...] = ()
    stories: tuple[Story, ...] = ()
    grade_weights: tuple[tuple[Grade, int], ...] = ()
    transitions: tuple[Transition, ...] = ()
    dose_orders: tuple[DoseOrder, ...] = ()
    aliases: tuple[Alias, ...] = ()
    messages: tuple[tuple[str, str], ...] = ()
    translations: Translations = ()
    explained: tuple[AcceptedFinding, ...] = ()
    builds_on: tuple[str, ...] = field(default=(), validator=each(identifier()))
    valid_from: datetime.date | None = field(default=None, validator=optional(day()))
    valid_until: datetime.date | None = field(default=None, validator=optional(day()))
    reviews: tuple[Review, ...] = ()
    origin: str = field(default="", validator=text(), eq=False, repr=False)
    placed: Placing = field(default=list, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Reject two rules with the same id, and a `valid_until` before `valid_from`."""
        days = (self.valid_from, self.valid_until)
        if days[0] is not None and days[1] is not None and days[0] > days[1]:
            raise InvalidInput(Fault("the last day is before the first", ".valid_until"))
        counts = Counter(rule.id for rule in self.rules)
        if len(counts) < len(self.rules):
            duplicates = sorted(name for name, count in counts.items() if count > 1)
            raise InvalidInput(*(Fault(f"two rules are called `{name}`") for name in duplicates))

    def texts(self, language: str) -> Mapping[str, str]:
        """Return the messages, region titles and translations of the pack, each under its key.

        A text without a translation into the language stays as it is.

        Args:
            language: The code of a language, such as ``de``.
        """
        regions = {f"region_{region.id}": region.title for region in self.regions if region.title}
        return regions | dict(self.messages) | dict(dict(self.translations).get(language, ()))

    def is_in_force(self, on: datetime.date) -> bool:
        """Return whether the authors vouch for the pack on a day."""
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_until is None or on <= self.valid_until
        )

    def without(self, rules: Iterable[str]) -> "RulePack":
        """Return the pack without the rules of the given ids."""
        removed = set(rules)
        return evolve(self, rules=tuple(rule for rule in self.rules if rule.id not in removed))
