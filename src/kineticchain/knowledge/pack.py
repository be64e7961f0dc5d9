"""Packs: rows of knowledge of every kind that travel together."""

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
"""The table of each kind of row in a document, and the attribute of a pack that holds the rows."""


@frozen(kw_only=True)
class AcceptedFinding:
    """The reason why a finding of the analysis is intended.

    `subject` is a rule or an exercise; ``*`` stands for every rule of the pack. `other`
    names what takes part in it; without it any may.
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
    """A former id, so that stored persons, requests and histories stay valid.

    Attributes:
        kind: The kind of the id.
        old: The id that stored data can hold.
        new: The present id; None for an id that was retired and is skipped.
    """

    kind: AliasKind
    old: str = field(validator=identifier())
    new: str | None = field(default=None, validator=optional(identifier()))

    def __attrs_post_init__(self) -> None:
        """Reject a retired region: what hurts there would be forgotten."""
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
"""For each language the texts of a pack by the ids of their messages."""

Placing: TypeAlias = Callable[[Iterable[Fault]], list[Fault]]


@frozen(kw_only=True)
class RulePack:
    """A named set of rows of knowledge, most of them rules.

    The facts and messages of a pack that is added to a knowledge have its id as their prefix, such
    as ``clinic.new_insoles``.

    Attributes:
        id: The id of the pack.
        version: The version of its content.
        rules, facts, diagnoses: What rules decide, read and may be settled by.
        sources, evidence, conflicts: What they rest on.
        exercises, ladders, programmes, equipment: What plans prescribe.
        figures: The pictures of exercises.
        goals, asymmetries: Targets of plans besides complaints.
        regions, links, claims, stories: The kinetic chain.
        grade_weights: The weight of each grade along the chain, in thousandths.
        transitions, dose_orders: The policy of progression.
        aliases: Former ids of exercises, facts, equipment, goals, programmes and regions.
        explained: Why findings of the analysis are meant.
        messages: Templates by id for what the rules advise.
        translations: For each language texts in place of `messages` and of titles.
        builds_on: The ids of packs that have to be loaded before.
        valid_from, valid_until: The first and the last day for which its authors stand by it. Its
            rules hold on other days, too, and plans say that they are out of date.
        reviews: Who read it, and when.
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
        """Refuse two rules of one id, and a last day before the first."""
        days = (self.valid_from, self.valid_until)
        if days[0] is not None and days[1] is not None and days[0] > days[1]:
            raise InvalidInput(Fault("the last day is before the first", ".valid_until"))
        counts = Counter(rule.id for rule in self.rules)
        if len(counts) < len(self.rules):
            twice = sorted(name for name, count in counts.items() if count > 1)
            raise InvalidInput(*(Fault(f"two rules are called `{name}`") for name in twice))

    def texts(self, language: str) -> Mapping[str, str]:
        """Return its messages and titles by message id, in a language as far as it has them.

        Args:
            language: The code of a language, such as ``de``.
        """
        regions = {f"region_{region.id}": region.title for region in self.regions if region.title}
        return regions | dict(self.messages) | dict(dict(self.translations).get(language, ()))

    def is_in_force(self, on: datetime.date) -> bool:
        """Return whether its authors stand by it on a day."""
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_until is None or on <= self.valid_until
        )

    def without(self, rules: Iterable[str]) -> "RulePack":
        """The pack less some rules, by their ids."""
        gone = set(rules)
        return evolve(self, rules=tuple(rule for rule in self.rules if rule.id not in gone))
