"""Cases of safety rules: examples of people for whom a rule is true, false or unknown.

A safety rule refers, excludes, limits or requires. A case describes people in the terms of a
clinician. The reference evaluator decides whether the rule agrees with the case.
"""

import datetime
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path

from attrs import evolve, field, frozen
from cattrs import Converter

from kineticchain.domain.facts import Facts, Truth
from kineticchain.domain.person import (
    Complaint,
    History,
    Injury,
    Person,
    Request,
    Screening,
    Surgery,
)
from kineticchain.domain.person.person import Sex
from kineticchain.domain.person.readers import read_facts
from kineticchain.domain.person.screening import CLEAR
from kineticchain.domain.validators import identifier
from kineticchain.errors import Fault, InvalidDocument, InvalidInput, UnknownName, likely
from kineticchain.interop.converter import new_document_converter
from kineticchain.interop.limits import LARGEST_TOML, as_text, check_nesting, read_file
from kineticchain.knowledge import Knowledge
from kineticchain.knowledge.documents.structuring import structure
from kineticchain.recommendation import Recommender
from kineticchain.rules import Exclude, Limit, Refer, Require, Rule, decide
from kineticchain.rules.analysis.rule_boxes import RuleBoxes
from kineticchain.rules.analysis.satisfiability import Search

SAFETY = (Refer, Exclude, Limit, Require)
"""The effects that make a rule a safety rule."""


class Never(StrEnum):
    """The statement that a rule never fails or is never unknown, in place of a person."""

    NEVER = "never"


@frozen(kw_only=True)
class CasePerson:
    """A person with a request and a history; screened unless stated otherwise.

    Attributes:
        age: the age in years; None for unknown.
        sex: the sex; None for unknown.
        complaints: the painful regions.
        injuries: past injuries.
        surgeries: past operations.
        equipment: ids of the equipment at home.
        facts: further facts.
        screening: the safety questions that were asked; all by default.
        unknown: ids of facts that the person stated as unknown.
        request: the request.
        history: the history.
        on: the day of the assessment; None for no day.

    """

    age: int | None = None
    sex: Sex | None = None
    complaints: tuple[Complaint, ...] = ()
    injuries: tuple[Injury, ...] = ()
    surgeries: tuple[Surgery, ...] = ()
    equipment: tuple[str, ...] = ()
    facts: Facts = field(factory=Facts, converter=read_facts)
    screening: Screening = CLEAR
    unknown: tuple[str, ...] = ()
    request: Request = field(factory=Request)
    history: History = field(factory=History)
    on: datetime.date | None = None

    @property
    def person(self) -> Person:
        """The person as a domain object."""
        return Person(
            age=self.age,
            sex=self.sex,
            complaints=self.complaints,
            injuries=self.injuries,
            surgeries=self.surgeries,
            equipment=self.equipment,
            facts=self.facts.updated(dict.fromkeys(self.unknown)),
            screening=self.screening,
        )


@frozen(kw_only=True)
class RuleCase:
    """A safety rule with one person each for whom the rule is true, false and unknown.

    Attributes:
        rule: the id of the rule.
        holds: a person for whom the rule is true. A rule with `each` must be true on at least one
            item.
        fails: a person for whom the rule is false, or `never`, which is then proved. A rule with
            `each` must be false on all items.
        unknown: a person for whom the rule is unknown, or `never`, which is then proved. A rule
            with `each` must be unknown on an item and true on none.

    """

    rule: str = field(validator=identifier())
    holds: CasePerson
    fails: CasePerson | Never
    unknown: CasePerson | Never


@frozen(kw_only=True)
class RuleCaseDocument:
    """A file of cases.

    Attributes:
        case: the cases.

    """

    case: tuple[RuleCase, ...]


def load_rule_cases(path: Path) -> tuple[RuleCase, ...]:
    """Return the cases in a TOML file.

    Raises:
        InvalidDocument: with all faults, if the file is not valid.

    """
    text = as_text(read_file(path), LARGEST_TOML, path.name)
    check_nesting(text, path.name)
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        remedy = str(error).lower()
        raise InvalidDocument(Fault("not TOML", where=path.name, remedy=remedy)) from None
    return structure(_converter(), data, RuleCaseDocument, path.name).case


@cache
def _converter() -> Converter:
    converter = new_document_converter()

    def read(value: object, _: object) -> CasePerson | Never:
        if value == Never.NEVER.value:
            return Never.NEVER
        return converter.structure(value, CasePerson)

    wanted = CasePerson | Never
    converter.register_structure_hook_func(lambda kind: kind == wanted, read)
    return converter


def safety_rules(knowledge: Knowledge) -> tuple[Rule, ...]:
    """Return the data rules in use that refer, exclude, limit or require."""
    return tuple(
        rule
        for rule in knowledge.rules
        if isinstance(rule, Rule) and any(isinstance(effect, SAFETY) for effect in rule.effects)
    )


def rule_case_faults(cases: Iterable[RuleCase], knowledge: Knowledge) -> list[str]:
    """Return a sentence for each failed case and for each safety rule without a case.

    Args:
        cases: the cases.
        knowledge: the knowledge whose rules are tested.

    """
    cases = tuple(cases)
    return [*disagreements(cases, knowledge), *missing_cases(cases, knowledge)]


def disagreements(cases: Iterable[RuleCase], knowledge: Knowledge) -> list[str]:
    """Return a sentence for each failed case and for each rule with several cases.

    Args:
        cases: the cases.
        knowledge: the knowledge whose rules are tested.

    """
    cases = tuple(cases)
    trial = _Trial(knowledge)
    counts = Counter(case.rule for case in cases)
    return [
        *(fault for case in cases for fault in trial.faults_of(case)),
        *(
            f"The rule `{name}` has {count} cases; one is enough."
            for name, count in sorted(counts.items())
            if count > 1
        ),
    ]


def missing_cases(cases: Iterable[RuleCase], knowledge: Knowledge) -> list[str]:
    """Return a sentence for each safety rule without a case.

    Args:
        cases: the cases.
        knowledge: the knowledge whose rules are tested.

    """
    stated = {case.rule for case in cases}
    return [
        f"The safety rule `{rule.id}` has no case: state somebody for whom it holds, "
        "somebody for whom it fails, and somebody for whom it stays unknown."
        for rule in safety_rules(knowledge)
        if rule.id not in stated
    ]


_FOUND = {True: "holds", False: "does not hold", None: "stays unknown"}
_WANTED = {True: "should hold", False: "should not hold", None: "should stay unknown"}


class _Trial:
    """The test of cases against the rules of a knowledge."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.rules = {rule.id: rule for rule in safety_rules(knowledge)}
        self.recommender = Recommender(knowledge)

    def faults_of(self, case: RuleCase) -> Iterator[str]:
        if case.rule not in self.rules:
            yield f"There is a case of `{case.rule}`, which is no safety rule in force."
            return
        yield from self._fault_of(case.rule, case.holds, wanted=True)
        rule = self.rules[case.rule]
        if isinstance(case.fails, CasePerson):
            yield from self._fault_of(case.rule, case.fails, wanted=False)
        elif not self._never_fails(rule):
            yield _unproved(case.rule, "never fails", "it fails")
        if isinstance(case.unknown, CasePerson):
            yield from self._fault_of(case.rule, case.unknown, wanted=None)
        elif not self._is_never_unknown(rule):
            yield _unproved(case.rule, "is never unknown", "it stays unknown")

    def _fault_of(self, rule: str, case: CasePerson, *, wanted: Truth) -> Iterator[str]:
        try:
            truth = self._truth(rule, case)
        except (InvalidInput, UnknownName) as error:
            yield f"The person for whom `{rule}` {_WANTED[wanted]} cannot be read: {error}"
            return
        if truth is not wanted:
            person, because = _description(case), self.rules[rule].because
            yield f"`{rule}` {_WANTED[wanted]}, but {_FOUND[truth]} for {person}. ({because})"

    def _truth(self, rule: str, case: CasePerson) -> Truth:
        """Return True if the rule holds on any item, else None if it is unknown on any item."""
        types = self.recommender.knowledge.vocabulary.by_id
        for name in case.unknown:
            if name not in types:
                raise UnknownName("fact", name, likely(name, types))
        situation = self.recommender.situation(
            case.person, case.history, request=case.request, on=case.on
        )
        book = evolve(self.recommender.knowledge.rulebook, rules=self._needed(rule))
        truths = [entry.truth for entry in decide(book, situation).trace if entry.rule == rule]
        if True in truths:
            return True
        return None if None in truths else False

    def _needed(self, rule: str) -> tuple[Rule, ...]:
        """Return the rule, and all rules that conclude facts, because the rule may read them."""
        rules = self.recommender.knowledge.rulebook.data_rules
        return tuple(
            candidate for candidate in rules if candidate.id == rule or candidate.concludes
        )

    def _never_fails(self, rule: Rule) -> bool:
        """Return whether it is proved that the rule is false for no person.

        `may` covers the facts for which the rule is true or unknown. The rule never fails if the
        search finds no person outside of them.
        """
        may = self._search.forms.may(rule)
        return may is not None and self._search.person([{}], may) is None

    def _is_never_unknown(self, rule: Rule) -> bool:
        """Return whether it is proved that the rule is unknown for no person.

        `may` covers the facts for which the rule is true or unknown, `sure` those for which it is
        true. The rule is never unknown if the search finds no person in `may` but not in `sure`.
        """
        may, sure = self._search.forms.may(rule), self._search.forms.sure(rule)
        return may is not None and sure is not None and self._search.person(may, sure) is None

    @cached_property
    def _search(self) -> Search:
        return Search(RuleBoxes.of(self.recommender.knowledge.rulebook))


def _unproved(rule: str, claim: str, otherwise: str) -> str:
    return (
        f"It is said that `{rule}` {claim}, and that could not be proved: "
        f"state somebody for whom {otherwise}."
    )


def _description(case: CasePerson) -> str:
    """Return a description of a person in words."""
    parts = [] if case.age is None else [f"age {case.age}"]
    parts += [] if case.sex is None else [f"sex {case.sex}"]
    parts += [f"{each.region} hurts (pain {each.pain})" for each in case.complaints]
    parts += [f"{each.region} injured" for each in case.injuries]
    parts += [f"{each.region} operated on" for each in case.surgeries]
    parts += [f"{name} {value}" for name, value in case.facts.given().items()]
    parts += [f"{name} unknown" for name in case.unknown]
    return ", ".join(parts) or "somebody of whom nothing special is known"
